/* rule/rule_pages.c - a book of rules as pages: the list in its order, one rule with its trial, and
 * the question before one is deleted. */
#include "base/str.h"
#include "rule/rule_inside.h"

static const struct status_row switches[] = {
    { "on", "good", "player-play", N_("Switched on") },
    { "off", "off", "player-pause", N_("Switched off") },
    { 0 },
};

static const char *name_of(const struct request *req, const struct rule_head *head)
{
    const bool zh = text_locale_lang(req->locale) == LANG_ZH;

    return zh && !str_is_empty(head->name_zh) ? head->name_zh : head->name_en;
}

static const char *number(const struct request *req, int64_t n)
{
    return text_number(req->locale, req->arena, n);
}

static const char *address_of(const struct rule_book *book, struct request *req, int64_t id)
{
    return arena_printf(req->arena, "%s/%lld", book->address, (long long)id);
}

/* -- warnings ------------------------------------------------------------------------------------
 */

static void warn(struct view *v, const char *text)
{
    view_text(view_row(v, "Warnings"), "Text", text);
}

/* Of a list, where only the numbers of the last trial are at hand. */
static void warn_of_kept(struct request *req, struct view *v, const struct rule_head *head)
{
    if (head->tried_count == 0)
        return;
    if (head->tried_matched == 0)
        warn(v, tr(req, N_("Would never have decided.")));
    else if (head->tried_matched == head->tried_count)
        warn(v, tr(req, N_("Would have decided everything: no rule after it is reached.")));
}

static void warn_of_trial(struct request *req, struct view *v, const struct rule_trial *t)
{
    if (t->tried == 0)
        warn(v, tr(req, N_("Nothing was decided yet that it could be tried on.")));
    else if (t->fits == 0)
        warn(v, trf(req, N_("It fits none of the %s past records: it would never have decided."),
                    number(req, t->tried)));
    else if (t->fits == t->tried)
        warn(v, trf(req, N_("It fits all %s past records: no rule after it would be reached."),
                    number(req, t->tried)));
    if (t->fits > 0 && t->earlier == t->fits)
        warn(v,
             tr(req, N_("Rules before it decide everything that it fits: it is never reached.")));
}

/* -- the list ------------------------------------------------------------------------------------
 */

static void show_row(const struct rule_book *book, struct request *req, const void *rows,
                     size_t count, size_t i)
{
    const struct rule_head *head = rule_at(book, rows, i);
    struct view *row = view_row(view_at(req->page, "Rules"), "Rows");

    page_int(req, row, "Position", (int64_t)i + 1);
    view_text(row, "Name", name_of(req, head));
    view_text(row, "Href", address_of(book, req, head->id));
    view_int(row, "Version", head->row_version);
    view_text(row, "MoveHref",
              arena_printf(req->arena, "%s/move", address_of(book, req, head->id)));
    view_text(row, "TurnHref",
              arena_printf(req->arena, "%s/turn", address_of(book, req, head->id)));
    view_flag(row, "Active", head->active);
    page_status(req, row, "Switch", switches, head->active ? "on" : "off");
    if (i > 0)
        view_int(row, "Up", rule_at(book, rows, i - 1)->id);
    if (i + 1 < count)
        view_int(row, "Down", rule_at(book, rows, i + 1)->id);
    page_at(req, row, "Tried", head->tried_at);
    if (head->tried_at != 0)
        view_text(row, "Trial",
                  trf(req, N_("decided %1$s of %2$s the same way"), number(req, head->tried_agreed),
                      number(req, head->tried_matched)));
    warn_of_kept(req, row, head);
    book->describe(req, row, head);
}

struct err *rule_list_show(const struct rule_book *book, struct request *req)
{
    struct view *v = view_at(req->page, "Rules");
    const void *rows;
    size_t count;

    page_title(req, tr(req, book->title));
    book->crumbs(req);
    form_show(req, req->route->form == &rule_move_form ? &rule_move_form : &rule_version_form,
              NULL);
    view_text(v, "Address", book->address);
    view_flag(v, "MayEdit", actor_may(req->actor, book->edit));
    TRY(rule_rows(book, req, &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_row(book, req, rows, count, i);
    return NULL;
}

/* -- one rule ------------------------------------------------------------------------------------
 */

static struct err *show_trial(const struct rule_book *book, struct request *req,
                              const struct rule_head *head, const void *input)
{
    struct view *v = view_at(view_at(req->page, "Rule"), "Trial");
    struct rule_trial trial = { 0 };

    TRY(book->try_out(req, v, head, input, &trial));
    page_int(req, v, "Tried", trial.tried);
    page_int(req, v, "Fits", trial.fits);
    page_int(req, v, "Matched", trial.matched);
    page_int(req, v, "Agreed", trial.agreed);
    page_int(req, v, "Otherwise", trial.matched - trial.agreed);
    page_int(req, v, "Earlier", trial.earlier);
    warn_of_trial(req, v, &trial);
    return NULL;
}

static struct err *show_form(const struct rule_book *book, struct request *req, const void *input)
{
    form_show(req, book->form, input);
    return book->options != NULL ? err_pass(book->options(req)) : NULL;
}

/* What was typed into the book's form; NULL on a page that is opened. */
static const void *typed_input(const struct rule_book *book, const struct request *req)
{
    return req->route->form == book->form ? req->input : NULL;
}

static void show_crumbs(const struct rule_book *book, struct request *req)
{
    book->crumbs(req);
    page_crumb(req, tr(req, book->title), book->address);
}

struct err *rule_new_show(const struct rule_book *book, struct request *req)
{
    const void *input = typed_input(book, req);
    struct view *v = view_at(req->page, "Rule");

    page_title(req, tr(req, N_("New rule")));
    show_crumbs(book, req);
    view_text(v, "Action", arena_printf(req->arena, "%s/new", book->address));
    view_text(v, "Back", book->address);
    view_flag(v, "MayEdit", true);
    if (input != NULL && !form_has_faults(req))
        TRY(show_trial(book, req, NULL, input));
    return err_pass(show_form(book, req, input));
}

/* What was typed is tried, else what is stored. */
struct err *rule_edit_show(const struct rule_book *book, struct request *req)
{
    const struct rule_head *head = req->object;
    const void *typed = typed_input(book, req);
    const void *input = typed != NULL ? typed : rule_stored(book, req, head);
    struct view *v = view_at(req->page, "Rule");

    page_title(req, name_of(req, head));
    show_crumbs(book, req);
    page_crumb(req, name_of(req, head), "");
    page_status(req, view_at(req->page, "Page"), "Status", switches, head->active ? "on" : "off");
    view_text(v, "Action", address_of(book, req, head->id));
    view_text(v, "Back", book->address);
    view_text(v, "DeleteHref",
              arena_printf(req->arena, "%s/delete", address_of(book, req, head->id)));
    view_flag(v, "MayEdit", actor_may(req->actor, book->edit));
    if (!form_has_faults(req))
        TRY(show_trial(book, req, head, input));
    return err_pass(show_form(book, req, input));
}

static struct err *judge(const struct rule_book *book, struct request *req)
{
    if (book->judge != NULL)
        TRY(book->judge(req, req->input));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

static bool only_tries(const struct request *req)
{
    return str_eq(form_button(req), "try");
}

struct err *rule_new_post(const struct rule_book *book, struct request *req)
{
    TRY(judge(book, req));
    if (!only_tries(req))
        return err_pass(rule_add(book, req));
    TRY(rule_new_show(book, req));
    return err_pass(reply_page(req, req->route->retry_page));
}

struct err *rule_edit_post(const struct rule_book *book, struct request *req)
{
    TRY(judge(book, req));
    if (!only_tries(req))
        return err_pass(rule_change(book, req));
    TRY(rule_edit_show(book, req));
    return err_pass(reply_page(req, req->route->retry_page));
}

struct err *rule_delete_show(const struct rule_book *book, struct request *req)
{
    const struct rule_head *head = req->object;
    const struct rule_version_input version = { head->row_version };
    struct view *v = view_at(req->page, "Rule");

    page_title(req, trf(req, N_("Delete “%s”"), name_of(req, head)));
    show_crumbs(book, req);
    page_crumb(req, name_of(req, head), address_of(book, req, head->id));
    view_text(v, "Name", name_of(req, head));
    view_text(v, "Back", address_of(book, req, head->id));
    view_text(v, "Action", arena_printf(req->arena, "%s/delete", address_of(book, req, head->id)));
    book->describe(req, v, head);
    form_show(req, &rule_version_form, &version);
    return NULL;
}
