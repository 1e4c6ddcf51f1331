/* web/brand.c - the vendor's name, colours and logo, on every page.
 *
 * A worker keeps them for some seconds, so that they cost a page no statement; a page of faults has
 * what was read last.  Where the database keeps nothing, each page reads them. */
#include "access/brand.h"

#include "web/inside.h"

enum { KEEP_US = 5 * CLOCK_SECOND, LOGO_HEIGHT = 32, LOGO_WIDTH = 168 };

static struct err *read_now(struct serve *s)
{
    struct server_state *state = s->state;

    TRY(brand_read(s->req.db, s->req.arena, &state->brand));
    state->brand_until_us = clock_monotonic_us() + (db_keeps(s->req.db) ? KEEP_US : 0);
    return NULL;
}

struct err *brand_refresh(struct serve *s)
{
    if (clock_monotonic_us() < s->state->brand_until_us)
        return NULL;
    return err_pass(read_now(s));
}

struct err *page_brand_now(struct request *req, const struct brand **brand_out)
{
    TRY(read_now(req->serve));
    *brand_out = &req->serve->state->brand;
    brand_show(req->serve, view_at(req->page, "Page"));
    return NULL;
}

/* As large as fits into the frame, and never larger than it is.  What a page was given before is
 * taken back. */
void page_logo(struct request *req, struct view *v, const char *name, const struct brand_logo *logo)
{
    int64_t width = logo->width, height = logo->height;
    struct view *place = view_at(v, name);

    view_text(place, "Src", "");
    if (logo->hash[0] == '\0' || width <= 0 || height <= 0)
        return;
    if (height > LOGO_HEIGHT) {
        width = width * LOGO_HEIGHT / height;
        height = LOGO_HEIGHT;
    }
    if (width > LOGO_WIDTH) {
        height = height * LOGO_WIDTH / width;
        width = LOGO_WIDTH;
    }
    view_text(place, "Src", arena_printf(req->arena, "/brand/logo/%s", logo->hash));
    view_int(place, "Width", width > 0 ? width : 1);
    view_int(place, "Height", height > 0 ? height : 1);
}

void brand_show(struct serve *s, struct view *page)
{
    const struct brand *brand = &s->state->brand;
    struct view *v = view_at(page, "Brand");
    char sheet[ACCENT_SHEET_BYTES];

    accent_sheet_name(brand->accent[ACCENT_LIGHT], brand->accent[ACCENT_DARK], sheet);
    view_text(v, "Name", brand_name(brand, text_locale_lang(s->req.locale)));
    view_text(v, "Sheet", sheet[0] != '\0' ? arena_printf(s->req.arena, "/brand/%s", sheet) : "");
    page_logo(&s->req, v, "Light", &brand->logo[ACCENT_LIGHT]);
    page_logo(&s->req, v, "Dark", &brand->logo[ACCENT_DARK]);
    view_text(v, "Alone",
              brand->logo_alone && brand->logo[ACCENT_LIGHT].hash[0] != '\0' ? "1" : "");
}
