/* programme/tier.h - what each tier asks and gives, how far a partner is, what would be if;
 * certificates of its people; the yearly review.  Figures are rolled up by the worker (table
 * partner_figure): no page adds anything up. */
#pragma once

#include "identity/home_card.h"
#include "job/queue.h"
#include "web/route.h"

extern const struct route tier_partner_routes[], tier_staff_routes[];
extern const struct object_kind tier_review_object;
extern db_stmt_table tier_partner_statements[], tier_staff_statements[], tier_job_statements[];
extern db_stmt_table certificates_staff_statements[], certificates_partner_statements[];
extern const struct job_kind tier_jobs[];
extern const struct home_card programme_home_card; /* of partners */

/* -- rules: no SQL, no HTML ----------------------------------------------------------------------
 */

/* X(ID, code, label, hint) */
#define TIER_MEASURES(X)                                                 \
    X(REVENUE, "revenue", N_("Revenue of won registrations, 12 months")) \
    X(CERTIFICATES, "certificates", N_("Valid certificates"))            \
    X(USERS, "users", N_("Active users"))                                \
    X(SATISFACTION, "satisfaction", N_("Satisfaction, of 5"))

enum tier_measure {
#define X(id, code, label) TIER_##id,
    TIER_MEASURES(X)
#undef X
        TIER_MEASURE_COUNT
};
const char *tier_measure_code(enum tier_measure measure);
/* TIER_MEASURE_COUNT when there is none of that name. */
enum tier_measure tier_measure_find(const char *code);

struct tier_ask { /* 0: nothing is asked */
    int64_t id, rank;
    const char *name_en, *name_zh;
    int64_t least[TIER_MEASURE_COUNT];
};
struct tier_figures {
    int64_t value[TIER_MEASURE_COUNT];
};
bool tier_is_met(const struct tier_ask *tier, const struct tier_figures *figures);
/* The highest whose every requirement, and those of all below it, are met; NULL: not even the
 * first.  TIERS stand lowest first. */
const struct tier_ask *tier_reached(const struct tier_ask *tiers, size_t count,
                                    const struct tier_figures *figures);
/* The one above TIER_ID; NULL above the highest.  0 is below the first. */
const struct tier_ask *tier_next(const struct tier_ask *tiers, size_t count, int64_t tier_id);
