/* programme/tier_staff.c - staff's part of tiers: certificates of partners' people by the day they
 * end, marks of satisfaction, and the yearly review. */
#include "programme/tier_inside.h"

#include "access/session.h"
#include "base/str.h"
#include "identity/identity.h"
#include "notification/notification.h"
#include "web/form_fields.h"

enum { REVIEWS_SHOWN = 200 };

/* -- certificates --------------------------------------------------------------------------------
 */

struct certificate_input {
    const char *person, *course_en, *course_zh;
    int32_t issued_on, expires_on;
};
#define AT(member) .offset = offsetof(struct certificate_input, member)
static const struct field certificate_fields[] = {
    { .name = "person",
      .label = N_("Person"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the person’s name."),
      .min = 1,
      .max = 120,
      AT(person) },
    { .name = "course_en",
      .label = N_("Course, English"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the course in both languages."),
      .min = 1,
      .max = 120,
      AT(course_en) },
    { .name = "course_zh",
      .label = N_("Course, Chinese"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the course in both languages."),
      .min = 1,
      .max = 120,
      AT(course_zh) },
    { .name = "issued_on",
      .label = N_("Issued on"),
      .kind = FIELD_DAY,
      .required = true,
      .needed = N_("Choose a date."),
      AT(issued_on) },
    { .name = "expires_on",
      .label = N_("Valid until"),
      .kind = FIELD_DAY,
      .required = true,
      .needed = N_("Choose a date."),
      AT(expires_on) },
    { 0 },
};
static void check_days(struct request *req, void *data)
{
    const struct certificate_input *in = data;

    if (in->issued_on != DAY_NONE && in->expires_on != DAY_NONE && in->expires_on <= in->issued_on)
        form_fault(req, "expires_on", -1, tr(req, N_("It ends after the day it was issued.")));
}
const struct form certificate_form = { .name = "certificate",
                                       .fields = certificate_fields,
                                       .size_bytes = sizeof(struct certificate_input),
                                       .check = check_days };

static struct err *go_back(struct request *req, const char *note)
{
    return err_pass(reply_redirect(req, note, "/staff/partners/%lld", (long long)req->object_id));
}

struct err *certificate_add_post(struct request *req)
{
    const struct certificate_input *in = req->input;

    TRY(db_exec(req->db, &tier_sql_certificate_add,
                DB_ARGS(DB_I(req->object_id), DB_S(in->person), DB_S(in->course_en),
                        DB_S(in->course_zh), DB_D(in->issued_on), DB_D(in->expires_on),
                        DB_S(req->actor->name)),
                NULL));
    TRY(request_audit(req, "account", req->object_id, NULL,
                      identity_json(req->arena, JSON_PAIRS({ "person", in->person }))));
    return err_pass(go_back(req, "saved"));
}

struct gone_input {
    int64_t certificate;
};
static const struct field gone_fields[] = {
    { .name = "certificate",
      .label = N_("Certificate"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct gone_input, certificate) },
    { 0 },
};
const struct form certificate_gone_form = { .name = "certificate.gone",
                                            .fields = gone_fields,
                                            .size_bytes = sizeof(struct gone_input) };

struct err *certificate_gone_post(struct request *req)
{
    const struct gone_input *in = req->input;
    int64_t changed;

    TRY(db_exec(req->db, &tier_sql_certificate_gone,
                DB_ARGS(DB_I(req->object_id), DB_I(in->certificate)), &changed));
    if (changed == 0)
        return err_raise(ERR_NOT_FOUND, "the partner has no such certificate");
    TRY(request_audit(
        req, "account", req->object_id,
        arena_printf(req->arena, "{\"certificate\":%lld}", (long long)in->certificate), NULL));
    return err_pass(go_back(req, "deleted"));
}

/* -- satisfaction --------------------------------------------------------------------------------
 */

struct rating_input {
    const char *mark, *source;
};
static const struct choice marks[] = { { "5", N_("5, very good") }, { "4", N_("4, good") },
                                       { "3", N_("3, fair") },      { "2", N_("2, poor") },
                                       { "1", N_("1, bad") },       { 0 } };
static const struct field rating_fields[] = {
    { .name = "mark",
      .label = N_("Satisfaction of customers"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose a mark."),
      .choices = marks,
      .offset = offsetof(struct rating_input, mark) },
    { .name = "source",
      .label = N_("From where"),
      .kind = FIELD_TEXT,
      .max = 400,
      .offset = offsetof(struct rating_input, source) },
    { 0 },
};
const struct form rating_form = { .name = "rating",
                                  .fields = rating_fields,
                                  .size_bytes = sizeof(struct rating_input) };

struct err *rating_add_post(struct request *req)
{
    const struct rating_input *in = req->input;
    int64_t mark = 0;

    if (!str_to_i64(in->mark, &mark))
        return err_raise(ERR_BUG, "a mark without a number");
    TRY(db_exec(
        req->db, &tier_sql_rating_add,
        DB_ARGS(DB_I(req->object_id), DB_I(mark * 10), DB_S(in->source), DB_S(req->actor->name)),
        NULL));
    TRY(request_audit(req, "account", req->object_id, NULL,
                      identity_json(req->arena, JSON_PAIRS({ "mark", in->mark }))));
    return err_pass(go_back(req, "saved"));
}

struct err *tier_show_partner(struct request *req, struct view *v, int64_t account_id)
{
    struct certificate *rows;
    struct tier_figures figures;
    int64_t now, tier;
    size_t count;

    TRY(db_now(req->db, &now));
    TRY(db_list(req->db, req->arena, &tier_sql_certificates, DB_ARGS(DB_I(account_id)), &rows,
                &count));
    for (size_t i = 0; i < count; i++)
        certificate_show(req, view_row(v, "Certificates"), &rows[i], now);
    TRY(tier_read_figures(req->db, req->arena, account_id, &figures, &tier));
    for (unsigned i = 0; i < TIER_MEASURE_COUNT; i++) {
        struct view *row = view_row(v, "Figures");

        view_text(row, "Label", tier_measure_label(req, (enum tier_measure)i));
        view_text(row, "Value", tier_value_text(req, (enum tier_measure)i, figures.value[i]));
    }
    form_show_as(req, "Certificate", &certificate_form, NULL);
    form_show_as(req, "Rating", &rating_form, NULL);
    return NULL;
}

/* -- the yearly review ---------------------------------------------------------------------------
 */

static const struct list_view views[] = { { "open", N_("To decide") },
                                          { "decided", N_("Decided") },
                                          { 0 } };
static const struct list_column review_columns[] = { { "new", false, false }, { 0 } };
static const struct list_spec review_spec = { .address = "/staff/tier-reviews",
                                              .views = views,
                                              .columns = review_columns };
static const struct field review_query_fields[] = { LIST_FIELDS(struct list_only), { 0 } };
const struct form tier_review_query = { .name = "tier_review.query",
                                        .fields = review_query_fields,
                                        .size_bytes = sizeof(struct list_only) };

struct review_input {
    int64_t row_version, tier_id;
};
static const struct field review_fields[] = {
    FORM_VERSION_NEEDED(struct review_input),
    { .name = "tier_id",
      .label = N_("Tier"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct review_input, tier_id) },
    { 0 },
};
const struct form tier_review_form = { .name = "tier_review",
                                       .fields = review_fields,
                                       .size_bytes = sizeof(struct review_input) };

static void show_review(struct request *req, struct view *v, const struct tier_review *r,
                        const struct tier_ask *tiers, size_t count)
{
    struct view *row = view_row(v, "Rows");

    view_int(row, "Id", r->id);
    view_int(row, "Version", r->row_version);
    view_int(row, "Year", r->year);
    view_text(row, "Company", r->account_name);
    view_text(row, "Href", arena_number(req->arena, "/staff/partners/", r->account_id));
    view_text(row, "Now", programme_word(req, r->tier_en, r->tier_zh));
    view_text(row, "Proposed", programme_word(req, r->proposed_en, r->proposed_zh));
    view_text(row, "Decided", programme_word(req, r->decided_en, r->decided_zh));
    view_text(row, "Who", r->decided_name);
    view_flag(row, "IsOpen",
              str_eq(r->state, "open") && actor_may(req->actor, PERM_PROGRAMME_MANAGE));
    for (size_t i = 0; i < count; i++) {
        struct view *option = view_row(row, "Options");

        view_int(option, "Value", tiers[i].id);
        view_text(option, "Label", programme_word(req, tiers[i].name_en, tiers[i].name_zh));
        view_flag(option, "Chosen", tiers[i].id == r->proposed_id);
    }
}

struct err *tier_review_list_show(struct request *req)
{
    static const struct list_only nothing = { 0 };
    const struct list_only *in = req->route->query != NULL ? req->input : &nothing;
    struct tier_review *rows;
    struct tier_ask *tiers;
    size_t count, tier_count;
    struct list list;

    TRY(list_begin(req, &review_spec, &in->list, &list));
    page_title(req, tr(req, N_("Yearly review of tiers")));
    page_crumb(req, tr(req, N_("Partner programme")), "/staff/partners");
    TRY(tier_read_asks(req->db, req->arena, &tiers, &tier_count));
    TRY(db_list(req->db, req->arena, &tier_sql_reviews,
                DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high),
                        DB_S(list.view->code), DB_I(REVIEWS_SHOWN)),
                &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_review(req, view_at(req->page, "Reviews"), &rows[i], tiers, tier_count);
    list_show(req, &list, NULL, NULL);
    return NULL;
}

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct tier_review *r = arena_alloc(req->arena, sizeof(*r));
    bool found;

    TRY(db_one(
        req->db, req->arena, &tier_sql_review,
        DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high), DB_I(id)), r,
        &found));
    *object_out = found ? r : NULL;
    return NULL;
}

const struct object_kind tier_review_object = { .name = "tier_review", .prefix = "", .load = load };

static const struct tier_ask *find_tier(const struct tier_ask *tiers, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (tiers[i].id == id)
            return &tiers[i];
    return NULL;
}

/* Its people see the tier on their next page. */
static struct err *refresh_people(struct request *req, int64_t account_id)
{
    struct programme_person *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &programme_sql_everybody, DB_ARGS(DB_I(account_id)), &rows,
                &count));
    for (size_t i = 0; i < count; i++)
        TRY(session_refresh(req->db, req->arena, rows[i].id));
    return NULL;
}

static struct err *apply(struct request *req, const struct tier_review *r,
                         const struct tier_ask *tier)
{
    int64_t changed;

    TRY(db_exec(req->db, &tier_sql_account_tier,
                DB_ARGS(DB_I(tier->id), DB_I(r->account_id), DB_I(r->account_version)), &changed));
    if (changed != 1)
        return err_raise(ERR_AGAIN, "account %lld changed", (long long)r->account_id);
    TRY(db_exec(req->db, &programme_sql_move_add,
                DB_ARGS(DB_I(r->account_id), DB_S("tier"), DB_S("active"),
                        DB_I(req->actor->user_id), DB_S(req->actor->name),
                        DB_S(arena_printf(req->arena, "%s / %s", tier->name_en, tier->name_zh))),
                NULL));
    TRY(request_audit(req, "account", r->account_id,
                      arena_printf(req->arena, "{\"tier_id\":%lld}", (long long)r->tier_id),
                      arena_printf(req->arena, "{\"tier_id\":%lld}", (long long)tier->id)));
    return err_pass(refresh_people(req, r->account_id));
}

/* Like every other move, also when it kept its tier. */
static struct err *tell(struct request *req, const struct tier_review *r,
                        const struct tier_ask *tier)
{
    const struct mail_value values[] = {
        { .name = "company", .value = r->account_name },
        { .name = "status",
          .value = arena_join(req->arena, tier->name_en, " / ", tier->name_zh, NULL) },
        { .name = "reason",
          .kind = VALUE_MESSAGE,
          .value = r->tier_id == tier->id ? N_("The yearly review keeps your tier.")
                                          : N_("The yearly review changes your tier.") },
        { 0 },
    };
    const struct notification word = {
        .event = "programme.moved", .kind = "account", .object_id = r->account_id, .values = values
    };
    struct programme_person *people;
    int64_t *ids;
    size_t count;

    TRY(db_list(req->db, req->arena, &programme_sql_everybody, DB_ARGS(DB_I(r->account_id)),
                &people, &count));
    ids = arena_array(req->arena, count + 1, sizeof(*ids));
    for (size_t i = 0; i < count; i++)
        ids[i] = people[i].id;
    return err_pass(notification_send(req->db, req->arena, &word, ids, count));
}

struct err *tier_review_post(struct request *req)
{
    const struct review_input *in = req->input;
    const struct tier_review *r = req->object;
    const struct tier_ask *tier;
    struct tier_ask *tiers;
    int64_t changed = 0;
    size_t count;

    TRY(tier_read_asks(req->db, req->arena, &tiers, &count));
    tier = find_tier(tiers, count, in->tier_id);
    if (tier != NULL)
        TRY(db_exec(
            req->db, &tier_sql_review_decide,
            DB_ARGS(DB_I(tier->id), DB_S(req->actor->name), DB_I(r->id), DB_I(in->row_version)),
            &changed));
    if (changed != 1)
        return err_raise(ERR_CONFLICT, "review %lld was decided, or the tier is none",
                         (long long)r->id);
    TRY(apply(req, r, tier));
    TRY(tell(req, r, tier));
    return err_pass(reply_redirect(req, "saved", "/staff/tier-reviews"));
}
