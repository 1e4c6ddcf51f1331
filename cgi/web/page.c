/* web/page.c - words and values of a page in the visitor's language, zone and forms. */
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
    return arena_printf(req->arena, "%.*s%s%s", (int)(place - text), text,
                        text_number(req->locale, req->arena, n), place + 2);
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

void page_status(struct request *req, struct view *v, const char *name,
                 const struct status_row *table, const char *code)
{
    struct view *place = view_at(v, name);

    while (table->code != NULL && !str_eq(table->code, code))
        table++;
    if (table->code == NULL)
        return;
    view_text(place, "Code", table->code);
    view_text(place, "Tone", table->tone);
    view_text(place, "Icon", table->icon);
    view_text(place, "Label", tr(req, table->label));
}
