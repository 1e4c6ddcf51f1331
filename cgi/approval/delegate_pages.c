/* approval/delegate_pages.c - /staff/away: who decides for me while I am away. */
#include "approval/delegate.h"

#include "base/str.h"
#include "web/request.h"

#include <stdio.h>

enum { COLLEAGUES_MAX = 1000 };

struct away_input {
    const char *delegate; /* a user's id */
    int32_t from, until;
};

/* -- the form -------------------------------------------------------------------------- */

/* Who may be chosen: everybody of staff but oneself, as delegate_add() will have it. */
static const struct choice *colleagues(struct request *req)
{
    static const struct choice none[] = { { 0 } };
    struct delegate_person *people;
    struct choice *choices;
    size_t count;
    struct err *e = delegate_colleagues(req->db, req->arena, req->actor->user_id, COLLEAGUES_MAX,
                                        &people, &count);

    if (e != NULL) { /* the transaction is dead: what comes next says so */
        err_ignore(e);
        return none;
    }
    choices = arena_array(req->arena, count + 1, sizeof(*choices));
    for (size_t i = 0; i < count; i++)
        choices[i] = (struct choice){ .value = arena_number(req->arena, "", people[i].id),
                                      .label = people[i].name };
    return choices;
}

static const struct field away_fields[] = {
    { .name = "delegate",
      .label = N_("Who decides for you"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose who decides for you."),
      .choices_of = colleagues,
      .offset = offsetof(struct away_input, delegate) },
    { .name = "from",
      .label = N_("First day"),
      .kind = FIELD_DAY,
      .required = true,
      .needed = N_("Choose the first day."),
      .max = DELEGATION_MAX_DAYS,
      .offset = offsetof(struct away_input, from) },
    { .name = "until",
      .label = N_("Last day"),
      .kind = FIELD_DAY,
      .required = true,
      .needed = N_("Choose the last day."),
      .max = 2 * DELEGATION_MAX_DAYS,
      .offset = offsetof(struct away_input, until) },
    { 0 },
};
static const struct form away_form = {
    .name = "approval.away",
    .fields = away_fields,
    .size_bytes = sizeof(struct away_input),
};

/* -- the page -------------------------------------------------------------------------- */

static void show_row(struct request *req, const struct delegation *row)
{
    struct view *item = view_row(view_at(req->page, "Away"), "Rows");

    view_text(item, "Who", row->delegate_name);
    view_text(item, "From", text_date(req->locale, req->arena, row->from_at));
    /* Ends at midnight: the last day is the one before. */
    view_text(item, "Until", text_date(req->locale, req->arena, row->until_at - 1));
    view_text(item, "Action", arena_printf(req->arena, "/staff/away/%lld/end", (long long)row->id));
}

static struct err *show_away(struct request *req)
{
    struct delegation *own, *others;
    size_t own_count, other_count;

    page_title(req, tr(req, "While I am away"));
    form_show(req, &away_form, NULL);
    TRY(delegate_list(req->db, req->arena, req->actor->user_id, &own, &own_count));
    TRY(delegate_people_of(req->db, req->arena, req->actor->user_id, &others, &other_count));
    for (size_t i = 0; i < own_count; i++)
        show_row(req, &own[i]);
    for (size_t i = 0; i < other_count; i++) {
        struct view *item = view_row(view_at(req->page, "Away"), "For");

        view_text(item, "Who", others[i].user_name);
        view_text(item, "Until", text_date(req->locale, req->arena, others[i].until_at - 1));
    }
    return NULL;
}

/* -- changes --------------------------------------------------------------------------- */

/* Which field an answer of the rules belongs to, and in which words. */
static const struct {
    const char *detail, *field, *message;
} faults[] = {
    { "delegate", "delegate", N_("Choose a colleague who can log in.") },
    { "until", "until",
      N_("The last day must not be before the first, in the past, or more than a "
         "year after it.") },
    { "overlap", "from", N_("Somebody is set for a part of that time already. End that first.") },
};

static struct err *as_fault(struct request *req, struct err *e)
{
    for (size_t i = 0; i < ARRAY_LEN(faults); i++)
        if ((err_is(e, ERR_INVALID) || err_is(e, ERR_CONFLICT)) &&
            str_eq(err_detail(e), faults[i].detail)) {
            err_free(e);
            return err_pass(form_refuse_at(req, faults[i].field, tr(req, faults[i].message)));
        }
    return err_pass(e);
}

static struct err *add_away(struct request *req)
{
    const struct away_input *in = req->input;
    char from[DAY_ISO_BYTES], until[DAY_ISO_BYTES];
    int64_t delegate = 0;
    struct err *e;

    if (!str_to_i64(in->delegate, &delegate))
        return err_raise(ERR_BUG, "a chosen colleague without a number");
    e = delegate_add(req->db, req->arena, req->actor->user_id, delegate,
                     text_day_starts_at(req->locale, in->from),
                     text_day_ends_at(req->locale, in->until));
    if (e != NULL)
        return err_pass(as_fault(req, e));
    day_iso(in->from, from);
    day_iso(in->until, until);
    TRY(request_audit(req, "user", req->actor->user_id, NULL,
                      arena_printf(req->arena,
                                   "{\"delegate\":%lld,\"from\":\"%s\",\"until\":\"%s\"}",
                                   (long long)delegate, from, until)));
    return err_pass(reply_redirect(req, "saved", "/staff/away"));
}

static struct err *end_away(struct request *req)
{
    int64_t id;

    if (!str_to_i64(request_param(req, "delegation"), &id))
        return err_raise(ERR_NOT_FOUND, "no number of a delegation");
    TRY(delegate_end(req->db, req->actor->user_id, id));
    TRY(request_audit(req, "user", req->actor->user_id,
                      arena_printf(req->arena, "{\"delegation\":%lld}", (long long)id), NULL));
    return err_pass(reply_redirect(req, "saved", "/staff/away"));
}

const struct route delegate_staff_routes[] = {
    { .name = "approval.away",
      .method = HTTP_GET,
      .path = "/staff/away",
      .audience = AUD_STAFF,
      .permission = PERM_HOME,
      .handler = show_away,
      .page = "approval/away.cs" },
    { .name = "approval.away_add",
      .method = HTTP_POST,
      .path = "/staff/away",
      .audience = AUD_STAFF,
      .permission = PERM_HOME,
      .form = &away_form,
      .handler = add_away,
      .retry = show_away,
      .retry_page = "approval/away.cs" },
    { .name = "approval.away_end",
      .method = HTTP_POST,
      .path = "/staff/away/:delegation/end",
      .audience = AUD_STAFF,
      .permission = PERM_HOME,
      .form = &form_empty,
      .handler = end_away },
    { 0 },
};
