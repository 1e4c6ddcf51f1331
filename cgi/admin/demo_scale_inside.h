/* admin/demo_scale_inside.h - one registration of a large demo, and the rows that it becomes; only
 * demo_scale*.c include it. */
#pragma once

#include "account/match_find.h"
#include "admin/demo_names.h"
#include "base/buf.h"
#include "deal/deal.h"
#include "text/norm.h"

/* First ids: far above what people reach by hand. */
#define SCALE_PARTNER_ID  INT64_C(900000)
#define SCALE_FIRST_ID    INT64_C(1000000)
#define SCALE_BIG_PARTNER INT64_C(1006)
#define SCALE_BIG_SELLER  INT64_C(202)

enum { SCALE_PRODUCTS = 5, SCALE_TABLES = 9, SCALE_STEPS = 5 };

struct scale_market {
    const char *country, *region, *city, *currency, *zone, *suffix; /* suffix NULL: Chinese names */
    int64_t rate_e4; /* US dollars for ten thousand of the currency */
    int64_t department_id, reviewer_id;
    const char *reviewer_name;
};
extern const struct scale_market scale_markets[];
extern const size_t scale_market_count;

struct scale {
    int64_t count, now, first_rank;
    int64_t partners;
    int64_t products[SCALE_PRODUCTS];
    struct demo_names names;
    struct match_names *matcher;
    struct text_ctx *text;
};

/* Row I of the load, 0 based: everything about it follows from I, COUNT and NOW. */
struct scale_deal {
    int64_t id, partner_id, seller_id;
    const struct scale_market *market;
    const char *company, *seller_name;
    enum deal_state state;
    int64_t created_at, submitted_at, decided_at, updated_at; /* 0: not yet */
    int64_t due_at, answer_due_at;
    int32_t protected_until; /* DAY_NONE: never was */
    int64_t protected_until_at;
    int64_t value[SCALE_PRODUCTS]; /* ten-thousandths; 0: not this product line */
    int64_t total;
};
void scale_deal_make(const struct scale *scale, struct arena *a, int64_t i, struct scale_deal *out);
/* The market of partner K, 0 based. */
const struct scale_market *scale_market_of(int64_t k);

/* A script of INSERTs with some hundred rows each, in the order of the tables. */
struct scale_script {
    struct {
        struct buf text;
        int rows;
    } table[SCALE_TABLES];
};
void scale_script_init(struct scale_script *script);
void scale_script_free(struct scale_script *script);
void scale_script_reset(struct scale_script *script);
/* All tables one after the other into OUT. */
void scale_script_join(const struct scale_script *script, struct buf *out);
void scale_rows_write(const struct scale *scale, struct arena *a, const struct scale_deal *deal,
                      const struct match_entry *entry, struct scale_script *script);
