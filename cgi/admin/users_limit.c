/* admin/users_limit.c - what the vendor allows a partner's own administrators, asked by the page
 * and again by the worker. */
#include "admin/users_inside.h"

#include "programme/programme_limit.h"

static bool holds(struct users_roles roles, int64_t id)
{
    bool found = false;

    for (size_t i = 0; i < roles.count; i++)
        found = found || roles.ids[i] == id;
    return found;
}

struct err *users_limit_check(struct db *db, struct arena *a, const struct users_limit *ask,
                              struct users_roles roles, enum users_verdict *verdict_out)
{
    struct partner_limit limit;

    *verdict_out = USERS_OK;
    if (ask->audience != AUD_PARTNER)
        return NULL;
    if (ask->hold)
        TRY(partner_limit_hold(db, ask->account_id));
    TRY(partner_limit_read(db, a, ask->account_id, &limit));
    for (size_t i = 0; i < roles.count; i++)
        if (!partner_limit_has_role(&limit, roles.ids[i]))
            *verdict_out = USERS_ROLE_CLOSED;
    if (*verdict_out == USERS_OK && ask->one_more && partner_limit_is_full(&limit))
        *verdict_out = USERS_FULL;
    return NULL;
}

struct err *users_limit_filter(struct request *req, struct role_list *list, struct users_roles has)
{
    struct partner_limit limit;
    size_t kept = 0;

    if (req->actor->audience != AUD_PARTNER)
        return NULL;
    TRY(partner_limit_read(req->db, req->arena, req->actor->account_id, &limit));
    for (size_t i = 0; i < list->count; i++)
        if (partner_limit_has_role(&limit, list->rows[i].id) || holds(has, list->rows[i].id))
            list->rows[kept++] = list->rows[i];
    list->count = kept;
    return NULL;
}
