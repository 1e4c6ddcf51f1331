/* web/frame.c - the values that every page has: language, person, menu, note.  Their names stand in
 * templates/layout/README.md. */
#include "base/str.h"
#include "web/form.h"
#include "web/inside.h"
#include "web/notes.h"

#include <string.h>

static const char *home_of(const struct actor *actor)
{
    static const char *const homes[AUD_COUNT] = {
        [AUD_PARTNER] = "/partner/", [AUD_CUSTOMER] = "/customer/", [AUD_STAFF] = "/staff/"
    };

    return homes[actor->audience] != NULL ? homes[actor->audience] : "/";
}

static const char *theme_of(const struct serve *s)
{
    static const char *const themes[THEME_COUNT] = {
        [THEME_LIGHT] = "light", [THEME_DARK] = "dark"
    };
    const char *device = s->in->color_scheme;

    if (themes[s->actor.theme] != NULL)
        return themes[s->actor.theme];
    if (str_eq(device, "dark") || str_eq(device, "\"dark\""))
        return "dark";
    return str_eq(device, "light") || str_eq(device, "\"light\"") ? "light" : "";
}

/* The address of a page in the other language.  A page that only a POST shows has none. */
static void set_other_lang(struct serve *s, struct view *page)
{
    enum lang other = text_locale_lang(s->req.locale) == LANG_EN ? LANG_ZH : LANG_EN;
    struct view *v = view_at(page, "OtherLang");
    const char *path = http_encode(s->req.arena, s->in->path, true);
    bool again = s->method == HTTP_GET || (s->match.methods & (1u << HTTP_GET)) != 0;

    if (!again)
        path = home_of(&s->actor);
    view_text(v, "Href",
              http_with_param(s->req.arena, path, s->method == HTTP_GET ? s->in->query : NULL,
                              "lang", other == LANG_ZH ? "zh" : "en"));
    view_text(v, "Label", lang_name(other));
    view_text(v, "Code", lang_code(other));
}

static void set_note(struct serve *s, struct view *page)
{
    const struct http_pair *asked = http_find(&s->query, "note");
    const struct note_row *note = asked != NULL ? note_find(asked->value) : NULL;

    if (note == NULL)
        return;
    view_text(view_at(page, "Note"), "Tone", note->tone);
    view_text(view_at(page, "Note"), "Text", tr(&s->req, note->text));
}

void frame_form_is_gone(struct serve *s)
{
    struct view *note = view_at(view_at(s->req.page, "Page"), "Note");

    view_text(note, "Tone", "warn");
    view_text(note, "Text",
              arena_printf(s->req.arena, "%s %s",
                           tr(&s->req, N_("Nothing was recorded: what you answered is no longer "
                                          "asked here. This is how it stands now.")),
                           s->faults->message));
}

/* -- the person
 * ---------------------------------------------------------------------------------------- */

/* Bytes of the first character. */
static int first_bytes(const char *text)
{
    int n = text[0] != '\0';

    while (((unsigned char)text[n] & 0xc0) == 0x80)
        n++;
    return n;
}

/* "LX" for Lin Xiaowen; of a name without spaces, as Chinese ones are, its last two characters. */
static const char *initials(struct arena *a, const char *name)
{
    const char *last = strrchr(name, ' ');
    const char *end = name + strlen(name);
    int letters = 0;

    if (last != NULL)
        return arena_printf(a, "%.*s%.*s", first_bytes(name), name, first_bytes(last + 1),
                            last + 1);
    if ((unsigned char)name[0] < 0x80)
        return arena_dup_bytes(a, name, (size_t)first_bytes(name));
    while (end > name && letters < 2)
        letters += ((unsigned char)*--end & 0xc0) != 0x80;
    return arena_dup(a, end);
}

static void set_person(struct serve *s)
{
    const struct actor *actor = &s->actor;
    struct view *me;

    if (!actor_is_signed_in(actor))
        return;
    me = view_at(s->req.page, "Me");
    view_text(me, "Name", actor->name);
    view_text(me, "Email", actor->email);
    view_text(me, "Account", actor->account_name);
    view_text(me, "Tier", actor_tier(actor, text_locale_lang(s->req.locale)));
    view_text(me, "Initials", initials(s->req.arena, actor->name));
    view_text(me, "Audience", audience_name(actor->audience));
}

/* The bell: what a person was told and has not read stands below his home. */
static void set_alerts(struct serve *s, struct view *page)
{
    struct view *alerts = view_at(page, "Alerts");
    int32_t unread = s->actor.counters[COUNTER_NOTIFICATIONS];

    if (!actor_is_signed_in(&s->actor))
        return;
    view_text(alerts, "Href", arena_printf(s->req.arena, "%snotifications", home_of(&s->actor)));
    if (unread > 0)
        page_int(&s->req, alerts, "Count", unread);
}

/* Where the person's company stands, on every page, as long as that keeps something from him. */
static void set_standing(struct serve *s, struct view *page)
{
    static const char *const texts[] = {
        [STANDING_AGREEMENT] =
            N_("Before anything else, an administrator of your company reads and accepts the "
               "partner agreement."),
        [STANDING_LIMITED] =
            N_("You can read and finish what is under way. Nothing new can be registered "
               "at the moment."),
    };
    struct view *banner = view_at(page, "Banner");

    if (s->actor.audience != AUD_PARTNER || s->actor.standing == STANDING_FULL ||
        s->actor.seen_by != 0)
        return;
    view_text(banner, "Text", tr(&s->req, texts[s->actor.standing]));
    if (!actor_may(&s->actor, PERM_PROGRAMME_VIEW))
        return;
    view_text(banner, "Href", "/partner/programme");
    view_text(banner, "Label", tr(&s->req, N_("Partner programme")));
}

/* On every page: whose eyes these are. */
static void set_seen(struct serve *s, struct view *page)
{
    struct view *banner = view_at(page, "Banner");

    if (s->actor.seen_by == 0)
        return;
    view_text(
        banner, "Text",
        trf(&s->req, N_("You see the portal as %s does. You can change nothing."), s->actor.name));
    view_text(banner, "Action", "/see-as/end");
    view_text(banner, "Label", tr(&s->req, N_("End")));
}

void frame_begin(struct serve *s)
{
    struct view *page = view_at(s->req.page, "Page");
    enum lang lang = text_locale_lang(s->req.locale);

    view_text(page, "Lang", lang_code(lang));
    view_text(page, "Theme", theme_of(s));
    view_text(page, "Path", s->in->path);
    view_text(page, "Home", home_of(&s->actor));
    view_text(page, "Vendor", s->state->conf->vendor_name);
    view_int(page, "Year", civil_from_us(clock_now_us()).year);
    view_text(page, "Zone", text_locale_zone(s->req.locale));
    if (s->actor.audience == AUD_STAFF)
        view_text(page, "Density", "compact");
    brand_show(s, page);
    set_other_lang(s, page);
    set_note(s, page);
    set_seen(s, page);
    set_person(s);
    set_alerts(s, page);
    set_standing(s, page);
    menu_show(s);
}

/* Logging out is a form on every page of a signed-in person. */
void frame_end(struct serve *s)
{
    if (actor_is_signed_in(&s->actor))
        (void)form_token(&s->req);
}
