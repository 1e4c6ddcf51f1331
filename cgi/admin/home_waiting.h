/* admin/home_waiting.h - what waits for a person beside registrations and tasks, as cards of home
 * pages.  Partners read their own rows; of staff the worker keeps counts (table waiting_count). */
#pragma once

#include "identity/home_card.h"
#include "job/queue.h"

/* What is counted of staff: the columns of waiting_count. */
#define WAITING_COUNTS(X) \
    X(late)               \
    X(soon)               \
    X(today)              \
    X(later)              \
    X(undated)            \
    X(appeals)            \
    X(changes)            \
    X(extensions)         \
    X(leads_free)         \
    X(leads_held)         \
    X(leads_wished)       \
    X(applied)            \
    X(in_review)          \
    X(tier_reviews)

extern db_stmt_table home_waiting_partner_statements[]; /* partner.fcgi */
extern db_stmt_table home_waiting_staff_statements[];   /* staff.fcgi */
extern db_stmt_table home_waiting_job_statements[];     /* worker */
extern const struct job_kind home_waiting_jobs[];

/* Leads to answer, invitations, the agreement, steps of onboarding: soonest first.  Absent when
 * nothing waits. */
extern const struct home_card home_waiting_partner;
/* What others must answer, and open registrations by time left and by who has them: all of one
 * statement, as many rows as departments have reviewers. */
extern const struct home_card home_waiting_staff;
