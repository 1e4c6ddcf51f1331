/* accounts/accounts_merge_pages.c - the other record is chosen, both are shown side by side, and
 * for each field a person says which value stays. */
#include "account/account_bin.h"
#include "account/match_find.h"
#include "accounts/accounts_inside.h"
#include "accounts/accounts_merge.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_resolve.h"
#include "deal/deal_rooms.h"

#include <string.h>

enum { OWN, OTHER, SIDES };
static const struct choice sides[] = { { "own", "own" }, { "other", "other" }, { 0 } };

/* -- the fields that are chosen from -------------------------------------------------------------
 */

enum show_as { AS_TEXT, AS_COUNTRY, AS_CURRENCY, AS_TIER, AS_DEPARTMENT, AS_OWNER, AS_NAMED };
#define OF(member) offsetof(struct account, member)
static const struct fact {
    const char *name, *label;
    enum show_as as;
    size_t at, bytes;
} facts[] = {
#define TEXT(member, label_)                                         \
    {                                                                \
        "pick_" #member, label_, AS_TEXT, OF(member), sizeof(char *) \
    }
    TEXT(name, N_("Company name")),
    { "pick_country", N_("Country"), AS_COUNTRY, OF(country), sizeof(char *) },
    TEXT(region, N_("State or province")),
    TEXT(city, N_("City")),
    TEXT(address, N_("Address")),
    TEXT(website, N_("Web site")),
    TEXT(tax_number, N_("Tax number")),
    TEXT(phone, N_("Phone")),
    TEXT(zone, N_("Time zone")),
    { "pick_currency", N_("Currency"), AS_CURRENCY, OF(currency), sizeof(char *) },
    { "pick_tier", N_("Tier"), AS_TIER, OF(tier_id), sizeof(int64_t) },
    { "pick_department", N_("Department"), AS_DEPARTMENT, OF(department_id), sizeof(int64_t) },
    { "pick_owner", N_("Owner"), AS_OWNER, OF(owner_user_id), sizeof(int64_t) },
    { "pick_named", N_("Named account"), AS_NAMED, OF(named), sizeof(bool) },
#undef TEXT
};
enum { FACTS = ARRAY_LEN(facts) };

struct merge_input {
    int64_t other, own_version, other_version;
    const char *survivor;
    const char *pick[FACTS];
    struct form_more custom;
};

static struct err *more_picks(struct request *req, struct form_more *more_out)
{
    return err_pass(custom_picks(req, CUSTOM_ACCOUNT, sides, more_out));
}

#define VERSION(member, label_)                                                          \
    {                                                                                    \
        .name = #member, .label = label_, .kind = FIELD_INT, .required = true, .min = 1, \
        .max = INT64_MAX, .offset = offsetof(struct merge_input, member)                 \
    }
#define PICK(no, name_, label_)                                                         \
    {                                                                                   \
        .name = "pick_" name_, .label = label_, .kind = FIELD_CHOICE, .choices = sides, \
        .offset = offsetof(struct merge_input, pick) + (no) * sizeof(char *)            \
    }
static const struct field merge_fields[] = {
    { .name = "other",
      .label = N_("Number of the other account"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct merge_input, other) },
    VERSION(own_version, N_("Version")),
    VERSION(other_version, N_("Version")),
    { .name = "survivor",
      .label = N_("The account that stays"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices = sides,
      .offset = offsetof(struct merge_input, survivor) },
    PICK(0, "name", N_("Company name")),
    PICK(1, "country", N_("Country")),
    PICK(2, "region", N_("State or province")),
    PICK(3, "city", N_("City")),
    PICK(4, "address", N_("Address")),
    PICK(5, "website", N_("Web site")),
    PICK(6, "tax_number", N_("Tax number")),
    PICK(7, "phone", N_("Phone")),
    PICK(8, "zone", N_("Time zone")),
    PICK(9, "currency", N_("Currency")),
    PICK(10, "tier", N_("Tier")),
    PICK(11, "department", N_("Department")),
    PICK(12, "owner", N_("Owner")),
    PICK(13, "named", N_("Named account")),
    { 0 },
};
const struct form accounts_merge_form = { .name = "accounts_merge",
                                          .fields = merge_fields,
                                          .size_bytes = sizeof(struct merge_input),
                                          .more = more_picks,
                                          .more_offset = offsetof(struct merge_input, custom) };

struct merge_query {
    const char *with;
};
static const struct field query_fields[] = {
    { .name = "with",
      .label = N_("Number of the other account"),
      .kind = FIELD_TEXT,
      .max = 20,
      .offset = offsetof(struct merge_query, with) },
    { 0 },
};
const struct form accounts_merge_query = { .name = "accounts_merge_query",
                                           .fields = query_fields,
                                           .size_bytes = sizeof(struct merge_query) };

static const void *value_at(const struct account *a, const struct fact *f)
{
    return (const char *)a + f->at;
}

static bool is_text(const struct fact *f)
{
    return f->bytes == sizeof(char *) && f->as <= AS_CURRENCY;
}

static const char *text_of(const struct account *a, const struct fact *f)
{
    return *(const char *const *)value_at(a, f);
}

static bool is_same(const struct account *x, const struct account *y, const struct fact *f)
{
    return is_text(f) ? str_eq(text_of(x, f), text_of(y, f))
                      : memcmp(value_at(x, f), value_at(y, f), f->bytes) == 0;
}

static const char *word(const struct request *req, const struct account *a,
                        const struct accounts_names *names, const struct fact *f)
{
    const enum lang lang = text_locale_lang(req->locale);

    switch (f->as) {
    case AS_COUNTRY:
        return text_country_name(lang, text_of(a, f));
    case AS_CURRENCY:
        return text_currency_name(lang, text_of(a, f));
    case AS_TIER:
        return accounts_word(req, names->tier_en, names->tier_zh);
    case AS_DEPARTMENT:
        return accounts_word(req, names->department_en, names->department_zh);
    case AS_OWNER:
        return names->owner;
    case AS_NAMED:
        return tr(req, a->named ? N_("Yes") : N_("No"));
    case AS_TEXT:
        break;
    }
    return text_of(a, f);
}

/* -- choosing the other one ----------------------------------------------------------------------
 */

static struct err *show_candidates(struct request *req, struct view *v, const struct account *own)
{
    enum { SHOWN = 5 };
    const struct deal_rooms *rooms = req->rooms;
    const struct match_party party = { .id = own->id,
                                       .group_id = own->group_id,
                                       .name = own->name,
                                       .country = own->country,
                                       .tax_number = own->tax_number,
                                       .website = own->website,
                                       .phone = own->phone,
                                       .address = own->address };
    struct match_found *found;
    size_t count, shown = 0;

    if (str_eq(own->kind, "partner"))
        return NULL;
    TRY(match_find(req->db, req->arena, rooms->names, &party, &found, &count));
    for (size_t i = 0; i < count && shown < SHOWN; i++) {
        const void *object = NULL;
        const struct account *other;
        struct view *row;

        TRY(accounts_load(req, found[i].party_id, &object));
        if (object == NULL)
            continue;
        other = object;
        row = view_row(v, "Candidates");
        view_text(row, "Name", other->name);
        view_int(row, "Number", other->id);
        view_text(row, "Place", other->city);
        view_text(row, "Country", text_country_name(text_locale_lang(req->locale), other->country));
        view_text(row, "Href",
                  arena_printf(req->arena, "/staff/accounts/%lld/merge?with=%lld",
                               (long long)own->id, (long long)other->id));
        shown++;
    }
    return NULL;
}

/* -- both side by side ---------------------------------------------------------------------------
 */

static void show_side(struct request *req, struct view *v, const char *name,
                      const struct account *a, const struct account_hangs *hangs)
{
    struct view *side = view_at(v, name);

    view_int(side, "Number", a->id);
    view_int(side, "Version", a->row_version);
    view_text(side, "Name", a->name);
    view_text(side, "Href", accounts_href(req, a->id));
    page_status(req, side, "Kind", accounts_kinds, a->kind);
    page_at(req, side, "Created", a->created_at);
    accounts_show_hanging(req, side, a, hangs);
}

/* What was chosen; else the value of the one that stays, or the only one that there is. */
static bool picks_other(struct request *req, const struct account *own, const struct account *other,
                        const struct fact *f)
{
    const char *typed = form_typed(req, f->name);

    if (!str_is_empty(typed))
        return str_eq(typed, "other");
    return is_text(f) && str_is_empty(text_of(own, f)) && !str_is_empty(text_of(other, f));
}

static void show_facts(struct request *req, struct view *v, const struct account *const both[SIDES],
                       const struct accounts_names names[SIDES])
{
    for (size_t i = 0; i < FACTS; i++) {
        const struct fact *f = &facts[i];
        struct view *row;

        if (f->as == AS_TIER && !str_eq(both[OWN]->kind, "partner"))
            continue;
        row = view_row(v, "Rows");
        view_text(row, "Name", f->name);
        view_text(row, "Label", tr(req, f->label));
        view_text(row, "Own", word(req, both[OWN], &names[OWN], f));
        view_text(row, "Other", word(req, both[OTHER], &names[OTHER], f));
        view_flag(row, "Same", is_same(both[OWN], both[OTHER], f));
        view_flag(row, "PickOther", picks_other(req, both[OWN], both[OTHER], f));
    }
}

static struct err *show_custom(struct request *req, struct view *v,
                               const struct account *const both[SIDES])
{
    struct custom_value *values[SIDES];
    struct custom_set set;

    TRY(custom_fields(req->db, req->arena, CUSTOM_ACCOUNT, CUSTOM_STAFF, &set));
    for (int i = 0; i < SIDES; i++)
        TRY(custom_values(req->db, req->arena, &set, both[i]->id, &values[i]));
    for (size_t i = 0; i < set.count; i++) {
        const struct custom_field *field = &set.fields[i];
        const char *name = custom_field_name(req->arena, field), *typed = form_typed(req, name);
        const char *own = custom_said(req, field, &values[OWN][i]);
        const char *other = custom_said(req, field, &values[OTHER][i]);
        struct view *row = view_row(v, "Rows");

        view_text(row, "Name", name);
        view_text(row, "Label", custom_name(field, text_locale_lang(req->locale)));
        view_text(row, "Own", own);
        view_text(row, "Other", other);
        view_flag(row, "Same", str_eq(own, other));
        view_flag(row, "PickOther",
                  *typed != '\0' ? str_eq(typed, "other") : *own == '\0' && *other != '\0');
    }
    return NULL;
}

static struct err *show_both(struct request *req, struct view *v, const struct account *own,
                             const struct account *other)
{
    const struct account *const both[SIDES] = { own, other };
    static const char *const sides_at[SIDES] = { "Own", "Other" };
    struct accounts_names names[SIDES];
    struct account_hangs hangs;
    const char *against;

    TRY(accounts_merge_judge(req, own, other, &against));
    if (against != NULL)
        TRY(accounts_merge_judge(req, other, own, &against));
    view_text(v, "Against", against != NULL ? tr(req, against) : "");
    for (int i = 0; i < SIDES; i++) {
        TRY(account_hangs_read(req->db, req->arena, both[i]->id, &hangs));
        show_side(req, v, sides_at[i], both[i], &hangs);
        TRY(db_get(req->db, req->arena, &accounts_names, DB_ARGS(DB_I(both[i]->id)), &names[i]));
    }
    show_facts(req, v, both, names);
    TRY(show_custom(req, v, both));
    view_flag(v, "KeepOther", str_eq(form_typed(req, "survivor"), "other"));
    view_flag(v, "Both", true);
    return NULL;
}

static void show_head(struct request *req, const struct account *own)
{
    page_title(req, tr(req, N_("Merge two accounts")));
    page_crumb(req, tr(req, N_("Accounts")), "/staff/accounts");
    page_crumb(req, own->name, accounts_href(req, own->id));
}

static struct err *fill(struct request *req, const struct account *own, const struct account *other)
{
    struct view *v = view_at(req->page, "Merge");

    show_head(req, own);
    view_text(v, "Action", arena_join(req->arena, accounts_href(req, own->id), "/merge", NULL));
    view_text(v, "Back", accounts_href(req, own->id));
    form_show(req, &accounts_merge_form, NULL);
    return other != NULL ? err_pass(show_both(req, v, own, other))
                         : err_pass(show_candidates(req, v, own));
}

struct err *accounts_merge_show(struct request *req)
{
    const struct account *own = req->object;
    const struct merge_query *in = req->input;
    struct view *v = view_at(req->page, "Merge");
    const void *other = NULL;
    int64_t id;

    if (str_to_i64(in->with, &id) && id > 0 && id != own->id)
        TRY(accounts_load(req, id, &other));
    if (other == NULL && !str_is_empty(in->with))
        view_text(v, "Unknown",
                  tr(req, id == own->id ? N_("An account is not merged with itself.")
                                        : N_("There is no account of this number.")));
    view_text(v, "With", in->with);
    return err_pass(fill(req, own, other));
}

/* The form again, for two that are there. */
struct err *accounts_merge_retry(struct request *req)
{
    const struct account *own = req->object;
    const int64_t id = form_typed_id(req, "other");
    const void *other = NULL;

    if (id > 0 && id != own->id)
        TRY(accounts_load(req, id, &other));
    return err_pass(fill(req, own, other));
}

/* -- merging -------------------------------------------------------------------------------------
 */

static struct account chosen(const struct merge_input *in, const struct account *own,
                             const struct account *other)
{
    const bool keeps_other = str_eq(in->survivor, "other");
    struct account kept = keeps_other ? *other : *own;

    for (size_t i = 0; i < FACTS; i++) {
        const struct account *from = str_eq(in->pick[i], "other") ? other
                                     : str_eq(in->pick[i], "own") ? own
                                                                  : &kept;

        if (from != &kept)
            memcpy((char *)&kept + facts[i].at, value_at(from, &facts[i]), facts[i].bytes);
    }
    if (!str_eq(kept.kind, "partner") &&
        (str_eq(own->kind, "customer") || str_eq(other->kind, "customer")))
        kept.kind = "customer";
    return kept;
}

/* Nothing was written: both are shown as they are now. */
static struct err *refuse_changed(struct request *req, const struct account *own,
                                  const struct account *other)
{
    view_flag(view_at(req->page, "Merge"), "Changed", true);
    TRY(fill(req, own, other));
    return err_pass(reply_conflict(req, "account/merge.cs"));
}

static struct err *refuse(struct request *req, struct err *e)
{
    const char *words, *detail = err_detail(e);

    if (!err_is(e, ERR_CONFLICT))
        return err_pass(e);
    /* Somebody changed one of them in this moment: run again, it shows. */
    if (str_eq(detail, "version")) {
        err_free(e);
        return err_raise(ERR_AGAIN, "an account changed while it was merged");
    }
    words = str_eq(detail, "depth") ? N_("No more than twenty accounts stand above each other.")
                                    : deal_resolve_refusal(detail);
    err_free(e);
    return err_pass(form_refuse_at(req, "survivor", tr(req, words)));
}

static bool are_merged(const struct account *x, const struct account *y)
{
    return x->merged_into == y->id || y->merged_into == x->id;
}

/* The other one, as it is; one that was merged with this one meanwhile is found, too. */
static struct err *find_other(struct request *req, const struct account *own, int64_t id,
                              const struct account **other_out)
{
    const void *found = NULL;

    *other_out = NULL;
    if (id == own->id)
        return err_pass(
            form_refuse_at(req, "other", tr(req, N_("An account is not merged with itself."))));
    TRY(accounts_load_any(req, id, &found));
    *other_out = found;
    if (found == NULL || ((*other_out)->deleted_at != 0 && !are_merged(own, *other_out)))
        return err_pass(
            form_refuse_at(req, "other", tr(req, N_("There is no account of this number."))));
    return NULL;
}

static struct err *merge(struct request *req, const struct account *own,
                         const struct account *other)
{
    const struct merge_input *in = req->input;
    struct accounts_merge m = { .kept = chosen(in, own, other) };
    const char *against;
    struct err *e;

    m.gone = m.kept.id == own->id ? *other : *own;
    TRY(accounts_merge_judge(req, &m.kept, &m.gone, &against));
    if (against != NULL)
        return err_pass(form_refuse_at(req, "survivor", tr(req, against)));
    e = accounts_merge(req, &m);
    if (e != NULL)
        return err_pass(refuse(req, e));
    TRY(custom_merge(req, CUSTOM_ACCOUNT, m.kept.id, m.gone.id, &in->custom,
                     m.kept.id == own->id ? "other" : "own"));
    return err_pass(reply_redirect(req, "merged", "/staff/accounts/%lld", (long long)m.kept.id));
}

/* Somebody else may have merged the same two, this way or the other: then it is done. */
struct err *accounts_merge_post(struct request *req)
{
    const struct merge_input *in = req->input;
    const struct account *own = req->object, *other;

    if (own->deleted_at != 0 && own->merged_into == 0)
        return err_raise(ERR_NOT_FOUND, "account %lld is deleted", (long long)own->id);
    TRY(find_other(req, own, in->other, &other));
    if (other == NULL)
        return err_pass(form_refuse(req));
    if (are_merged(own, other))
        return err_pass(
            reply_redirect(req, "merged", "/staff/accounts/%lld",
                           (long long)(own->merged_into != 0 ? own->merged_into : own->id)));
    if (own->deleted_at != 0)
        return err_raise(ERR_NOT_FOUND, "account %lld is merged", (long long)own->id);
    if (in->own_version != own->row_version || in->other_version != other->row_version)
        return err_pass(refuse_changed(req, own, other));
    return err_pass(merge(req, own, other));
}
