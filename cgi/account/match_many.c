/* account/match_many.c - many end customers in one statement: lists go in as one JSON text. */
#include "account/match_many.h"

#include "account/match_sql.h"
#include "base/buf.h"
#include "base/str.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    GRAMS_EACH = 6,       /* the rarest of a name */
    UNKNOWN_EACH = 3,     /* and of those that nobody held when they were counted */
    GRAM_ROWS_MOST = 250, /* a gram that more hold says too little */
    ROWS_EACH = 250,      /* of all its grams together */
    CANDIDATES_EACH = 8
};

/* -- statements ----------------------------------------------------------------------------------
 */

#define LIST_OF_IDS "JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) j"

static const struct db_field df_fields[] = {
    DB_FIELD(struct match_df_row, gram, DB_I64, 0),
    DB_FIELD(struct match_df_row, df, DB_I64, 0),
    { 0 },
};
static const struct db_stmt many_df = {
    .name = "match.many_df",
    .sql = "SELECT STRAIGHT_JOIN d.gram, d.df FROM " LIST_OF_IDS
           " JOIN match_gram_df d ON d.gram = j.id",
    .binds = "s",
    .fields = df_fields,
    .row_bytes = sizeof(struct match_df_row),
};

struct holder {
    int64_t gram, party_id;
};
static const struct db_field holder_fields[] = {
    DB_FIELD(struct holder, gram, DB_I64, 0),
    DB_FIELD(struct holder, party_id, DB_I64, 0),
    { 0 },
};
static const struct db_stmt many_holders = {
    .name = "match.many_holders",
    .sql = "SELECT STRAIGHT_JOIN g.gram, g.party_id FROM " LIST_OF_IDS
           " JOIN match_gram g ON g.gram = j.id LIMIT 200000",
    .binds = "s",
    .fields = holder_fields,
    .row_bytes = sizeof(struct holder),
};

struct equal {
    int64_t place, by_tax, by_domain, by_core;
};
static const struct db_field equal_fields[] = {
    DB_FIELD(struct equal, place, DB_I64, 0),
    DB_NULLABLE(struct equal, by_tax, DB_I64, 0),
    DB_NULLABLE(struct equal, by_domain, DB_I64, 0),
    DB_NULLABLE(struct equal, by_core, DB_I64, 0),
    { 0 },
};
/* Empty ones stand there as NULL, which equals nothing. */
static const struct db_stmt many_equal = {
    .name = "match.many_equal",
    .sql = "SELECT j.place, (SELECT p.id FROM match_party p WHERE p.tax_id = j.tax_id LIMIT 1) "
           "AS by_tax, (SELECT p.id FROM match_party p WHERE p.domain = j.domain LIMIT 1) "
           "AS by_domain, (SELECT p.id FROM match_party p WHERE p.core_hash = j.core_hash "
           "AND p.country = j.country LIMIT 1) AS by_core FROM JSON_TABLE(?, '$[*]' COLUMNS ("
           "place INT PATH '$[0]', tax_id VARCHAR(40) CHARACTER SET ascii PATH '$[1]', "
           "domain VARCHAR(190) CHARACTER SET ascii PATH '$[2]', core_hash BIGINT PATH '$[3]', "
           "country CHAR(2) CHARACTER SET ascii PATH '$[4]')) j",
    .binds = "s",
    .fields = equal_fields,
    .row_bytes = sizeof(struct equal),
};

static const struct db_field party_fields[] = {
    DB_FIELD(struct match_party_row, id, DB_I64, 0),
    DB_FIELD(struct match_party_row, packed, DB_TEXT, 300),
    DB_FIELD(struct match_party_row, tax_id, DB_TEXT, 40),
    DB_FIELD(struct match_party_row, domain, DB_TEXT, 64),
    DB_FIELD(struct match_party_row, phone, DB_TEXT, 10),
    DB_FIELD(struct match_party_row, address, DB_TEXT, 120),
    { 0 },
};
static const struct db_stmt many_parties = {
    .name = "match.many_parties",
    .sql = "SELECT STRAIGHT_JOIN p.id, p.packed, p.tax_id, p.domain, p.phone, p.address "
           "FROM " LIST_OF_IDS " JOIN match_party p ON p.id = j.id ORDER BY p.id",
    .binds = "s",
    .fields = party_fields,
    .row_bytes = sizeof(struct match_party_row),
};

struct group_row {
    int64_t place, group_id;
};
static const struct db_field group_fields[] = {
    DB_FIELD(struct group_row, place, DB_I64, 0),
    DB_FIELD(struct group_row, group_id, DB_I64, 0),
    { 0 },
};
static const struct db_stmt many_groups = {
    .name = "match.many_groups",
    .sql = "SELECT j.place, IFNULL((SELECT p.group_id FROM match_party p WHERE p.tax_id = j.tax_id "
           "AND p.country = j.country ORDER BY p.id LIMIT 1), 0) AS group_id "
           "FROM JSON_TABLE(?, '$[*]' COLUMNS (place INT PATH '$[0]', "
           "tax_id VARCHAR(40) CHARACTER SET ascii PATH '$[1]', "
           "country CHAR(2) CHARACTER SET ascii PATH '$[2]')) j",
    .binds = "s",
    .fields = group_fields,
    .row_bytes = sizeof(struct group_row),
};

static const struct db_stmt many_party_put = {
    .name = "match.many_party_put",
    .sql = "INSERT INTO match_party (id, group_id, named, customer, country, packed, core_hash, "
           "tax_id, domain, phone, address) SELECT j.id, j.group_id, j.named, j.customer, "
           "j.country, j.packed, j.core_hash, j.tax_id, j.domain, j.phone, j.address "
           "FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$[0]', group_id BIGINT PATH '$[1]', "
           "named INT PATH '$[2]', customer INT PATH '$[3]', country CHAR(2) PATH '$[4]', "
           "packed VARCHAR(1200) PATH '$[5]', core_hash BIGINT PATH '$[6]', "
           "tax_id VARCHAR(40) PATH '$[7]', domain VARCHAR(190) PATH '$[8]', "
           "phone VARCHAR(8) PATH '$[9]', address VARCHAR(120) PATH '$[10]')) j",
    .binds = "s",
    .flags = DB_WRITE,
};
#define LIST_OF_GRAMS                                                        \
    "JSON_TABLE(?, '$[*]' COLUMNS (gram INT UNSIGNED PATH '$[0]', party_id " \
    "BIGINT PATH '$[1]')) j"
static const struct db_stmt many_gram_put = {
    .name = "match.many_gram_put",
    .sql = "INSERT IGNORE INTO match_gram (gram, party_id) SELECT j.gram, j.party_id "
           "FROM " LIST_OF_GRAMS,
    .binds = "s",
    .flags = DB_WRITE,
};
static const struct db_stmt many_gram_drop = {
    .name = "match.many_gram_drop",
    .sql = "DELETE g FROM " LIST_OF_GRAMS " STRAIGHT_JOIN match_gram g "
           "WHERE g.gram = j.gram AND g.party_id = j.party_id",
    .binds = "s",
    .flags = DB_WRITE,
};
static const struct db_stmt many_party_drop = {
    .name = "match.many_party_drop",
    .sql = "DELETE p FROM " LIST_OF_IDS " STRAIGHT_JOIN match_party p WHERE p.id = j.id",
    .binds = "s",
    .flags = DB_WRITE,
};

db_stmt_table match_many_statements[] = {
    &many_df,        &many_holders,  &many_equal,     &many_parties,    &many_groups,
    &many_party_put, &many_gram_put, &many_gram_drop, &many_party_drop, NULL,
};

/* -- lists as JSON -------------------------------------------------------------------------------
 */

static void list_begin(struct buf *out, size_t bytes)
{
    buf_init(out, bytes + 16, 0);
    buf_putc(out, '[');
}

static void put_comma(struct buf *out)
{
    if (out->len > 1)
        buf_putc(out, ',');
}

static void put_id(struct buf *out, int64_t id)
{
    put_comma(out);
    buf_printf(out, "%lld", (long long)id);
}

/* NULL for "". */
static void put_text(struct buf *out, const char *text)
{
    buf_putc(out, ',');
    if (*text == '\0')
        buf_puts(out, "null");
    else
        buf_json(out, text);
}

/* Ends LIST, runs ST with it and lets it go. */
static struct err *read_by(struct db *db, struct arena *a, const struct db_stmt *st,
                           struct buf *list, void *rows_out, size_t *count_out)
{
    struct err *e;

    buf_putc(list, ']');
    e = db_list(db, a, st, DB_ARGS(DB_S(list->data)), rows_out, count_out);
    buf_free(list);
    return err_pass(e);
}

/* -- choosing grams ------------------------------------------------------------------------------
 */

/* A gram of the name in PLACE. */
struct asked_gram {
    int64_t gram, df;
    uint32_t place;
};

static int by_gram(const void *x, const void *y)
{
    const struct asked_gram *a = x, *b = y;

    if (a->gram != b->gram)
        return a->gram < b->gram ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static int by_place_and_df(const void *x, const void *y)
{
    const struct asked_gram *a = x, *b = y;

    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->df < b->df ? -1 : a->df > b->df;
}

static int df_by_gram(const void *x, const void *y)
{
    const struct match_df_row *a = x, *b = y;

    return a->gram < b->gram ? -1 : a->gram > b->gram;
}

/* The numbers of the grams, each once; GRAMS stand in their order. */
static void list_grams(const struct asked_gram *grams, size_t count, struct buf *list)
{
    list_begin(list, 12 * count);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || grams[i].gram != grams[i - 1].gram)
            put_id(list, grams[i].gram);
}

static struct err *read_df(struct db *db, struct arena *a, struct asked_gram *grams, size_t count)
{
    struct match_df_row *rows;
    struct buf list;
    size_t row_count, at = 0;

    list_grams(grams, count, &list);
    TRY(read_by(db, a, &many_df, &list, &rows, &row_count));
    qsort(rows, row_count, sizeof(*rows), df_by_gram);
    for (size_t i = 0; i < count; i++) {
        while (at < row_count && rows[at].gram < grams[i].gram)
            at++;
        if (at < row_count && rows[at].gram == grams[i].gram)
            grams[i].df = rows[at].df;
    }
    return NULL;
}

/* What of one name is taken already. */
struct chosen {
    size_t known, unknown;
    int64_t promised;
};

static bool is_chosen(struct chosen *c, int64_t df)
{
    if (df == 0)
        return c->unknown++ < UNKNOWN_EACH;
    if (c->known >= GRAMS_EACH || df > GRAM_ROWS_MOST ||
        (c->known > 0 && c->promised + df > ROWS_EACH))
        return false;
    c->known++;
    c->promised += df;
    return true;
}

/* The rarest of each name, until they promise enough rows.  Those that nobody holds promise none
 * and stand in nobody's way. */
static size_t choose(struct asked_gram *grams, size_t count)
{
    struct chosen taken = { 0 };
    size_t kept = 0;

    qsort(grams, count, sizeof(*grams), by_place_and_df);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || grams[i].place != grams[i - 1].place)
            taken = (struct chosen){ 0 };
        if (is_chosen(&taken, grams[i].df))
            grams[kept++] = grams[i];
    }
    qsort(grams, kept, sizeof(*grams), by_gram);
    return kept;
}

/* -- candidates ----------------------------------------------------------------------------------
 */

/* PARTY speaks with WEIGHT for being the one in PLACE. */
struct hit {
    int64_t party_id;
    double weight;
    uint32_t place;
};
struct hits {
    struct hit *list;
    size_t count, room;
};

static void add_hit(struct arena *a, struct hits *hits, struct hit hit)
{
    if (hits->count == hits->room) {
        struct hit *old = hits->list;

        hits->room = hits->room == 0 ? 4096 : 2 * hits->room;
        hits->list = arena_array(a, hits->room, sizeof(*hits->list));
        if (hits->count > 0)
            memcpy(hits->list, old, hits->count * sizeof(*old));
    }
    hits->list[hits->count++] = hit;
}

static double weight_of(int64_t df)
{
    return log(1e6 / (double)(df > 0 ? df : 1));
}

static int holder_by_gram(const void *x, const void *y)
{
    const struct holder *a = x, *b = y;

    return a->gram < b->gram ? -1 : a->gram > b->gram;
}

static struct err *hits_by_gram(struct db *db, struct arena *a, const struct asked_gram *grams,
                                size_t count, struct hits *hits)
{
    struct holder *rows;
    struct buf list;
    size_t row_count, from = 0;

    list_grams(grams, count, &list);
    TRY(read_by(db, a, &many_holders, &list, &rows, &row_count));
    qsort(rows, row_count, sizeof(*rows), holder_by_gram);
    for (size_t r = 0; r < row_count; r++) {
        while (from < count && grams[from].gram < rows[r].gram)
            from++;
        for (size_t i = from; i < count && grams[i].gram == rows[r].gram; i++)
            add_hit(a, hits,
                    (struct hit){ rows[r].party_id, weight_of(grams[i].df), grams[i].place });
    }
    return NULL;
}

/* What is equal comes before whatever is alike. */
static struct err *hits_by_key(struct db *db, struct arena *a, const struct match_party *parties,
                               const struct match_entry *entries, size_t count, struct hits *hits)
{
    static const double equal = 1e6;
    struct equal *rows;
    struct buf list;
    size_t row_count;

    list_begin(&list, 120 * count);
    for (size_t i = 0; i < count; i++) {
        put_comma(&list);
        buf_printf(&list, "[%zu", i);
        put_text(&list, entries[i].fields.tax_id);
        put_text(&list, entries[i].fields.domain);
        buf_printf(&list, ",%lld", (long long)entries[i].core_hash);
        put_text(&list, parties[i].country);
        buf_putc(&list, ']');
    }
    TRY(read_by(db, a, &many_equal, &list, &rows, &row_count));
    for (size_t r = 0; r < row_count; r++) {
        const int64_t ids[] = { rows[r].by_tax, rows[r].by_domain, rows[r].by_core };

        for (size_t k = 0; k < ARRAY_LEN(ids); k++)
            if (ids[k] != 0)
                add_hit(a, hits, (struct hit){ ids[k], equal, (uint32_t)rows[r].place });
    }
    return NULL;
}

static int by_place_and_party(const void *x, const void *y)
{
    const struct hit *a = x, *b = y;

    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->party_id < b->party_id ? -1 : a->party_id > b->party_id;
}

static int by_place_and_weight(const void *x, const void *y)
{
    const struct hit *a = x, *b = y;

    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    if (a->weight > b->weight || a->weight < b->weight)
        return a->weight > b->weight ? -1 : 1;
    return a->party_id < b->party_id ? -1 : a->party_id > b->party_id;
}

/* One hit a party and place, of each place the best. */
static void keep_best(struct hits *hits)
{
    size_t kept = 0, of_place = 0;

    qsort(hits->list, hits->count, sizeof(*hits->list), by_place_and_party);
    for (size_t i = 0; i < hits->count; i++) {
        if (kept > 0 && by_place_and_party(&hits->list[kept - 1], &hits->list[i]) == 0)
            hits->list[kept - 1].weight += hits->list[i].weight;
        else
            hits->list[kept++] = hits->list[i];
    }
    hits->count = kept;
    qsort(hits->list, hits->count, sizeof(*hits->list), by_place_and_weight);
    kept = 0;
    for (size_t i = 0; i < hits->count; i++) {
        of_place = i > 0 && hits->list[i].place == hits->list[i - 1].place ? of_place + 1 : 0;
        if (of_place < CANDIDATES_EACH)
            hits->list[kept++] = hits->list[i];
    }
    hits->count = kept;
}

/* -- judging -------------------------------------------------------------------------------------
 */

static int id_order(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

    return a < b ? -1 : a > b;
}

static struct err *read_parties(struct db *db, struct arena *a, const struct hits *hits,
                                struct match_party_row **rows_out, size_t *count_out)
{
    int64_t *ids = arena_array(a, hits->count + 1, sizeof(*ids));
    struct buf list;

    for (size_t i = 0; i < hits->count; i++)
        ids[i] = hits->list[i].party_id;
    qsort(ids, hits->count, sizeof(*ids), id_order);
    list_begin(&list, 12 * hits->count);
    for (size_t i = 0; i < hits->count; i++)
        if (i == 0 || ids[i] != ids[i - 1])
            put_id(&list, ids[i]);
    return err_pass(read_by(db, a, &many_parties, &list, rows_out, count_out));
}

static int party_by_id(const void *key, const void *row_)
{
    const int64_t id = *(const int64_t *)key;
    const struct match_party_row *row = row_;

    return id < row->id ? -1 : id > row->id;
}

struct judging {
    struct arena *a;
    struct match_names *names;
    const struct match_entry *entries;
    const struct match_party_row *rows;
    size_t row_count;
    struct match_name name; /* of NAME_OF */
    int64_t name_of;
};

static void judge(struct judging *j, const struct hit *hit, struct match_best *best)
{
    const struct match_party_row *row =
        bsearch(&hit->party_id, j->rows, j->row_count, sizeof(*row), party_by_id);
    struct match_evidence evidence;
    struct match_name other;

    if (row == NULL || !match_name_unpack(j->names, j->a, row->packed, &other))
        return;
    if (j->name_of != (int64_t)hit->place) {
        if (!match_name_unpack(j->names, j->a, j->entries[hit->place].packed, &j->name))
            return;
        j->name_of = hit->place;
    }
    match_score(&j->name, &j->entries[hit->place].fields, &other,
                &(struct match_fields){ row->tax_id, row->domain, row->phone, row->address },
                &evidence);
    if (evidence.verdict == MATCH_DIFFERENT)
        return;
    if (best->party_id == 0 || evidence.verdict > best->evidence.verdict ||
        (evidence.verdict == best->evidence.verdict && evidence.score > best->evidence.score))
        *best = (struct match_best){ row->id, evidence };
}

static struct asked_gram *grams_of(struct arena *a, const struct match_entry *entries, size_t count,
                                   size_t *grams_out)
{
    struct asked_gram *grams;
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        n += entries[i].keys.count;
    grams = arena_array(a, n + 1, sizeof(*grams));
    n = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < entries[i].keys.count; k++)
            grams[n++] =
                (struct asked_gram){ .gram = entries[i].keys.gram[k], .place = (uint32_t)i };
    qsort(grams, n, sizeof(*grams), by_gram);
    *grams_out = n;
    return grams;
}

struct err *match_find_many(struct db *db, struct arena *a, struct match_names *names,
                            const struct match_party *parties, const struct match_entry *entries,
                            size_t count, struct match_best *best_out)
{
    struct judging j = { .a = a, .names = names, .entries = entries, .name_of = -1 };
    struct hits hits = { 0 };
    struct match_party_row *rows;
    struct asked_gram *grams;
    size_t gram_count;

    memset(best_out, 0, count * sizeof(*best_out));
    if (count == 0)
        return NULL;
    grams = grams_of(a, entries, count, &gram_count);
    TRY(read_df(db, a, grams, gram_count));
    gram_count = choose(grams, gram_count);
    TRY(hits_by_gram(db, a, grams, gram_count, &hits));
    TRY(hits_by_key(db, a, parties, entries, count, &hits));
    if (hits.count == 0)
        return NULL;
    keep_best(&hits);
    TRY(read_parties(db, a, &hits, &rows, &j.row_count));
    j.rows = rows;
    for (size_t i = 0; i < hits.count; i++)
        judge(&j, &hits.list[i], &best_out[hits.list[i].place]);
    return NULL;
}

/* -- keeping -------------------------------------------------------------------------------------
 */

static void put_party(struct buf *out, const struct match_party *party,
                      const struct match_entry *entry)
{
    put_comma(out);
    buf_printf(out, "[%lld,%lld,%d,%d,", (long long)party->id, (long long)party->group_id,
               party->named, party->customer);
    buf_json(out, party->country);
    buf_putc(out, ',');
    buf_json(out, entry->packed);
    buf_printf(out, ",%lld", (long long)entry->core_hash);
    for (int i = 0; i < 4; i++) {
        const char *const texts[] = { entry->fields.tax_id, entry->fields.domain,
                                      entry->fields.phone, entry->fields.address };

        buf_putc(out, ',');
        buf_json(out, texts[i]);
    }
    buf_putc(out, ']');
}

static struct err *write_by(struct db *db, const struct db_stmt *st, struct buf *list)
{
    struct err *e;

    buf_putc(list, ']');
    e = db_exec(db, st, DB_ARGS(DB_S(list->data)), NULL);
    buf_free(list);
    return err_pass(e);
}

/* In the order of the grams, as they stand in their table. */
static struct err *write_grams(struct db *db, struct arena *a, const struct db_stmt *st,
                               const struct match_entry *entries, const int64_t *ids, size_t count)
{
    size_t n;
    const struct asked_gram *grams = grams_of(a, entries, count, &n);
    struct buf list;

    list_begin(&list, 24 * n);
    for (size_t i = 0; i < n; i++) {
        put_comma(&list);
        buf_printf(&list, "[%lld,%lld]", (long long)grams[i].gram, (long long)ids[grams[i].place]);
    }
    return err_pass(write_by(db, st, &list));
}

struct err *match_index_many(struct db *db, struct arena *a, const struct match_party *parties,
                             const struct match_entry *entries, size_t count)
{
    int64_t *ids = arena_array(a, count + 1, sizeof(*ids));
    struct buf list;

    if (count == 0)
        return NULL;
    list_begin(&list, 300 * count);
    for (size_t i = 0; i < count; i++) {
        ids[i] = parties[i].id;
        put_party(&list, &parties[i], &entries[i]);
    }
    TRY(write_by(db, &many_party_put, &list));
    return err_pass(write_grams(db, a, &many_gram_put, entries, ids, count));
}

struct err *match_drop_many(struct db *db, struct arena *a, struct match_names *names,
                            const int64_t *ids, size_t count)
{
    struct match_party_row *rows;
    struct match_entry *entries;
    struct match_name name;
    struct buf list;
    int64_t *found;
    size_t row_count, n = 0;

    list_begin(&list, 12 * count);
    for (size_t i = 0; i < count; i++)
        put_id(&list, ids[i]);
    TRY(read_by(db, a, &many_parties, &list, &rows, &row_count));
    if (row_count == 0)
        return NULL;
    entries = arena_array(a, row_count, sizeof(*entries));
    found = arena_array(a, row_count, sizeof(*found));
    list_begin(&list, 12 * row_count);
    for (size_t i = 0; i < row_count; i++) {
        put_id(&list, rows[i].id);
        if (!match_name_unpack(names, a, rows[i].packed, &name))
            continue;
        match_keys_read(a, &name, &entries[n].keys);
        found[n++] = rows[i].id;
    }
    TRY(write_by(db, &many_party_drop, &list));
    return err_pass(write_grams(db, a, &many_gram_drop, entries, found, n));
}

struct err *match_groups_many(struct db *db, struct arena *a, const struct match_party *parties,
                              const struct match_entry *entries, size_t count, int64_t *groups_out)
{
    struct group_row *rows;
    struct buf list;
    size_t row_count;

    memset(groups_out, 0, count * sizeof(*groups_out));
    list_begin(&list, 60 * count);
    for (size_t i = 0; i < count; i++) {
        if (*entries[i].fields.tax_id == '\0')
            continue;
        put_comma(&list);
        buf_printf(&list, "[%zu", i);
        put_text(&list, entries[i].fields.tax_id);
        put_text(&list, parties[i].country);
        buf_putc(&list, ']');
    }
    TRY(read_by(db, a, &many_groups, &list, &rows, &row_count));
    for (size_t r = 0; r < row_count; r++)
        groups_out[rows[r].place] = rows[r].group_id;
    return NULL;
}
