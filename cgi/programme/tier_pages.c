/* programme/tier_pages.c - the partner's page of its tier: how far it is, what would be if, what
 * each tier gives, and the certificates of its people; the same on its home page, shorter. */
#include "programme/tier_inside.h"

#include "base/str.h"
#include "programme/certificates.h"

struct what_if_input {
    int64_t revenue, certificates, users;
};
static const struct field what_if_fields[] = {
    { .name = "revenue",
      .label = N_("More revenue"),
      .kind = FIELD_INT,
      .min = 0,
      .max = INT64_C(1000000000000),
      .offset = offsetof(struct what_if_input, revenue) },
    { .name = "certificates",
      .label = N_("More certificates"),
      .kind = FIELD_INT,
      .min = 0,
      .max = 10000,
      .offset = offsetof(struct what_if_input, certificates) },
    { .name = "users",
      .label = N_("More users"),
      .kind = FIELD_INT,
      .min = 0,
      .max = 10000,
      .offset = offsetof(struct what_if_input, users) },
    { 0 },
};
const struct form tier_what_if_query = { .name = "tier.what_if",
                                         .fields = what_if_fields,
                                         .size_bytes = sizeof(struct what_if_input) };

struct standing_now {
    struct tier_ask *tiers;
    size_t count;
    struct tier_figures figures;
    int64_t tier_id;
    const struct tier_ask *next;
};

static struct err *read_standing(struct request *req, struct standing_now *out)
{
    TRY(tier_read_asks(req->db, req->arena, &out->tiers, &out->count));
    TRY(tier_read_figures(req->db, req->arena, req->actor->account_id, &out->figures,
                          &out->tier_id));
    out->next = tier_next(out->tiers, out->count, out->tier_id);
    return NULL;
}

/* A bar for each thing that TIER asks for. */
static void show_bars(struct request *req, struct view *v, const struct tier_ask *tier,
                      const struct tier_figures *figures)
{
    for (unsigned i = 0; i < TIER_MEASURE_COUNT; i++) {
        const enum tier_measure m = (enum tier_measure)i;
        const int64_t least = tier->least[m], value = figures->value[m];
        const char *text;

        if (least == 0)
            continue;
        text = arena_printf(req->arena, "%s / %s", tier_value_text(req, m, value),
                            tier_value_text(req, m, least));
        home_bar(v,
                 &(struct home_bar){
                     .tone = value >= least ? "good" : "info",
                     .title = tier_measure_label(req, m),
                     .address = "",
                     .text = text,
                     .label = arena_printf(req->arena, "%s: %s", tier_measure_label(req, m), text),
                     .value = value < least ? value : least,
                     .most = least,
                 });
    }
}

static const char *tier_name(const struct request *req, const struct tier_ask *tier)
{
    return programme_word(req, tier->name_en, tier->name_zh);
}

/* -- what if -------------------------------------------------------------------------------------
 */

static void show_what_if(struct request *req, struct view *v, const struct standing_now *now)
{
    const struct what_if_input *in = req->input;
    struct tier_figures then = now->figures;
    const struct tier_ask *reached;

    form_show(req, &tier_what_if_query, in);
    if (!form_given(req, "revenue") && !form_given(req, "certificates") &&
        !form_given(req, "users"))
        return;
    then.value[TIER_REVENUE] += in->revenue;
    then.value[TIER_CERTIFICATES] += in->certificates;
    then.value[TIER_USERS] += in->users;
    reached = tier_reached(now->tiers, now->count, &then);
    view_flag(v, "Asked", true);
    view_text(v, "Reached",
              reached != NULL
                  ? trf(req, N_("That would be enough for %s."), tier_name(req, reached))
                  : tr(req, N_("That would not be enough for any tier.")));
    for (unsigned i = 0; i < TIER_MEASURE_COUNT; i++) {
        const enum tier_measure m = (enum tier_measure)i;
        struct view *row = view_row(v, "Then");

        view_text(row, "Label", tier_measure_label(req, m));
        view_text(row, "Now", tier_value_text(req, m, now->figures.value[m]));
        view_text(row, "Then", tier_value_text(req, m, then.value[m]));
        view_text(row, "Needed",
                  now->next != NULL ? tier_value_text(req, m, now->next->least[m]) : "–");
    }
}

/* -- what each tier gives ------------------------------------------------------------------------
 */

static const char *benefit_of(const struct request *req, const struct tier_benefit_row *rows,
                              size_t count, int64_t benefit, int64_t tier_id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].benefit_id == benefit && rows[i].tier_id == tier_id)
            return programme_word(req, rows[i].value_en, rows[i].value_zh);
    return "–";
}

static struct err *show_benefits(struct request *req, struct view *v,
                                 const struct standing_now *now)
{
    struct tier_benefit_row *rows;
    size_t count;

    TRY(db_kept(req->db, &tier_sql_benefits, &rows, &count));
    for (size_t t = 0; t < now->count; t++) {
        struct view *head = view_row(v, "Tiers");

        view_text(head, "Name", tier_name(req, &now->tiers[t]));
        view_flag(head, "Own", now->tiers[t].id == now->tier_id);
    }
    for (size_t i = 0; i < count; i++) {
        struct view *row;

        if (i > 0 && rows[i].benefit_id == rows[i - 1].benefit_id)
            continue;
        row = view_row(v, "Benefits");
        view_text(row, "Name", programme_word(req, rows[i].name_en, rows[i].name_zh));
        for (size_t t = 0; t < now->count; t++) {
            struct view *cell = view_row(row, "Cells");

            view_text(cell, "Text",
                      benefit_of(req, rows, count, rows[i].benefit_id, now->tiers[t].id));
            view_text(cell, "Tier", tier_name(req, &now->tiers[t]));
            view_flag(cell, "Own", now->tiers[t].id == now->tier_id);
        }
    }
    return NULL;
}

struct err *tier_show(struct request *req)
{
    struct view *v = view_at(req->page, "Tier");
    struct standing_now now;

    TRY(read_standing(req, &now));
    page_title(req, tr(req, N_("Tier")));
    page_crumb(req, tr(req, N_("Partner programme")), "/partner/programme");
    page_fact(req, actor_tier(req->actor, text_locale_lang(req->locale)));
    if (now.next != NULL) {
        view_text(v, "Next", trf(req, N_("On the way to %s"), tier_name(req, now.next)));
        show_bars(req, v, now.next, &now.figures);
    }
    show_what_if(req, v, &now);
    TRY(show_benefits(req, v, &now));
    return err_pass(certificates_show_next(req, v));
}

/* -- home ----------------------------------------------------------------------------------------
 */

static struct err *fill_home(struct request *req, struct view *card)
{
    const char *tier = actor_tier(req->actor, text_locale_lang(req->locale));
    struct standing_now now;

    TRY(read_standing(req, &now));
    home_fact(card, tr(req, N_("Company")), req->actor->account_name);
    if (*tier != '\0')
        home_fact(card, tr(req, N_("Tier")), tier);
    home_fact(card, tr(req, N_("People with a log-in")),
              tier_value_text(req, TIER_USERS, now.figures.value[TIER_USERS]));
    if (now.next != NULL) {
        home_fact(card, tr(req, N_("Next tier")), tier_name(req, now.next));
        show_bars(req, card, now.next, &now.figures);
    }
    if (actor_may(req->actor, PERM_PROGRAMME_VIEW))
        home_link(card, tr(req, N_("Programme and tier")), "/partner/programme/tier");
    if (actor_may(req->actor, PERM_USERS_VIEW))
        home_link(card, tr(req, N_("All users")), "/partner/users");
    return NULL;
}

const struct home_card programme_home_card = { .id = "company",
                                               .title = N_("Your company"),
                                               .column = HOME_SIDE,
                                               .permission = PERM_HOME,
                                               .fill = fill_home };
