/* settings/branding.c - how the vendor's portal looks: its name, its colours, its logo; shown
 * before it is saved, and refused where it could not be read. */
#include "settings/branding.h"

#include "base/str.h"
#include "identity/identity.h"
#include "settings/picture.h"
#include "settings/settings.h"
#include "settings/setup.h"
#include "web/form_fields.h"

#include <stdio.h>
#include <string.h>

#define PAGE "settings/branding.cs"

/* What each theme's fields are called. */
static const struct {
    const char *name, *title, *accent, *logo, *file;
} themes[ACCENT_THEMES] = {
    [ACCENT_LIGHT] = { "light", N_("Light"), "accent_light", "logo_light", "file_light" },
    [ACCENT_DARK] = { "dark", N_("Dark"), "accent_dark", "logo_dark", "file_dark" },
};

#define AT(member) .offset = offsetof(struct branding_input, member)
#define NAME(member, label_)                                                                       \
    {                                                                                              \
        .name = #member, .label = (label_), .kind = FIELD_TEXT, AT(member), .max = BRAND_NAME_MOST \
    }
#define ACCENT(field_, theme, label_)                                                \
    {                                                                                \
        .name = (field_), .label = (label_), .kind = FIELD_TEXT, .max = 20,          \
        .offset = offsetof(struct branding_input, accent) + (theme) * sizeof(char *) \
    }
#define LOGO(field_, theme)                                                        \
    {                                                                              \
        .name = (field_), .label = N_("Logo"), .kind = FIELD_TEXT, .max = 32,      \
        .offset = offsetof(struct branding_input, logo) + (theme) * sizeof(char *) \
    }
#define DROP(field_, theme)                                                      \
    {                                                                            \
        .name = (field_), .label = N_("Without this logo"), .kind = FIELD_FLAG,  \
        .offset = offsetof(struct branding_input, drop) + (theme) * sizeof(bool) \
    }
#define FILE_(field_, theme, label_)                                                            \
    {                                                                                           \
        .name = (field_), .label = (label_), .kind = FIELD_FILES,                               \
        .offset = offsetof(struct branding_input, files) + (theme) * sizeof(struct upload_list) \
    }
static const struct field fields[] = {
    FORM_VERSION(struct branding_input),
    NAME(name_en, N_("Name in English")),
    NAME(name_zh, N_("Name in Chinese")),
    ACCENT("accent_light", ACCENT_LIGHT, N_("Colour in the light theme")),
    ACCENT("accent_dark", ACCENT_DARK, N_("Colour in the dark theme")),
    LOGO("logo_light", ACCENT_LIGHT),
    LOGO("logo_dark", ACCENT_DARK),
    DROP("drop_light", ACCENT_LIGHT),
    DROP("drop_dark", ACCENT_DARK),
    FILE_("file_light", ACCENT_LIGHT, N_("Logo")),
    FILE_("file_dark", ACCENT_DARK, N_("Logo for the dark theme")),
    { .name = "logo_alone",
      .label = N_("The logo says the name: show it alone"),
      .kind = FIELD_FLAG,
      AT(logo_alone) },
    { 0 },
};
#undef AT
static const struct form form = { .name = "branding.save",
                                  .fields = fields,
                                  .size_bytes = sizeof(struct branding_input),
                                  .body_max_bytes = 4 * BRANDING_LOGO_MOST,
                                  .lists_max = 1 };

/* -- the page ------------------------------------------------------------------------------------
 */

static bool is_own(const struct brand *brand)
{
    return brand->name_en[0] == '\0' && brand->name_zh[0] == '\0' &&
           brand->accent[ACCENT_LIGHT][0] == '\0' && brand->accent[ACCENT_DARK][0] == '\0' &&
           brand->logo[ACCENT_LIGHT].hash[0] == '\0' && brand->logo[ACCENT_DARK].hash[0] == '\0';
}

/* "5.67:1" */
static const char *ratio(const struct request *req, int contrast_e2)
{
    return arena_printf(req->arena, "%d.%02d:1", contrast_e2 / 100, contrast_e2 % 100);
}

static void show_theme(struct request *req, struct view *v, enum accent_theme theme,
                       const struct brand *brand)
{
    const struct brand_logo *logo = &brand->logo[theme];
    struct view *row = view_row(v, "Themes");
    struct colour c;

    view_text(row, "Theme", themes[theme].name);
    view_text(row, "Title", tr(req, themes[theme].title));
    view_text(row, "Name", brand_name(brand, text_locale_lang(req->locale)));
    page_logo(req, row, "Logo", logo->hash[0] != '\0' ? logo : &brand->logo[ACCENT_LIGHT]);
    view_flag(row, "Plate", theme == ACCENT_DARK && logo->hash[0] == '\0');
    view_flag(row, "Alone", brand->logo_alone && brand->logo[ACCENT_LIGHT].hash[0] != '\0');
    if (colour_read(brand->accent[theme], &c))
        view_text(row, "Contrast",
                  trf(req, N_("Text in %1$s has a contrast of at least %2$s; 4.5:1 is needed."),
                      brand->accent[theme], ratio(req, accent_contrast_e2(theme, c))));
    else
        view_text(row, "Contrast", tr(req, N_("Fairway’s own colours.")));
}

/* The sheet of the previews has all colours, so that they do not take those of the page. */
static void show_previews(struct request *req, struct view *v, const struct brand *brand)
{
    char sheet[ACCENT_SHEET_BYTES];

    accent_sheet_name(brand->accent[ACCENT_LIGHT], brand->accent[ACCENT_DARK], sheet);
    view_text(v, "Sheet",
              arena_printf(req->arena, "/brand/try-%s", sheet[0] != '\0' ? sheet : "own-own.css"));
    for (int i = 0; i < ACCENT_THEMES; i++)
        show_theme(req, v, (enum accent_theme)i, brand);
}

static void show_form(struct request *req, const struct brand *brand)
{
    const struct branding_input at = {
        .row_version = brand->row_version,
        .name_en = brand->name_en,
        .name_zh = brand->name_zh,
        .accent = { brand->accent[ACCENT_LIGHT], brand->accent[ACCENT_DARK] },
        .logo = { brand->logo[ACCENT_LIGHT].hash, brand->logo[ACCENT_DARK].hash },
        .logo_alone = brand->logo_alone
    };

    form_show(req, &form, &at);
}

/* STORED as it is, and in the form and the previews SHOWN. */
static void show(struct request *req, const struct brand *stored, const struct brand *shown)
{
    struct view *v = view_at(req->page, "Branding");

    setup_head(req, tr(req, N_("Branding")));
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_BRANDING_MANAGE));
    view_flag(v, "IsOwn", is_own(stored));
    if (stored->updated_at != 0)
        page_at(req, v, "Updated", stored->updated_at);
    if (stored->updated_at != 0 && actor_may(req->actor, PERM_AUDIT_VIEW))
        view_text(v, "History", "/staff/audit/brand-1");
    show_previews(req, v, shown);
    show_form(req, shown);
}

static struct err *branding_show(struct request *req)
{
    const struct brand *stored;

    TRY(page_brand_now(req, &stored));
    show(req, stored, stored);
    return NULL;
}

/* -- what was typed ------------------------------------------------------------------------------
 */

/* Takes the colour, or says at its field what is wrong with it. */
static void read_accent(struct request *req, enum accent_theme theme, const char *typed,
                        struct brand *out)
{
    char nearest[COLOUR_BYTES];
    struct colour c;

    if (*typed == '\0')
        return;
    if (!colour_read(typed, &c)) {
        form_fault(req, themes[theme].accent, -1,
                   tr(req, N_("Six hexadecimal digits after a #, such as #2457c5.")));
        return;
    }
    colour_write(c, out->accent[theme]);
    if (accent_is_strong(theme, c))
        return;
    colour_write(accent_nearest(theme, c), nearest);
    form_fault(req, themes[theme].accent, -1,
               trf(req,
                   N_("Too weak to be read: its contrast is %1$s, and 4.5:1 is needed. %2$s is the "
                      "nearest that will do."),
                   ratio(req, accent_contrast_e2(theme, c)), nearest));
}

static struct err *keep_file(struct request *req, enum accent_theme theme,
                             const struct upload *file, struct brand *out)
{
    int64_t width, height;
    const char *fault = NULL;

    if (!picture_size(file->mime, file->data, file->len, &width, &height))
        fault = tr(req, N_("A logo is a PNG, JPEG or WebP picture."));
    else if (file->len > BRANDING_LOGO_MOST)
        fault = tr(req, N_("A logo has at most 96 KiB."));
    else if (width > BRANDING_SIDE_MOST || height > BRANDING_SIDE_MOST)
        fault = tr(req, N_("A logo has at most 2,000 pixels a side."));
    if (fault == NULL)
        return err_pass(branding_keep_logo(req, file, width, height, &out->logo[theme]));
    form_fault(req, themes[theme].file, -1, fault);
    return NULL;
}

static struct err *read_logo(struct request *req, enum accent_theme theme, struct brand *out)
{
    const struct branding_input *in = req->input;
    bool found;

    if (in->files[theme].count > 0)
        return err_pass(keep_file(req, theme, &in->files[theme].items[0], out));
    if (in->drop[theme] || *in->logo[theme] == '\0')
        return NULL;
    TRY(branding_find_logo(req, in->logo[theme], &out->logo[theme], &found));
    if (!found)
        form_fault(req, themes[theme].file, -1, tr(req, N_("This logo is gone. Choose it again.")));
    return NULL;
}

static struct err *read_typed(struct request *req, struct brand *out)
{
    const struct branding_input *in = req->input;

    *out = (struct brand){ .row_version = in->row_version, .logo_alone = in->logo_alone };
    snprintf(out->name_en, sizeof(out->name_en), "%s", in->name_en);
    snprintf(out->name_zh, sizeof(out->name_zh), "%s", in->name_zh);
    for (int i = 0; i < ACCENT_THEMES; i++) {
        read_accent(req, (enum accent_theme)i, in->accent[i], out);
        TRY(read_logo(req, (enum accent_theme)i, out));
    }
    if (out->logo[ACCENT_LIGHT].hash[0] == '\0' && out->logo[ACCENT_DARK].hash[0] != '\0')
        form_fault(req, themes[ACCENT_LIGHT].file, -1,
                   tr(req, N_("A logo for the dark theme comes beside one for the light theme.")));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

/* -- changing it ---------------------------------------------------------------------------------
 */

static const char *in_words(struct arena *a, const struct brand *b)
{
    return identity_json(a, JSON_PAIRS({ "name_en", b->name_en }, { "name_zh", b->name_zh },
                                       { "accent_light", b->accent[ACCENT_LIGHT] },
                                       { "accent_dark", b->accent[ACCENT_DARK] },
                                       { "logo_light", b->logo[ACCENT_LIGHT].hash },
                                       { "logo_dark", b->logo[ACCENT_DARK].hash },
                                       { "logo_alone", b->logo_alone ? "yes" : "no" }));
}

static struct err *save(struct request *req, const struct brand *next)
{
    struct brand stored;

    TRY(brand_read(req->db, req->arena, &stored));
    if (next->row_version != stored.row_version) {
        struct brand shown = *next;

        shown.row_version = stored.row_version;
        show(req, &stored, &shown);
        view_flag(view_at(req->page, "Branding"), "Stale", true);
        view_text(view_at(req->page, "Branding"), "Stored", in_words(req->arena, &stored));
        return err_pass(reply_conflict(req, PAGE));
    }
    TRY(branding_write(req, next));
    TRY(request_audit(req, "brand", 1, in_words(req->arena, &stored), in_words(req->arena, next)));
    return err_pass(reply_redirect(req, "saved", BRANDING_ADDRESS));
}

static struct err *branding_post(struct request *req)
{
    const char *button = form_button(req);
    struct brand typed;

    if (str_eq(button, "default")) {
        typed = (struct brand){ .row_version =
                                    ((const struct branding_input *)req->input)->row_version };
        return err_pass(save(req, &typed));
    }
    TRY(read_typed(req, &typed));
    if (str_eq(button, "try")) {
        const struct brand *stored;

        TRY(page_brand_now(req, &stored));
        show(req, stored, &typed);
        view_flag(view_at(req->page, "Branding"), "Tried", true);
        return err_pass(reply_page(req, PAGE));
    }
    return err_pass(save(req, &typed));
}

const struct route branding_staff_routes[] = {
    { .name = "branding.page",
      .method = HTTP_GET,
      .path = BRANDING_ADDRESS,
      .audience = AUD_STAFF,
      .permission = PERM_SETTINGS_VIEW,
      .handler = branding_show,
      .page = PAGE },
    { .name = "branding.save",
      .method = HTTP_POST,
      .path = BRANDING_ADDRESS,
      .audience = AUD_STAFF,
      .permission = PERM_BRANDING_MANAGE,
      .form = &form,
      .handler = branding_post,
      .retry = branding_show,
      .retry_page = PAGE },
    { 0 },
};
