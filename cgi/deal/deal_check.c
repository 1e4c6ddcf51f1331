/* deal/deal_check.c - the verdict on what is typed, beside the form while it is filled in. */
#include "deal/deal_check.h"
#include "base/str.h"
#include "deal/deal_choices.h"
#include "deal/deal_partner.h"
#include "deal/deal_view.h"

/* -- the verdict ---------------------------------------------------------------------------------
 */

struct own_row {
    int64_t id;
};
static const struct db_field own_fields[] = {
    DB_FIELD(struct own_row, id, DB_I64, 0),
    { 0 },
};
static const struct db_stmt own_open = {
    .name = "deal.check.own_open",
    .sql = "SELECT id FROM deal WHERE account_id = ? AND end_customer_id = ? AND phase IN (2, 3) "
           "AND id <> ? ORDER BY id DESC LIMIT 1",
    .binds = "iii",
    .fields = own_fields,
    .row_bytes = sizeof(struct own_row),
    .flags = DB_ACCOUNT_FIRST,
};

db_stmt_table deal_verdict_statements[] = { &own_open, NULL };

static struct err *find_own(struct db *db, struct arena *a, const struct deal *deal,
                            const struct deal_conflict *conflict, int64_t *own_out)
{
    *own_out = 0;
    for (size_t i = 0; i < conflict->count && *own_out == 0; i++) {
        struct own_row row;
        bool found;

        if (conflict->found[i].evidence.verdict != MATCH_SAME)
            continue;
        TRY(db_one(
            db, a, &own_open,
            DB_ARGS(DB_I(deal->account_id), DB_I(conflict->found[i].party_id), DB_I(deal->id)),
            &row, &found));
        if (found)
            *own_out = row.id;
    }
    return NULL;
}

struct err *deal_verdict_live(struct db *db, struct arena *a, struct match_names *names,
                              const struct deal *deal, bool may_say_taken, struct deal_verdict *out)
{
    struct deal_conflict conflict;

    out->answers = arena_array(a, deal->line_count + 1, sizeof(*out->answers));
    TRY(deal_conflict_find(db, a, names, deal, &conflict));
    for (size_t i = 0; i < deal->line_count; i++)
        out->answers[i] =
            deal_line_answer(&conflict, deal->lines[i].product_line_id, may_say_taken);
    return err_pass(find_own(db, a, deal, &conflict, &out->own_deal_id));
}

const char *deal_answer_code(enum deal_answer answer)
{
    return deal_answer_statuses[answer].code;
}

/* -- beside the form -----------------------------------------------------------------------------
 */

/* Deal.Verdict: .Tone, .Icon, .Title, .Lines.n.{Name,Look}, .Own; or .Hint when there is nothing to
 * ask yet. */
static void show_answers(struct request *req, const struct deal *deal,
                         const struct deal_verdict *verdict)
{
    struct view *v = view_at(view_at(req->page, "Deal"), "Verdict");
    const struct status_row *status;
    bool look = false;
    int64_t now = clock_now_us();

    for (size_t i = 0; i < deal->line_count; i++) {
        struct view *line = view_row(v, "Lines");

        view_text(line, "Name", deal_line_name(req, &deal->lines[i]));
        view_flag(line, "Look", verdict->answers[i] != DEAL_FREE);
        look = look || verdict->answers[i] != DEAL_FREE;
    }
    status = &deal_answer_statuses[look ? DEAL_LOOK : DEAL_FREE];
    view_text(v, "Tone", status->tone);
    view_text(v, "Icon", status->icon);
    view_text(v, "Title", tr(req, status->label));
    view_flag(v, "Look", look);
    view_text(v, "At", text_time(req->locale, req->arena, now));
    if (verdict->own_deal_id != 0)
        view_text(v, "Own", deal_number(req->arena, verdict->own_deal_id));
}

static bool can_be_asked(const struct deal *deal)
{
    return !str_is_empty(deal->company_name) && !str_is_empty(deal->country) &&
           deal->line_count > 0;
}

/* A verdict is a help and no more: the form works without it, whatever the database says. */
void deal_show_verdict(struct request *req, const struct deal *deal)
{
    const struct deal_rooms *rooms = req->rooms;
    struct deal_verdict verdict;
    struct err *e;

    if (!can_be_asked(deal))
        return;
    e = deal_verdict_live(req->db, req->arena, rooms->names, deal, false, &verdict);
    if (e == NULL)
        show_answers(req, deal, &verdict);
    err_ignore(e);
}

/* -- the live check: what is typed so far, however incomplete ------------------------------------
 */

struct check_input {
    const char *company_name, *country, *tax_number, *website, *phone, *address;
    struct value_list line;
};
#define TYPED(field, most)                                            \
    {                                                                 \
        .name = #field, .label = "", .kind = FIELD_TEXT, .max = most, \
        .offset = offsetof(struct check_input, field)                 \
    }
static const struct field check_fields[] = {
    TYPED(company_name, 200),
    TYPED(country, 4),
    TYPED(tax_number, 40),
    TYPED(website, 200),
    TYPED(phone, 40),
    TYPED(address, 300),
    { .name = "line",
      .label = "",
      .kind = FIELD_ID,
      .list = true,
      .offset = offsetof(struct check_input, line) },
    { 0 },
};
const struct form deal_check_form = { .name = "deal_check",
                                      .fields = check_fields,
                                      .size_bytes = sizeof(struct check_input) };

struct err *deal_check_lines(struct request *req, const struct value_list *ids, struct deal *deal)
{
    struct deal_product *products;
    size_t count;

    TRY(deal_products(req, &products, &count));
    deal->lines = arena_array(req->arena, count + 1, sizeof(*deal->lines));
    for (size_t i = 0; i < count; i++) {
        bool asked = false;

        for (size_t k = 0; k < ids->count; k++)
            asked = asked || ids->numbers[k] == products[i].id;
        if (asked)
            deal->lines[deal->line_count++] = (struct deal_line){ .product_line_id = products[i].id,
                                                                  .code = products[i].code,
                                                                  .name_en = products[i].name_en,
                                                                  .name_zh = products[i].name_zh };
    }
    return NULL;
}

struct err *deal_check_post(struct request *req)
{
    const struct check_input *in = req->input;
    struct deal deal = { .account_id = req->actor->account_id,
                         .company_name = in->company_name,
                         .country = in->country,
                         .tax_number = in->tax_number,
                         .website = in->website,
                         .phone = in->phone,
                         .address = in->address };

    if (!str_is_empty(deal.country) && !text_country_valid(deal.country))
        deal.country = "";
    TRY(deal_check_lines(req, &in->line, &deal));
    deal_show_verdict(req, &deal);
    return err_pass(reply_page(req, "deal/verdict.cs"));
}
