/* deal/deal_staff_fields.c - what the vendor adds of its own to a registration.  What its partner
 * registered is the partner's word, which no staff change. */
#include "custom/custom_form.h"
#include "deal/deal_sql.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"
#include "web/form_fields.h"

struct fields_input {
    int64_t row_version;
    struct form_more custom;
};
static const struct field fields[] = {
    FORM_VERSION_NEEDED(struct fields_input),
    { 0 },
};
const struct form deal_fields_form = { .name = "deal_fields",
                                       .fields = fields,
                                       .size_bytes = sizeof(struct fields_input),
                                       .more = custom_more_deal_vendor,
                                       .more_offset = offsetof(struct fields_input, custom) };

/* Whoever decides at this moment has not seen what is written now, and is told so. */
static const struct db_stmt next_version = {
    .name = "deal.fields.version",
    .sql = "UPDATE deal SET row_version = row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
db_stmt_table deal_fields_statements[] = { &next_version, NULL };

struct err *deal_fields_offer(struct request *req, struct view *v)
{
    struct form_more more;

    if (!actor_may(req->actor, PERM_DEAL_DECIDE))
        return NULL;
    TRY(custom_more_deal_vendor(req, &more));
    view_flag(v, "MayFields", more.count > 0);
    return NULL;
}

struct err *deal_fields_show(struct request *req)
{
    struct deal *deal = deal_staff_deal(req);
    struct fields_input stored = { .row_version = deal->row_version };
    struct view *v = view_at(req->page, "Deal");

    TRY(custom_stored_part(req, CUSTOM_DEAL, CUSTOM_VENDOR, deal->id, &stored.custom));
    deal_show_head(req, deal);
    page_title(req, tr(req, N_("The vendor’s own fields")));
    deal_staff_crumbs(req, deal);
    view_text(v, "Href", deal_staff_address(req, deal->id));
    form_show(req, &deal_fields_form, &stored);
    return NULL;
}

struct err *deal_fields_post(struct request *req)
{
    const struct fields_input *in = req->input;
    const struct deal *deal = req->object;
    int64_t changed;

    TRY(db_exec(req->db, &next_version, DB_ARGS(DB_I(deal->id), DB_I(in->row_version)), &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "row_version"));
    TRY(custom_save(req, CUSTOM_DEAL, deal->id, deal->id, &in->custom));
    return err_pass(reply_redirect(req, "saved", "%s", deal_staff_address(req, deal->id)));
}
