/* opportunity/opportunity_forms.h - what the forms of opportunities may contain, for both sides. */
#pragma once

#include "opportunity/opportunity.h"
#include "web/form.h"

/* Lists of product lines are texts as typed, whose numbers the form's check fills in: an empty row
 * is no line (number 0). */
struct opportunity_input {
    int64_t row_version;
    const char *name, *customer_name, *customer_country, *currency;
    int64_t amount;
    struct value_list line, quantity, price;
    int32_t expected_close, next_step_on;
    int64_t stage, probability, owner_user_id;
    const char *category, *competitors, *next_step;
    const char *note; /* staff alone */
    bool despite;     /* staff: of what a partner protects */
    struct form_more custom;
};
/* A new one names its customer, which then stays; partner's, and staff's with the note. */
extern const struct form opportunity_new_form, opportunity_edit_form;
extern const struct form opportunity_staff_new_form, opportunity_staff_edit_form;

struct opportunity_move_input {
    int64_t row_version, stage;
    const char *reason, *lost_to, *text;
    const char *back; /* where it was moved: "board", "mine" for that of one's own */
};
extern const struct form opportunity_move_form;

extern db_stmt_table opportunity_form_statements[];

/* Copies what was typed into O, without its lines when there are faults. */
void opportunity_from_input(struct arena *a, const struct opportunity_input *in,
                            struct opportunity *o);
void opportunity_to_input(struct arena *a, const struct opportunity *o,
                          struct opportunity_input *out);

struct opportunity_reason {
    const char *code, *kind, *text_en, *text_zh;
};
/* In their order; good until the transaction ends. */
struct err *opportunity_reasons(struct db *db, const struct opportunity_reason **rows_out,
                                size_t *count_out);
const char *opportunity_reason_name(const struct request *req, const char *code);
