/* deal/deal_judge.c - what was typed, or stands in a row of a file, judged where the database is
 * needed. */
#include "account/match_score.h"
#include "base/str.h"
#include "deal/deal_choices.h"
#include "deal/deal_forms.h"
#include "deal/deal_partner.h"
#include "deal/deal_rooms.h"

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
    TRY(deal_people(req, before != NULL ? before->account_id : req->actor->account_id, &people,
                    &count));
    for (size_t i = 0; i < count; i++)
        if (people[i].id == deal->sales_user_id)
            deal->sales_name = people[i].name;
    if (*deal->sales_name == '\0' && before != NULL && before->sales_user_id == deal->sales_user_id)
        deal->sales_name = before->sales_name;
    if (*deal->sales_name == '\0')
        form_fault(req, "sales_user_id", -1, tr(req, N_("Choose somebody of your company.")));
    return NULL;
}

/* -- an answer to the vendor's question
 * ------------------------------------------------------------- */

struct customer_row {
    const char *name;
};
static const struct db_field customer_fields[] = {
    DB_FIELD(struct customer_row, name, DB_TEXT, 800),
    { 0 },
};
static const struct db_stmt submitted_customer = {
    .name = "deal.judge.customer",
    .sql = "SELECT c.name FROM deal d JOIN account c ON c.id = d.end_customer_id"
           " WHERE d.account_id = ? AND d.id = ?",
    .binds = "ii",
    .fields = customer_fields,
    .row_bytes = sizeof(struct customer_row),
    .flags = DB_ACCOUNT_FIRST,
};

db_stmt_table deal_judge_statements[] = { &submitted_customer, NULL };

static bool may_be_one(struct request *req, const char *one, const char *other)
{
    const struct deal_rooms *rooms = req->rooms;
    struct match_evidence evidence;
    struct match_name a, b;

    match_name_read(rooms->names, req->arena, one, &a);
    match_name_read(rooms->names, req->arena, other, &b);
    match_score(&a, NULL, &b, NULL, &evidence);
    return evidence.verdict != MATCH_DIFFERENT;
}

static struct err *judge_customer(struct request *req, const struct deal_input *in,
                                  const struct deal *before)
{
    struct customer_row row;
    bool found;

    TRY(db_one(req->db, req->arena, &submitted_customer,
               DB_ARGS(DB_I(before->account_id), DB_I(before->id)), &row, &found));
    if (found && !str_eq(in->company_name, row.name) &&
        !may_be_one(req, in->company_name, row.name))
        form_fault(req, "company_name", -1,
                   trf(req,
                       N_("This is another customer. The place in line is that of “%s”: withdraw "
                          "this registration, and register the other customer by itself."),
                       row.name));
    return NULL;
}

/* It keeps the place in line, and so the customer and product lines that the place is for: nobody
 * gets before others with what he did not submit before them. */
static struct err *judge_answer(struct request *req, const struct deal_input *in,
                                const struct deal *before)
{
    for (size_t i = 0; i < in->line.count; i++)
        if (in->line.numbers[i] != 0 && !may_have_line(before, in->line.numbers[i]))
            form_fault(req, "line", (int)i,
                       tr(req, N_("This product line was not in what you submitted. Register it by "
                                  "itself: it takes a place in line of its own.")));
    return err_pass(judge_customer(req, in, before));
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
    if (before != NULL && before->state == DEAL_RETURNED)
        TRY(judge_answer(req, in, before));
    return err_pass(judge_person(req, deal, before));
}
