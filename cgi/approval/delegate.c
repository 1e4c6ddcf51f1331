/* approval/delegate.c */
#include "approval/delegate.h"

#include "base/clock.h"

enum { STEPS_MAX = 5 };

#define DELEGATION_SQL                                                                                        \
    "SELECT d.id, d.user_id, d.delegate_id, d.from_at, d.until_at, u.name AS user_name,"                      \
    " t.name AS delegate_name FROM delegate d STRAIGHT_JOIN user u FORCE INDEX (PRIMARY) ON u.id = d.user_id" \
    " STRAIGHT_JOIN user t FORCE INDEX (PRIMARY) ON t.id = d.delegate_id"
#define NOW_WITHIN " AND d.from_at <= UTC_TIMESTAMP(6) AND d.until_at > UTC_TIMESTAMP(6)"
/* A delegate who has left, or changed sides, decides nothing. */
#define STILL_FIT \
    " AND t.status = 'active' AND t.audience = u.audience AND t.account_id <=> u.account_id"

static const struct db_field delegation_fields[] = {
    DB_FIELD(struct delegation, id, DB_I64, 0),
    DB_FIELD(struct delegation, user_id, DB_I64, 0),
    DB_FIELD(struct delegation, delegate_id, DB_I64, 0),
    DB_FIELD(struct delegation, from_at, DB_AT, 0),
    DB_FIELD(struct delegation, until_at, DB_AT, 0),
    DB_FIELD(struct delegation, user_name, DB_TEXT, 480),
    DB_FIELD(struct delegation, delegate_name, DB_TEXT, 480),
    { 0 },
};

#define DELEGATION_STATEMENT(name_, where)                                                       \
    {                                                                                            \
        .name = (name_), .sql = DELEGATION_SQL where, .binds = "i", .fields = delegation_fields, \
        .row_bytes = sizeof(struct delegation), .flags = DB_LISTS,                               \
    }

static const struct db_stmt list_own = DELEGATION_STATEMENT(
    "delegate.own",
    " WHERE d.user_id = ? AND d.until_at > UTC_TIMESTAMP(6) ORDER BY d.from_at LIMIT 100");
static const struct db_stmt list_active = DELEGATION_STATEMENT(
    "delegate.active", " WHERE d.user_id = ?" NOW_WITHIN STILL_FIT " ORDER BY d.id DESC LIMIT 1");
static const struct db_stmt list_people =
    DELEGATION_STATEMENT("delegate.people", " WHERE d.delegate_id = ?" NOW_WITHIN STILL_FIT
                                            " ORDER BY d.until_at LIMIT 100");

struct number {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number, n, DB_I64, 0), { 0 } };

/* Most people stand in for nobody: one table says so, at half the cost of three. */
static const struct db_stmt has_people = {
    .name = "delegate.has_people",
    .sql = "SELECT d.id AS n FROM delegate d WHERE d.delegate_id = ?" NOW_WITHIN " LIMIT 1",
    .binds = "i",
    .fields = number_fields,
    .row_bytes = sizeof(struct number),
};

static const struct db_stmt count_fit = {
    .name = "delegate.fit",
    .sql = "SELECT COUNT(*) AS n FROM user u JOIN user t ON t.id = ? AND t.id <> u.id" STILL_FIT
           " WHERE u.id = ?",
    .binds = "ii",
    .fields = number_fields,
    .row_bytes = sizeof(struct number),
};

static const struct db_field person_fields[] = {
    DB_FIELD(struct delegate_person, id, DB_I64, 0),
    DB_FIELD(struct delegate_person, name, DB_TEXT, 480),
    { 0 },
};
static const struct db_stmt list_colleagues = {
    .name = "delegate.colleagues",
    .sql = "SELECT t.id, t.name FROM user t JOIN user u ON u.id = ? AND t.id <> u.id" STILL_FIT
           " WHERE t.audience = 'staff' ORDER BY t.name, t.id LIMIT ?",
    .binds = "ii",
    .fields = person_fields,
    .row_bytes = sizeof(struct delegate_person),
    .flags = DB_LISTS,
};

/* Two at the very same moment may both get in; the newer one counts then. */
static const struct db_stmt insert = {
    .name = "delegate.insert",
    .sql = "INSERT INTO delegate (user_id, delegate_id, from_at, until_at, created_at)"
           " SELECT ?, ?, ?, ?, UTC_TIMESTAMP(6) FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM delegate"
           " WHERE user_id = ? AND from_at < ? AND until_at > ?)",
    .binds = "iittitt",
    .flags = DB_WRITE,
};

static const struct db_stmt end_now = {
    .name = "delegate.end",
    .sql = "UPDATE delegate SET until_at = UTC_TIMESTAMP(6)"
           " WHERE id = ? AND user_id = ? AND until_at > UTC_TIMESTAMP(6)",
    .binds = "ii",
    .flags = DB_WRITE,
};

db_stmt_table delegate_statements[] = { &list_own, &count_fit, &list_colleagues,
                                        &insert,   &end_now,   NULL };
db_stmt_table delegate_lookup_statements[] = { &list_active, &has_people, &list_people, NULL };

static struct err *refuse(const char *field, const char *why)
{
    return err_with_detail(err_raise(ERR_INVALID, "delegation: %s", why), field);
}

struct err *delegate_add(struct db *db, struct arena *a, int64_t user_id, int64_t delegate_id,
                         int64_t from_at, int64_t until_at)
{
    struct number fit = { 0 };
    int64_t now, added;

    TRY(db_now(db, &now));
    if (until_at <= from_at || until_at <= now ||
        until_at - from_at > DELEGATION_MAX_DAYS * CLOCK_DAY)
        return refuse("until", "an end before its beginning, in the past or too far away");
    TRY(db_get(db, a, &count_fit, DB_ARGS(DB_I(delegate_id), DB_I(user_id)), &fit));
    if (fit.n != 1)
        return refuse("delegate", "somebody who cannot be it");
    TRY(db_exec(db, &insert,
                DB_ARGS(DB_I(user_id), DB_I(delegate_id), DB_T(from_at), DB_T(until_at),
                        DB_I(user_id), DB_T(until_at), DB_T(from_at)),
                &added));
    if (added != 1)
        return err_with_detail(err_raise(ERR_CONFLICT, "a delegate is set for that time"),
                               "overlap");
    return NULL;
}

struct err *delegate_end(struct db *db, int64_t user_id, int64_t id)
{
    int64_t ended;

    TRY(db_exec(db, &end_now, DB_ARGS(DB_I(id), DB_I(user_id)), &ended));
    return ended == 1 ? NULL : err_raise(ERR_NOT_FOUND, "no such delegation, or over");
}

struct err *delegate_list(struct db *db, struct arena *a, int64_t user_id,
                          struct delegation **rows_out, size_t *count_out)
{
    return err_pass(db_list(db, a, &list_own, DB_ARGS(DB_I(user_id)), rows_out, count_out));
}

struct err *delegate_colleagues(struct db *db, struct arena *a, int64_t user_id, int64_t most,
                                struct delegate_person **rows_out, size_t *count_out)
{
    return err_pass(
        db_list(db, a, &list_colleagues, DB_ARGS(DB_I(user_id), DB_I(most)), rows_out, count_out));
}

struct err *delegate_of(struct db *db, struct arena *a, int64_t user_id, int64_t *decider_out)
{
    int64_t decider = user_id;

    for (int step = 0; step < STEPS_MAX; step++) {
        struct delegation *rows;
        size_t count;

        TRY(db_list(db, a, &list_active, DB_ARGS(DB_I(decider)), &rows, &count));
        if (count == 0)
            break;
        decider = rows[0].delegate_id;
        if (decider == user_id)
            break;
    }
    *decider_out = decider;
    return NULL;
}

struct err *delegate_people_of(struct db *db, struct arena *a, int64_t user_id,
                               struct delegation **rows_out, size_t *count_out)
{
    bool has;

    *rows_out = NULL;
    *count_out = 0;
    TRY(db_one(db, a, &has_people, DB_ARGS(DB_I(user_id)), &(struct number){ 0 }, &has));
    if (!has)
        return NULL;
    return err_pass(db_list(db, a, &list_people, DB_ARGS(DB_I(user_id)), rows_out, count_out));
}

struct err *delegate_may_decide_for(struct db *db, struct arena *a, int64_t user_id,
                                    int64_t for_user_id, bool *may_out)
{
    struct delegation *rows;
    int64_t decider;
    size_t count;

    *may_out = user_id == for_user_id;
    if (*may_out)
        return NULL;
    TRY(delegate_people_of(db, a, user_id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        *may_out = *may_out || rows[i].user_id == for_user_id;
    if (*may_out)
        return NULL;
    TRY(delegate_of(db, a, for_user_id, &decider)); /* by way of a delegate who is away, too */
    *may_out = decider == user_id;
    return NULL;
}
