/* lead/lead_forms.h - what is typed about a lead, and its choices in words. */
#pragma once

#include "lead/lead.h"
#include "web/request.h"

struct lead_input {
    int64_t row_version;
    const char *company_name, *country, *region, *city, *website;
    const char *person_name, *person_title, *email, *phone;
    int64_t product_line_id;
    const char *budget, *timeframe, *lang, *note, *source, *campaign;
    bool consent;
    const char *fax; /* of the public form: no person sees it */
    int64_t shown;   /* when it was shown, in seconds */
};
extern const struct form lead_form;     /* staff */
extern const struct form lead_ask_form; /* anybody */

struct lead_version_input {
    int64_t row_version;
};
extern const struct form lead_version_form;

struct lead_reason_input {
    int64_t row_version;
    const char *reason, *text;
};
extern const struct form lead_decline_form, lead_disqualify_form, lead_recall_form;

struct lead_assign_input {
    int64_t row_version, account_id;
    const char *reason;
};
extern const struct form lead_assign_form;

struct lead_pool_input {
    int64_t row_version;
    const char *how;
};
extern const struct form lead_pool_form;

struct lead_take_input {
    int64_t lead_id, row_version;
    const char *words; /* why it should be theirs, where staff choose */
};
extern const struct form lead_take_form;

extern const struct choice lead_budgets[], lead_timeframes[], lead_sources[], lead_langs[],
    lead_decline_reasons[], lead_disqualify_reasons[], lead_recall_reasons[],
    lead_undo_reasons[]; /* nobody chooses it */
/* In the reader's language; "" for "" and for what is none. */
const char *lead_choice(const struct request *req, const struct choice *choices, const char *code);
/* Why it was declined, taken back or ended. */
const char *lead_reason(const struct request *req, const char *code);

void lead_from_input(const struct lead_input *in, struct lead *lead);
void lead_to_input(const struct lead *lead, struct lead_input *in);
/* Options of Form.F.product_line_id. */
struct err *lead_show_lines(struct request *req, int64_t chosen);
/* The product line is one that is sold; a fault at its field if not. */
struct err *lead_check_line(struct request *req, int64_t product_line_id);
