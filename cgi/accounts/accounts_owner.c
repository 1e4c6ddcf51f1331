/* accounts/accounts_owner.c - who of staff looks after a company: chosen, and its change told with
 * names.  The department is chosen for itself: an owner may sit in another one. */
#include "accounts/accounts_inside.h"
#include "base/str.h"
#include "identity/identity.h"

struct person {
    int64_t id;
    const char *name;
};
static const struct db_field person_fields[] = {
    DB_FIELD(struct person, id, DB_I64, 0),
    DB_FIELD(struct person, name, DB_TEXT, 480),
    { 0 },
};
static const struct db_stmt list_people = {
    .name = "accounts.owners",
    .sql = "SELECT id, name FROM user WHERE audience = 'staff' AND status = 'active' "
           "ORDER BY name_key, id LIMIT 500",
    .binds = "",
    .fields = person_fields,
    .row_bytes = sizeof(struct person),
};
db_stmt_table accounts_owner_statements[] = { &list_people, NULL };

static void add_option(struct view *field, int64_t id, const char *name)
{
    struct view *option = view_row(field, "Options");

    view_int(option, "Value", id);
    view_text(option, "Label", name);
}

static struct err *read_names(struct request *req, int64_t id, struct accounts_names *names)
{
    return err_pass(db_get(req->db, req->arena, &accounts_names, DB_ARGS(DB_I(id)), names));
}

/* Whoever has it stays to choose, though he has left. */
struct err *accounts_show_owners(struct request *req, const struct account *had)
{
    struct view *field = view_at(view_at(view_at(req->page, "Form"), "F"), "owner_user_id");
    bool offered = had == NULL || had->owner_user_id == 0;
    struct accounts_names names;
    struct person *people;
    size_t count;

    TRY(db_list(req->db, req->arena, &list_people, DB_NO_ARGS, &people, &count));
    for (size_t i = 0; i < count; i++) {
        offered = offered || people[i].id == had->owner_user_id;
        add_option(field, people[i].id, people[i].name);
    }
    if (offered)
        return NULL;
    TRY(read_names(req, had->id, &names));
    add_option(field, had->owner_user_id, names.owner);
    return NULL;
}

struct err *accounts_judge_owner(struct request *req, int64_t owner_id, int64_t had_owner)
{
    bool found = owner_id == had_owner || owner_id == 0;
    struct person *people;
    size_t count;

    if (found)
        return NULL;
    TRY(db_list(req->db, req->arena, &list_people, DB_NO_ARGS, &people, &count));
    for (size_t i = 0; i < count; i++)
        found = found || people[i].id == owner_id;
    if (!found)
        form_fault(req, "owner_user_id", -1,
                   tr(req, N_("Choose somebody of the vendor who is not disabled.")));
    return NULL;
}

static const char *in_words(struct arena *a, const struct accounts_names *names)
{
    return identity_json(
        a, JSON_PAIRS({ "owner", names->owner }, { "department", names->department_en }));
}

/* BEFORE: as it was until just now. */
struct err *accounts_note_owner(struct request *req, const struct account *before,
                                const struct accounts_names *had, const struct account *now)
{
    struct accounts_names has;

    if (before->owner_user_id == now->owner_user_id && before->department_id == now->department_id)
        return NULL;
    TRY(read_names(req, now->id, &has));
    return err_pass(request_audit(req, "account", now->id, in_words(req->arena, had),
                                  in_words(req->arena, &has)));
}
