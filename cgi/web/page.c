/* web/page.c - words and values of a page in the visitor's language, zone and forms. */
#include "access/parameter.h"
#include "base/buf.h"
#include "base/str.h"
#include "web/inside.h"

#include <stdarg.h>
#include <string.h>

const char *tr(const struct request *req, const char *message)
{
    return message[0] != '\0' ? lang_tr(text_locale_lang(req->locale), message) : "";
}

const char *trf(const struct request *req, const char *message, ...)
{
    const char *text;
    va_list ap;

    va_start(ap, message);
/* A translation has the places of its message: a test of the catalogues holds that. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    text = arena_vprintf(req->arena, lang_tr(text_locale_lang(req->locale), message), ap);
#pragma GCC diagnostic pop
    va_end(ap);
    return text;
}

const char *trn(const struct request *req, const char *one, const char *many, int64_t n)
{
    unsigned long count = n < 0 ? (unsigned long)-n : (unsigned long)n;
    const char *text = lang_trn(text_locale_lang(req->locale), one, many, count);
    const char *place = strstr(text, "%s");

    if (place == NULL)
        return text;
    return arena_join(req->arena, arena_dup_bytes(req->arena, text, (size_t)(place - text)),
                      text_number(req->locale, req->arena, n), place + 2, NULL);
}

void page_title(struct request *req, const char *title)
{
    view_text(view_at(req->page, "Page"), "Title", title);
}

void page_crumb(struct request *req, const char *label, const char *address)
{
    struct view *row = view_row(view_at(req->page, "Page"), "Crumbs");

    view_text(row, "Label", label);
    view_text(row, "Href", address);
}

void page_fact(struct request *req, const char *text)
{
    static const char *const places[] = { "0", "1", "2", "3", "4", "5", "6", "7" };
    struct view *facts = view_at(view_at(req->page, "Page"), "Facts");
    size_t i = 0;

    if (str_is_empty(text))
        return;
    while (i < ARRAY_LEN(places) - 1 && *view_get(facts, places[i]) != '\0')
        i++;
    view_text(facts, places[i], text);
}

void page_money(struct request *req, struct view *v, const char *name, int64_t e4,
                const char *currency)
{
    struct money amount = { .e4 = e4 };

    memcpy(amount.currency, currency, strnlen(currency, sizeof(amount.currency) - 1));
    view_text(v, name, text_money(req->locale, req->arena, amount));
}

void page_int(struct request *req, struct view *v, const char *name, int64_t n)
{
    view_text(v, name, text_number(req->locale, req->arena, n));
}

void page_at(struct request *req, struct view *v, const char *name, int64_t at)
{
    struct view *place = view_at(v, name);
    char iso[CLOCK_ISO_BYTES];

    if (at == 0)
        return;
    clock_iso(at, iso);
    view_text(place, "Text", text_date_time(req->locale, req->arena, at));
    view_text(place, "Iso", iso);
}

void page_day(struct request *req, struct view *v, const char *name, int32_t day)
{
    view_text(v, name, text_day(req->locale, req->arena, day));
}

/* NULL when CODE is not in TABLE. */
static const struct status_row *find_status(const struct status_row *table, const char *code)
{
    while (table->code != NULL && !str_eq(table->code, code))
        table++;
    return table->code != NULL ? table : NULL;
}

static void set_status(struct view *place, const struct status_row *row, enum lang lang)
{
    view_text(place, "Code", row->code);
    view_text(place, "Tone", row->tone);
    view_text(place, "Icon", row->icon);
    view_text(place, "Label", lang_tr(lang, row->label));
}

void page_status(struct request *req, struct view *v, const char *name,
                 const struct status_row *table, const char *code)
{
    const struct status_row *row = find_status(table, code);
    struct view *place = view_at(v, name);

    if (row != NULL)
        set_status(place, row, text_locale_lang(req->locale));
}

static struct err *make_status(const struct server_state *state, const struct status_row *row,
                               enum lang lang, struct view_html **out)
{
    view_reset(state->part_values);
    set_status(view_at(state->part_values, "Status"), row, lang);
    return err_pass(template_part(state->templates, PAGE_STATUS, lang, state->part_values, out));
}

/* Where ROW is kept, or may be: of a few places that its address gives the first that has it or is
 * free.  What two tables show on one page would else put each other out, row after row. */
static struct status_part *place_of(struct server_state *state, const struct status_row *row,
                                    enum lang lang)
{
    const uintptr_t home = (uintptr_t)row / sizeof(*row) * LANG_COUNT + lang;
    struct status_part *kept;

    for (unsigned i = 0; i < STATUS_PLACES; i++) {
        kept = &state->statuses[(home + i * STATUS_STEP) % STATUSES_KEPT];
        if (kept->row == NULL || (kept->row == row && kept->lang == lang))
            return kept;
    }
    return &state->statuses[home % STATUSES_KEPT];
}

const char *page_status_word(const struct request *req, const struct status_row *table,
                             const char *code)
{
    const struct status_row *row = find_status(table, code);

    return row != NULL ? tr(req, row->label) : code;
}

const struct view_html *status_part(struct request *req, const struct status_row *table,
                                    const char *code)
{
    struct server_state *state = req->serve->state;
    const struct status_row *row = find_status(table, code);
    const enum lang lang = text_locale_lang(req->locale);
    struct status_part *kept;

    if (row == NULL)
        return NULL;
    kept = place_of(state, row, lang);
    /* Whoever works on templates sees each change at once. */
    if (kept->row == row && kept->lang == lang && state->conf->dev == 0)
        return kept->html;
    view_html_free(kept->html);
    *kept = (struct status_part){ .lang = lang };
    view_fail(req->page, make_status(state, row, lang, &kept->html));
    kept->row = kept->html != NULL ? row : NULL;
    return kept->html;
}

const char *page_reporting(const struct request *req)
{
    const char *code = "";
    struct err *e = parameter_kept_text(req->db, req->arena, PARAM_REPORTING_CURRENCY, &code);

    /* The transaction is dead now: whatever comes next meets the same error and reports it. */
    err_ignore(e);
    return code;
}

const char *page_reported(const struct request *req, int64_t e4, int digits_min, int digits_max)
{
    return arena_join(req->arena, page_reporting(req), " ",
                      text_decimal(req->locale, req->arena, e4, digits_min, digits_max), NULL);
}
