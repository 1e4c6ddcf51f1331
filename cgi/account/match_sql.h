/* account/match_sql.h - statements and rows over match_*, for the files of this room. */
#pragma once

#include "db/stmt.h"

extern const struct db_stmt match_sql_df, match_sql_candidates, match_sql_live, match_sql_tax_group;
extern const struct db_stmt match_sql_packed, match_sql_party_put, match_sql_gram_put,
    match_sql_gram_put16, match_sql_gram_drop, match_sql_join, match_sql_df_count,
    match_sql_party_drop;

enum { MATCH_LIVE_GROUPS = 64 };

struct match_df_row {
    int64_t gram, df;
};
struct match_party_row {
    int64_t id, group_id;
    bool named, customer;
    const char *country, *packed;
    int64_t core_hash;
    const char *tax_id, *domain, *phone, *address;
};
struct match_live_row {
    int64_t group_id, product_line_id, live;
    bool direct;
};
struct match_group_row {
    int64_t group_id;
};
struct match_packed_row {
    const char *packed;
};
