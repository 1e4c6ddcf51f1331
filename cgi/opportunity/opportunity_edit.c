/* opportunity/opportunity_edit.c - the form of an opportunity, new or changed, and what happens
 * when two people changed it. */
#include "access/audit.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_choices.h"
#include "opportunity/opportunity_pages.h"
#include "opportunity/opportunity_protected.h"
#include "opportunity/opportunity_view.h"
#include "web/field.h"

static bool is_staff(const struct request *req)
{
    return req->actor->audience == AUD_STAFF;
}

/* -- the vendor's own note -----------------------------------------------------------------------
 */

struct note_row {
    const char *note;
};
static const struct db_field note_fields[] = { DB_FIELD(struct note_row, note, DB_TEXT, 1000),
                                               { 0 } };
static const struct db_stmt note_get = {
    .name = "opportunity.note_get",
    .sql = "SELECT note FROM opportunity_staff WHERE opportunity_id = ?",
    .binds = "i",
    .fields = note_fields,
    .row_bytes = sizeof(struct note_row),
};
static const struct db_stmt note_put = {
    .name = "opportunity.note_put",
    .sql = "INSERT INTO opportunity_staff (opportunity_id, note, updated_by, updated_name, "
           "updated_at) VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE "
           "note = VALUES(note), updated_by = VALUES(updated_by), "
           "updated_name = VALUES(updated_name), updated_at = VALUES(updated_at)",
    .binds = "isis",
    .flags = DB_WRITE,
};

struct err *opportunity_note_read(struct request *req, int64_t id, const char **note_out)
{
    struct note_row row = { "" };
    bool found;

    if (is_staff(req))
        TRY(db_one(req->db, req->arena, &note_get, DB_ARGS(DB_I(id)), &row, &found));
    *note_out = row.note;
    return NULL;
}

static struct err *note_write(struct request *req, int64_t id, const char *note)
{
    const char *stored;

    if (!is_staff(req))
        return NULL;
    TRY(opportunity_note_read(req, id, &stored));
    if (str_eq(stored, note))
        return NULL;
    TRY(db_exec(req->db, &note_put,
                DB_ARGS(DB_I(id), DB_S(note), DB_I(req->actor->user_id), DB_S(req->actor->name)),
                NULL));
    return err_pass(request_audit(req, "opportunity", id, NULL, NULL));
}

/* -- who may own it ------------------------------------------------------------------------------
 */

static const struct db_field person_fields[] = {
    DB_FIELD(struct deal_person, id, DB_I64, 0),
    DB_FIELD(struct deal_person, name, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt staff_people = {
    .name = "opportunity.staff_people",
    .sql = "SELECT id, name FROM user WHERE audience = 'staff' AND status = 'active' "
           "ORDER BY name_key, id LIMIT 500",
    .binds = "",
    .fields = person_fields,
    .row_bytes = sizeof(struct deal_person),
};

/* People of the side whose it is, ACCOUNT_ID 0 being the vendor: nobody for a partner whose it is
 * not. */
static struct err *owners(struct request *req, int64_t account_id, struct deal_person **out,
                          size_t *count)
{
    if (account_id != 0 && (is_staff(req) || account_id == req->actor->account_id))
        return err_pass(deal_people(req, account_id, out, count));
    if (is_staff(req))
        return err_pass(db_list(req->db, req->arena, &staff_people, DB_NO_ARGS, out, count));
    *out = arena_alloc(req->arena, sizeof(**out));
    *count = 0;
    return NULL;
}

struct account_row {
    const char *country, *currency;
};
static const struct db_field account_fields[] = {
    DB_FIELD(struct account_row, country, DB_TEXT, 4),
    DB_FIELD(struct account_row, currency, DB_TEXT, 4),
    { 0 },
};
static const struct db_stmt account_defaults = {
    .name = "opportunity.account_defaults",
    .sql = "SELECT country, currency FROM account WHERE id = ?",
    .binds = "i",
    .fields = account_fields,
    .row_bytes = sizeof(struct account_row),
};

db_stmt_table opportunity_edit_statements[] = { &account_defaults, NULL };
db_stmt_table opportunity_staff_edit_statements[] = { &note_get, &note_put, &staff_people, NULL };

/* -- the form as a page --------------------------------------------------------------------------
 */

static void add_option(struct view *field, int64_t id, const char *label)
{
    struct view *option = view_row(field, "Options");

    view_int(option, "Value", id);
    view_text(option, "Label", label);
}

/* The owner of another side stays whom he is. */
static struct err *show_owners(struct request *req, struct view *field, const struct opportunity *o)
{
    struct deal_person *people;
    bool seen = o->owner_user_id == 0;
    size_t count;

    TRY(owners(req, o->account_id, &people, &count));
    for (size_t i = 0; i < count; i++) {
        add_option(field, people[i].id, people[i].name);
        seen = seen || people[i].id == o->owner_user_id;
    }
    if (!seen && !str_is_empty(o->owner_name))
        add_option(field, o->owner_user_id, o->owner_name);
    return NULL;
}

static struct err *show_stages(struct request *req, struct view *field)
{
    struct opportunity_stages stages;

    TRY(opportunity_stages_read(req->db, &stages));
    for (size_t i = 0; i < stages.count; i++)
        if (stages.rows[i].pipeline_id == OPPORTUNITY_PIPELINE && stages.rows[i].active &&
            str_eq(stages.rows[i].kind, "open"))
            add_option(field, stages.rows[i].id, opportunity_stage_name(req, &stages.rows[i]));
    return NULL;
}

enum { ROWS_EMPTY = 2, ROWS_LEAST = 3 };

static size_t rows_of(struct view *fields, struct arena *a)
{
    size_t n = 0;

    while (n < OPPORTUNITY_LINES &&
           (*view_get(fields, arena_printf(a, "line.Items.%zu.Value", n)) != '\0' ||
            *view_get(fields, arena_printf(a, "quantity.Items.%zu.Value", n)) != '\0' ||
            *view_get(fields, arena_printf(a, "price.Items.%zu.Value", n)) != '\0'))
        n++;
    return n;
}

static void copy_cell(struct request *req, struct view *row, const char *to, struct view *fields,
                      const char *list, size_t i)
{
    view_text(row, to, view_get(fields, arena_printf(req->arena, "%s.Items.%zu.Value", list, i)));
    view_text(row, arena_join(req->arena, to, "Fault", NULL),
              view_get(fields, arena_printf(req->arena, "%s.Items.%zu.Fault", list, i)));
}

/* What is there, and room for more. */
static void show_rows(struct request *req, struct view *v, struct view *fields)
{
    const size_t there = rows_of(fields, req->arena);
    const size_t count = there + ROWS_EMPTY < ROWS_LEAST ? ROWS_LEAST : there + ROWS_EMPTY;

    for (size_t i = 0; i < count && i < OPPORTUNITY_LINES; i++) {
        struct view *row = view_row(v, "Rows");

        view_int(row, "Index", (int64_t)i);
        view_int(row, "No", (int64_t)i + 1);
        copy_cell(req, row, "Line", fields, "line", i);
        copy_cell(req, row, "Quantity", fields, "quantity", i);
        copy_cell(req, row, "Price", fields, "price", i);
    }
}

static struct err *show_form(struct request *req, const struct form *form,
                             const struct opportunity_input *stored, const struct opportunity *o)
{
    struct view *v = view_at(req->page, "Opportunity"), *fields;
    struct deal_product *products;
    size_t count;

    form_show(req, form, stored);
    fields = view_at(view_at(req->page, "Form"), "F");
    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < count; i++)
        add_option(view_at(fields, "line"), products[i].id, deal_product_name(req, &products[i]));
    TRY(show_owners(req, view_at(fields, "owner_user_id"), o));
    TRY(show_stages(req, view_at(fields, "stage")));
    show_rows(req, v, fields);
    view_flag(v, "IsStaff", is_staff(req));
    view_flag(v, "MayOwn", is_staff(req) || o->account_id == req->actor->account_id);
    view_text(v, "Base", opportunity_base(req));
    return NULL;
}

static const struct form *new_form(const struct request *req)
{
    return is_staff(req) ? &opportunity_staff_new_form : &opportunity_new_form;
}

static const struct form *edit_form(const struct request *req)
{
    return is_staff(req) ? &opportunity_staff_edit_form : &opportunity_edit_form;
}

static struct err *show_new(struct request *req, const struct opportunity_input *in,
                            const struct opportunity *o)
{
    struct view *v = view_at(req->page, "Opportunity");

    page_title(req, tr(req, N_("New opportunity")));
    opportunity_crumbs(req, NULL);
    view_flag(v, "IsNew", true);
    view_text(v, "Action", arena_join(req->arena, opportunity_base(req), "/new", NULL));
    return err_pass(show_form(req, new_form(req), in, o));
}

struct err *opportunity_new_show(struct request *req)
{
    struct opportunity o = { .account_id = req->actor->account_id,
                             .owner_user_id = req->actor->user_id,
                             .owner_name = req->actor->name };
    struct opportunity_input in = { .expected_close = DAY_NONE,
                                    .next_step_on = DAY_NONE,
                                    .owner_user_id = req->actor->user_id };
    struct account_row row = { "", "" };
    bool found;

    if (!is_staff(req))
        TRY(db_one(req->db, req->arena, &account_defaults, DB_ARGS(DB_I(o.account_id)), &row,
                   &found));
    in.customer_country = row.country;
    in.currency = row.currency;
    TRY(custom_stored(req, CUSTOM_OPPORTUNITY, 0, &in.custom));
    in.name = in.customer_name = in.category = in.competitors = in.next_step = in.note = "";
    return err_pass(show_new(req, &in, &o));
}

static struct err *closed(struct request *req, const struct opportunity *o)
{
    return err_pass(
        opportunity_refuse(req, o, tr(req, N_("It is closed: what it says stays as it is."))));
}

/* "As its stage" is what the stage says; anything else was chosen. */
static struct err *edit_input(struct request *req, struct opportunity *o,
                              struct opportunity_input *in)
{
    TRY(opportunity_load_lines(req->db, req->arena, o));
    opportunity_to_input(req->arena, o, in);
    TRY(custom_stored(req, CUSTOM_OPPORTUNITY, o->id, &in->custom));
    return err_pass(opportunity_note_read(req, o->id, &in->note));
}

static struct err *show_edit(struct request *req, const struct opportunity_input *in,
                             const struct opportunity *o)
{
    struct view *v = view_at(req->page, "Opportunity");

    opportunity_show_head(req, o);
    opportunity_crumbs(req, o);
    view_text(v, "Number", opportunity_number(req->arena, o->id));
    view_text(v, "Action", arena_join(req->arena, opportunity_href(req, o->id), "/edit", NULL));
    view_text(v, "Href", opportunity_href(req, o->id));
    return err_pass(show_form(req, edit_form(req), in, o));
}

struct err *opportunity_edit_show(struct request *req)
{
    struct opportunity *o = opportunity_of_request(req);
    struct opportunity_input in;

    TRY(opportunity_let_write(req, o));
    if (!str_eq(o->state, "open"))
        return err_pass(closed(req, o));
    TRY(edit_input(req, o, &in));
    return err_pass(show_edit(req, &in, o));
}

/* -- writing -------------------------------------------------------------------------------------
 */

static struct err *judge_lines(struct request *req, const struct opportunity_input *in,
                               const struct opportunity *before)
{
    struct deal_product *products;
    size_t count;

    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < in->line.count; i++) {
        bool had = in->line.numbers[i] == 0;

        for (size_t k = 0; before != NULL && k < before->line_count; k++)
            had = had || before->lines[k].product_line_id == in->line.numbers[i];
        if (!had && deal_product_find(products, count, in->line.numbers[i]) == NULL)
            form_fault(req, "line", (int)i, tr(req, N_("This product line is not sold.")));
    }
    return NULL;
}

/* Staff, or the partner whose it is: who else may choose its owner? */
static bool owns(const struct request *req, const struct opportunity *o)
{
    return is_staff(req) || o->account_id == req->actor->account_id;
}

static struct err *judge_owner(struct request *req, struct opportunity *o,
                               const struct opportunity *before)
{
    struct deal_person *people;
    size_t count;

    if (before != NULL && !owns(req, before)) {
        o->owner_user_id = before->owner_user_id;
        return NULL;
    }
    o->owner_name = "";
    if (before != NULL && before->owner_user_id == o->owner_user_id)
        o->owner_name = before->owner_name;
    TRY(owners(req, o->account_id, &people, &count));
    for (size_t i = 0; i < count; i++)
        if (people[i].id == o->owner_user_id)
            o->owner_name = people[i].name;
    if (o->owner_user_id != 0 && str_is_empty(o->owner_name))
        form_fault(req, "owner_user_id", -1, tr(req, N_("Choose somebody of the owning side.")));
    return NULL;
}

/* A category that is not typed is the stage's, and so is a probability. */
static struct err *judge_stage(struct request *req, const struct opportunity_input *in,
                               struct opportunity *o)
{
    const struct opportunity_stage *stage;
    struct opportunity_stages stages;

    TRY(opportunity_stages_read(req->db, &stages));
    stage = o->stage_id != 0 ? opportunity_stage_find(&stages, o->stage_id)
                             : opportunity_stage_first(&stages, OPPORTUNITY_PIPELINE);
    if (stage == NULL || !str_eq(stage->kind, "open") || !stage->active ||
        stage->pipeline_id != OPPORTUNITY_PIPELINE) {
        form_fault(req, "stage", -1, tr(req, N_("This is no stage that it can begin in.")));
        return NULL;
    }
    if (str_is_empty(o->category))
        o->category = stage->category;
    if (!form_given(req, "probability"))
        o->probability = stage->probability;
    (void)in;
    return NULL;
}

static struct err *judge(struct request *req, const struct opportunity_input *in,
                         const struct opportunity *before, struct opportunity *o)
{
    int64_t now;

    TRY(db_now(req->db, &now));
    opportunity_from_input(req->arena, in, o);
    TRY(judge_lines(req, in, before));
    TRY(judge_owner(req, o, before));
    TRY(judge_stage(req, in, o));
    if (in->expected_close < text_local_day(req->locale, now))
        form_fault(req, "expected_close", -1,
                   tr(req, N_("An open opportunity cannot close in the past.")));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

struct err *opportunity_new_post(struct request *req)
{
    const struct opportunity_input *in = req->input;
    const struct deal_actor by = opportunity_actor(req);
    struct opportunity o = { .account_id = req->actor->account_id,
                             .customer_name = in->customer_name,
                             .customer_country = in->customer_country,
                             .stage_id = in->stage,
                             .pipeline_id = OPPORTUNITY_PIPELINE };
    struct opportunity_protections found;

    TRY(judge(req, in, NULL, &o));
    TRY(opportunity_protections(req, NULL, &o, &found));
    if (found.count > 0 && !in->despite) {
        opportunity_show_protected(req, &found);
        TRY(show_new(req, in, &o));
        return err_pass(reply_conflict(req, "opportunity/edit.cs"));
    }
    TRY(opportunity_create(req->db, req->arena, &by, &o));
    TRY(opportunity_audit_despite(req, o.id, &found));
    TRY(custom_save(req, CUSTOM_OPPORTUNITY, o.id, o.id, &in->custom));
    if (is_staff(req))
        TRY(note_write(req, o.id, in->note));
    return err_pass(
        reply_redirect(req, "saved", "%s/OP-%lld", opportunity_base(req), (long long)o.id));
}

/* -- changed by two ------------------------------------------------------------------------------
 */

static const char *words(struct request *req, const struct field *field, const void *input)
{
    if (field->kind == FIELD_DAY)
        return text_day(req->locale, req->arena,
                        *(const int32_t *)((const char *)input + field->offset));
    return field_text(req, field, input);
}

static const char *line_words(struct request *req, const struct opportunity_input *in)
{
    const char *text = "";

    for (size_t i = 0; i < in->line.count; i++)
        if (in->line.numbers[i] != 0)
            text = arena_printf(req->arena, "%s%s%s × %s", text, *text != '\0' ? "; " : "",
                                in->quantity.texts[i], in->price.texts[i]);
    return text;
}

static void show_difference(struct request *req, const char *label, const char *yours,
                            const char *theirs)
{
    struct view *row;

    if (str_eq(yours, theirs))
        return;
    row = view_row(view_at(req->page, "Opportunity"), "Theirs");
    view_text(row, "Label", label);
    view_text(row, "Yours", yours);
    view_text(row, "Theirs", theirs);
}

/* What was typed stays in the form, which now goes on from what is stored; what differs stands
 * above it. */
static struct err *show_both(struct request *req, struct opportunity *o)
{
    struct opportunity_input typed = *(const struct opportunity_input *)req->input, stored;
    const struct form *form = edit_form(req);

    TRY(edit_input(req, o, &stored));
    typed.row_version = o->row_version;
    for (const struct field *f = form->fields; f->name != NULL; f++)
        if (!f->list && !str_eq(f->name, "row_version") && !str_eq(f->name, "owner_user_id"))
            show_difference(req, tr(req, f->label), words(req, f, &typed), words(req, f, &stored));
    for (size_t i = 0; i < stored.custom.count && i < typed.custom.count; i++)
        show_difference(req, stored.custom.fields[i].label, typed.custom.values[i].text,
                        stored.custom.values[i].text);
    show_difference(req, tr(req, N_("Product lines")), line_words(req, &typed),
                    line_words(req, &stored));
    TRY(show_edit(req, &typed, o));
    view_flag(view_at(req->page, "Opportunity"), "Changed", true);
    return err_pass(reply_conflict(req, "opportunity/edit.cs"));
}

/* Somebody was faster between reading and writing: run again, this time it shows. */
static struct err *again_if_changed(struct err *e)
{
    if (!err_is(e, ERR_CONFLICT) || !str_eq(err_detail(e), "version"))
        return err_pass(e);
    err_free(e);
    return err_raise(ERR_AGAIN, "an opportunity changed while it was saved");
}

struct err *opportunity_edit_post(struct request *req)
{
    const struct opportunity_input *in = req->input;
    const struct deal_actor by = opportunity_actor(req);
    struct opportunity *before = opportunity_of_request(req);
    struct opportunity_protections found;
    struct opportunity o;

    TRY(opportunity_let_write(req, before));
    if (!str_eq(before->state, "open"))
        return err_pass(closed(req, before));
    if (in->row_version != before->row_version)
        return err_pass(show_both(req, before));
    TRY(opportunity_load_lines(req->db, req->arena, before));
    o = *before;
    TRY(judge(req, in, before, &o));
    TRY(opportunity_protections(req, before, &o, &found));
    if (found.count > 0 && !in->despite) {
        opportunity_show_protected(req, &found);
        TRY(show_edit(req, in, before));
        return err_pass(reply_conflict(req, "opportunity/edit.cs"));
    }
    TRY(again_if_changed(opportunity_update(req->db, req->arena, &by, before, &o)));
    TRY(opportunity_audit_despite(req, o.id, &found));
    TRY(custom_save(req, CUSTOM_OPPORTUNITY, o.id, o.id, &in->custom));
    TRY(note_write(req, o.id, in->note));
    return err_pass(
        reply_redirect(req, "saved", "%s/OP-%lld", opportunity_base(req), (long long)o.id));
}
