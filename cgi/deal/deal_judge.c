/* deal/deal_judge.c - what was typed, or stands in a row of a file, judged where the database is
 * needed. */
#include "base/str.h"
#include "deal/deal_choices.h"
#include "deal/deal_forms.h"

/* Product lines that are sold, and those that the registration had before. */
static bool may_have_line(const struct deal *before, int64_t id)
{
    for (size_t i = 0; before != NULL && i < before->line_count; i++)
        if (before->lines[i].product_line_id == id)
            return true;
    return false;
}

static struct err *judge_lines(struct request *req, const struct deal_input *in,
                               const struct deal *before)
{
    const int removed = deal_removed_row(form_button(req), in->line.count);
    struct deal_product *products;
    size_t count;

    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < in->line.count; i++) {
        const int64_t id = in->line.numbers[i];

        if (id == 0 || (int)i == removed || deal_product_find(products, count, id) != NULL ||
            may_have_line(before, id))
            continue;
        form_fault(req, "line", (int)i, tr(req, N_("This product line is not sold.")));
    }
    return NULL;
}

/* The name stands in the record: it is what was said at the time. */
static struct err *judge_person(struct request *req, struct deal *deal, const struct deal *before)
{
    struct deal_person *people;
    size_t count;

    deal->sales_name = "";
    if (deal->sales_user_id == 0)
        return NULL;
    TRY(deal_people(req, req->actor->account_id, &people, &count));
    for (size_t i = 0; i < count; i++)
        if (people[i].id == deal->sales_user_id)
            deal->sales_name = people[i].name;
    if (*deal->sales_name == '\0' && before != NULL && before->sales_user_id == deal->sales_user_id)
        deal->sales_name = before->sales_name;
    if (*deal->sales_name == '\0')
        form_fault(req, "sales_user_id", -1, tr(req, N_("Choose somebody of your company.")));
    return NULL;
}

static void drop_row(const struct deal_input *in, const char *button)
{
    const int removed = deal_removed_row(button, in->line.count);

    if (removed >= 0)
        in->line.numbers[removed] = 0;
}

struct err *deal_judge_input(struct request *req, const struct deal_input *in,
                             const struct deal *before, struct deal *deal)
{
    drop_row(in, form_button(req));
    deal_from_input(req->arena, in, deal);
    TRY(judge_lines(req, in, before));
    return err_pass(judge_person(req, deal, before));
}
