/* admin/users_manager.c */
#include "admin/users_manager.h"

#include "admin/users_addresses.h"
#include "base/str.h"
#include "identity/identity.h"

enum { LEADS_MOST = 1000 };

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field manager_fields[] = {
    DB_FIELD(struct users_manager, id, DB_I64, 0),
    DB_FIELD(struct users_manager, name, DB_TEXT, 480),
    DB_FIELD(struct users_manager, email, DB_TEXT, 1016),
    { 0 },
};
#define MANAGER(name_, where, binds_, flags_)                                                \
    {                                                                                        \
        .name = name_, .sql = "SELECT m.id, m.name, m.email FROM " where, .binds = binds_,   \
        .fields = manager_fields, .row_bytes = sizeof(struct users_manager), .flags = flags_ \
    }
static const struct db_stmt manager_of =
    MANAGER("users.manager_of", "user u JOIN user m ON m.id = u.manager_id WHERE u.id = ?", "i", 0);
static const struct db_stmt list_managers = MANAGER(
    "users.managers",
    "user m WHERE m.audience = 'staff' AND m.status <> 'disabled' ORDER BY m.name_key, m.id "
    "LIMIT ?",
    "i", DB_LISTS);
static const struct db_stmt list_led =
    MANAGER("users.led", "user m WHERE m.manager_id = ? ORDER BY m.id LIMIT ?", "ii", DB_LISTS);
/* Who leads him, and whoever leads those. */
static const struct db_stmt list_above =
    MANAGER("users.above",
            "(WITH RECURSIVE up AS (SELECT id, manager_id FROM user WHERE id = ? AND audience = "
            "'staff' AND status <> 'disabled' UNION SELECT n.id, n.manager_id FROM user n JOIN up "
            "ON n.id = up.manager_id) SELECT id FROM up) a JOIN user m ON m.id = a.id",
            "i", DB_LISTS);
static const struct db_stmt touch = {
    .name = "users.manager_touch",
    .sql = "UPDATE user SET updated_at = UTC_TIMESTAMP(6) WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt set_manager = {
    .name = "users.manager_set",
    .sql = "UPDATE user SET manager_id = ? WHERE id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt hand_on = {
    .name = "users.manager_hand_on",
    .sql = "UPDATE user SET manager_id = ?, updated_at = UTC_TIMESTAMP(6), row_version = "
           "row_version + 1 WHERE id = ? AND manager_id = ?",
    .binds = "iii",
    .flags = DB_WRITE,
};
static const struct db_stmt of_addresses = USERS_OF_ADDRESSES(
    "users.managers_of_addresses", "AND u.audience = 'staff' AND u.status <> 'disabled'");
db_stmt_table users_manager_statements[] = { &manager_of, &list_managers, &list_led, &list_above,
                                             &touch,      &set_manager,   &hand_on,  NULL };
db_stmt_table users_manager_look_up[] = { &of_addresses, NULL };

/* -- looking up ----------------------------------------------------------------------------------
 */

struct err *users_manager_of(struct db *db, struct arena *a, int64_t user_id,
                             struct users_manager *out)
{
    bool found;

    *out = (struct users_manager){ .name = "", .email = "" };
    return err_pass(db_one(db, a, &manager_of, DB_ARGS(DB_I(user_id)), out, &found));
}

struct err *users_managers(struct db *db, struct arena *a, struct users_manager **list_out,
                           size_t *count_out)
{
    return err_pass(
        db_list(db, a, &list_managers, DB_ARGS(DB_I(MANAGERS_MOST)), list_out, count_out));
}

struct err *users_managers_of_addresses(struct db *db, struct arena *a, const char *const *emails,
                                        size_t count, int64_t *ids_out)
{
    return err_pass(users_addresses_find(db, a, &of_addresses, emails, count, ids_out));
}

/* -- changing ------------------------------------------------------------------------------------
 */

static struct err *list_up(struct db *db, struct arena *a, int64_t manager_id,
                           struct users_manager **rows_out, size_t *count_out)
{
    return err_pass(db_list(db, a, &list_above, DB_ARGS(DB_I(manager_id)), rows_out, count_out));
}

static bool holds(const struct users_manager *rows, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id)
            return true;
    return false;
}

/* The rows of all above are written first: whoever closes a circle elsewhere waits, or we do. */
static struct err *judge(struct db *db, struct arena *a, int64_t user_id, int64_t manager_id,
                         enum users_lead *lead_out)
{
    struct users_manager *rows;
    size_t count;

    *lead_out = user_id == manager_id ? LEAD_SELF : LEAD_OK;
    if (manager_id == 0 || *lead_out != LEAD_OK)
        return NULL;
    TRY(list_up(db, a, manager_id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(db_exec(db, &touch, DB_ARGS(DB_I(rows[i].id)), NULL));
    TRY(list_up(db, a, manager_id, &rows, &count));
    *lead_out = count == 0 ? LEAD_UNKNOWN : holds(rows, count, user_id) ? LEAD_CIRCLE : LEAD_OK;
    return NULL;
}

struct err *users_manager_set(struct db *db, struct arena *a, int64_t user_id, int64_t manager_id,
                              enum users_lead *lead_out)
{
    TRY(db_exec(db, &touch, DB_ARGS(DB_I(user_id)), NULL));
    TRY(judge(db, a, user_id, manager_id, lead_out));
    if (*lead_out != LEAD_OK)
        return NULL;
    return err_pass(db_exec(db, &set_manager, DB_ARGS(DB_ID(manager_id), DB_I(user_id)), NULL));
}

static struct err *audit(struct db *db, struct arena *a, const struct audit_who *who,
                         int64_t user_id, const char *before, const char *after)
{
    const struct audit_change change = {
        .kind = "user",
        .object_id = user_id,
        .action = "user.manager",
        .before = identity_json(a, JSON_PAIRS({ "manager", before })),
        .after = identity_json(a, JSON_PAIRS({ "manager", after })),
    };

    return err_pass(audit_write(db, a, who, &change));
}

struct err *users_manager_leaves(struct db *db, struct arena *a, const struct audit_who *who,
                                 int64_t user_id)
{
    struct users_manager *led, above, self;
    size_t count;
    int64_t changed;

    TRY(db_list(db, a, &list_led, DB_ARGS(DB_I(user_id), DB_I(LEADS_MOST)), &led, &count));
    if (count == 0)
        return NULL;
    TRY(users_manager_of(db, a, user_id, &above));
    TRY(users_manager_of(db, a, led[0].id, &self));
    for (size_t i = 0; i < count; i++) {
        TRY(db_exec(db, &hand_on, DB_ARGS(DB_ID(above.id), DB_I(led[i].id), DB_I(user_id)),
                    &changed));
        if (changed == 1)
            TRY(audit(db, a, who, led[i].id, self.name, above.name));
    }
    return NULL;
}
