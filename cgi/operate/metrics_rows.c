/* operate/metrics_rows.c - what nobody counts, since it can be found out: how programs are, and
 * what stands in the database. */
#include "base/str.h"
#include "operate/metrics_inside.h"

/* -- the database --------------------------------------------------------------------------------
 */

static struct err *read_all(struct metrics *m)
{
    struct db *db = m->place->db;

    TRY(db_begin_read(db));
    TRY(figures_read(db, m->a, &m->figures));
    TRY(figures_jobs_read(db, m->a, &m->jobs, &m->job_count));
    TRY(figures_mails_read(db, m->a, &m->mails, &m->mail_count));
    return err_pass(db_commit(db));
}

void metrics_read_rows(struct metrics *m)
{
    struct err *e;

    if (m->place->db == NULL)
        return;
    e = read_all(m);
    m->has_rows = e == NULL;
    if (db_in_transaction(m->place->db))
        db_rollback(m->place->db);
    err_ignore(e); /* fairway_database_up says so */
}

static const struct {
    enum metric_id id;
    size_t offset;
} figures[] = {
    { METRIC_JOBS_LATE, offsetof(struct figures, jobs_late_seconds) },
    { METRIC_MAILS_LATE, offsetof(struct figures, mails_late_seconds) },
    { METRIC_LEAVES, offsetof(struct figures, log_size) },
    { METRIC_LEAVES_SIGNED, offsetof(struct figures, head_size) },
    { METRIC_EVENTS, offsetof(struct figures, events_pending) },
    { METRIC_EVENTS_AGE, offsetof(struct figures, events_seconds) },
    { METRIC_RECEIPTS, offsetof(struct figures, receipts_pending) },
    { METRIC_RECEIPTS_AGE, offsetof(struct figures, receipts_seconds) },
    { METRIC_SESSIONS, offsetof(struct figures, sessions) },
};

static void show_figure(struct metrics *m, enum metric_id id)
{
    for (size_t i = 0; m->has_rows && i < ARRAY_LEN(figures); i++)
        if (figures[i].id == id)
            metrics_sample(
                m, id, "", (const struct metrics_pair[]){ { 0 } },
                metrics_number(m->a, *(const int64_t *)(const void *)((const char *)&m->figures +
                                                                      figures[i].offset)));
}

/* The NULL at the end of the known kinds stands for every other: a program that was taken over
 * could write as many names as it likes. */
static bool is_kind(const struct metrics *m, const char *in_row, const char *known)
{
    if (known != NULL)
        return str_eq(in_row, known);
    for (const char *const *k = m->place->kinds; *k != NULL; k++)
        if (str_eq(in_row, *k))
            return false;
    return true;
}

static void show_kind(struct metrics *m, const char *kind)
{
    const char *const *state = metric_labels[LABEL_JOB_STATE].values;

    for (; *state != NULL; state++) {
        int64_t count = 0;

        for (size_t i = 0; i < m->job_count; i++)
            if (is_kind(m, m->jobs[i].kind, kind) && str_eq(m->jobs[i].state, *state))
                count += m->jobs[i].count;
        if (count != 0)
            metrics_sample(m, METRIC_JOB_ROWS, "",
                           (const struct metrics_pair[]){ { "kind", kind != NULL ? kind : "other" },
                                                          { "state", *state },
                                                          { 0 } },
                           metrics_number(m->a, count));
    }
}

static void show_jobs(struct metrics *m, enum metric_id id)
{
    const char *const *kind = m->place->kinds;

    (void)id;
    if (!m->has_rows)
        return;
    for (; *kind != NULL; kind++)
        show_kind(m, *kind);
    show_kind(m, NULL);
}

static void show_mails(struct metrics *m, enum metric_id id)
{
    const char *const *state = metric_labels[LABEL_MAIL_STATE].values;

    for (; m->has_rows && *state != NULL; state++) {
        int64_t count = 0;

        for (size_t i = 0; i < m->mail_count; i++)
            if (str_eq(m->mails[i].state, *state))
                count = m->mails[i].count;
        metrics_sample(m, id, "", (const struct metrics_pair[]){ { "state", *state }, { 0 } },
                       metrics_number(m->a, count));
    }
}

static void show_database(struct metrics *m, enum metric_id id)
{
    metrics_sample(m, id, "", (const struct metrics_pair[]){ { 0 } }, m->has_rows ? "1" : "0");
}

/* -- programs ------------------------------------------------------------------------------------
 */

static void show_of_program(struct metrics *m, enum metric_id id, const struct metric_file *file,
                            const char *value)
{
    metrics_sample(m, id, "", (const struct metrics_pair[]){ { "program", file->program }, { 0 } },
                   value);
}

static void show_up(struct metrics *m, enum metric_id id)
{
    for (size_t i = 0; i < m->program_count; i++)
        show_of_program(m, id, &m->programs[i], m->programs[i].up ? "1" : "0");
}

static void show_build(struct metrics *m, enum metric_id id)
{
    for (size_t i = 0; i < m->program_count; i++)
        metrics_sample(m, id, "",
                       (const struct metrics_pair[]){ { "program", m->programs[i].program },
                                                      { "build", m->programs[i].build },
                                                      { 0 } },
                       "1");
}

static void show_start(struct metrics *m, enum metric_id id)
{
    for (size_t i = 0; i < m->program_count; i++)
        show_of_program(m, id, &m->programs[i], metrics_seconds(m->a, m->programs[i].began_at));
}

static void show_workers(struct metrics *m, enum metric_id id)
{
    for (size_t i = 0; i < m->program_count; i++)
        if (m->programs[i].counted)
            show_of_program(m, id, &m->programs[i],
                            metrics_number(m->a, m->programs[i].up ? m->programs[i].workers : 0));
}

static void show_queue(struct metrics *m, enum metric_id id)
{
    const struct conf *conf = m->place->conf;

    for (size_t i = 0; i < m->program_count; i++) {
        const char *name = m->programs[i].program;
        int64_t waiting, room;

        if (!metrics_queue(str_is_empty(conf->socket_dir)
                               ? arena_printf(m->a, "%s/run/%s.sock", conf->var, name)
                               : arena_printf(m->a, "%s/%s.sock", conf->socket_dir, name),
                           &waiting, &room))
            continue;
        show_of_program(m, id, &m->programs[i],
                        metrics_number(m->a, id == METRIC_QUEUE ? waiting : room));
    }
}

static void (*const shows[METRIC_COUNT])(struct metrics *m, enum metric_id id) = {
    [METRIC_UP] = show_up,
    [METRIC_BUILD] = show_build,
    [METRIC_START] = show_start,
    [METRIC_WORKERS] = show_workers,
    [METRIC_QUEUE] = show_queue,
    [METRIC_QUEUE_ROOM] = show_queue,
    [METRIC_DATABASE_UP] = show_database,
    [METRIC_JOB_ROWS] = show_jobs,
    [METRIC_MAIL_ROWS] = show_mails,
};

void metrics_asked(struct metrics *m, enum metric_id id)
{
    (shows[id] != NULL ? shows[id] : show_figure)(m, id);
}
