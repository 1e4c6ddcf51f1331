/* program/landing.c - the first page.  It stands above the features because it offers what each of
 * them has for people without a log-in. */
#include "program/landing.h"

#include "identity/identity_forms.h"
#include "web/request.h"

/* What can be done without a log-in, in the order of the page. */
static const struct link {
    const char *address, *icon, *title, *text, *file; /* FILE: its name, of a download; or NULL */
} links[] = {
    { "/contact", "message-question", N_("Ask a partner near you"),
      N_("Tell us what you need: somebody who knows the field gets in touch."), NULL },
    { "/apply", "building-store", N_("Become a partner"),
      N_("Tell us about your company. A person reads it and answers."), NULL },
    { "/verify", "rosette-discount-check", N_("Verify a receipt"),
      N_("Anyone can check that a receipt is genuine and unchanged."), NULL },
    { "/verify/log/checkpoint", "list-check", N_("Signed head of the log"),
      N_("Keep it: with a later one it proves that nothing was changed or taken out in between."),
      "checkpoint.txt" },
    { "/verify/log/keys", "key", N_("Public keys"),
      N_("To check receipts with your own tools, without trusting this portal."), "keys.txt" },
    { 0 },
};

static struct err *landing_show(struct request *req)
{
    page_title(req, tr(req, "Partner portal"));
    for (const struct link *link = links; link->address != NULL; link++) {
        struct view *row = view_row(req->page, "Links");

        view_text(row, "Href", link->address);
        view_text(row, "Icon", link->icon);
        view_text(row, "Title", tr(req, link->title));
        view_text(row, "Text", tr(req, link->text));
        view_text(row, "File", link->file != NULL ? link->file : "");
    }
    if (!actor_is_signed_in(req->actor))
        form_show(req, &identity_login_form, NULL);
    return NULL;
}

const struct route landing_routes[] = {
    { .name = "landing.show",
      .method = HTTP_GET,
      .path = "/",
      .audience = AUD_PUBLIC,
      .permission = PERM_PUBLIC,
      .handler = landing_show,
      .page = "public/landing.cs" },
    { 0 },
};
