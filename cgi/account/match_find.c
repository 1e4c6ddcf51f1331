/* account/match_find.c - asking: which grams to look up, who comes of it, and what the score says.
 */
#include "account/match_find.h"
#include "account/match_sql.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* -- choosing grams ------------------------------------------------------------------------------
 */

struct weighed {
    int64_t gram, df; /* df 0: no row, so nobody or somebody new */
};

static int by_df(const void *x, const void *y)
{
    const struct weighed *a = x, *b = y;

    return a->df < b->df ? -1 : a->df > b->df ? 1 : 0;
}

/* Fills ARGS with COUNT integers and repeats the last one up to SIZE. */
static void fill(struct db_arg *args, size_t size, const struct weighed *grams, size_t count)
{
    for (size_t i = 0; i < size; i++)
        args[i] = DB_I(count == 0 ? -1 : grams[i < count ? i : count - 1].gram);
}

static struct err *read_df(struct db *db, struct arena *a, struct weighed *grams, size_t count)
{
    struct db_arg args[MATCH_GRAMS_MAX + 1] = { 0 };
    struct match_df_row *rows;
    size_t row_count;

    fill(args, MATCH_GRAMS_MAX, grams, count);
    TRY(db_list(db, a, &match_sql_df, args, &rows, &row_count));
    for (size_t r = 0; r < row_count; r++)
        for (size_t i = 0; i < count; i++)
            if (grams[i].gram == rows[r].gram)
                grams[i].df = rows[r].df;
    return NULL;
}

/* Rarest first: three whatever they cost, then until enough rows are promised; a gram that very
 * many hold is taken only when it is the rarest. */
static size_t choose(struct weighed *grams, size_t count)
{
    int64_t promised = 0;
    size_t kept = 0, known = 0;

    qsort(grams, count, sizeof(*grams), by_df);
    for (size_t i = 0; i < count; i++) {
        const int64_t df = grams[i].df;

        if (df > 0) {
            if (known > 0 && df > MATCH_DF_MOST)
                break;
            if (known >= 3 && promised + df > MATCH_ROWS_ENOUGH)
                break;
            known++;
            promised += df;
        }
        grams[kept++] = grams[i];
    }
    return kept;
}

/* -- judging -------------------------------------------------------------------------------------
 */

struct asked {
    struct match_name name;
    struct match_fields fields;
    int64_t core_hash;
    const char *country;
};

static int64_t hash_core(const char *core)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a, 64 bits */

    for (; *core != '\0'; core++)
        h = (h ^ (unsigned char)*core) * 1099511628211u;
    return (int64_t)h;
}

static void read_asked(struct arena *a, struct match_names *names, const struct match_party *party,
                       struct asked *out)
{
    match_name_read(names, a, party->name, &out->name);
    match_fields_read(a, party->tax_number, party->website, party->phone, party->address,
                      &out->fields);
    out->core_hash = hash_core(out->name.part.core);
    out->country = party->country != NULL ? party->country : "";
}

static bool equal_and_given(const char *x, const char *y)
{
    return !str_is_empty(x) && strcmp(x, y) == 0;
}

static bool is_exact(const struct asked *asked, const struct match_party_row *row)
{
    return equal_and_given(asked->fields.tax_id, row->tax_id) ||
           equal_and_given(asked->fields.domain, row->domain) ||
           (asked->core_hash == row->core_hash && equal_and_given(asked->country, row->country));
}

/* False when the kept name is of an older version: its party waits for being indexed again. */
static bool judge(struct arena *a, struct match_names *names, const struct asked *asked,
                  const struct match_party_row *row, struct match_found *found_out)
{
    const struct match_fields fields = { row->tax_id, row->domain, row->phone, row->address };
    struct match_name name;

    if (!match_name_unpack(names, a, row->packed, &name))
        return false;
    *found_out = (struct match_found){ .party_id = row->id,
                                       .group_id = row->group_id,
                                       .named = row->named,
                                       .customer = row->customer,
                                       .exact = is_exact(asked, row) };
    match_score(&asked->name, &asked->fields, &name, &fields, &found_out->evidence);
    return found_out->evidence.verdict != MATCH_DIFFERENT;
}

static int best_first(const void *x, const void *y)
{
    const struct match_found *a = x, *b = y;

    if (a->evidence.verdict != b->evidence.verdict)
        return a->evidence.verdict > b->evidence.verdict ? -1 : 1;
    if (a->evidence.score != b->evidence.score) /* equal scores fall through to the id */
        return a->evidence.score > b->evidence.score ? -1 : 1;
    return a->party_id < b->party_id ? -1 : a->party_id > b->party_id;
}

/* -- what is spoken for --------------------------------------------------------------------------
 */

static struct err *read_live(struct db *db, struct arena *a, struct match_found *found,
                             size_t count)
{
    struct weighed groups[MATCH_LIVE_GROUPS];
    struct db_arg args[MATCH_LIVE_GROUPS + 1] = { 0 };
    const size_t asked = count < MATCH_LIVE_GROUPS ? count : MATCH_LIVE_GROUPS;
    struct match_live_row *rows;
    size_t row_count;

    for (size_t i = 0; i < asked; i++)
        groups[i].gram = found[i].group_id;
    fill(args, MATCH_LIVE_GROUPS, groups, asked);
    TRY(db_list(db, a, &match_sql_live, args, &rows, &row_count));
    for (size_t i = 0; i < count; i++) {
        int64_t *lines = arena_array(a, row_count + 1, sizeof(*lines));
        bool *claimed = arena_array(a, row_count + 1, sizeof(*claimed));

        for (size_t r = 0; r < row_count; r++) {
            if (rows[r].group_id != found[i].group_id)
                continue;
            claimed[found[i].live_count] = rows[r].live == MATCH_CLAIMED;
            lines[found[i].live_count++] = rows[r].product_line_id;
        }
        found[i].live_lines = lines;
        found[i].live_claimed = claimed;
    }
    return NULL;
}

struct err *match_find(struct db *db, struct arena *a, struct match_names *names,
                       const struct match_party *party, struct match_found **found_out,
                       size_t *count_out)
{
    struct db_arg args[MATCH_GRAMS_MAX + 5] = { 0 };
    struct weighed grams[MATCH_GRAMS_MAX] = { 0 };
    struct match_party_row *rows;
    struct match_keys keys;
    struct asked asked;
    size_t row_count, count = 0;

    read_asked(a, names, party, &asked);
    match_keys_read(a, &asked.name, &keys);
    for (size_t i = 0; i < keys.count; i++)
        grams[i].gram = keys.gram[i];
    TRY(read_df(db, a, grams, keys.count));
    fill(args, MATCH_GRAMS_MAX, grams, choose(grams, keys.count));
    args[MATCH_GRAMS_MAX] = DB_S(asked.fields.tax_id);
    args[MATCH_GRAMS_MAX + 1] = DB_S(asked.fields.domain);
    args[MATCH_GRAMS_MAX + 2] = DB_S(asked.fields.phone);
    args[MATCH_GRAMS_MAX + 3] = DB_I(asked.core_hash);
    TRY(db_list(db, a, &match_sql_candidates, args, &rows, &row_count));
    *found_out = arena_array(a, row_count + 1, sizeof(**found_out));
    for (size_t i = 0; i < row_count; i++)
        if (rows[i].id != party->id && judge(a, names, &asked, &rows[i], &(*found_out)[count]))
            count++;
    *count_out = count;
    if (count == 0)
        return NULL;
    qsort(*found_out, count, sizeof(**found_out), best_first);
    return err_pass(read_live(db, a, *found_out, count));
}

/* -- keeping -------------------------------------------------------------------------------------
 */

static struct err *put_grams(struct db *db, const struct match_keys *keys, int64_t party_id)
{
    enum { AT_ONCE = 16 };
    size_t i = 0;

    for (; i + AT_ONCE <= keys->count; i += AT_ONCE) {
        struct db_arg args[2 * AT_ONCE + 1] = { 0 };

        for (size_t k = 0; k < AT_ONCE; k++) {
            args[2 * k] = DB_I(keys->gram[i + k]);
            args[2 * k + 1] = DB_I(party_id);
        }
        TRY(db_exec(db, &match_sql_gram_put16, args, NULL));
    }
    for (; i < keys->count; i++)
        TRY(db_exec(db, &match_sql_gram_put, DB_ARGS(DB_I(keys->gram[i]), DB_I(party_id)), NULL));
    return NULL;
}

/* The grams of the name that was kept before, when there was one. */
static struct err *drop_grams(struct db *db, struct arena *a, struct match_names *names,
                              int64_t party_id)
{
    struct match_packed_row old;
    struct match_name name;
    struct match_keys keys;
    bool found;

    TRY(db_one(db, a, &match_sql_packed, DB_ARGS(DB_I(party_id)), &old, &found));
    if (!found || !match_name_unpack(names, a, old.packed, &name))
        return NULL;
    match_keys_read(a, &name, &keys);
    for (size_t i = 0; i < keys.count; i++)
        TRY(db_exec(db, &match_sql_gram_drop, DB_ARGS(DB_I(keys.gram[i]), DB_I(party_id)), NULL));
    return NULL;
}

void match_entry_make(struct match_names *names, struct arena *a, const struct match_party *party,
                      struct match_entry *out)
{
    struct asked asked;

    read_asked(a, names, party, &asked);
    *out = (struct match_entry){ .packed = text_company_pack(a, &asked.name.part),
                                 .core_hash = asked.core_hash,
                                 .fields = asked.fields };
    match_keys_read(a, &asked.name, &out->keys);
}

struct err *match_index(struct db *db, struct arena *a, struct match_names *names,
                        const struct match_party *party)
{
    struct match_entry entry;

    match_entry_make(names, a, party, &entry);
    TRY(drop_grams(db, a, names, party->id));
    TRY(db_exec(db, &match_sql_party_put,
                DB_ARGS(DB_I(party->id), DB_I(party->group_id), DB_I(party->named),
                        DB_I(party->customer), DB_S(party->country != NULL ? party->country : ""),
                        DB_S(entry.packed), DB_I(entry.core_hash), DB_S(entry.fields.tax_id),
                        DB_S(entry.fields.domain), DB_S(entry.fields.phone),
                        DB_S(entry.fields.address)),
                NULL));
    return err_pass(put_grams(db, &entry.keys, party->id));
}

struct err *match_drop(struct db *db, struct arena *a, struct match_names *names, int64_t party_id)
{
    TRY(drop_grams(db, a, names, party_id));
    return err_pass(db_exec(db, &match_sql_party_drop, DB_ARGS(DB_I(party_id)), NULL));
}

struct err *match_group_of_tax_number(struct db *db, struct arena *a, const char *tax_number,
                                      const char *country, int64_t *group_out)
{
    struct match_group_row row = { 0 };
    struct match_fields fields;
    bool found;

    *group_out = 0;
    match_fields_read(a, tax_number, "", "", "", &fields);
    if (str_is_empty(fields.tax_id))
        return NULL;
    TRY(db_one(db, a, &match_sql_tax_group, DB_ARGS(DB_S(fields.tax_id), DB_S(country)), &row,
               &found));
    if (found)
        *group_out = row.group_id;
    return NULL;
}

struct err *match_join_groups(struct db *db, int64_t kept, int64_t gone)
{
    return err_pass(db_exec(db, &match_sql_join, DB_ARGS(DB_I(kept), DB_I(gone)), NULL));
}

struct err *match_count_grams(struct db *db)
{
    return err_pass(db_exec(db, &match_sql_df_count, DB_NO_ARGS, NULL));
}
