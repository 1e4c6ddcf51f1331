/* transfer/transfer_sets.c - what can be imported, and how its columns are found. */
#include "base/str.h"
#include "text/norm.h"
#include "transfer/transfer_inside.h"

#include <string.h>

const struct transfer_set *const transfer_sets[] = { &transfer_accounts, &transfer_contacts,
                                                     &transfer_leads,    &transfer_opportunities,
                                                     &transfer_users,    NULL };

const struct db_field transfer_name_fields[] = {
    DB_FIELD(struct transfer_name, id, DB_I64, 0),
    DB_FIELD(struct transfer_name, name, DB_TEXT, 400),
    DB_FIELD(struct transfer_name, path, DB_TEXT, 60),
    { 0 },
};

db_stmt_table transfer_name_statements[] = { &transfer_account_names, &transfer_contact_names,
                                             &transfer_lead_names,    &transfer_opportunity_names,
                                             &transfer_user_names,    NULL };

static uint64_t fnv(uint64_t h, const char *text)
{
    for (; *text != '\0'; text++)
        h = (h ^ (unsigned char)*text) * 1099511628211u;
    return h;
}

int64_t transfer_hash(const char *x, const char *y)
{
    const uint64_t h = fnv(14695981039346656037u, x); /* FNV-1a, 64 bits */

    return (int64_t)(fnv((h ^ 31u) * 1099511628211u, y) | 1u);
}

const struct transfer_set *transfer_set_find(const char *code)
{
    for (size_t i = 0; transfer_sets[i] != NULL; i++)
        if (str_eq(transfer_sets[i]->code, code))
            return transfer_sets[i];
    return NULL;
}

size_t transfer_column_count(const struct transfer_set *set)
{
    size_t count = 0;

    while (set->columns[count].field != NULL)
        count++;
    return count;
}

const struct field *transfer_field(const struct transfer_set *set, int column)
{
    const struct field *field = set->form->fields;

    while (field->name != NULL && !str_eq(field->name, set->columns[column].field))
        field++;
    for (const struct field *more = set->more; field->name == NULL && more != NULL; more++)
        if (str_eq(more->name, set->columns[column].field))
            return more;
    return field;
}

int transfer_column_of(const struct transfer_set *set, const char *field)
{
    for (int i = 0; set->columns[i].field != NULL; i++)
        if (str_eq(set->columns[i].field, field))
            return i;
    return -1;
}

/* "a|b|c|": FOLDED is one of them. */
static bool is_alias(const char *aliases, const char *folded)
{
    const size_t len = strlen(folded);

    for (const char *at = aliases; at != NULL && len > 0 && (at = strstr(at, folded)) != NULL; at++)
        if ((at == aliases || at[-1] == '|') && at[len] == '|')
            return true;
    return false;
}

static bool is_called(struct arena *a, const struct transfer_set *set, int column,
                      const char *folded)
{
    const struct field *field = transfer_field(set, column);

    if (str_eq(folded, field->name) || is_alias(set->columns[column].aliases, folded))
        return true;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (str_eq(folded, text_fold(a, lang_tr((enum lang)lang, field->label))))
            return true;
    return false;
}

int transfer_column_find(struct arena *a, const struct transfer_set *set, const char *text)
{
    const char *folded = text_fold(a, str_trim(a, text));

    for (int i = 0; set->columns[i].field != NULL; i++)
        if (is_called(a, set, i, folded))
            return i;
    return -1;
}
