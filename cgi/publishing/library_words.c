/* publishing/library_words.c - what documents are called, and whom they may be for. */
#include "publishing/library_inside.h"

#include "base/str.h"
#include "deal/deal_choices.h"

#include <string.h>

enum { COUNTRIES_BYTES = 200 };

const struct choice library_categories[] = {
    { "datasheet", N_("Data sheet") }, { "brochure", N_("Brochure") },
    { "presentation", N_("Slides") },  { "prices", N_("Price list") },
    { "training", N_("Training") },    { "brand", N_("Logos and pictures") },
    { "other", N_("Other material") }, { 0 },
};
const struct choice library_languages[] = {
    { "", N_("Every language") },
    { "en", N_("English") },
    { "zh-CN", N_("Chinese") },
    { 0 },
};
const struct status_row library_states[] = {
    { "draft", "neutral", "pencil", N_("Draft") },
    { "published", "good", "world", N_("Published") },
    { "retired", "off", "archive", N_("Retired") },
    { 0 },
};

const char *library_word(const struct request *req, const char *en, const char *zh)
{
    const char *text = text_locale_lang(req->locale) == LANG_ZH ? zh : en;

    return text != NULL ? text : "";
}

const char *library_choice_word(const struct request *req, const struct choice *choices,
                                const char *value)
{
    for (; choices->value != NULL; choices++)
        if (str_eq(choices->value, value))
            return tr(req, choices->label);
    return value;
}

const char *library_known(const struct choice *choices, const char *value)
{
    for (; choices->value != NULL; choices++)
        if (str_eq(choices->value, value))
            return value;
    return "";
}

const struct choice *library_tier_choices(struct request *req)
{
    struct document_tier *rows;
    struct choice *list;
    size_t count = 0;
    struct err *e = db_list(req->db, req->arena, &library_sql_tiers, DB_NO_ARGS, &rows, &count);

    /* The transaction is dead now: whatever comes next meets the same error and reports it. */
    if (e != NULL)
        count = 0;
    err_ignore(e);
    list = arena_array(req->arena, count + 2, sizeof(*list));
    list[0] = (struct choice){ "", tr(req, N_("Every partner")) };
    for (size_t i = 0; i < count; i++)
        list[i + 1] = (struct choice){ arena_number(req->arena, "", rows[i].id),
                                       trf(req, N_("From %s"),
                                           library_word(req, rows[i].name_en, rows[i].name_zh)) };
    return list;
}

const struct choice *library_line_choices(struct request *req)
{
    struct deal_product *rows;
    struct choice *list;
    size_t count = 0;
    struct err *e = deal_products(req, &rows, &count);

    if (e != NULL)
        count = 0;
    err_ignore(e); /* as above */
    list = arena_array(req->arena, count + 2, sizeof(*list));
    list[0] = (struct choice){ "", tr(req, N_("All product lines")) };
    for (size_t i = 0; i < count; i++)
        list[i + 1] = (struct choice){ arena_number(req->arena, "", rows[i].id),
                                       deal_product_name(req, &rows[i]) };
    return list;
}

/* -- countries -----------------------------------------------------------------------------------
 */

/* The code at *AT in OUT, in capitals; *AT goes behind it.  False at the end. */
static bool next_code(const char **at, char out[3])
{
    size_t len = 0;

    *at += strspn(*at, " ,;\t");
    for (; **at != '\0' && strchr(" ,;\t", **at) == NULL; (*at)++)
        if (len < 3)
            out[len++] = (char)(**at >= 'a' && **at <= 'z' ? **at - 'a' + 'A' : **at);
    if (len == 3)
        len = 0; /* too long to be one: an empty code is no country */
    else if (len == 0)
        return false;
    out[len] = '\0';
    return true;
}

bool library_read_countries(struct request *req, const char *typed, const char **out)
{
    const char *codes = "", *at = typed;
    char code[3];

    while (next_code(&at, code)) {
        if (!text_country_valid(code) || strlen(codes) + 3 > COUNTRIES_BYTES)
            return false;
        codes = arena_printf(req->arena, "%s%s%s", codes, *codes == '\0' ? "" : ",", code);
    }
    *out = codes;
    return true;
}

const char *library_country_names(const struct request *req, const char *codes)
{
    const enum lang lang = text_locale_lang(req->locale);
    const char *names = "", *at = codes;
    char code[3];

    while (next_code(&at, code))
        names = arena_printf(req->arena, "%s%s%s", names,
                             *names == '\0'    ? ""
                             : lang == LANG_ZH ? "、"
                                               : ", ",
                             text_country_name(lang, code));
    return names;
}

int64_t library_number(const char *text)
{
    int64_t number = 0;

    return str_to_i64(text, &number) ? number : 0;
}
