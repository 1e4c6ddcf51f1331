/* settings/mails.c - the words of mails: what each event says, in both languages, and how the
 * vendor words it instead; shown before it is saved, and sent to oneself. */
#include "base/str.h"
#include "identity/identity.h"
#include "notification/wording.h"
#include "settings/settings.h"
#include "settings/setup.h"
#include "web/form_fields.h"

#define ADDRESS "/staff/setup/mails"

/* -- examples ------------------------------------------------------------------------------------
 */

/* By the first part of an event's name: what stands at {1} in its preview. */
static const struct {
    const char *prefix, *number;
} numbers[] = {
    { "deal.", "DR-10423" }, { "lead.", "LD-512" },       { "opportunity.", "OP-77" },
    { "import.", "IM-12" },  { "programme.", "AP-2026" }, { "user.", "Ana Ruiz" },
};

static const char *example_number(const char *event)
{
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        if (str_starts(event, numbers[i].prefix))
            return numbers[i].number;
    return "1";
}

enum { PLACES_MOST = 4 };

/* Made up, and marked as such on the page. */
static struct err *examples_of(struct request *req, const struct notification_event *event,
                               struct mail_value out[PLACES_MOST + 1])
{
    int64_t now;

    TRY(db_now(req->db, &now));
    out[0] = (struct mail_value){ .name = "A", .value = example_number(event->name) };
    out[1] = (struct mail_value){ .name = "B", .value = "Nordlicht Logistik GmbH" };
    out[2] = (struct mail_value){ .name = "C",
                                  .kind = VALUE_DAY,
                                  .number = text_local_day(req->locale, now) };
    out[3] = (struct mail_value){ .name = "D", .value = "Maria Keller" };
    out[PLACES_MOST] = (struct mail_value){ 0 };
    return NULL;
}

/* -- the list ------------------------------------------------------------------------------------
 */

static const struct status_row worded[] = {
    { "own", "off", "minus", N_("The portal’s words") },
    { "vendor", "good", "pencil", N_("Your words") },
    { 0 },
};

static bool says_something(const struct wording *w)
{
    return w != NULL && !(str_is_empty(w->title_en) && str_is_empty(w->text_en) &&
                          str_is_empty(w->title_zh) && str_is_empty(w->text_zh));
}

static void show_event(struct request *req, struct view *group,
                       const struct notification_event *event, const struct wording *wording)
{
    const enum lang lang = text_locale_lang(req->locale);
    const char *title =
        wording == NULL ? "" : setup_name(req, wording->title_en, wording->title_zh);
    struct view *v = view_row(group, "Rows");

    view_text(v, "Label", tr(req, event->label));
    view_text(v, "Name", event->name);
    view_text(v, "Title",
              str_is_empty(title) ? wording_own(req->arena, lang, event->title) : title);
    view_text(v, "Href", arena_printf(req->arena, ADDRESS "/%s", event->name));
    page_status(req, v, "State", worded, says_something(wording) ? "vendor" : "own");
}

static struct err *list_show(struct request *req)
{
    struct wording *rows;
    size_t count;

    TRY(wording_list(req->db, req->arena, &rows, &count));
    setup_head(req, tr(req, N_("Words of mails")));
    view_flag(req->page, "MayEdit", setup_may_edit(req));
    for (const struct notification_event *e = notification_events; e->name != NULL; e++)
        show_event(req, req->page, e, wording_of(rows, count, e->name));
    return NULL;
}

/* -- one of them ---------------------------------------------------------------------------------
 */

struct mail_input {
    int64_t row_version;
    const char *title_en, *text_en, *title_zh, *text_zh;
};
#define AT(member) .offset = offsetof(struct mail_input, member)
#define TITLE(member, label_)                                               \
    {                                                                       \
        .name = #member, .label = (label_), .kind = FIELD_TEXT, AT(member), \
        .max = WORDING_TITLE_MOST                                           \
    }
#define TEXT(member, label_)                                                 \
    {                                                                        \
        .name = #member, .label = (label_), .kind = FIELD_LINES, AT(member), \
        .max = WORDING_TEXT_MOST                                             \
    }
static const struct field mail_fields[] = {
    FORM_VERSION(struct mail_input),      TITLE(title_en, N_("Subject in English")),
    TEXT(text_en, N_("Text in English")), TITLE(title_zh, N_("Subject in Chinese")),
    TEXT(text_zh, N_("Text in Chinese")), { 0 },
};
#undef AT
static const struct form mail_form = { .name = "mails.save",
                                       .fields = mail_fields,
                                       .size_bytes = sizeof(struct mail_input) };

static struct err *find(struct request *req, const struct notification_event **event_out,
                        struct wording *stored_out)
{
    *event_out = notification_event_find(request_param(req, "event"));
    if (*event_out == NULL)
        return err_raise(ERR_NOT_FOUND, "no such event");
    return err_pass(wording_find(req->db, req->arena, (*event_out)->name, stored_out));
}

/* Who gets it, in words: "Partners, staff". */
static const char *readers_of(struct request *req, const struct notification_event *event)
{
    static const char *const words[AUD_COUNT] = {
        [AUD_PARTNER] = N_("Partners"), [AUD_CUSTOMER] = N_("Customers"), [AUD_STAFF] = N_("Staff")
    };
    const char *text = "";

    for (int i = 0; i < AUD_COUNT; i++)
        if (words[i] != NULL && (event->audiences & (1u << i)) != 0)
            text = *text == '\0' ? tr(req, words[i])
                                 : trf(req, N_("%1$s, %2$s"), text, tr(req, words[i]));
    return text;
}

static struct err *show_preview(struct request *req, const struct notification_event *event,
                                const struct wording *wording)
{
    static const struct {
        enum lang lang;
        const char *name;
    } langs[] = { { LANG_EN, "English" }, { LANG_ZH, "中文" } };
    struct mail_value examples[PLACES_MOST + 1];

    TRY(examples_of(req, event, examples));
    for (size_t i = 0; i < ARRAY_LEN(langs); i++) {
        struct view *v = view_row(view_at(req->page, "Mail"), "Previews");
        const char *title, *text;

        wording_apply(req->arena, event, wording, text_locale_get(langs[i].lang, req->actor->zone),
                      examples, &title, &text);
        view_text(v, "Lang", lang_code(langs[i].lang));
        view_text(v, "Language", langs[i].name);
        view_text(v, "Title", title);
        view_text(v, "Text", text);
        view_text(v, "Button", lang_tr(langs[i].lang, N_("Open in the portal")));
    }
    return NULL;
}

/* The portal's own words, beside each field. */
static void show_own(struct request *req, const struct notification_event *event)
{
    struct view *v = view_at(view_at(req->page, "Mail"), "Own");

    view_text(v, "title_en", wording_own(req->arena, LANG_EN, event->title));
    view_text(v, "text_en", wording_own(req->arena, LANG_EN, event->text));
    view_text(v, "title_zh", wording_own(req->arena, LANG_ZH, event->title));
    view_text(v, "text_zh", wording_own(req->arena, LANG_ZH, event->text));
}

static struct wording as_typed(const struct request *req, const struct notification_event *event,
                               const struct wording *stored)
{
    const struct mail_input *in = req->input;

    return (struct wording){ .id = stored->id,
                             .row_version = in->row_version,
                             .event = event->name,
                             .title_en = in->title_en,
                             .text_en = in->text_en,
                             .title_zh = in->title_zh,
                             .text_zh = in->text_zh };
}

static struct err *show(struct request *req, const struct notification_event *event,
                        const struct wording *stored, const struct wording *previewed)
{
    const struct mail_input at = { .row_version = previewed->row_version,
                                   .title_en = previewed->title_en,
                                   .text_en = previewed->text_en,
                                   .title_zh = previewed->title_zh,
                                   .text_zh = previewed->text_zh };
    struct view *v = view_at(req->page, "Mail");

    setup_head(req, tr(req, event->label));
    page_crumb(req, tr(req, N_("Words of mails")), ADDRESS);
    page_fact(req, readers_of(req, event));
    view_text(v, "Action", arena_printf(req->arena, ADDRESS "/%s", event->name));
    view_flag(v, "MayEdit", setup_may_edit(req));
    view_flag(v, "IsWorded", says_something(stored));
    if (stored->updated_at != 0)
        page_at(req, v, "Updated", stored->updated_at);
    show_own(req, event);
    TRY(show_preview(req, event, previewed));
    form_show(req, &mail_form, &at);
    return NULL;
}

/* With what was typed in the form, once something was. */
static struct err *one_show(struct request *req)
{
    const struct notification_event *event;
    struct wording stored, typed;

    TRY(find(req, &event, &stored));
    if (req->route->form != &mail_form || req->input == NULL)
        return err_pass(show(req, event, &stored, &stored));
    typed = as_typed(req, event, &stored);
    return err_pass(show(req, event, &stored, &typed));
}

/* -- changing it ---------------------------------------------------------------------------------
 */

/* False, and a fault at the field, for a place that the event does not fill. */
static bool judge(struct request *req, const struct notification_event *event)
{
    const struct mail_input *in = req->input;
    const struct {
        const char *field, *text;
    } typed[] = { { "title_en", in->title_en },
                  { "text_en", in->text_en },
                  { "title_zh", in->title_zh },
                  { "text_zh", in->text_zh } };
    const int places = wording_places(event);

    for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
        const char *fault = wording_fault(req->arena, typed[i].text, places);

        if (fault == NULL)
            continue;
        form_fault(req, typed[i].field, -1,
                   places == 0 ? trf(req, N_("There is no %1$s in this mail."), fault)
                               : trf(req, N_("There is no %1$s in this mail: {1} to {%2$s} are."),
                                     fault, text_number(req->locale, req->arena, places)));
    }
    return !form_has_faults(req);
}

static const char *in_words(struct arena *a, const struct wording *w)
{
    return identity_json(a, JSON_PAIRS({ "title_en", w->title_en }, { "text_en", w->text_en },
                                       { "title_zh", w->title_zh }, { "text_zh", w->text_zh }));
}

static struct err *save(struct request *req, const struct wording *stored,
                        const struct wording *next)
{
    bool changed = false;
    int64_t id = 0;

    if (next->row_version == stored->row_version)
        TRY(wording_change(req->db, next, &id, &changed));
    if (!changed)
        return err_pass(form_refuse_changed(req, "title_en"));
    TRY(request_audit(req, "mail_text", id, stored->id == 0 ? NULL : in_words(req->arena, stored),
                      in_words(req->arena, next)));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%s", next->event));
}

/* The mail as it is typed, in the language of who asks for it. */
static struct err *send_to_me(struct request *req, const struct notification_event *event,
                              const struct wording *typed)
{
    struct mail_value examples[PLACES_MOST + 1];
    const char *title, *text;

    TRY(examples_of(req, event, examples));
    wording_apply(req->arena, event, typed, req->locale, examples, &title, &text);
    return err_pass(outbox_add(
        req->db, req->arena,
        &(struct mail){
            .template = "notification/event",
            .user_id = req->actor->user_id,
            .kind = "",
            .reason = N_("You asked for this example of a mail."),
            .values = (const struct mail_value[]){
                { .name = "Title", .value = title },
                { .name = "Text", .value = text },
                { .name = "Path", .value = arena_printf(req->arena, ADDRESS "/%s", event->name) },
                { 0 } } }));
}

static struct err *one_post(struct request *req)
{
    const struct notification_event *event;
    const char *button = form_button(req);
    struct wording stored, next;

    TRY(find(req, &event, &stored));
    if (str_eq(button, "default")) {
        next =
            (struct wording){ .id = stored.id,
                              .row_version = ((const struct mail_input *)req->input)->row_version,
                              .event = event->name,
                              .title_en = "",
                              .text_en = "",
                              .title_zh = "",
                              .text_zh = "" };
        return err_pass(save(req, &stored, &next));
    }
    if (!judge(req, event))
        return err_pass(form_refuse(req));
    next = as_typed(req, event, &stored);
    if (str_eq(button, "send")) {
        TRY(send_to_me(req, event, &next));
        view_flag(view_at(req->page, "Mail"), "Sent", true);
    }
    if (str_eq(button, "send") || str_eq(button, "try")) {
        TRY(show(req, event, &stored, &next));
        return err_pass(reply_page(req, req->route->retry_page));
    }
    return err_pass(save(req, &stored, &next));
}

const struct route mails_staff_routes[] = {
    { .name = "mails.list",
      .method = HTTP_GET,
      .path = ADDRESS,
      .audience = AUD_STAFF,
      .permission = PERM_SETTINGS_VIEW,
      .handler = list_show,
      .page = "settings/mails.cs" },
    { .name = "mails.one",
      .method = HTTP_GET,
      .path = ADDRESS "/:event",
      .audience = AUD_STAFF,
      .permission = PERM_SETTINGS_VIEW,
      .handler = one_show,
      .page = "settings/mail.cs" },
    { .name = "mails.save",
      .method = HTTP_POST,
      .path = ADDRESS "/:event",
      .audience = AUD_STAFF,
      .permission = PERM_SETTINGS_MANAGE,
      .form = &mail_form,
      .handler = one_post,
      .retry = one_show,
      .retry_page = "settings/mail.cs" },
    { 0 },
};
