/* lead/lead_tell.c - who is told what.  A partner is never told of another one, and of who asked
 * nothing that its page would hide. */
#include "lead/lead_inside.h"
#include "notification/notification.h"
#include "text/format.h"

/* The department's own people first, then those above it. */
static const struct db_field id_fields[] = { DB_FIELD(struct lead_id_row, id, DB_I64, 0), { 0 } };
static const struct db_stmt staff_for = {
    .name = "lead.staff_for",
    .sql = "SELECT u.id FROM user u LEFT JOIN department d ON d.id = u.department_id "
           "WHERE u.audience = 'staff' AND u.status = 'active' AND EXISTS (SELECT 1 FROM user_role "
           "ur JOIN role_permission rp ON rp.role_id = ur.role_id AND rp.permission = "
           "'lead.assign' WHERE ur.user_id = u.id) AND (u.scope = 'all' OR ? BETWEEN d.id AND "
           "d.last_id) ORDER BY u.scope = 'all', d.last_id - d.id, u.id LIMIT 3",
    .binds = "i",
    .fields = id_fields,
    .row_bytes = sizeof(struct lead_id_row),
    .flags = DB_LISTS,
};

db_stmt_table lead_tell_statements[] = { &staff_for, NULL };

const char *lead_number(struct arena *a, int64_t id)
{
    return arena_number(a, "LD-", id);
}

static struct err *tell(struct db *db, struct arena *a, const struct lead *lead, const char *event,
                        const char *second, const struct mail_value *third,
                        const struct lead_id_row *people, size_t count)
{
    const struct mail_value values[] = {
        { .name = "number", .value = lead_number(a, lead->id) },
        { .name = "who", .value = second },
        third != NULL ? *third : (struct mail_value){ 0 },
        { 0 },
    };
    const struct notification word = {
        .event = event, .kind = LEAD_KIND, .object_id = lead->id, .values = values
    };
    int64_t *ids = arena_array(a, count + 1, sizeof(*ids));

    for (size_t i = 0; i < count; i++)
        ids[i] = people[i].id;
    return err_pass(notification_send(db, a, &word, ids, count));
}

struct err *lead_tell_partner(struct db *db, struct arena *a, const struct lead *lead,
                              int64_t account_id, const char *event, const struct mail_value *third)
{
    struct lead_id_row *people;
    size_t count;

    TRY(db_list(db, a, &lead_sql_people, DB_ARGS(DB_I(account_id)), &people, &count));
    return err_pass(tell(db, a, lead, event, lead->company_name, third, people, count));
}

struct err *lead_tell_staff(struct db *db, struct arena *a, const struct lead *lead,
                            const char *event, const struct mail_value *third)
{
    struct lead_id_row *people, own = { lead->created_by };
    size_t count;

    if (lead->created_by != 0)
        return err_pass(tell(db, a, lead, event, lead->company_name, third, &own, 1));
    TRY(db_list(db, a, &staff_for, DB_ARGS(DB_I(lead->department_id)), &people, &count));
    return err_pass(tell(db, a, lead, event, lead->company_name, third, people, count));
}
