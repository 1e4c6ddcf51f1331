/* deal/deal_view.h - how a registration looks, whoever reads it: statuses in the reader's words,
 * its facts, lines, progress, clock, protection, history and receipts as values of a page.
 *
 * Each function fills the place that it is given; templates/deal/parts.cs shows them. */
#pragma once

#include "db/stmt.h"
#include "deal/deal_clock.h"
#include "web/request.h"

/* -- statuses ------------------------------------------------------------------------------------
 */

/* Words change with the reader ("Returned to you"), tone and icon do not. */
extern const struct status_row deal_partner_statuses[], deal_staff_statuses[];
/* Those of the visitor's audience. */
const struct status_row *deal_statuses(const struct request *req);

extern const struct status_row deal_answer_statuses[];    /* free, taken, look */
extern const struct status_row deal_verdict_statuses[];   /* same, possible, different */
extern const struct status_row deal_extension_statuses[]; /* asked, granted, refused */
extern const struct status_row deal_receipt_statuses[];   /* pending, signed */

/* -- small words ---------------------------------------------------------------------------------
 */

const char *deal_number(struct arena *a, int64_t id); /* "DR-10423" */
/* "DR-10423", "dr 10423" or "10423"; 0 for anything else. */
int64_t deal_typed_number(const char *text);
const char *deal_line_name(const struct request *req, const struct deal_line *line);
/* The label of a choice of deal_forms.h in the visitor's language; "" for "". */
const char *deal_choice(const struct request *req, const struct choice *choices, const char *value);
/* "3 d 4 h", "8 h 05 m", "12 m". */
const char *deal_minutes(const struct request *req, int64_t minutes);
/* Whole days of a protection after today, in the partner's zone: the same number for every reader.
 * 120 on the day of a decision that gave 120 days, 0 on the last day. */
int deal_days_left(int64_t now, int64_t until_at);
/* The tone of a protection that ends at UNTIL_AT: good, near its end wait, then bad. */
const char *deal_days_tone(int64_t now, int64_t until_at);
/* "41 days", "1 day", "less than a day". */
const char *deal_days_until(struct request *req, int64_t now, int64_t until_at);

/* -- parts of a page -----------------------------------------------------------------------------
 */

/* Page.Title, Page.Status and Page.Facts: customer, number, project, total, sales person. */
void deal_show_head(struct request *req, const struct deal *deal);
/* V.Content.n.{Label,Value}, V.Description, V.DoneSoFar: what was registered; empty facts are left
 * out. */
void deal_show_content(struct request *req, struct view *v, const struct deal *deal);
/* V.Lines.n.{Name,Quantity,Value,Discount,Lost}, V.Total; needs deal_load_lines(). */
void deal_show_lines(struct request *req, struct view *v, const struct deal *deal);
/* V.Track.n for layout/record.cs track(). */
void deal_show_track(struct request *req, struct view *v, const struct deal *deal, int64_t now);
/* V.Protection while DEAL has one: .Bar for span_bar(), .Left, .Zone, .Lines.n (statuses). */
void deal_show_protection(struct request *req, struct view *v, const struct deal *deal,
                          int64_t now);

/* A clock in one line, for clock(): "decision by 24 Nov, 17:00"; nothing when DUE_AT is 0.  FORMAT
 * is an English message id with one %s for the time.  Info until half of SINCE_AT to DUE_AT is
 * used, then wait, bad in the last eighth or six hours, late after it. */
struct deal_clock_span {
    int64_t since_at, due_at, now;
};
void deal_show_due(struct request *req, struct view *v, const char *name, const char *format,
                   struct deal_clock_span span);
const char *deal_total_text(const struct request *req, int64_t total_e4, const char *currency);
/* What a registration in STATE waits for next, in one line: its decision, an answer, the end of
 * its protection.  All NULL when it waits for nothing. */
struct deal_next {
    const char *tone, *icon, *text;
};
struct deal_dates {
    int64_t due, answer_due, protected_until; /* instants; 0: none */
};
/* In a list, whose head and status say which date it is: "24 Nov, 17:00", "41 days". */
struct deal_next deal_next_in_cell(struct request *req, enum deal_state state, struct deal_dates at,
                                   int64_t now);
/* With its words, "decision by 24 Nov, 17:00", as V.Next.{Tone,Icon,Text}. */
void deal_show_next(struct request *req, struct view *v, enum deal_state state, int64_t due_at,
                    int64_t answer_due_at, int64_t protected_until_at, int64_t now);
/* The decision clock with its bar, in business time: "9 h 10 m left of 16 h".  V.Clock, V.ClockDue
 * with the instant, V.ClockOpens while the office is closed; nothing while nobody waits. */
void deal_show_clock(struct request *req, struct view *v, const struct deal_clock *clock);

/* -- what else belongs to a registration, each one statement -------------------------------------
 */

extern db_stmt_table deal_view_statements[];

/* V.History.n for timeline(), newest first. */
void deal_show_history(struct request *req, struct view *v, const struct deal *deal);
/* V.Extensions.n.{Status,Asked,Progress,Until,Reason}, newest first; *PENDING_OUT (may be NULL)
 * is the id of the one that is undecided, or 0. */
struct err *deal_show_extensions(struct request *req, struct view *v, const struct deal *deal,
                                 int64_t *pending_out);
/* V.Receipts.n.{Status,Event,At,Id}, newest first. */
struct err *deal_show_receipts(struct request *req, struct view *v, const struct deal *deal);
/* V.Opened.n.{Name,Days,Last}: staff who opened it. */
struct err *deal_show_opened(struct request *req, struct view *v, const struct deal *deal);
