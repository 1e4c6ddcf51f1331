/* programme/term_setup.c - how long an approval protects and what discount comes with it, by tier
 * and type of deal, as staff set it up.  A tier's terms are guarded by the version of the tier. */
#include "access/parameter.h"
#include "base/str.h"
#include "deal/deal_forms.h"
#include "identity/identity.h"
#include "programme/programme_inside.h"
#include "programme/programme_setup.h"
#include "web/form_fields.h"

#define ADDRESS PROGRAMME_SETUP "/terms"
#define PAGE    "programme/term_setup.cs"
#define DEFAULT "/staff/parameters/deal.protect_days"
enum {
    TYPES = 4,
    DAYS_MOST = 3650,
    PERCENT = 100 /* basis points */,
    BASIS_POINT = 100 /* ten-thousandths of a per cent, as the form reads them */,
};

/* -- statements ----------------------------------------------------------------------------------
 */

struct tier_row {
    int64_t id, row_version;
    const char *name_en, *name_zh;
};
static const struct db_field tier_fields[] = {
    DB_FIELD(struct tier_row, id, DB_I64, 0),
    DB_FIELD(struct tier_row, row_version, DB_I64, 0),
    DB_FIELD(struct tier_row, name_en, DB_TEXT, 240),
    DB_FIELD(struct tier_row, name_zh, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt list_tiers = {
    .name = "programme.term_tiers",
    .sql = "SELECT id, row_version, name_en, name_zh FROM tier ORDER BY rank",
    .binds = "",
    .fields = tier_fields,
    .row_bytes = sizeof(struct tier_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
struct term_row {
    int64_t tier_id, days, discount_bp; /* days 0: the default */
    const char *deal_type;
};
static const struct db_field term_fields[] = {
    DB_FIELD(struct term_row, tier_id, DB_I64, 0),
    DB_FIELD(struct term_row, deal_type, DB_TEXT, 12),
    DB_NULLABLE(struct term_row, days, DB_I64, 0),
    DB_FIELD(struct term_row, discount_bp, DB_I64, 0),
    { 0 },
};
static const struct db_stmt list_terms = {
    .name = "programme.terms",
    .sql = "SELECT tier_id, deal_type, days, discount_bp FROM protection_term",
    .binds = "",
    .fields = term_fields,
    .row_bytes = sizeof(struct term_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt mark_tier = {
    .name = "programme.term_tier",
    .sql = "UPDATE tier SET row_version = row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt set_term = {
    .name = "programme.term_set",
    .sql = "INSERT INTO protection_term (tier_id, deal_type, days, discount_bp) VALUES "
           "(?, ?, NULLIF(?, 0), ?) ON DUPLICATE KEY UPDATE days = VALUES(days), "
           "discount_bp = VALUES(discount_bp)",
    .binds = "isii",
    .flags = DB_WRITE,
};
static const struct db_stmt drop_term = {
    .name = "programme.term_drop",
    .sql = "DELETE FROM protection_term WHERE tier_id = ? AND deal_type = ?",
    .binds = "is",
    .flags = DB_WRITE,
};
db_stmt_table term_setup_statements[] = { &list_tiers, &list_terms, &mark_tier,
                                          &set_term,   &drop_term,  NULL };

/* -- the form ------------------------------------------------------------------------------------
 */

struct term_input {
    int64_t row_version;
    int64_t days[TYPES], discount[TYPES]; /* in the order of deal_types; of a per cent */
};
#define OF_TYPE(i, type, days_label, discount_label)                                               \
    { .name = "days_" type,                                                                        \
      .label = (days_label),                                                                       \
      .kind = FIELD_INT,                                                                           \
      .min = 1,                                                                                    \
      .max = DAYS_MOST,                                                                            \
      .offset = offsetof(struct term_input, days[i]) },                                            \
    {                                                                                              \
        .name = "discount_" type, .label = (discount_label), .kind = FIELD_MONEY,                  \
        .max = PERCENT * PERCENT * BASIS_POINT, .offset = offsetof(struct term_input, discount[i]) \
    }
static const struct field term_form_fields[] = {
    FORM_VERSION_NEEDED(struct term_input),
    OF_TYPE(0, "new", N_("New customer: days"), N_("New customer: discount, per cent")),
    OF_TYPE(1, "expansion", N_("Expansion: days"), N_("Expansion: discount, per cent")),
    OF_TYPE(2, "renewal", N_("Renewal: days"), N_("Renewal: discount, per cent")),
    OF_TYPE(3, "displacement", N_("Displacement: days"), N_("Displacement: discount, per cent")),
    { 0 },
};
static const struct form term_form = { .name = "programme.terms",
                                       .fields = term_form_fields,
                                       .size_bytes = sizeof(struct term_input) };

static const char *discount_field(struct arena *a, size_t type)
{
    return arena_join(a, "discount_", deal_types[type].value, NULL);
}

/* -- what is stored ------------------------------------------------------------------------------
 */

struct terms {
    struct tier_row *tiers;
    size_t tier_count;
    struct term_row *rows;
    size_t count;
};

static struct err *read_terms(struct request *req, struct terms *out)
{
    TRY(db_list(req->db, req->arena, &list_tiers, DB_NO_ARGS, &out->tiers, &out->tier_count));
    return err_pass(db_list(req->db, req->arena, &list_terms, DB_NO_ARGS, &out->rows, &out->count));
}

/* Nothing but zeros where nothing is set. */
static struct term_row term_of(const struct terms *terms, int64_t tier_id, size_t type)
{
    for (size_t i = 0; i < terms->count; i++)
        if (terms->rows[i].tier_id == tier_id &&
            str_eq(terms->rows[i].deal_type, deal_types[type].value))
            return terms->rows[i];
    return (struct term_row){ 0 };
}

static struct err *find(struct request *req, struct terms *terms, const struct tier_row **tier_out)
{
    int64_t id;

    TRY(read_terms(req, terms));
    if (str_to_i64(request_param(req, "tier"), &id))
        for (size_t i = 0; i < terms->tier_count; i++)
            if (terms->tiers[i].id == id) {
                *tier_out = &terms->tiers[i];
                return NULL;
            }
    return err_raise(ERR_NOT_FOUND, "no such tier");
}

/* -- pages ---------------------------------------------------------------------------------------
 */

static const char *days_text(struct request *req, int64_t days)
{
    return days > 0 ? trn(req, "%s day", "%s days", days) : tr(req, N_("Default days"));
}

static const char *term_text(struct request *req, const struct term_row *term)
{
    if (term->days == 0 && term->discount_bp == 0)
        return "–";
    if (term->discount_bp == 0)
        return days_text(req, term->days);
    return trf(req, N_("%1$s, %2$s"), days_text(req, term->days),
               text_percent(req->locale, req->arena, term->discount_bp));
}

static void show_cell(struct request *req, struct view *row, size_t type, const char *text)
{
    struct view *cell = view_row(row, "Cells");

    view_text(cell, "Label", tr(req, deal_types[type].label));
    view_text(cell, "Text", text);
}

static struct err *show_default(struct request *req, struct view *v)
{
    int64_t days;

    TRY(parameter_now(req->db, req->arena, PARAM_DEAL_PROTECT_DAYS, &days));
    view_text(v, "Text", trn(req, "%s day", "%s days", days));
    if (actor_may(req->actor, PERM_PARAMETERS_VIEW))
        view_text(v, "Href", DEFAULT);
    for (size_t type = 0; type < TYPES; type++)
        show_cell(req, v, type, trn(req, "%s day", "%s days", days));
    return NULL;
}

static struct err *terms_show(struct request *req)
{
    struct view *v = view_at(req->page, "Terms");
    struct terms terms;

    TRY(read_terms(req, &terms));
    programme_setup_head(req, tr(req, N_("Protection and deal discount")));
    view_flag(v, "MayEdit", programme_setup_may_edit(req));
    TRY(show_default(req, view_at(v, "Default")));
    for (size_t i = 0; i < terms.tier_count; i++) {
        const struct tier_row *tier = &terms.tiers[i];
        struct view *row = view_row(v, "Rows");

        view_text(row, "Name", programme_word(req, tier->name_en, tier->name_zh));
        view_text(row, "Href", arena_number(req->arena, ADDRESS "/", tier->id));
        for (size_t type = 0; type < TYPES; type++) {
            const struct term_row term = term_of(&terms, tier->id, type);

            show_cell(req, row, type, term_text(req, &term));
        }
    }
    return NULL;
}

static struct err *one_show(struct request *req)
{
    const struct tier_row *tier;
    struct term_input stored;
    struct terms terms;
    struct view *v;

    TRY(find(req, &terms, &tier));
    stored = (struct term_input){ .row_version = tier->row_version };
    for (size_t type = 0; type < TYPES; type++) {
        const struct term_row term = term_of(&terms, tier->id, type);

        stored.days[type] = term.days;
        stored.discount[type] = term.discount_bp * BASIS_POINT;
    }
    programme_setup_head(req, programme_word(req, tier->name_en, tier->name_zh));
    page_crumb(req, tr(req, N_("Protection and deal discount")), ADDRESS);
    v = view_at(req->page, "Terms");
    view_text(v, "Action", arena_number(req->arena, ADDRESS "/", tier->id));
    TRY(show_default(req, view_at(v, "Default")));
    form_show(req, &term_form, &stored);
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static const char *days_word(struct arena *a, int64_t days)
{
    return days > 0 ? arena_number(a, "", days) : "";
}

static const char *discount_word(struct arena *a, int64_t bp)
{
    return arena_printf(a, "%lld.%02lld%%", (long long)(bp / PERCENT), (long long)(bp % PERCENT));
}

static const char *in_words(struct arena *a, const struct term_row terms[TYPES])
{
    struct json_pair pairs[2 * TYPES + 1] = { 0 };

    for (size_t type = 0; type < TYPES; type++) {
        pairs[2 * type] = (struct json_pair){ arena_join(a, deal_types[type].value, "_days", NULL),
                                              days_word(a, terms[type].days) };
        pairs[2 * type + 1] =
            (struct json_pair){ arena_join(a, deal_types[type].value, "_discount", NULL),
                                discount_word(a, terms[type].discount_bp) };
    }
    return identity_json(a, pairs);
}

static struct err *judge(struct request *req)
{
    const struct term_input *in = req->input;

    for (size_t type = 0; type < TYPES; type++)
        if (in->discount[type] % BASIS_POINT != 0)
            form_fault(req, discount_field(req->arena, type), -1,
                       tr(req, N_("Two decimals at most, such as 12.5.")));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

static struct err *write_term(struct request *req, int64_t tier_id, size_t type,
                              const struct term_row *term)
{
    const char *code = deal_types[type].value;

    if (term->days == 0 && term->discount_bp == 0)
        return err_pass(db_exec(req->db, &drop_term, DB_ARGS(DB_I(tier_id), DB_S(code)), NULL));
    return err_pass(db_exec(
        req->db, &set_term,
        DB_ARGS(DB_I(tier_id), DB_S(code), DB_I(term->days), DB_I(term->discount_bp)), NULL));
}

static struct err *one_post(struct request *req)
{
    const struct term_input *in = req->input;
    struct term_row before[TYPES], after[TYPES];
    const struct tier_row *tier;
    struct terms terms;
    int64_t changed;

    TRY(find(req, &terms, &tier));
    TRY(judge(req));
    TRY(db_exec(req->db, &mark_tier, DB_ARGS(DB_I(tier->id), DB_I(in->row_version)), &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "days_new"));
    for (size_t type = 0; type < TYPES; type++) {
        before[type] = term_of(&terms, tier->id, type);
        after[type] = (struct term_row){ .days = in->days[type],
                                         .discount_bp = in->discount[type] / BASIS_POINT };
        TRY(write_term(req, tier->id, type, &after[type]));
    }
    TRY(request_audit(req, "tier", tier->id, in_words(req->arena, before),
                      in_words(req->arena, after)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

#define ROUTE(name_, method_, path_, perm)                                          \
    .name = name_, .method = method_, .path = ADDRESS path_, .audience = AUD_STAFF, \
    .permission = perm

const struct route term_setup_routes[] = {
    { ROUTE("term.list", HTTP_GET, "", PERM_PROGRAMME_VIEW), .handler = terms_show,
      .page = "programme/terms_setup.cs" },
    { ROUTE("term.one", HTTP_GET, "/:tier", PERM_PROGRAMME_EDIT), .handler = one_show,
      .page = PAGE },
    { ROUTE("term.edit", HTTP_POST, "/:tier", PERM_PROGRAMME_EDIT), .form = &term_form,
      .handler = one_post, .retry = one_show, .retry_page = PAGE },
    { 0 },
};
