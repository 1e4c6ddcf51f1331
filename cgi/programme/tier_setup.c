/* programme/tier_setup.c - tiers as staff set them up: names, order, and what each asks.  Before
 * other requirements are stored the page has shown what they would do. */
#include "base/str.h"
#include "identity/identity.h"
#include "programme/programme_setup.h"
#include "programme/tier_inside.h"
#include "programme/tier_trial.h"
#include "web/form_fields.h"

#include <string.h>

#define ADDRESS PROGRAMME_SETUP "/tiers"
#define PAGE    "programme/tier_setup.cs"
enum { CODE_MOST = 20, NAME_MOST = 60, RANK_MOST = 1000, TENTH = 1000 /* of an amount */ };

/* -- statements ----------------------------------------------------------------------------------
 */

struct tier_row {
    struct tier_ask ask;
    int64_t row_version;
    const char *code;
};
#define ROW(column_, member, kind_, cap)                                               \
    {                                                                                  \
        .column = column_, .kind = kind_, .offset = offsetof(struct tier_row, member), \
        .cap_bytes = cap                                                               \
    }
static const struct db_field row_fields[] = {
    ROW("id", ask.id, DB_I64, 0),
    ROW("rank", ask.rank, DB_I64, 0),
    ROW("row_version", row_version, DB_I64, 0),
    ROW("code", code, DB_TEXT, 20),
    ROW("name_en", ask.name_en, DB_TEXT, 240),
    ROW("name_zh", ask.name_zh, DB_TEXT, 240),
    ROW("revenue", ask.least[TIER_REVENUE], DB_I64, 0),
    ROW("certificates", ask.least[TIER_CERTIFICATES], DB_I64, 0),
    ROW("users", ask.least[TIER_USERS], DB_I64, 0),
    ROW("satisfaction", ask.least[TIER_SATISFACTION], DB_I64, 0),
    { 0 },
};
#define LEAST(code)                                                                                \
    "IFNULL((SELECT r.least FROM tier_requirement r WHERE r.tier_id = t.id AND r.measure = '" code \
    "'), 0) AS " code
static const struct db_stmt list_all = {
    .name = "programme.tier_rows",
    .sql =
        "SELECT t.id, t.rank, t.row_version, t.code, t.name_en, t.name_zh, " LEAST("revenue") ", " LEAST(
            "certificates") ", " LEAST("users") ", " LEAST("satisfaction") " FROM "
                                                                           "tier t "
                                                                           "ORDER BY "
                                                                           "t.rank",
    .binds = "",
    .fields = row_fields,
    .row_bytes = sizeof(struct tier_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt add_one = {
    .name = "programme.tier_add",
    .sql = "INSERT INTO tier (code, name_en, name_zh, rank) VALUES (?, ?, ?, ?)",
    .binds = "sssi",
    .flags = DB_WRITE,
};
static const struct db_stmt change_one = {
    .name = "programme.tier_change",
    .sql = "UPDATE tier SET name_en = ?, name_zh = ?, rank = ?, row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ?",
    .binds = "ssiii",
    .flags = DB_WRITE,
};
static const struct db_stmt ask_set = {
    .name = "programme.tier_ask_set",
    .sql = "INSERT INTO tier_requirement (tier_id, measure, least) VALUES (?, ?, ?) "
           "ON DUPLICATE KEY UPDATE least = VALUES(least)",
    .binds = "isi",
    .flags = DB_WRITE,
};
static const struct db_stmt ask_drop = {
    .name = "programme.tier_ask_drop",
    .sql = "DELETE FROM tier_requirement WHERE tier_id = ? AND measure = ?",
    .binds = "is",
    .flags = DB_WRITE,
};
/* Their people read the name on their next page. */
static const struct db_stmt rename_sessions = {
    .name = "programme.tier_sessions",
    .sql = "UPDATE session s JOIN user u ON u.id = s.user_id JOIN account a ON a.id = "
           "u.account_id SET s.tier_name_en = ?, s.tier_name_zh = ? WHERE a.tier_id = ? AND "
           "s.ended_at IS NULL",
    .binds = "ssi",
    .flags = DB_WRITE,
};
db_stmt_table tier_setup_statements[] = { &list_all, &add_one,         &change_one, &ask_set,
                                          &ask_drop, &rename_sessions, NULL };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct tier_input {
    int64_t row_version, rank, revenue, certificates, users, satisfaction;
    const char *code, *name_en, *name_zh, *seen;
};
#define AT(member) .offset = offsetof(struct tier_input, member)
#define LEAST_OF(member, label_, most)                                                   \
    {                                                                                    \
        .name = #member, .label = (label_), .kind = FIELD_INT, .max = (most), AT(member) \
    }
/* seen: the requirements whose effect the page has shown. */
#define WORDS                                                                                     \
    FORM_NAMES_OF(struct tier_input, NAME_MOST),                                                  \
                                                                                                  \
        FORM_ORDER(struct tier_input, rank, RANK_MOST),                                           \
        LEAST_OF(revenue, N_("Revenue of won registrations, 12 months"), INT64_C(1000000000000)), \
        LEAST_OF(certificates, N_("Valid certificates"), 10000),                                  \
        LEAST_OF(users, N_("Active users"), 10000),                                               \
        { .name = "satisfaction",                                                                 \
          .label = N_("Satisfaction, of 5"),                                                      \
          .kind = FIELD_MONEY,                                                                    \
          .max = 50 * TENTH,                                                                      \
          AT(satisfaction) },                                                                     \
    {                                                                                             \
        .name = "seen", .label = N_("What it will do"), .kind = FIELD_TEXT, .max = 120, AT(seen)  \
    }
static const struct field new_fields[] = { { .name = "code",
                                             .label = N_("Code"),
                                             .kind = FIELD_TEXT,
                                             .required = true,
                                             .needed = N_("Enter a code, such as gold."),
                                             .min = 1,
                                             .max = CODE_MOST,
                                             AT(code) },
                                           WORDS,
                                           { 0 } };
static const struct field edit_fields[] = { FORM_VERSION(struct tier_input), WORDS, { 0 } };
#undef AT
#define FORM(name_, fields_)                                                      \
    {                                                                             \
        .name = name_, .fields = fields_, .size_bytes = sizeof(struct tier_input) \
    }
static const struct form new_form = FORM("programme.tier_new", new_fields);
static const struct form edit_form = FORM("programme.tier_edit", edit_fields);

/* -- pages ---------------------------------------------------------------------------------------
 */

struct tier_list {
    struct tier_row *rows;
    size_t count, at; /* at: the one that the address names */
};

static struct err *read_list(struct request *req, struct tier_list *list)
{
    return err_pass(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &list->rows, &list->count));
}

static struct err *find(struct request *req, struct tier_list *list)
{
    int64_t id;

    TRY(read_list(req, list));
    if (str_to_i64(request_param(req, "tier"), &id))
        for (list->at = 0; list->at < list->count; list->at++)
            if (list->rows[list->at].ask.id == id)
                return NULL;
    return err_raise(ERR_NOT_FOUND, "no such tier");
}

static const char *name_of(const struct request *req, const struct tier_ask *tier)
{
    return programme_word(req, tier->name_en, tier->name_zh);
}

static struct err *tiers_show(struct request *req)
{
    struct view *v = view_at(req->page, "Tiers");
    struct tier_list list;

    TRY(read_list(req, &list));
    programme_setup_head(req, tr(req, N_("Tiers")));
    view_flag(v, "MayEdit", programme_setup_may_edit(req));
    for (unsigned m = 0; m < TIER_MEASURE_COUNT; m++)
        view_text(view_row(v, "Heads"), "Label", tier_measure_label(req, (enum tier_measure)m));
    for (size_t i = 0; i < list.count; i++) {
        const struct tier_ask *tier = &list.rows[i].ask;
        struct view *row = view_row(v, "Rows");

        view_text(row, "Name", name_of(req, tier));
        page_int(req, row, "Rank", tier->rank);
        view_text(row, "Href", arena_number(req->arena, ADDRESS "/", tier->id));
        for (unsigned m = 0; m < TIER_MEASURE_COUNT; m++) {
            struct view *cell = view_row(row, "Cells");

            view_text(cell, "Label", tier_measure_label(req, (enum tier_measure)m));
            view_text(cell, "Text",
                      tier->least[m] > 0
                          ? tier_value_text(req, (enum tier_measure)m, tier->least[m])
                          : "–");
        }
    }
    return NULL;
}

static void show_form(struct request *req, const struct form *form, const char *title,
                      const char *action, const struct tier_input *stored)
{
    struct view *v = view_at(req->page, "Tier");

    programme_setup_head(req, title);
    page_crumb(req, tr(req, N_("Tiers")), ADDRESS);
    view_text(v, "Action", action);
    view_flag(v, "IsNew", form == &new_form);
    form_show(req, form, stored);
}

static struct err *new_show(struct request *req)
{
    struct tier_input empty = { .code = "", .name_en = "", .name_zh = "", .rank = 10, .seen = "" };
    struct tier_list list;

    TRY(read_list(req, &list));
    if (list.count > 0 && list.rows[list.count - 1].ask.rank < RANK_MOST)
        empty.rank = list.rows[list.count - 1].ask.rank + 1;
    show_form(req, &new_form, tr(req, N_("New tier")), ADDRESS "/new", &empty);
    return NULL;
}

static struct err *one_show(struct request *req)
{
    struct tier_list list;

    TRY(find(req, &list));
    const struct tier_row *row = &list.rows[list.at];
    const struct tier_input stored = { .row_version = row->row_version,
                                       .rank = row->ask.rank,
                                       .revenue = row->ask.least[TIER_REVENUE],
                                       .certificates = row->ask.least[TIER_CERTIFICATES],
                                       .users = row->ask.least[TIER_USERS],
                                       .satisfaction = row->ask.least[TIER_SATISFACTION] * TENTH,
                                       .name_en = row->ask.name_en,
                                       .name_zh = row->ask.name_zh,
                                       .seen = "" };

    show_form(req, &edit_form, name_of(req, &row->ask),
              arena_number(req->arena, ADDRESS "/", row->ask.id), &stored);
    page_fact(req, row->code);
    return NULL;
}

/* -- what it will do -----------------------------------------------------------------------------
 */

/* As it would be. */
static struct tier_ask typed(const struct tier_input *in, int64_t id)
{
    return (struct tier_ask){ .id = id,
                              .rank = in->rank,
                              .name_en = in->name_en,
                              .name_zh = in->name_zh,
                              .least = { [TIER_REVENUE] = in->revenue,
                                         [TIER_CERTIFICATES] = in->certificates,
                                         [TIER_USERS] = in->users,
                                         [TIER_SATISFACTION] = in->satisfaction / TENTH } };
}

static const char *requirements(struct arena *a, const struct tier_ask *tier)
{
    return arena_printf(
        a, "%lld:%lld,%lld,%lld,%lld", (long long)tier->rank, (long long)tier->least[TIER_REVENUE],
        (long long)tier->least[TIER_CERTIFICATES], (long long)tier->least[TIER_USERS],
        (long long)tier->least[TIER_SATISFACTION]);
}

static const char *partners(struct request *req, int64_t n)
{
    return trn(req, "%s partner", "%s partners", n);
}

static void show_holders(struct request *req, struct view *v, const struct tier_trial *trial)
{
    view_text(v, "Holders",
              trn(req, "%s partner that has this tier would not meet it then:",
                  "%s partners that have this tier would not meet it then:", trial->holders));
    for (size_t i = 0; i < trial->names; i++)
        view_text(view_row(v, "Names"), "Name", trial->name[i]);
    if (trial->holders > (int64_t)trial->names)
        view_text(
            v, "More",
            trf(req, N_("and %s more"),
                text_number(req->locale, req->arena, trial->holders - (int64_t)trial->names)));
}

static struct err *show_effect(struct request *req, const struct tier_ask *tier)
{
    struct view *v = view_at(view_at(req->page, "Tier"), "Effect");
    struct tier_trial trial;

    TRY(tier_try(req->db, req->arena, req->actor, tier, &trial));
    view_text(v, "Title",
              trf(req, N_("Then %1$s of %2$s would meet it; today it is %3$s."),
                  text_number(req->locale, req->arena, trial.after), partners(req, trial.partners),
                  text_number(req->locale, req->arena, trial.before)));
    if (trial.gained > 0)
        view_text(v, "Gained",
                  trn(req, "%s partner more would meet it.", "%s partners more would meet it.",
                      trial.gained));
    if (trial.lost > 0)
        view_text(v, "Lost",
                  trn(req, "%s partner would not meet it any more.",
                      "%s partners would not meet it any more.", trial.lost));
    if (trial.holders > 0)
        show_holders(req, v, &trial);
    view_text(v, "Seen", requirements(req->arena, tier));
    return NULL;
}

/* True when the answer is the page with the effect: it was asked for, or nobody has seen it yet. */
static struct err *look_first(struct request *req, const struct tier_ask *tier,
                              const struct tier_ask *before,
                              struct err *(*show)(struct request *req), bool *shown_out)
{
    const struct tier_input *in = req->input;
    const char *now = requirements(req->arena, tier);
    const bool same = before != NULL && str_eq(now, requirements(req->arena, before));

    *shown_out = str_eq(form_button(req), "try") || (!same && !str_eq(now, in->seen));
    if (!*shown_out)
        return NULL;
    TRY(show(req));
    form_show(req, req->route->form, in);
    TRY(show_effect(req, tier));
    return err_pass(reply_page(req, PAGE));
}

/* -- writing -------------------------------------------------------------------------------------
 */

static const char *in_words(struct arena *a, const struct tier_ask *tier)
{
#define NUMBER(n) arena_number(a, "", (n))
    return identity_json(a, JSON_PAIRS({ "name_en", tier->name_en }, { "name_zh", tier->name_zh },
                                       { "rank", NUMBER(tier->rank) },
                                       { "revenue", NUMBER(tier->least[TIER_REVENUE]) },
                                       { "certificates", NUMBER(tier->least[TIER_CERTIFICATES]) },
                                       { "users", NUMBER(tier->least[TIER_USERS]) },
                                       { "satisfaction", NUMBER(tier->least[TIER_SATISFACTION]) }));
#undef NUMBER
}

static struct err *write_asks(struct request *req, const struct tier_ask *tier)
{
    for (unsigned m = 0; m < TIER_MEASURE_COUNT; m++) {
        const char *code = tier_measure_code((enum tier_measure)m);

        if (tier->least[m] > 0)
            TRY(db_exec(req->db, &ask_set,
                        DB_ARGS(DB_I(tier->id), DB_S(code), DB_I(tier->least[m])), NULL));
        else
            TRY(db_exec(req->db, &ask_drop, DB_ARGS(DB_I(tier->id), DB_S(code)), NULL));
    }
    return NULL;
}

/* Its place and its code are its own; ID: but for this one. */
static struct err *judge(struct request *req, const struct tier_list *list, int64_t id)
{
    const struct tier_input *in = req->input;

    for (size_t i = 0; i < list->count; i++) {
        if (list->rows[i].ask.id == id)
            continue;
        if (list->rows[i].ask.rank == in->rank)
            form_fault(
                req, "rank", -1,
                trf(req, N_("“%s” stands there already."), name_of(req, &list->rows[i].ask)));
        if (id == 0 && str_eq(list->rows[i].code, in->code))
            form_fault(req, "code", -1, tr(req, N_("There is a tier of that code.")));
    }
    if (id == 0 && strspn(in->code, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(in->code))
        form_fault(req, "code", -1,
                   tr(req, N_("Small letters, digits and hyphens only, such as storage-1.")));
    if (in->satisfaction % TENTH != 0)
        form_fault(req, "satisfaction", -1, tr(req, N_("One decimal at most, such as 4.5.")));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

/* Somebody else was given the same place or code at the same moment. */
static struct err *again_if_taken(struct err *e)
{
    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    return err_raise(ERR_AGAIN, "two tiers were given one place at once");
}

static struct err *new_post(struct request *req)
{
    const struct tier_input *in = req->input;
    struct tier_ask tier = typed(in, 0);
    struct tier_list list;
    bool shown;

    TRY(read_list(req, &list));
    TRY(judge(req, &list, 0));
    TRY(look_first(req, &tier, NULL, new_show, &shown));
    if (shown)
        return NULL;
    TRY(again_if_taken(db_insert(
        req->db, &add_one,
        DB_ARGS(DB_S(in->code), DB_S(in->name_en), DB_S(in->name_zh), DB_I(in->rank)), &tier.id)));
    TRY(write_asks(req, &tier));
    TRY(request_audit(req, "tier", tier.id, NULL, in_words(req->arena, &tier)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *change(struct request *req, const struct tier_row *row,
                          const struct tier_ask *tier)
{
    const struct tier_input *in = req->input;
    int64_t changed;

    TRY(again_if_taken(db_exec(req->db, &change_one,
                               DB_ARGS(DB_S(in->name_en), DB_S(in->name_zh), DB_I(in->rank),
                                       DB_I(tier->id), DB_I(in->row_version)),
                               &changed)));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "name_en"));
    TRY(write_asks(req, tier));
    if (!str_eq(tier->name_en, row->ask.name_en) || !str_eq(tier->name_zh, row->ask.name_zh))
        TRY(db_exec(req->db, &rename_sessions,
                    DB_ARGS(DB_S(tier->name_en), DB_S(tier->name_zh), DB_I(tier->id)), NULL));
    TRY(request_audit(req, "tier", tier->id, in_words(req->arena, &row->ask),
                      in_words(req->arena, tier)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *edit_post(struct request *req)
{
    const struct tier_input *in = req->input;
    struct tier_list list;
    bool shown;

    TRY(find(req, &list));
    const struct tier_row *row = &list.rows[list.at];
    const struct tier_ask tier = typed(in, row->ask.id);

    TRY(judge(req, &list, tier.id));
    if (in->row_version != row->row_version)
        return err_pass(form_refuse_changed(req, "name_en"));
    TRY(look_first(req, &tier, &row->ask, one_show, &shown));
    return shown ? NULL : err_pass(change(req, row, &tier));
}

#define ROUTE(name_, method_, path_, perm)                                          \
    .name = name_, .method = method_, .path = ADDRESS path_, .audience = AUD_STAFF, \
    .permission = perm

const struct route tier_setup_routes[] = {
    { ROUTE("tier.list", HTTP_GET, "", PERM_PROGRAMME_VIEW), .handler = tiers_show,
      .page = "programme/tiers_setup.cs" },
    { ROUTE("tier.new_page", HTTP_GET, "/new", PERM_PROGRAMME_EDIT), .handler = new_show,
      .page = PAGE },
    { ROUTE("tier.new", HTTP_POST, "/new", PERM_PROGRAMME_EDIT), .form = &new_form,
      .handler = new_post, .retry = new_show, .retry_page = PAGE },
    { ROUTE("tier.one", HTTP_GET, "/:tier", PERM_PROGRAMME_EDIT), .handler = one_show,
      .page = PAGE },
    { ROUTE("tier.edit", HTTP_POST, "/:tier", PERM_PROGRAMME_EDIT), .form = &edit_form,
      .handler = edit_post, .retry = one_show, .retry_page = PAGE },
    { 0 },
};
