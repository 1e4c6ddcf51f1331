/* web/menu.c - the menu as the frames show it, made once for all who see the same. */
#include "base/str.h"
#include "web/inside.h"

#include <string.h>

static bool is_below(const char *path, const char *address)
{
    size_t len = strlen(address);

    if (strncmp(path, address, len) != 0)
        return false;
    return address[len - 1] == '/' ? path[len] == '\0' : path[len] == '\0' || path[len] == '/';
}

static const struct menu_item *find_current(const struct menu_item *menu, const char *path)
{
    const struct menu_item *best = NULL;

    for (; menu->label != NULL; menu++)
        if (is_below(path, menu->address) &&
            (best == NULL || strlen(menu->address) > strlen(best->address)))
            best = menu;
    return best;
}

static void set_menu_item(struct serve *s, struct view *row, const struct menu_item *item,
                          bool is_current)
{
    int32_t count = item->counter > 0 ? s->actor.counters[item->counter - 1] : 0;

    view_text(row, "Label", tr(&s->req, item->label));
    view_text(row, "Href", item->address);
    view_text(row, "Icon", item->icon);
    view_text(row, "Tab", item->tab_label != NULL ? tr(&s->req, item->tab_label) : "");
    view_flag(row, "Current", is_current);
    if (count > 0)
        page_int(&s->req, row, "Count", count);
}

static bool may_see(const struct actor *actor, const struct menu_item *item)
{
    return item->permission == PERM_PUBLIC ||
           (item->permission == PERM_SELF && actor_is_signed_in(actor)) ||
           actor_may(actor, item->permission);
}

/* The search of the top bar asks the first list of the menu that can be searched. */
static void set_search(struct serve *s, const struct menu_item *menu)
{
    struct view *search;

    while (menu->label != NULL && (menu->search_label == NULL || !may_see(&s->actor, menu)))
        menu++;
    if (menu->label == NULL)
        return;
    search = view_at(view_at(s->req.page, "Page"), "Search");
    view_text(search, "Action", menu->address);
    view_text(search, "Placeholder", tr(&s->req, menu->search_label));
}

/* Nav.n.{Heading,Items} of what the visitor may see. */
static void set_items(struct serve *s, struct view *values, const struct menu_item *menu,
                      const struct menu_item *current)
{
    const char *group = NULL;
    struct view *place = NULL;

    for (; menu->label != NULL; menu++) {
        if (!may_see(&s->actor, menu))
            continue;
        if (place == NULL || !str_eq(group, menu->group)) {
            group = menu->group;
            place = view_row(values, "Nav");
            view_text(place, "Heading", tr(&s->req, group));
        }
        set_menu_item(s, view_row(place, "Items"), menu, menu == current);
    }
}

/* -- kept menus ----------------------------------------------------------------------------------
 */

static const struct {
    const char *name, *page;
} parts[MENU_PARTS] = {
    { "NavHtml", PAGE_MENU_SIDE },
    { "TabsHtml", PAGE_MENU_TABS },
    { "LinksHtml", PAGE_MENU_LINKS },
};

/* All that a menu depends on: of the counters those that it shows. */
static struct menu_key key_of(const struct serve *s)
{
    const struct program *program = s->state->program;
    struct menu_key key;

    memset(&key, 0, sizeof(key)); /* its gaps too: keys are compared byte by byte */
    key.menu = program->menu_of[s->actor.audience] != NULL ? program->menu_of[s->actor.audience]
                                                           : program->menu;
    if (key.menu == NULL)
        return key;
    key.current = find_current(key.menu, s->in->path);
    key.lang = text_locale_lang(s->req.locale);
    key.audience = s->actor.audience;
    key.permissions = s->actor.permissions;
    for (const struct menu_item *item = key.menu; item->label != NULL; item++)
        if (item->counter > 0)
            key.counters[item->counter - 1] = s->actor.counters[item->counter - 1];
    return key;
}

static struct err *make_menu(struct serve *s, const struct menu_key *key, struct menu_kept *out)
{
    struct view *values = s->state->part_values;

    view_reset(values);
    set_items(s, values, key->menu, key->current);
    for (size_t i = 0; i < MENU_PARTS; i++)
        TRY(template_part(s->state->templates, parts[i].page, key->lang, values, &out->parts[i]));
    return NULL;
}

void menu_forget(struct menu_kept *kept)
{
    for (size_t i = 0; i < MENU_PARTS; i++)
        view_html_free(kept->parts[i]);
    *kept = (struct menu_kept){ 0 };
}

static struct menu_kept *find_kept(struct server_state *state, const struct menu_key *key)
{
    for (size_t i = 0; i < MENUS_KEPT; i++)
        if (memcmp(&state->menus[i].key, key, sizeof(*key)) == 0)
            return &state->menus[i];
    return NULL;
}

/* In the place of the one made longest ago.  NULL: a template is at fault, which the page will say.
 */
static struct menu_kept *keep_menu(struct serve *s, const struct menu_key *key)
{
    struct menu_kept *kept = &s->state->menus[s->state->next_menu++ % MENUS_KEPT];
    struct err *e;

    menu_forget(kept);
    e = make_menu(s, key, kept);
    if (e == NULL) {
        kept->key = *key;
        return kept;
    }
    view_fail(s->req.page, e);
    menu_forget(kept);
    return NULL;
}

void menu_show(struct serve *s)
{
    const struct menu_key key = key_of(s);
    const struct menu_kept *kept;

    if (key.menu == NULL)
        return;
    set_search(s, key.menu);
    kept = find_kept(s->state, &key);
    /* Whoever works on templates sees each change at once. */
    if (kept == NULL || s->state->conf->dev != 0)
        kept = keep_menu(s, &key);
    for (size_t i = 0; kept != NULL && i < MENU_PARTS; i++)
        view_html(s->req.page, parts[i].name, kept->parts[i]);
}
