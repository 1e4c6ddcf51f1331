/* access/actor.c - questions about who is asking. */
#include "access/actor.h"

bool actor_may(const struct actor *actor, enum permission permission)
{
    switch (permission) {
    case PERM_UNSET:
        return false;
    case PERM_PUBLIC:
        return true;
    case PERM_SELF:
        return actor_is_signed_in(actor);
    default:
        return permission_has(&actor->permissions, permission);
    }
}

bool actor_is_signed_in(const struct actor *actor)
{
    return actor->user_id != 0;
}

const char *actor_tier(const struct actor *actor, enum lang lang)
{
    return actor->tier_names[lang] != NULL ? actor->tier_names[lang] : "";
}

struct actor actor_nobody(enum lang lang)
{
    return (struct actor){ .audience = AUD_PUBLIC,
                           .department_high = -1,
                           .name = "",
                           .email = "",
                           .account_name = "",
                           .tier_names = { [LANG_EN] = "", [LANG_ZH] = "" },
                           .lang = lang,
                           .zone = "UTC" };
}
