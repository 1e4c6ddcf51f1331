/* deal/deal_choices.h - what a registration is made of besides typed text: product lines that are
 * sold, currencies that are used, the partner's people.  Short lists, read when a form is shown or
 * judged. */
#pragma once

#include "db/stmt.h"
#include "web/request.h"

extern db_stmt_table deal_choice_statements[];

struct deal_product {
    int64_t id;
    const char *code, *name_en, *name_zh;
};
/* Those that are sold now, in their order. */
struct err *deal_products(struct request *req, struct deal_product **list_out, size_t *count_out);
const char *deal_product_name(const struct request *req, const struct deal_product *product);
/* NULL when ID is none of them. */
const struct deal_product *deal_product_find(const struct deal_product *list, size_t count,
                                             int64_t id);

struct deal_person {
    int64_t id;
    const char *name;
};
/* Active people of the account, by name. */
struct err *deal_people(struct request *req, int64_t account_id, struct deal_person **list_out,
                        size_t *count_out);

/* For struct field.choices_of: "USD" with its name. */
const struct choice *deal_currencies(struct request *req);
