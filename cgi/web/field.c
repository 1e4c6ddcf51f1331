/* web/field.c - the kinds of fields: a row of the table for each, a short function to read it. */
#include "web/field.h"

#include "base/money.h"
#include "base/str.h"
#include "text/norm.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

typedef const char *read_fn(struct request *req, const struct field *field, const char *typed,
                            size_t len, struct field_value *out);

static read_fn read_text, read_lines, read_secret, read_int, read_money, read_day, read_email,
    read_phone, read_url, read_choice, read_flag, read_id, read_country, read_currency;

/* What the words of a kind are, how it is read, and its own limits. */
static const struct kind {
    const char *type;   /* for layout/form.cs */
    const char *needed; /* English message id; NULL: each field says what it needs */
    read_fn *read;
    int64_t min, max;
} kinds[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = { "text", NULL, read_text, 0, 200 },
    [FIELD_LINES] = { "lines", NULL, read_lines, 0, 4000 },
    [FIELD_SECRET] = { "password", NULL, read_secret, 0, 200 },
    [FIELD_INT] = { "int", N_("Enter a number."), read_int, 0, 999999999 },
    [FIELD_MONEY] = { "money", N_("Enter an amount."), read_money, 0, 9999999999999999 },
    [FIELD_DAY] = { "date", N_("Choose a date."), read_day, 0, 0 },
    [FIELD_EMAIL] = { "email", N_("Enter an e-mail address."), read_email, 0, 254 },
    [FIELD_PHONE] = { "tel", N_("Enter a phone number."), read_phone, 0, 40 },
    [FIELD_URL] = { "url", N_("Enter a web address."), read_url, 0, 200 },
    [FIELD_CHOICE] = { "choice", N_("Choose one."), read_choice, 0, 0 },
    [FIELD_FLAG] = { "flag", N_("Tick this box to go on."), read_flag, 0, 0 },
    [FIELD_ID] = { "hidden", N_("Choose one."), read_id, 0, 0 },
    [FIELD_COUNTRY] = { "choice", N_("Choose a country."), read_country, 0, 0 },
    [FIELD_CURRENCY] = { "choice", N_("Choose a currency."), read_currency, 0, 0 },
    [FIELD_FILES] = { "files", N_("Choose a file."), NULL, 0, 0 },
};

const char *field_type(enum field_kind kind)
{
    return kinds[kind].type;
}

const char *field_needed(struct request *req, const struct field *field)
{
    return tr(req, field->needed != NULL ? field->needed : kinds[field->kind].needed);
}

bool field_says_need(const struct field *field)
{
    return field->needed != NULL || kinds[field->kind].needed != NULL;
}

void field_limits(const struct field *field, int64_t *min_out, int64_t *max_out)
{
    bool own = field->min != 0 || field->max != 0;

    *min_out = own ? field->min : kinds[field->kind].min;
    *max_out = own ? field->max : kinds[field->kind].max;
}

static const char *number(struct request *req, int64_t n)
{
    return text_number(req->locale, req->arena, n);
}

/* -- text
 * ------------------------------------------------------------------------------------------- */

static const char *check_length(struct request *req, const struct field *field, const char *text)
{
    int64_t min, max;
    int64_t count = (int64_t)utf8_count(text);

    field_limits(field, &min, &max);
    if (count > max)
        return trf(req, N_("At most %1$s characters; this has %2$s."), number(req, max),
                   number(req, count));
    if (count < min && count > 0)
        return trf(req, N_("At least %1$s characters; this has %2$s."), number(req, min),
                   number(req, count));
    return NULL;
}

static const char *clean(struct request *req, const char *typed, size_t len, enum text_lines lines,
                         struct field_value *out)
{
    char *text = NULL;

    if (text_clean(req->arena, typed, len, lines, &text) != TEXT_OK)
        return tr(req, "This contains characters that cannot be shown. Type it again.");
    out->text = text;
    return NULL;
}

static const char *read_text(struct request *req, const struct field *field, const char *typed,
                             size_t len, struct field_value *out)
{
    const char *fault = clean(req, typed, len, TEXT_ONE_LINE, out);

    return fault != NULL ? fault : check_length(req, field, out->text);
}

static const char *read_lines(struct request *req, const struct field *field, const char *typed,
                              size_t len, struct field_value *out)
{
    const char *fault = clean(req, typed, len, TEXT_MANY_LINES, out);

    return fault != NULL ? fault : check_length(req, field, out->text);
}

/* Bytes as typed: a password may begin with a space. */
static const char *read_secret(struct request *req, const struct field *field, const char *typed,
                               size_t len, struct field_value *out)
{
    out->text = arena_dup_bytes(req->arena, typed, len);
    return check_length(req, field, out->text);
}

/* -- numbers
 * ---------------------------------------------------------------------------------------- */

/* Cuts white space and turns full-width digits, as Chinese keyboards type them, into plain ones. */
static const char *plain_digits(struct request *req, const char *typed)
{
    char *text = str_trim(req->arena, typed);
    char *to = text;

    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        if (c[0] == 0xef && c[1] == 0xbc && c[2] >= 0x90 && c[2] <= 0x99) {
            *to++ = (char)('0' + c[2] - 0x90);
            c += 2;
        } else {
            *to++ = (char)*c;
        }
    }
    *to = '\0';
    return text;
}

static const char *read_int(struct request *req, const struct field *field, const char *typed,
                            size_t len, struct field_value *out)
{
    int64_t min, max;

    (void)len;
    out->text = plain_digits(req, typed);
    if (out->text[0] == '\0')
        return NULL;
    if (!str_to_i64(out->text, &out->number))
        return tr(req, "Enter a whole number, such as 12.");
    field_limits(field, &min, &max);
    if (out->number < min || out->number > max)
        return trf(req, N_("Enter a number from %1$s to %2$s."), number(req, min),
                   number(req, max));
    return NULL;
}

static const char *amount(struct request *req, int64_t e4)
{
    return text_decimal(req->locale, req->arena, e4, 0, 4);
}

static const char *read_money(struct request *req, const struct field *field, const char *typed,
                              size_t len, struct field_value *out)
{
    int64_t min, max;

    (void)len;
    out->text = str_trim(req->arena, typed);
    if (out->text[0] == '\0')
        return NULL;
    if (!money_parse_typed(out->text, &out->number))
        return tr(req, "Enter an amount such as 1234.50.");
    field_limits(field, &min, &max);
    if (out->number < min)
        return trf(req, N_("The least is %s."), amount(req, min));
    if (out->number > max)
        return trf(req, N_("The most is %s."), amount(req, max));
    return NULL;
}

static const char *read_id(struct request *req, const struct field *field, const char *typed,
                           size_t len, struct field_value *out)
{
    (void)field;
    (void)len;
    out->text = typed;
    if (typed[0] == '\0')
        return NULL;
    if (!str_to_i64(typed, &out->number) || out->number <= 0)
        return tr(req, "Choose one of the list.");
    return NULL;
}

static const char *read_flag(struct request *req, const struct field *field, const char *typed,
                             size_t len, struct field_value *out)
{
    (void)field;
    (void)len;
    out->text = typed;
    if (str_eq(typed, "1") || str_eq(typed, "on"))
        out->number = 1;
    else if (typed[0] != '\0' && !str_eq(typed, "0"))
        return tr(req, "Tick the box, or leave it empty.");
    return NULL;
}

/* -- days
 * ------------------------------------------------------------------------------------------- */

static int32_t today(const struct request *req)
{
    return text_local_day(req->locale, clock_now_us());
}

/* The day that FIELD's limits count from. */
static int32_t day_base(const struct request *req, const struct field *field)
{
    return field->fixed ? 0 : today(req);
}

const char *field_day_limit(struct request *req, const struct field *field, int64_t days,
                            bool is_set)
{
    char iso[DAY_ISO_BYTES] = "";

    if (is_set)
        day_iso(day_base(req, field) + (int32_t)days, iso);
    return arena_dup(req->arena, iso);
}

static const char *check_day(struct request *req, const struct field *field, int32_t day)
{
    int32_t now = day_base(req, field);
    const char *said = text_day(req->locale, req->arena, day);

    if (field->min == 0 && field->max == 0)
        return NULL;
    if (day < now + field->min && field->min == 0 && !field->fixed)
        return trf(req, N_("%s has passed. Choose a date from today on."), said);
    if (day < now + field->min || day > now + field->max)
        return trf(req, N_("Choose a date from %1$s to %2$s."),
                   text_day(req->locale, req->arena, now + (int32_t)field->min),
                   text_day(req->locale, req->arena, now + (int32_t)field->max));
    return NULL;
}

/* What the database can keep as an instant: begin and end of the day, in whatever zone. */
static bool is_kept(int32_t day)
{
    return day > day_from_civil(1000, 1, 1) && day < day_from_civil(9999, 12, 30);
}

static const char *read_day(struct request *req, const struct field *field, const char *typed,
                            size_t len, struct field_value *out)
{
    int32_t day;

    (void)len;
    out->number = DAY_NONE;
    out->text = plain_digits(req, typed);
    if (out->text[0] == '\0')
        return NULL;
    if (!day_parse(out->text, &day) || !is_kept(day))
        return tr(req, "Enter a date such as 2026-11-21.");
    out->number = day;
    return check_day(req, field, day);
}

/* -- addresses
 * -------------------------------------------------------------------------------------- */

/* A host name as DNS has it, with at least one dot; bytes above ASCII stand for international
 * names. */
static bool is_host(const char *host, size_t len)
{
    size_t label = 0;
    bool dot = false;

    if (len == 0 || len > 253)
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)host[i];

        if (c == '.') {
            if (label == 0 || host[i - 1] == '-')
                return false;
            label = 0;
            dot = true;
        } else if (isalnum(c) || c >= 0x80 || (c == '-' && label > 0)) {
            if (++label > 63)
                return false;
        } else {
            return false;
        }
    }
    return dot && label > 1 && host[len - 1] != '-';
}

/* One @, a local part without spaces and quotes, a host behind it.  What mail servers take in
 * practice; the proof is the mail that arrives. */
static bool is_email(const char *text)
{
    const char *at = strrchr(text, '@');

    if (at == NULL || at == text || at - text > 64 || at[-1] == '.' || text[0] == '.')
        return false;
    for (const char *c = text; c < at; c++)
        if (strchr(" \t\"(),:;<>@[\\]", *c) != NULL || (c[0] == '.' && c[1] == '.'))
            return false;
    return is_host(at + 1, strlen(at + 1));
}

static const char *read_email(struct request *req, const struct field *field, const char *typed,
                              size_t len, struct field_value *out)
{
    const char *fault = clean(req, typed, len, TEXT_ONE_LINE, out);
    char *text;

    if (fault != NULL || out->text[0] == '\0')
        return fault;
    if (strlen(out->text) > 254 || !is_email(out->text))
        return tr(req, "Enter an e-mail address such as name@company.com.");
    text = arena_dup(req->arena, out->text);
    for (char *c = strrchr(text, '@'); *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    out->text = text;
    return check_length(req, field, text);
}

static const char *read_phone(struct request *req, const struct field *field, const char *typed,
                              size_t len, struct field_value *out)
{
    const char *fault = clean(req, typed, len, TEXT_ONE_LINE, out);
    int digits = 0;

    if (fault != NULL || out->text[0] == '\0')
        return fault;
    out->text = plain_digits(req, out->text);
    for (const char *c = out->text; *c != '\0'; c++) {
        if (isdigit((unsigned char)*c))
            digits++;
        else if (strchr("+-()./ x", *c) == NULL || (*c == '+' && c != out->text))
            digits = -100;
    }
    if (digits < 5 || digits > 20)
        return tr(req, "Enter a phone number with its country code, such as +86 21 5555 0100.");
    return check_length(req, field, out->text);
}

static const char *read_url(struct request *req, const struct field *field, const char *typed,
                            size_t len, struct field_value *out)
{
    const char *fault = clean(req, typed, len, TEXT_ONE_LINE, out);
    const char *host;
    size_t host_len, port;

    if (fault != NULL || out->text[0] == '\0')
        return fault;
    if (strstr(out->text, "://") == NULL)
        out->text = arena_printf(req->arena, "https://%s", out->text);
    host = strstr(out->text, "://") + 3;
    host_len = strcspn(host, "/?#:");
    port = host[host_len] == ':' ? strspn(host + host_len + 1, "0123456789") + 1 : 0;
    if (!(str_starts(out->text, "http://") || str_starts(out->text, "https://")) ||
        !is_host(host, host_len) || port == 1 || port > 6 ||
        strchr("/?#", host[host_len + port]) == NULL || strpbrk(host, " \"<>\\") != NULL)
        return tr(req, "Enter a web address such as www.company.com.");
    return check_length(req, field, out->text);
}

/* -- choices
 * ---------------------------------------------------------------------------------------- */

static const char *read_choice(struct request *req, const struct field *field, const char *typed,
                               size_t len, struct field_value *out)
{
    const struct choice *choice;

    (void)len;
    out->text = typed;
    if (typed[0] == '\0')
        return NULL;
    choice = field->choices_of != NULL ? field->choices_of(req) : field->choices;
    for (; choice->value != NULL; choice++) {
        if (str_eq(choice->value, typed)) {
            out->text = choice->value;
            return NULL;
        }
    }
    return tr(req, "Choose one of the list.");
}

static const char *read_country(struct request *req, const struct field *field, const char *typed,
                                size_t len, struct field_value *out)
{
    (void)field;
    (void)len;
    out->text = typed;
    if (typed[0] == '\0' || text_country_valid(typed))
        return NULL;
    return tr(req, "Choose one of the list.");
}

static const char *read_currency(struct request *req, const struct field *field, const char *typed,
                                 size_t len, struct field_value *out)
{
    (void)field;
    (void)len;
    out->text = typed;
    if (typed[0] == '\0' || text_currency_valid(typed))
        return NULL;
    return tr(req, "Choose one of the list.");
}

const char *field_read(struct request *req, const struct field *field, const char *typed,
                       size_t len, struct field_value *value_out)
{
    *value_out = (struct field_value){ .text = "" };
    return kinds[field->kind].read(req, field, typed, len, value_out);
}

/* -- back to text
 * ------------------------------------------------------------------------------------ */

static const char *money_typed(struct request *req, int64_t e4)
{
    char text[MONEY_TEXT_BYTES];
    int digits = e4 % 100 != 0 ? 4 : 2;

    money_text(e4, e4 % MONEY_SCALE == 0 ? 0 : digits, text);
    return arena_dup(req->arena, text);
}

/* A 0 that the field would not take, or that nobody needs to give, is shown as nothing. */
static bool is_blank_zero(const struct field *field, int64_t n)
{
    int64_t min, max;

    field_limits(field, &min, &max);
    return n == 0 && (min > 0 || !field->required);
}

static const char *number_text(struct request *req, const struct field *field, int64_t n)
{
    if (is_blank_zero(field, n))
        return "";
    if (field->kind == FIELD_MONEY)
        return money_typed(req, n);
    return arena_number(req->arena, "", n);
}

const char *field_text(struct request *req, const struct field *field, const void *stored)
{
    const char *member = (const char *)stored + field->offset;
    char iso[DAY_ISO_BYTES];

    switch (field->kind) {
    case FIELD_INT:
    case FIELD_MONEY:
    case FIELD_ID:
        return number_text(req, field, *(const int64_t *)(const void *)member);
    case FIELD_DAY:
        day_iso(*(const int32_t *)(const void *)member, iso);
        return arena_dup(req->arena, iso);
    case FIELD_FLAG:
        return *(const bool *)member ? "1" : "";
    case FIELD_SECRET:
    case FIELD_FILES:
        return "";
    default:
        return arena_dup(req->arena, *(const char *const *)(const void *)member);
    }
}
