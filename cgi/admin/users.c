/* admin/users.c - the rules of user administration.  No SQL, no HTML.
 *
 * An account always keeps an administrator, without counting: each change is made by somebody who
 * is one, and nobody ends his own administration. */
#include "admin/users_inside.h"

#include "base/str.h"

enum { ROLES_MAX = 50 };

const struct users_verdict_row users_verdicts[USERS_VERDICT_COUNT] = {
    [USERS_EXISTS] = { "email", N_("This address has a log-in already.") },
    [USERS_NO_ROLE] = { "roles", N_("Choose at least one role.") },
    [USERS_ROLE_UNKNOWN] = { "roles", N_("This role cannot be given here. Choose from the list.") },
    [USERS_ROLE_HIGHER] = { "roles", N_("You cannot give a role that allows more than you may do"
                                        " yourself.") },
    [USERS_SELF] = { "roles", N_("You cannot end your own administration. Another administrator"
                                 " can.") },
    [USERS_HIGHER] = { "roles", N_("This person may do more than you. Ask an administrator.") },
    [USERS_NO_DEPARTMENT] = { "department", N_("Choose one of the list.") },
    [USERS_ROLE_CLOSED] = { "roles", N_("The vendor does not allow your company this role.") },
    [USERS_FULL] = { "email",
                     N_("Your company has as many users as the vendor allows. Disable one, or ask your"
                        " channel manager for more.") },
    [USERS_NO_MANAGER] = { "manager", N_("Choose somebody of the vendor who is not disabled.") },
    [USERS_OWN_MANAGER] = { "manager", N_("Nobody is his own manager.") },
    [USERS_CIRCLE] = { "manager", N_("This person is led by the one whose manager you choose.") },
    [USERS_GONE] = { "roles", N_("You are no administrator any more.") },
};

static bool set_within(const struct permission_set *set, const struct permission_set *limit)
{
    for (size_t i = 0; i < ARRAY_LEN(set->bits); i++) {
        if ((set->bits[i] & ~limit->bits[i]) != 0)
            return false;
    }
    return true;
}

/* What a company's roles allow, the vendor has decided; among staff only who edits roles may hand
 * out more than he has. */
static bool is_higher(enum audience audience, const struct permission_set *may,
                      const struct role_row *role)
{
    return audience == AUD_STAFF && !permission_has(may, PERM_ROLES_MANAGE) &&
           !set_within(&role->permissions, may);
}

enum users_verdict users_roles_check(const struct role_list *list, enum audience audience,
                                     const struct permission_set *may, int64_t by_id,
                                     int64_t user_id, struct users_roles roles)
{
    bool manages = false;

    if (roles.count == 0)
        return USERS_NO_ROLE;
    for (size_t i = 0; i < roles.count; i++) {
        const struct role_row *role = role_list_find(list, roles.ids[i]);

        if (role == NULL)
            return USERS_ROLE_UNKNOWN;
        if (is_higher(audience, may, role))
            return USERS_ROLE_HIGHER;
        manages = manages || permission_has(&role->permissions, PERM_USERS_MANAGE);
    }
    return by_id == user_id && !manages ? USERS_SELF : USERS_OK;
}

struct users_roles users_roles_read(struct arena *a, const char *text)
{
    int64_t *ids = arena_array(a, ROLES_MAX, sizeof(*ids));
    struct users_roles roles = { .ids = ids };
    size_t parts;
    char **part;

    if (str_is_empty(text))
        return roles;
    part = str_split(a, text, ',', &parts);
    for (size_t i = 0; i < parts && roles.count < ROLES_MAX; i++) {
        if (str_to_i64(part[i], &ids[roles.count]))
            roles.count++;
    }
    return roles;
}

char *users_roles_text(struct arena *a, struct users_roles roles)
{
    char *text = arena_dup(a, "");

    for (size_t i = 0; i < roles.count; i++)
        text = arena_printf(a, "%s%s%lld", text, i > 0 ? "," : "", (long long)roles.ids[i]);
    return text;
}

char *users_roles_codes(struct arena *a, const struct role_list *list, struct users_roles roles)
{
    char *text = arena_dup(a, "");

    for (size_t i = 0; i < roles.count; i++) {
        const struct role_row *role = role_list_find(list, roles.ids[i]);

        if (role != NULL)
            text = arena_printf(a, "%s%s%s", text, *text != '\0' ? ", " : "", role->code);
    }
    return text;
}

enum users_verdict users_touch_check(struct arena *a, const struct role_list *list,
                                     enum audience audience, const struct permission_set *may,
                                     const struct user_row *user)
{
    struct users_roles has = users_roles_read(a, user->role_ids);

    for (size_t i = 0; i < has.count; i++) {
        const struct role_row *role = role_list_find(list, has.ids[i]);

        if (role != NULL && is_higher(audience, may, role))
            return USERS_HIGHER;
    }
    return USERS_OK;
}

enum users_verdict users_lead_verdict(enum users_lead lead)
{
    static const enum users_verdict verdicts[] = {
        [LEAD_OK] = USERS_OK,
        [LEAD_UNKNOWN] = USERS_NO_MANAGER,
        [LEAD_SELF] = USERS_OWN_MANAGER,
        [LEAD_CIRCLE] = USERS_CIRCLE,
    };

    return verdicts[lead];
}
