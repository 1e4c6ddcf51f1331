/* admin/users_many.c */
#include "admin/users_many.h"

#include "admin/users_addresses.h"
#include "admin/users_inside.h"
#include "base/buf.h"
#include "base/str.h"
#include "identity/identity.h"
#include "text/norm.h"

#include <string.h>

enum { ROLES_MOST = 20, NO_ID = -1 /* of nobody, not even of somebody new */ };

static const struct db_stmt of_addresses = USERS_OF_ADDRESSES("users.of_addresses", "");
db_stmt_table users_many_statements[] = { &of_addresses, &users_staff_by_id, &users_staff_status,
                                          &users_links_void, NULL };

/* -- who gives -----------------------------------------------------------------------------------
 */

static const char *const audiences[] = { "staff", "partner", "customer" };

struct users_giver {
    struct audit_who who;
    int64_t id;
    struct permission_set may;
    struct role_list roles[ARRAY_LEN(audiences)];
};

struct err *users_giver_open(struct db *db, struct arena *a, const struct audit_who *who,
                             struct users_giver **giver_out)
{
    struct users_giver *giver = arena_alloc(a, sizeof(*giver));
    enum users_verdict verdict = USERS_OK;

    *giver = (struct users_giver){ .who = *who };
    *giver_out = NULL;
    if (who->actor != NULL) {
        giver->id = who->actor->user_id;
        giver->may = who->actor->permissions;
        TRY(users_still_admin(db, giver->id, &verdict));
    } else {
        giver->id = NO_ID;
        permission_add(&giver->may, PERM_ROLES_MANAGE);
    }
    if (verdict != USERS_OK)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(audiences); i++)
        TRY(role_list_read(db, a, audiences[i], &giver->roles[i]));
    *giver_out = giver;
    return NULL;
}

/* -- roles by their names ------------------------------------------------------------------------
 */

static const struct role_list *roles_of(const struct users_giver *giver, const char *audience)
{
    for (size_t i = 0; i < ARRAY_LEN(audiences); i++)
        if (str_eq(audiences[i], audience))
            return &giver->roles[i];
    return &giver->roles[0];
}

/* 0: none is called so. */
static int64_t role_called(struct arena *a, const struct role_list *list, const char *text)
{
    const char *folded = text_fold(a, str_trim(a, text));

    for (size_t i = 0; i < list->count; i++)
        if (str_eq(folded, text_fold(a, list->rows[i].code)) ||
            str_eq(folded, text_fold(a, list->rows[i].name_en)) ||
            str_eq(folded, text_fold(a, list->rows[i].name_zh)))
            return list->rows[i].id;
    return 0;
}

/* One separator for all that people write: ";", "，", "、". */
static const char *with_commas(struct arena *a, const char *text)
{
    static const char *const others[] = { ";", "；", "，", "、" };
    struct buf out;
    const char *all;

    buf_init(&out, strlen(text) + 16, 0);
    while (*text != '\0') {
        size_t len = 0;

        for (size_t i = 0; i < ARRAY_LEN(others) && len == 0; i++)
            if (str_starts(text, others[i]))
                len = strlen(others[i]);
        buf_putc(&out, len > 0 ? ',' : *text);
        text += len > 0 ? len : 1;
    }
    all = arena_dup_bytes(a, out.data, out.len);
    buf_free(&out);
    return all;
}

static struct users_roles read_roles(struct arena *a, const struct role_list *list,
                                     const char *text)
{
    int64_t *ids = arena_array(a, ROLES_MOST, sizeof(*ids));
    struct users_roles roles = { .ids = ids };
    size_t count;
    char **parts = str_split(a, with_commas(a, text), ',', &count);

    for (size_t i = 0; i < count && roles.count < ROLES_MOST; i++) {
        const int64_t id = role_called(a, list, parts[i]);
        bool had = false;

        for (size_t k = 0; k < roles.count; k++)
            had = had || ids[k] == id;
        if (!had && !str_is_empty(str_trim(a, parts[i])))
            ids[roles.count++] = id;
    }
    return roles;
}

const char *users_new_fault(struct arena *a, const struct users_giver *giver,
                            const struct users_new *somebody, const char **field_out)
{
    const struct role_list *list = roles_of(giver, somebody->audience);
    const struct users_roles roles = read_roles(a, list, somebody->roles);
    const enum users_verdict verdict = users_roles_check(list, audience_find(somebody->audience),
                                                         &giver->may, giver->id, 0, roles);

    *field_out = users_verdicts[verdict].field;
    return users_verdicts[verdict].message;
}

/* -- addresses -----------------------------------------------------------------------------------
 */

struct err *users_of_addresses(struct db *db, struct arena *a, const char *const *emails,
                               size_t count, int64_t *ids_out)
{
    return err_pass(users_addresses_find(db, a, &of_addresses, emails, count, ids_out));
}

/* -- making and taking back ----------------------------------------------------------------------
 */

struct err *users_new_add(struct db *db, struct arena *a, const struct users_giver *giver,
                          const struct users_new *somebody, bool invited, int64_t *id_out)
{
    const struct role_list *list = roles_of(giver, somebody->audience);
    const struct actor *actor = giver->who.actor;
    const struct users_invite invite = {
        .audience = somebody->audience,
        .email = somebody->email,
        .name = somebody->name,
        .title = somebody->title,
        .language = somebody->language,
        .zone = somebody->zone,
        .scope = "own",
        .account_id = somebody->account_id,
        .department_id = somebody->department_id,
        .manager_id = somebody->manager_id,
        .roles = read_roles(a, list, somebody->roles),
        .by_name = actor != NULL ? actor->name : somebody->account_name,
        .account_name = somebody->account_name,
        .waits = !invited,
    };
    enum users_verdict verdict;

    TRY(users_invite_add(db, a, &giver->who, &invite, &verdict, id_out));
    return verdict == USERS_OK ? NULL
                               : err_raise(ERR_CONFLICT, "%s", users_verdicts[verdict].message);
}

static struct err *shut_out(struct db *db, struct arena *a, const struct audit_who *who, int64_t id,
                            const char *import)
{
    const struct audit_change change = {
        .kind = "user",
        .object_id = id,
        .action = "users.disable",
        .before = identity_json(a, JSON_PAIRS({ "status", "invited" })),
        .after = identity_json(a, JSON_PAIRS({ "status", "disabled" }, { "import", import }))
    };
    int64_t changed;

    TRY(db_exec(db, &users_staff_status, DB_ARGS(DB_S("disabled"), DB_I(id), DB_S("invited")),
                &changed));
    if (changed != 1)
        return err_raise(ERR_AGAIN, "the person was changed just now");
    TRY(db_exec(db, &users_links_void, DB_ARGS(DB_I(id)), NULL));
    return err_pass(audit_write(db, a, who, &change));
}

struct err *users_new_undo(struct db *db, struct arena *a, const struct audit_who *who, int64_t id,
                           int64_t row_version, const char *import, enum users_kept *kept_out)
{
    struct user_row user;
    bool found;

    TRY(db_one(db, a, &users_staff_by_id, DB_ARGS(DB_I(id)), &user, &found));
    *kept_out = !found                                                   ? USERS_LOST
                : user.last_login_at != 0 || *user.status == 'a'         ? USERS_SEEN
                : *user.status != 'i' || user.row_version != row_version ? USERS_CHANGED
                                                                         : USERS_OFF;
    return *kept_out != USERS_OFF ? NULL : err_pass(shut_out(db, a, who, id, import));
}
