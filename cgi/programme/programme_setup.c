/* programme/programme_setup.c - the way to what staff set up of the programme. */
#include "programme/programme_setup.h"

#include "base/str.h"

static const struct {
    const char *label, *help, *address, *icon;
} places[] = {
    { N_("Questions to applicants"), N_("What a company is asked that wants to become a partner."),
      PROGRAMME_SETUP "/questions", "message-question" },
    { N_("Onboarding checklist"),
      N_("What is done between the agreement and the first registration."),
      PROGRAMME_SETUP "/checklist", "list-check" },
    { N_("Tiers"), N_("Their names and order, and what a partner must reach for each."),
      PROGRAMME_SETUP "/tiers", "award" },
    { N_("What each tier gives"), N_("Discounts, leads, funds: the table that partners see."),
      PROGRAMME_SETUP "/benefits", "gift" },
    { N_("Protection and deal discount"),
      N_("How long an approved registration protects, by tier and type of deal."),
      PROGRAMME_SETUP "/terms", "shield-check" },
};

static const struct status_row switches[] = {
    { "on", "good", "player-play", N_("In use") },
    { "off", "off", "player-pause", N_("Off") },
    { 0 },
};

/* The page of all settings is a link for who may see it. */
static void crumb(struct request *req)
{
    page_crumb(req, tr(req, N_("Settings")),
               actor_may(req->actor, PERM_SETTINGS_VIEW) ? "/staff/setup" : "");
}

void programme_setup_head(struct request *req, const char *title)
{
    page_title(req, title);
    crumb(req);
    page_crumb(req, tr(req, N_("Partner programme")), PROGRAMME_SETUP);
}

bool programme_setup_may_edit(const struct request *req)
{
    return actor_may(req->actor, PERM_PROGRAMME_EDIT);
}

void programme_setup_switch(struct request *req, struct view *v, bool is_on)
{
    page_status(req, v, "Switch", switches, is_on ? "on" : "off");
}

const char *programme_setup_flag(bool flag)
{
    return flag ? "yes" : "no";
}

static struct err *places_show(struct request *req)
{
    page_title(req, tr(req, N_("Partner programme")));
    crumb(req);
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        struct view *v = view_row(req->page, "Places");

        view_text(v, "Label", tr(req, places[i].label));
        view_text(v, "Help", tr(req, places[i].help));
        view_text(v, "Href", places[i].address);
        view_text(v, "Icon", places[i].icon);
    }
    return NULL;
}

const struct route programme_setup_routes[] = {
    { .name = "programme.setup",
      .method = HTTP_GET,
      .path = PROGRAMME_SETUP,
      .audience = AUD_STAFF,
      .permission = PERM_PROGRAMME_VIEW,
      .handler = places_show,
      .page = "settings/setup.cs" },
    { 0 },
};
