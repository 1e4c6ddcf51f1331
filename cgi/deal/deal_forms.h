/* deal/deal_forms.h - what the forms of deal registration may contain, for both audiences. */
#pragma once

#include "deal/deal.h"
#include "web/form.h"

/* The registration itself.  "save" keeps a draft, incomplete; "submit" needs it whole; "add" and
 * "remove-n" change the number of product lines without a script.
 *
 * The lists of product lines are texts as typed, whose numbers the form's check fills in: an empty
 * row is no line (number 0), and a row that "remove-n" names is judged no more. */
struct deal_input {
    int64_t row_version;
    const char *company_name, *country, *region, *city, *address, *website, *tax_number, *phone;
    const char *contact_name, *contact_title, *contact_email, *contact_phone;
    const char *project_name, *description, *deal_type, *competitors, *sales_stage, *budget,
        *decision_maker, *done_so_far, *distributor;
    const char *currency;
    int32_t expected_close;
    int64_t sales_user_id;
    int64_t partner_id; /* staff, on behalf: whose registration it is */
    struct value_list line, quantity, value;
    struct upload_list files;
    struct form_more custom; /* the vendor's own fields */
};

extern const struct form deal_form;        /* partner; a row of a list, too */
extern const struct form deal_behalf_form; /* staff: the same and the partner */

/* Somebody else changed the draft meanwhile: what was typed comes back with a choice for each field
 * that differs, "yours" or "theirs", in the field keep_NAME. */
#define DEAL_KEPT_TEXTS(X) \
    X(company_name)        \
    X(country)             \
    X(region)              \
    X(city)                \
    X(address)             \
    X(website)             \
    X(tax_number)          \
    X(phone)               \
    X(contact_name)        \
    X(contact_title)       \
    X(contact_email)       \
    X(contact_phone)       \
    X(project_name)        \
    X(description)         \
    X(deal_type)           \
    X(competitors)         \
    X(sales_stage)         \
    X(budget)              \
    X(decision_maker)      \
    X(done_so_far)         \
    X(distributor)         \
    X(currency)

struct deal_merge_input {
    struct deal_input typed;
#define X(name) const char *keep_##name;
    DEAL_KEPT_TEXTS(X)
#undef X
    const char *keep_expected_close, *keep_sales_user_id, *keep_line;
};
extern const struct form deal_merge_form;
extern const struct form deal_amend_form; /* the same of an approved one, without own fields */
/* Puts STORED's value over each field of what was typed that is to stay as it is stored. */
void deal_merge(struct deal_merge_input *in, const struct deal_input *stored);

/* "remove-2" in a form of COUNT rows: 2; -1 for any other button. */
int deal_removed_row(const char *button, size_t count);

/* Chosen where a partner reads and writes: also for showing a stored value in words. */
extern const struct choice deal_types[], deal_stages[], deal_known[];

/* Copies what was typed into DEAL.  Faults that only the database can find (a product line that is
 * not sold, a currency that is not used) are the caller's. */
void deal_from_input(struct arena *a, const struct deal_input *in, struct deal *deal);
/* The same, and judged: product lines that are sold, a sales person of the company.  BEFORE is what
 * is stored, whose lines and person may stay, and when it was returned whose customer and lines
 * must; NULL for a new one.  Faults by form_fault(). */
struct err *deal_judge_input(struct request *req, const struct deal_input *in,
                             const struct deal *before, struct deal *deal);
/* The form's values of a stored registration, for form_show(). */
void deal_to_input(struct arena *a, const struct deal *deal, struct deal_input *out);

/* A tax number of a country has its form: China's unified social credit code (GB 32100-2015, with
 * its check character), else 4 to 30 letters and digits.  NULL when it may pass; else an English
 * message id with what is wrong. */
const char *deal_tax_number_fault(const char *country, const char *tax_number);
