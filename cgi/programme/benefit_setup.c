/* programme/benefit_setup.c - what the tiers give, as staff set it up: a benefit with its place in
 * the list, and what each tier gives of it. */
#include "base/str.h"
#include "identity/identity.h"
#include "programme/programme_setup.h"
#include "programme/tier_inside.h"
#include "web/form_fields.h"

#define ADDRESS PROGRAMME_SETUP "/benefits"
#define PAGE    "programme/benefit_setup.cs"
enum { NAME_MOST = 120, SORT_MOST = 30000, TIERS_MOST = 50 };

/* -- statements ----------------------------------------------------------------------------------
 */

struct benefit {
    int64_t id, sort, row_version;
    const char *name_en, *name_zh;
    bool active;
};
static const struct db_field benefit_fields[] = {
    DB_FIELD(struct benefit, id, DB_I64, 0),
    DB_FIELD(struct benefit, sort, DB_I64, 0),
    DB_FIELD(struct benefit, row_version, DB_I64, 0),
    DB_FIELD(struct benefit, name_en, DB_TEXT, 480),
    DB_FIELD(struct benefit, name_zh, DB_TEXT, 480),
    DB_FIELD(struct benefit, active, DB_BOOL, 0),
    { 0 },
};
static const struct db_stmt list_all = {
    .name = "programme.benefit_list",
    .sql = "SELECT id, sort, row_version, name_en, name_zh, active FROM benefit "
           "ORDER BY active DESC, sort, id",
    .binds = "",
    .fields = benefit_fields,
    .row_bytes = sizeof(struct benefit),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
struct given {
    int64_t tier_id, benefit_id;
    const char *value_en, *value_zh;
};
static const struct db_field given_fields[] = {
    DB_FIELD(struct given, tier_id, DB_I64, 0),
    DB_FIELD(struct given, benefit_id, DB_I64, 0),
    DB_FIELD(struct given, value_en, DB_TEXT, 480),
    DB_FIELD(struct given, value_zh, DB_TEXT, 480),
    { 0 },
};
static const struct db_stmt all_given = {
    .name = "programme.benefit_values",
    .sql = "SELECT tier_id, benefit_id, value_en, value_zh FROM tier_benefit",
    .binds = "",
    .fields = given_fields,
    .row_bytes = sizeof(struct given),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt add_one = {
    .name = "programme.benefit_add",
    .sql = "INSERT INTO benefit (name_en, name_zh, sort, active) VALUES (?, ?, ?, ?)",
    .binds = "ssii",
    .flags = DB_WRITE,
};
static const struct db_stmt change_one = {
    .name = "programme.benefit_change",
    .sql = "UPDATE benefit SET name_en = ?, name_zh = ?, sort = ?, active = ?, row_version = "
           "row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "ssiiii",
    .flags = DB_WRITE,
};
static const struct db_stmt drop_one = {
    .name = "programme.benefit_drop",
    .sql = "DELETE FROM benefit WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt give = {
    .name = "programme.benefit_give",
    .sql = "INSERT INTO tier_benefit (tier_id, benefit_id, value_en, value_zh) VALUES (?, ?, ?, ?)",
    .binds = "iiss",
    .flags = DB_WRITE,
};
static const struct db_stmt give_nothing = {
    .name = "programme.benefit_give_nothing",
    .sql = "DELETE FROM tier_benefit WHERE benefit_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
db_stmt_table benefit_setup_statements[] = { &list_all, &all_given, &add_one,      &change_one,
                                             &drop_one, &give,      &give_nothing, NULL };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct benefit_input {
    int64_t row_version, sort;
    const char *name_en, *name_zh;
    struct value_list tier, value_en, value_zh; /* one each a tier */
    bool active;
};
#define AT(member) .offset = offsetof(struct benefit_input, member)
#define VALUE(member, label_)                                                                   \
    {                                                                                           \
        .name = #member, .label = (label_), .kind = FIELD_TEXT, .list = true, .max = NAME_MOST, \
        AT(member)                                                                              \
    }
static const struct field edit_fields[] = {
    FORM_VERSION(struct benefit_input),
    FORM_NAMES_OF(struct benefit_input, NAME_MOST),
    FORM_ORDER(struct benefit_input, sort, SORT_MOST),
    FORM_IN_USE(struct benefit_input),
    { .name = "tier", .label = N_("Tier"), .kind = FIELD_ID, .list = true, AT(tier) },
    VALUE(value_en, N_("In English")),
    VALUE(value_zh, N_("In Chinese")),
    { 0 },
};
static const struct field remove_fields[] = { FORM_VERSION(struct benefit_input), { 0 } };
#undef AT
static const struct form edit_form = { .name = "programme.benefit",
                                       .fields = edit_fields,
                                       .size_bytes = sizeof(struct benefit_input),
                                       .lists_max = TIERS_MOST };
static const struct form remove_form = { .name = "programme.benefit_remove",
                                         .fields = remove_fields,
                                         .size_bytes = sizeof(struct benefit_input) };

/* -- what is stored ------------------------------------------------------------------------------
 */

struct benefits {
    struct benefit *rows;
    struct given *given;
    struct programme_choice *tiers;
    size_t count, given_count, tier_count, at; /* at: the one that the address names */
};

static struct err *read_all(struct request *req, struct benefits *b)
{
    TRY(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &b->rows, &b->count));
    TRY(db_list(req->db, req->arena, &all_given, DB_NO_ARGS, &b->given, &b->given_count));
    return err_pass(
        db_list(req->db, req->arena, &programme_sql_tiers, DB_NO_ARGS, &b->tiers, &b->tier_count));
}

static struct err *find(struct request *req, struct benefits *b)
{
    int64_t id;

    TRY(read_all(req, b));
    if (str_to_i64(request_param(req, "benefit"), &id))
        for (b->at = 0; b->at < b->count; b->at++)
            if (b->rows[b->at].id == id)
                return NULL;
    return err_raise(ERR_NOT_FOUND, "no such benefit");
}

/* What a tier gives of it; NULL for nothing. */
static const struct given *given_by(const struct benefits *b, int64_t benefit, int64_t tier)
{
    for (size_t i = 0; i < b->given_count; i++)
        if (b->given[i].benefit_id == benefit && b->given[i].tier_id == tier)
            return &b->given[i];
    return NULL;
}

/* -- pages ---------------------------------------------------------------------------------------
 */

static void show_row(struct request *req, struct view *v, const struct benefits *b, size_t i)
{
    const struct benefit *benefit = &b->rows[i];
    struct view *row = view_row(v, "Rows");

    view_text(row, "Name", programme_word(req, benefit->name_en, benefit->name_zh));
    page_int(req, row, "Sort", benefit->sort);
    programme_setup_switch(req, row, benefit->active);
    view_text(row, "Href", arena_number(req->arena, ADDRESS "/", benefit->id));
    for (size_t t = 0; t < b->tier_count; t++) {
        const struct given *given = given_by(b, benefit->id, b->tiers[t].id);
        struct view *cell = view_row(row, "Cells");

        view_text(cell, "Tier", programme_word(req, b->tiers[t].name_en, b->tiers[t].name_zh));
        view_text(cell, "Text",
                  given != NULL ? programme_word(req, given->value_en, given->value_zh) : "–");
    }
}

static struct err *benefits_show(struct request *req)
{
    struct view *v = view_at(req->page, "Benefits");
    struct benefits b;

    TRY(read_all(req, &b));
    programme_setup_head(req, tr(req, N_("What each tier gives")));
    view_flag(v, "MayEdit", programme_setup_may_edit(req));
    for (size_t t = 0; t < b.tier_count; t++)
        view_text(view_row(v, "Tiers"), "Name",
                  programme_word(req, b.tiers[t].name_en, b.tiers[t].name_zh));
    for (size_t i = 0; i < b.count; i++)
        show_row(req, v, &b, i);
    return NULL;
}

static struct value_list list_of(struct arena *a, size_t count)
{
    return (struct value_list){ .count = count,
                                .texts = arena_array(a, count + 1, sizeof(const char *)),
                                .numbers = arena_array(a, count + 1, sizeof(int64_t)) };
}

static void show_form(struct request *req, const struct benefits *b, const char *title,
                      const char *action, struct benefit_input *stored, int64_t id)
{
    struct view *v = view_at(req->page, "Benefit");

    programme_setup_head(req, title);
    page_crumb(req, tr(req, N_("What each tier gives")), ADDRESS);
    view_text(v, "Action", action);
    view_flag(v, "IsNew", id == 0);
    stored->tier = list_of(req->arena, b->tier_count);
    stored->value_en = list_of(req->arena, b->tier_count);
    stored->value_zh = list_of(req->arena, b->tier_count);
    for (size_t t = 0; t < b->tier_count; t++) {
        const struct given *given = given_by(b, id, b->tiers[t].id);
        struct view *row = view_row(v, "Tiers");

        view_int(row, "Id", b->tiers[t].id);
        view_int(row, "Place", (int64_t)t);
        view_text(row, "Name", programme_word(req, b->tiers[t].name_en, b->tiers[t].name_zh));
        stored->tier.numbers[t] = b->tiers[t].id;
        stored->value_en.texts[t] = given != NULL ? given->value_en : "";
        stored->value_zh.texts[t] = given != NULL ? given->value_zh : "";
    }
    form_show(req, &edit_form, stored);
}

static struct err *new_show(struct request *req)
{
    struct benefit_input empty = { .name_en = "", .name_zh = "", .sort = 10, .active = true };
    struct benefits b;

    TRY(read_all(req, &b));
    for (size_t i = 0; i < b.count; i++)
        if (b.rows[i].sort >= empty.sort && b.rows[i].sort + 10 <= SORT_MOST)
            empty.sort = b.rows[i].sort + 10;
    show_form(req, &b, tr(req, N_("New benefit")), ADDRESS "/new", &empty, 0);
    return NULL;
}

static struct err *one_show(struct request *req)
{
    struct benefits b;

    TRY(find(req, &b));
    const struct benefit *row = &b.rows[b.at];
    struct benefit_input stored = { .row_version = row->row_version,
                                    .name_en = row->name_en,
                                    .name_zh = row->name_zh,
                                    .sort = row->sort,
                                    .active = row->active };

    show_form(req, &b, programme_word(req, row->name_en, row->name_zh),
              arena_number(req->arena, ADDRESS "/", row->id), &stored, row->id);
    view_int(view_at(req->page, "Benefit"), "Version", row->row_version);
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static const char *value(const struct value_list *list, size_t i)
{
    return i < list->count ? list->texts[i] : "";
}

/* A tier gives it in both languages, or not. */
static struct err *judge(struct request *req, const struct benefit_input *in)
{
    for (size_t i = 0; i < in->tier.count; i++) {
        const bool en = !str_is_empty(value(&in->value_en, i)),
                   zh = !str_is_empty(value(&in->value_zh, i));

        if (en != zh)
            form_fault(req, en ? "value_zh" : "value_en", (int)i,
                       tr(req, N_("Enter it in both languages, or in none.")));
    }
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

static bool is_tier(const struct benefits *b, int64_t id)
{
    for (size_t t = 0; t < b->tier_count; t++)
        if (b->tiers[t].id == id)
            return true;
    return false;
}

/* Whether an earlier row is about the same tier: the first counts. */
static bool is_twice(const struct value_list *tier, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (tier->numbers[i] == tier->numbers[at])
            return true;
    return false;
}

static struct err *write_values(struct request *req, const struct benefits *b, int64_t id)
{
    const struct benefit_input *in = req->input;

    for (size_t i = 0; i < in->tier.count; i++) {
        if (str_is_empty(value(&in->value_en, i)) || !is_tier(b, in->tier.numbers[i]) ||
            is_twice(&in->tier, i))
            continue;
        TRY(db_exec(req->db, &give,
                    DB_ARGS(DB_I(in->tier.numbers[i]), DB_I(id), DB_S(value(&in->value_en, i)),
                            DB_S(value(&in->value_zh, i))),
                    NULL));
    }
    return NULL;
}

static const char *in_words(struct arena *a, const struct benefit *row, const char *values)
{
    return identity_json(a, JSON_PAIRS({ "name_en", row->name_en }, { "name_zh", row->name_zh },
                                       { "sort", arena_number(a, "", row->sort) },
                                       { "active", programme_setup_flag(row->active) },
                                       { "values", values }));
}

/* "2: 5% / 5%; 3: 8% / 8%", by the tiers' numbers. */
static const char *add_value(struct arena *a, const char *text, int64_t tier, const char *en,
                             const char *zh)
{
    return arena_printf(a, "%s%s%lld: %s / %s", text, *text != '\0' ? "; " : "", (long long)tier,
                        en, zh);
}

static const char *stored_in_words(struct arena *a, const struct benefits *b)
{
    const struct benefit *row = &b->rows[b->at];
    const char *text = "";

    for (size_t t = 0; t < b->tier_count; t++) {
        const struct given *given = given_by(b, row->id, b->tiers[t].id);

        if (given != NULL)
            text = add_value(a, text, given->tier_id, given->value_en, given->value_zh);
    }
    return in_words(a, row, text);
}

static const char *typed_in_words(struct request *req, const struct benefits *b)
{
    const struct benefit_input *in = req->input;
    const char *text = "";

    for (size_t i = 0; i < in->tier.count; i++)
        if (!str_is_empty(value(&in->value_en, i)) && is_tier(b, in->tier.numbers[i]) &&
            !is_twice(&in->tier, i))
            text = add_value(req->arena, text, in->tier.numbers[i], value(&in->value_en, i),
                             value(&in->value_zh, i));
    return in_words(req->arena,
                    &(struct benefit){ .name_en = in->name_en,
                                       .name_zh = in->name_zh,
                                       .sort = in->sort,
                                       .active = in->active },
                    text);
}

static struct err *new_post(struct request *req)
{
    const struct benefit_input *in = req->input;
    struct benefits b;
    int64_t id;

    TRY(judge(req, in));
    TRY(read_all(req, &b));
    TRY(db_insert(req->db, &add_one,
                  DB_ARGS(DB_S(in->name_en), DB_S(in->name_zh), DB_I(in->sort), DB_I(in->active)),
                  &id));
    TRY(write_values(req, &b, id));
    TRY(request_audit(req, "benefit", id, NULL, typed_in_words(req, &b)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *edit_post(struct request *req)
{
    const struct benefit_input *in = req->input;
    struct benefits b;
    int64_t changed;

    TRY(find(req, &b));
    TRY(judge(req, in));
    const int64_t id = b.rows[b.at].id;

    TRY(db_exec(req->db, &change_one,
                DB_ARGS(DB_S(in->name_en), DB_S(in->name_zh), DB_I(in->sort), DB_I(in->active),
                        DB_I(id), DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "name_en"));
    TRY(db_exec(req->db, &give_nothing, DB_ARGS(DB_I(id)), NULL));
    TRY(write_values(req, &b, id));
    TRY(request_audit(req, "benefit", id, stored_in_words(req->arena, &b),
                      typed_in_words(req, &b)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *remove_post(struct request *req)
{
    const struct benefit_input *in = req->input;
    struct benefits b;
    int64_t changed;

    TRY(find(req, &b));
    const int64_t id = b.rows[b.at].id;

    TRY(db_exec(req->db, &give_nothing, DB_ARGS(DB_I(id)), NULL));
    TRY(db_exec(req->db, &drop_one, DB_ARGS(DB_I(id), DB_I(in->row_version)), &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "name_en"));
    TRY(request_audit(req, "benefit", id, stored_in_words(req->arena, &b), NULL));
    return err_pass(reply_redirect(req, "deleted", ADDRESS));
}

#define ROUTE(name_, method_, path_, perm)                                          \
    .name = name_, .method = method_, .path = ADDRESS path_, .audience = AUD_STAFF, \
    .permission = perm

const struct route benefit_setup_routes[] = {
    { ROUTE("benefit.list", HTTP_GET, "", PERM_PROGRAMME_VIEW), .handler = benefits_show,
      .page = "programme/benefits_setup.cs" },
    { ROUTE("benefit.new_page", HTTP_GET, "/new", PERM_PROGRAMME_EDIT), .handler = new_show,
      .page = PAGE },
    { ROUTE("benefit.new", HTTP_POST, "/new", PERM_PROGRAMME_EDIT), .form = &edit_form,
      .handler = new_post, .retry = new_show, .retry_page = PAGE },
    { ROUTE("benefit.one", HTTP_GET, "/:benefit", PERM_PROGRAMME_EDIT), .handler = one_show,
      .page = PAGE },
    { ROUTE("benefit.edit", HTTP_POST, "/:benefit", PERM_PROGRAMME_EDIT), .form = &edit_form,
      .handler = edit_post, .retry = one_show, .retry_page = PAGE },
    { ROUTE("benefit.remove", HTTP_POST, "/:benefit/remove", PERM_PROGRAMME_EDIT),
      .form = &remove_form, .handler = remove_post, .retry = one_show, .retry_page = PAGE },
    { 0 },
};
