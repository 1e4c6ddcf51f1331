/* settings/setup.c - the way to what staff set up. */
#include "settings/setup.h"

#include "base/str.h"
#include "settings/settings.h"

static const struct {
    const char *label, *help, *address, *icon;
    enum permission permission; /* of the page that it leads to */
} places[] = {
    { N_("Currencies and rates"),
      N_("The currencies of deals and opportunities, and what each is worth from a day on."),
      "/staff/setup/currencies", "coins", PERM_SETTINGS_VIEW },
    { N_("Business calendars"),
      N_("When each office is open, and its holidays: decisions are due in business hours."),
      "/staff/setup/calendars", "calendar-time", PERM_SETTINGS_VIEW },
    { N_("Territories"),
      N_("Which countries and regions belong together, and which department looks after them."),
      "/staff/setup/territories", "map", PERM_SETTINGS_VIEW },
    { N_("Product lines"), N_("What deals are registered for, and documents are about."),
      "/staff/setup/lines", "box", PERM_SETTINGS_VIEW },
    { N_("Reasons of decisions"),
      N_("Why a registration is rejected, returned or revoked, in words that its partner reads."),
      "/staff/setup/reasons", "message", PERM_SETTINGS_VIEW },
    { N_("Tags"), N_("The words that staff put on companies: renamed, and merged."),
      "/staff/setup/tags", "tag", PERM_SETTINGS_VIEW },
    { N_("Custom fields"),
      N_("What you keep of accounts, contacts, opportunities and registrations beside what the "
         "portal asks."),
      "/staff/setup/fields", "forms", PERM_SETTINGS_VIEW },
    { N_("Branding"), N_("The portal’s own name, colours and logo, on every page and mail."),
      "/staff/setup/branding", "palette", PERM_SETTINGS_VIEW },
    { N_("Words of mails"), N_("What each mail says, in both languages, shown before it is sent."),
      "/staff/setup/mails", "mail", PERM_SETTINGS_VIEW },
    { N_("Partner programme"),
      N_("What applicants are asked, the onboarding checklist, and what tiers ask and give."),
      "/staff/setup/programme", "award", PERM_PROGRAMME_VIEW },
};

static const struct status_row switches[] = {
    { "on", "good", "player-play", N_("In use") },
    { "off", "off", "player-pause", N_("Off") },
    { 0 },
};

void setup_head(struct request *req, const char *title)
{
    page_title(req, title);
    page_crumb(req, tr(req, N_("Settings")), SETUP_ADDRESS);
}

bool setup_may_edit(const struct request *req)
{
    return actor_may(req->actor, PERM_SETTINGS_MANAGE);
}

const char *setup_name(const struct request *req, const char *name_en, const char *name_zh)
{
    return text_locale_lang(req->locale) == LANG_ZH ? name_zh : name_en;
}

const char *setup_iso(struct arena *a, int32_t day)
{
    char iso[DAY_ISO_BYTES];

    day_iso(day, iso);
    return arena_dup(a, iso);
}

void setup_switch(struct request *req, struct view *v, bool is_on)
{
    page_status(req, v, "Switch", switches, is_on ? "on" : "off");
}

static struct err *places_show(struct request *req)
{
    page_title(req, tr(req, N_("Settings")));
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        struct view *v;

        if (!actor_may(req->actor, places[i].permission))
            continue;
        v = view_row(req->page, "Places");
        view_text(v, "Label", tr(req, places[i].label));
        view_text(v, "Help", tr(req, places[i].help));
        view_text(v, "Href", places[i].address);
        view_text(v, "Icon", places[i].icon);
    }
    return NULL;
}

const struct route setup_staff_routes[] = {
    { .name = "setup.places",
      .method = HTTP_GET,
      .path = SETUP_ADDRESS,
      .audience = AUD_STAFF,
      .permission = PERM_SETTINGS_VIEW,
      .handler = places_show,
      .page = "settings/setup.cs" },
    { 0 },
};
