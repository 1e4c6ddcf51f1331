/* publishing/announcement_jobs.c - the worker's part of announcements: what has begun is counted
 * in the menus of its readers, of what is important they are told by mail, too, and what is over is
 * counted no more. */
#include "publishing/announcement_inside.h"

#include "access/session.h"
#include "notification/notification.h"

enum { MINUTE = 60 };

struct some {
    struct arena *arena;
    bool more;
};

/* By mail as well, as far as the reader has not ordered such mails off. */
static struct err *mail_one(struct db *db, struct arena *a, const struct announcement_due *due,
                            const struct announcement_person *person)
{
    enum lang lang = LANG_EN;

    lang_from_code(person->lang, &lang);
    const struct mail_value values[] = {
        { .name = "Name", .value = lang == LANG_ZH ? due->title_zh : due->title_en }, { 0 }
    };

    return err_pass(notification_send(db, a,
                                      &(struct notification){ .event = "announcement.important",
                                                              .kind = ANNOUNCEMENT_KIND,
                                                              .object_id = due->id,
                                                              .values = values },
                                      &person->user_id, 1));
}

static struct err *tell_one(struct db *db, struct arena *a, const struct announcement_due *due,
                            const struct announcement_person *person)
{
    int64_t told;

    TRY(db_exec(db, &announcement_sql_tell, DB_ARGS(DB_I(due->id), DB_I(person->user_id)), &told));
    if (told == 0)
        return NULL;
    TRY(session_count(db, person->user_id, COUNTER_ANNOUNCEMENTS, 1));
    return due->important ? err_pass(mail_one(db, a, due, person)) : NULL;
}

/* The next readers of the announcement that is due first. */
static struct err *tell_some(struct db *db, void *arg)
{
    struct some *some = arg;
    struct announcement_person *people;
    struct announcement_due due;
    int64_t last, changed;
    bool found;
    size_t count;

    TRY(db_one(db, some->arena, &announcement_sql_due, DB_NO_ARGS, &due, &found));
    some->more = found;
    if (!found)
        return NULL;
    TRY(db_list(db, some->arena, &announcement_sql_people,
                DB_ARGS(DB_I(due.id), DB_I(due.delivered_to), DB_I(ANNOUNCEMENT_AT_ONCE)), &people,
                &count));
    for (size_t i = 0; i < count; i++)
        TRY(tell_one(db, some->arena, &due, &people[i]));
    last = count > 0 ? people[count - 1].user_id : due.delivered_to;
    TRY(db_exec(db, &announcement_sql_delivered,
                DB_ARGS(DB_I(last), DB_I(count < ANNOUNCEMENT_AT_ONCE), DB_I(due.id),
                        DB_I(due.delivered_to)),
                &changed));
    return changed == 1 ? NULL
                        : err_raise(ERR_AGAIN, "announcement %lld goes out elsewhere, too",
                                    (long long)due.id);
}

static struct err *forget_one(struct db *db, int64_t announcement_id, int64_t user_id)
{
    int64_t changed;

    TRY(db_exec(db, &announcement_sql_forget, DB_ARGS(DB_I(announcement_id), DB_I(user_id)),
                &changed));
    if (changed == 0)
        return NULL;
    return err_pass(session_count(db, user_id, COUNTER_ANNOUNCEMENTS, -1));
}

/* Some of those who did not read what is over. */
static struct err *forget_some(struct db *db, void *arg)
{
    struct some *some = arg;
    struct announcement_person *people;
    struct announcement_due over;
    bool found;
    size_t count;

    TRY(db_one(db, some->arena, &announcement_sql_over, DB_NO_ARGS, &over, &found));
    some->more = found;
    if (!found)
        return NULL;
    TRY(db_list(db, some->arena, &announcement_sql_counted,
                DB_ARGS(DB_I(over.id), DB_I(ANNOUNCEMENT_AT_ONCE)), &people, &count));
    for (size_t i = 0; i < count; i++)
        TRY(forget_one(db, over.id, people[i].user_id));
    if (count < ANNOUNCEMENT_AT_ONCE)
        TRY(db_exec(db, &announcement_sql_ended, DB_ARGS(DB_I(over.id)), NULL));
    return NULL;
}

static struct err *run_deliver(struct job_context *ctx, const struct job *job)
{
    struct some some = { .arena = ctx->arena };

    (void)job;
    do
        TRY(db_transaction(ctx->db, tell_some, &some));
    while (some.more);
    do
        TRY(db_transaction(ctx->db, forget_some, &some));
    while (some.more);
    return NULL;
}

const struct job_kind announcement_jobs[] = {
    { .name = "announcement.deliver",
      .handler = run_deliver,
      .retries = 8,
      .timeout_seconds = 120,
      .every_seconds = MINUTE },
    { 0 },
};
