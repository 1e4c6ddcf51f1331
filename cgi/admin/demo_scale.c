/* admin/demo_scale.c - writes a large demo: rows in the order of their keys, some thousand a
 * transaction; the keys of the conflict check are collected, sorted and written last, since their
 * table is by far the longest and random order would cost most. */
#include "admin/demo_scale.h"

#include "account/match_find.h"
#include "admin/demo_scale_inside.h"
#include "base/str.h"
#include "deal/deal_jobs.h"
#include "text/format.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK = 5000, /* registrations a transaction */
    GRAMS_A_STATEMENT = 2000,
    GRAMS_A_CHUNK = 200000,
    GRAMS_EACH = 24, /* as a rule: the first guess of memory */
    DEALS_A_PARTNER = 500,
    FIGURE_MONTHS = 24
};

/* -- statements ----------------------------------------------------------------------------------
 */

struct number_row {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number_row, n, DB_I64, 0), { 0 } };

#define NUMBER(ident, name_, text)              \
    static const struct db_stmt ident = {       \
        .name = name_,                          \
        .sql = text,                            \
        .binds = "",                            \
        .fields = number_fields,                \
        .row_bytes = sizeof(struct number_row), \
    }
NUMBER(count_loaded, "demo.scale_loaded", "SELECT COUNT(*) AS n FROM deal WHERE id = 1000000");
NUMBER(last_rank, "demo.rank", "SELECT value AS n FROM counter WHERE name = 'deal.rank'");
static const struct db_stmt list_products = {
    .name = "demo.scale_products",
    .sql = "SELECT id AS n FROM product_line ORDER BY sort, id LIMIT 5",
    .binds = "",
    .fields = number_fields,
    .row_bytes = sizeof(struct number_row),
    .flags = DB_WHOLE_TABLE,
};
static const struct db_stmt raise_rank = {
    .name = "demo.rank_raise",
    .sql = "UPDATE counter SET value = value + ? WHERE name = 'deal.rank'",
    .binds = "i",
    .flags = DB_WRITE,
};

static const char without_checks[] = "SET SESSION foreign_key_checks = 0;"
                                     "SET SESSION unique_checks = 0";
static const char with_checks[] = "SET SESSION foreign_key_checks = 1;"
                                  "SET SESSION unique_checks = 1";

/* -- grams ---------------------------------------------------------------------------------------
 */

/* The party is SCALE_FIRST_ID + row. */
struct gram {
    uint32_t gram, row;
};
struct grams {
    struct gram *list;
    size_t count, room;
};

static void add_grams(struct grams *grams, const struct match_keys *keys, int64_t i)
{
    if (grams->count + keys->count > grams->room) {
        grams->room = grams->room * 3 / 2 + MATCH_GRAMS_MAX;
        grams->list = realloc(grams->list, grams->room * sizeof(*grams->list));
        if (grams->list == NULL)
            abort();
    }
    for (size_t k = 0; k < keys->count; k++)
        grams->list[grams->count++] = (struct gram){ keys->gram[k], (uint32_t)i };
}

static int by_gram(const void *x, const void *y)
{
    const struct gram *a = x, *b = y;

    if (a->gram != b->gram)
        return a->gram < b->gram ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static void grams_text(const struct grams *grams, size_t from, size_t until, struct buf *out)
{
    for (size_t i = from; i < until; i++) {
        if ((i - from) % GRAMS_A_STATEMENT == 0)
            buf_puts(out, i == from ? "INSERT INTO match_gram VALUES "
                                    : ";\nINSERT INTO match_gram VALUES ");
        else
            buf_putc(out, ',');
        buf_printf(out, "(%u,%lld)", grams->list[i].gram,
                   (long long)(SCALE_FIRST_ID + grams->list[i].row));
    }
}

/* -- loading -------------------------------------------------------------------------------------
 */

struct loader {
    struct db *db;
    struct scale scale;
    struct grams grams;
    struct scale_script script;
    struct buf text;
    struct arena *kept, *a;
    void (*progress)(int64_t done, int64_t all);
};

/* DONE of ALL of a part that goes FROM one percent UNTIL another of the whole way. */
static void show(const struct loader *l, int64_t done, int64_t all, int from, int until)
{
    if (l->progress != NULL)
        l->progress(l->scale.count * (from + (until - from) * done / all) / 100, l->scale.count);
}

static struct err *read_start(struct db *db, void *arg)
{
    struct loader *l = arg;
    struct number_row row, *products;
    size_t count;

    TRY(db_get(db, l->kept, &count_loaded, DB_NO_ARGS, &row));
    if (row.n != 0)
        return err_raise(ERR_CONFLICT, "a large demo is there already");
    TRY(db_now(db, &l->scale.now));
    TRY(db_get(db, l->kept, &last_rank, DB_NO_ARGS, &row));
    l->scale.first_rank = row.n + 1;
    TRY(db_list(db, l->kept, &list_products, DB_NO_ARGS, &products, &count));
    if (count < SCALE_PRODUCTS)
        return err_raise(ERR_CONFIG, "the demo company must be there first");
    for (size_t i = 0; i < SCALE_PRODUCTS; i++)
        l->scale.products[i] = products[i].n;
    return err_pass(db_exec(db, &raise_rank, DB_ARGS(DB_I(l->scale.count)), NULL));
}

static struct err *load_partners(struct loader *l)
{
    buf_reset(&l->text);
    for (int64_t k = 0; k < l->scale.partners; k++) {
        const struct scale_market *m = scale_market_of(k);
        const long long id = (long long)(SCALE_PARTNER_ID + k);
        const char *name = m->suffix == NULL
                               ? demo_name_zh(&l->scale.names, l->a, m->city, (uint64_t)-k - 1)
                               : demo_name_en(l->a, m->suffix, (uint64_t)-k - 1);

        buf_printf(
            &l->text,
            "INSERT INTO account (id, kind, name, country, region, city, group_id, tier_id,"
            " zone, currency, department_id, owner_user_id, created_at, updated_at)"
            " SELECT %lld, 'partner', '%s', '%s', '%s', '%s', %lld, id, '%s', '%s', %lld,"
            " %lld, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM tier ORDER BY id LIMIT %d, 1;\n"
            "INSERT INTO user (id, audience, account_id, email, email_key, name, lang, zone,"
            " created_at, updated_at) VALUES (%lld, 'partner', %lld,"
            " 'sales@partner-%lld.example', 'sales@partner-%lld.example', 'Sales desk', 'en',"
            " '%s', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));\n",
            id, name, m->country, m->region, m->city, id, m->zone, m->currency,
            (long long)m->department_id, (long long)m->reviewer_id, (int)(k % 4), id, id, id, id,
            m->zone);
    }
    arena_clear(l->a);
    return err_pass(db_script(l->db, l->text.data));
}

static struct err *load_chunk(struct loader *l, int64_t from, int64_t until)
{
    scale_script_reset(&l->script);
    for (int64_t i = from; i < until; i++) {
        struct scale_deal deal;
        struct match_entry entry;

        scale_deal_make(&l->scale, l->a, i, &deal);
        match_entry_make(
            l->scale.matcher, l->a,
            &(struct match_party){ .name = deal.company, .country = deal.market->country }, &entry);
        add_grams(&l->grams, &entry.keys, i);
        scale_rows_write(&l->scale, l->a, &deal, &entry, &l->script);
        if (i % 100 == 0)
            arena_clear(l->a);
    }
    buf_reset(&l->text);
    scale_script_join(&l->script, &l->text);
    return err_pass(db_script(l->db, l->text.data));
}

static struct err *load_deals(struct loader *l)
{
    for (int64_t from = 0; from < l->scale.count; from += CHUNK) {
        const int64_t until = from + CHUNK < l->scale.count ? from + CHUNK : l->scale.count;

        TRY(load_chunk(l, from, until));
        show(l, until, l->scale.count, 0, 80);
    }
    return NULL;
}

static struct err *load_grams(struct loader *l)
{
    qsort(l->grams.list, l->grams.count, sizeof(*l->grams.list), by_gram);
    for (size_t from = 0; from < l->grams.count; from += GRAMS_A_CHUNK) {
        const size_t until =
            from + GRAMS_A_CHUNK < l->grams.count ? from + GRAMS_A_CHUNK : l->grams.count;

        buf_reset(&l->text);
        grams_text(&l->grams, from, until, &l->text);
        TRY(db_script(l->db, l->text.data));
        show(l, (int64_t)until, (int64_t)l->grams.count, 80, 95);
    }
    return NULL;
}

static struct err *count_grams(struct db *db, void *arg)
{
    (void)arg;
    return err_pass(match_count_grams(db));
}

/* The server counts a table again in its own time; until then it believes that these are empty, and
 * reads them whole where a key would do. */
static const char count_anew[] =
    "ANALYZE LOCAL TABLE account, match_party, match_gram, match_line, deal, deal_line, deal_step,"
    " claim, claim_event, opportunity, opportunity_share";

static struct err *load_all(struct loader *l)
{
    struct err *e, *reset;

    TRY(db_transaction(l->db, read_start, l));
    TRY(db_script(l->db, without_checks));
    TRY_TO(done, e, load_partners(l));
    TRY_TO(done, e, load_deals(l));
    TRY_TO(done, e, load_grams(l));
    TRY_TO(done, e, db_transaction(l->db, count_grams, NULL));
    TRY_TO(done, e, deal_figures_make(l->db, FIGURE_MONTHS));
    TRY_TO(done, e, deal_scope_figures_make(l->db));
    TRY_TO(done, e, db_script(l->db, count_anew));
    show(l, 1, 1, 0, 100);
done:
    reset = db_script(l->db, with_checks);
    if (e == NULL)
        return err_pass(reset);
    err_free(reset);
    return e;
}

static struct err *open_tools(struct loader *l, const struct conf *conf)
{
    TRY(text_format_init());
    TRY(text_ctx_new(&l->scale.text));
    TRY(match_names_new(l->scale.text, &l->scale.matcher));
    return err_pass(demo_names_load(l->kept, conf->sql_dir, &l->scale.names));
}

struct err *demo_scale(struct db *db, const struct conf *conf, int64_t count,
                       void (*progress)(int64_t done, int64_t all))
{
    struct loader l;
    struct err *e;

    if (count < 1 || count > DEMO_SCALE_MOST)
        return err_raise(ERR_INVALID, "a scale is a number from 1 to %d", DEMO_SCALE_MOST);
    l = (struct loader){ .db = db,
                         .scale = { .count = count, .partners = 20 + count / DEALS_A_PARTNER },
                         .grams = { .room = (size_t)count * GRAMS_EACH },
                         .kept = arena_new(64 * 1024),
                         .a = arena_new(256 * 1024),
                         .progress = progress };
    l.grams.list = malloc(l.grams.room * sizeof(*l.grams.list));
    if (l.grams.list == NULL)
        abort();
    scale_script_init(&l.script);
    buf_init(&l.text, 1 << 20, 0);
    e = open_tools(&l, conf);
    if (e == NULL)
        e = load_all(&l);
    match_names_free(l.scale.matcher);
    text_ctx_free(l.scale.text);
    scale_script_free(&l.script);
    buf_free(&l.text);
    free(l.grams.list);
    arena_free(l.a);
    arena_free(l.kept);
    return err_pass(e);
}
