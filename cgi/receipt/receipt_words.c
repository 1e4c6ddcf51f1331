/* receipt/receipt_words.c - a statement in the words of its reader, and as an address. */
#include "base/str.h"
#include "crypt/b64.h"
#include "receipt/receipt_pages.h"

#include <string.h>

enum { STATEMENT_MAX_BYTES = 2048, KEY_ID_BYTES = 4 };

static const struct choice events[] = {
    { "submitted", N_("Deal registration submitted") },
    { "answered", N_("Question answered") },
    { "approved", N_("Deal registration approved") },
    { "rejected", N_("Deal registration rejected") },
    { "duplicate", N_("Deal registration marked as duplicate") },
    { "appealed", N_("Appeal against the decision") },
    { "amended", N_("Registered content changed") },
    { "expired", N_("Deal registration expired") },
    { "revoked", N_("Approval revoked") },
    { 0 },
};

const char *receipt_event_label(const struct request *req, const char *event)
{
    for (const struct choice *c = events; c->value != NULL; c++)
        if (str_eq(c->value, event))
            return tr(req, c->label);
    return event;
}

/* In the order of the page; what is not named here comes after it under its own name. */
static const struct member {
    const char *name, *label;
    bool code;
} members[] = {
    { "event", N_("Event"), false },
    { "number", N_("Record"), false },
    { "partner", N_("Partner"), false },
    { "at", N_("Time"), false },
    { "rank", N_("Place in line"), false },
    { "protected_until", N_("Protected until"), false },
    { "content", N_("Content (salted SHA-256)"), true },
};

/* "2026-11-21T09:30:00.123456Z" as "2026-11-21 09:30:00.123456 UTC"; exactly what was signed. */
static const char *instant(struct arena *a, const char *text)
{
    const char *t = strchr(text, 'T');
    size_t len = strlen(text);

    if (t == NULL || len < 2 || text[len - 1] != 'Z')
        return text;
    return arena_printf(a, "%.*s %.*s UTC", (int)(t - text), text, (int)(strlen(t) - 2), t + 1);
}

static const char *value_of(struct request *req, const struct canon *m)
{
    if (m->kind == CANON_NUMBER)
        return m->number != 0 ? text_number(req->locale, req->arena, m->number) : "";
    if (str_eq(m->name, "event"))
        return receipt_event_label(req, m->text);
    return str_eq(m->name, "at") ? instant(req->arena, m->text) : m->text;
}

static void add(struct request *req, struct view *v, const char *name, const char *label,
                const struct canon *m, bool code)
{
    const char *value = value_of(req, m);
    struct view *row;

    if (*value == '\0')
        return;
    row = view_row(v, name);
    view_text(row, "Label", label);
    view_text(row, "Value", value);
    view_flag(row, "Code", code);
}

static bool is_known(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(members); i++)
        if (str_eq(members[i].name, name))
            return true;
    return str_eq(name, "type");
}

void receipt_show_statement(struct request *req, struct view *v, const char *name,
                            const struct receipt *receipt)
{
    for (size_t i = 0; i < ARRAY_LEN(members); i++) {
        const struct canon *m =
            canon_find(receipt->members, receipt->member_count, members[i].name);

        if (m != NULL)
            add(req, v, name, tr(req, members[i].label), m, members[i].code);
    }
    for (size_t i = 0; i < receipt->member_count; i++)
        if (!is_known(receipt->members[i].name))
            add(req, v, name, receipt->members[i].name, &receipt->members[i], true);
}

/* -- addresses -----------------------------------------------------------------------------------
 */

const char *receipt_address(struct arena *a, const struct receipt *receipt)
{
    const struct note_signature *signature = &receipt->statement_note.signatures[0];
    unsigned char line[KEY_ID_BYTES + SIGN_BYTES];
    char sig[B64URL_TEXT_BYTES(sizeof(line))];
    char *s = arena_alloc(a, B64URL_TEXT_BYTES(receipt->statement_len));

    for (int i = 0; i < KEY_ID_BYTES; i++)
        line[i] = (unsigned char)(signature->id >> (8 * (KEY_ID_BYTES - 1 - i)));
    memcpy(line + KEY_ID_BYTES, signature->bytes, SIGN_BYTES);
    b64url_encode(line, sizeof(line), sig);
    b64url_encode(receipt->statement, receipt->statement_len, s);
    return arena_printf(a, "/verify?s=%s&sig=%s", s, sig);
}

bool receipt_of_address(struct arena *a, const char *s, const char *sig, const char *key_name,
                        struct receipt *out)
{
    unsigned char line[KEY_ID_BYTES + SIGN_BYTES];
    char *statement = arena_alloc(a, STATEMENT_MAX_BYTES + 1);
    char line_text[B64_TEXT_BYTES(sizeof(line))];
    size_t len, line_len;
    const char *note;
    struct err *e;

    if (!b64url_decode(s, strlen(s), statement, STATEMENT_MAX_BYTES, &len) ||
        !b64url_decode(sig, strlen(sig), line, sizeof(line), &line_len) ||
        line_len != sizeof(line) || memchr(statement, '\0', len) != NULL)
        return false;
    b64_encode(line, sizeof(line), line_text);
    note = arena_printf(a, "%s\n\n\u2014 %s %s\n", statement, key_name, line_text);
    e = receipt_parse_statement(a, note, strlen(note), out);
    if (e == NULL)
        return true;
    err_ignore(e); /* the answer is that it is no receipt */
    return false;
}
