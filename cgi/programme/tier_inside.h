/* programme/tier_inside.h - what the files of tiers share. */
#pragma once

#include "programme/programme_inside.h"
#include "programme/tier.h"

/* -- statements (tier_sql.c) ---------------------------------------------------------------------
 */

struct tier_ask_row {
    int64_t id, rank, least;
    const char *name_en, *name_zh, *measure;
};
extern const struct db_stmt tier_sql_asks; /* every tier with each measure it asks for; kept */
struct tier_figure_row {
    int64_t tier_id, value;
    const char *measure;
};
extern const struct db_stmt tier_sql_figures; /* account: a row a measure, at least one */
struct tier_benefit_row {
    int64_t tier_id, benefit_id;
    const char *name_en, *name_zh, *value_en, *value_zh;
};
extern const struct db_stmt tier_sql_benefits; /* kept */

struct certificate {
    int64_t id, account_id;
    int32_t issued_on, expires_on;
    const char *account_name, *person_name, *course_en, *course_zh;
};
extern const struct db_stmt tier_sql_certificates;     /* account */
extern const struct db_stmt tier_sql_certificate_add;  /* account, person, courses, days, name */
extern const struct db_stmt tier_sql_certificate_gone; /* account, id */
extern const struct db_stmt tier_sql_rating_add;       /* account, tenths, note, name */

struct tier_review {
    int64_t id, row_version, account_id, account_version, year, tier_id, proposed_id;
    const char *state, *account_name, *tier_en, *tier_zh, *proposed_en, *proposed_zh, *decided_en,
        *decided_zh, *decided_name;
};
extern const struct db_stmt tier_sql_reviews;       /* range, state, limit */
extern const struct db_stmt tier_sql_review;        /* range, id */
extern const struct db_stmt tier_sql_review_decide; /* tier, name, id, version */
extern const struct db_stmt tier_sql_account_tier;  /* tier, account, version */

/* the worker */
extern const struct db_stmt tier_sql_roll_up[TIER_MEASURE_COUNT];
struct tier_warning {
    int64_t id, account_id;
    int32_t expires_on;
    const char *person_name;
};
extern const struct db_stmt tier_sql_expiring; /* days, limit */
extern const struct db_stmt tier_sql_warned;   /* id */
struct tier_due {
    int64_t id, tier_id;
};
extern const struct db_stmt tier_sql_review_due; /* year, limit */
extern const struct db_stmt tier_sql_review_add; /* account, year, tier, proposed */

/* -- reading (tier_read.c) -----------------------------------------------------------------------
 */

/* All tiers, lowest first. */
struct err *tier_read_asks(struct db *db, struct arena *a, struct tier_ask **tiers_out,
                           size_t *count_out);
struct err *tier_read_figures(struct db *db, struct arena *a, int64_t account_id,
                              struct tier_figures *figures_out, int64_t *tier_out);
/* A value as it is said: "1,420,000", "4.6". */
const char *tier_value_text(const struct request *req, enum tier_measure measure, int64_t value);
const char *tier_measure_label(const struct request *req, enum tier_measure measure);

/* Values of a certificate in ROW. */
void certificate_show(struct request *req, struct view *row, const struct certificate *c,
                      int64_t now);
/* V.Certificates, V.Figures, and the forms Certificate and Rating. */
struct err *tier_show_partner(struct request *req, struct view *v, int64_t account_id);

/* -- pages ---------------------------------------------------------------------------------------
 */
extern const struct form tier_what_if_query, certificate_query, certificate_form,
    certificate_gone_form, rating_form, tier_review_query, tier_review_form;
struct err *tier_show(struct request *req);
struct err *certificate_list_show(struct request *req);
struct err *certificate_own_show(struct request *req);
struct err *certificate_add_post(struct request *req);
struct err *certificate_gone_post(struct request *req);
struct err *rating_add_post(struct request *req);
struct err *tier_review_list_show(struct request *req);
struct err *tier_review_post(struct request *req);
