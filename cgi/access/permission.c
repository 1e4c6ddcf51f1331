/* access/permission.c - the lists of permissions and audiences, by number and by name. */
#include "access/permission.h"

#include "base/str.h"

const struct permission_row permission_rows[] = {
#define PERM(number, id, name_, audiences_, help_) \
    { .permission = PERM_##id, .name = (name_), .audiences = (audiences_), .help = (help_) },
#include "access/permissions.def"
#undef PERM
    { 0 },
};

static const char *const audience_names[AUD_COUNT] = {
    [AUD_UNSET] = "",          [AUD_PUBLIC] = "public",
    [AUD_PARTNER] = "partner", [AUD_CUSTOMER] = "customer",
    [AUD_STAFF] = "staff",     [AUD_SIGNED_IN] = "signed_in",
};

bool permission_has(const struct permission_set *set, enum permission p)
{
    return p < PERM_LIMIT && (set->bits[p / 64] >> (p % 64) & 1) != 0;
}

void permission_add(struct permission_set *set, enum permission p)
{
    if (p < PERM_LIMIT)
        set->bits[p / 64] |= (uint64_t)1 << (p % 64);
}

const struct permission_row *permission_find(const char *name)
{
    for (const struct permission_row *row = permission_rows; row->name != NULL; row++)
        if (str_eq(row->name, name))
            return row;
    return NULL;
}

const char *audience_name(enum audience audience)
{
    return audience < AUD_COUNT ? audience_names[audience] : "";
}

enum audience audience_find(const char *name)
{
    for (int i = AUD_UNSET + 1; i < AUD_COUNT; i++)
        if (str_eq(audience_names[i], name))
            return (enum audience)i;
    return AUD_UNSET;
}
