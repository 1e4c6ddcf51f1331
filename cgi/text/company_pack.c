/* text/company_pack.c - a name that was taken apart as one text, and back. */
#include "base/str.h"
#include "text/company_inside.h"

#include <string.h>

void company_set_core(struct arena *a, struct company_name *name)
{
    size_t brand = strlen(name->brand), trade = strlen(name->trade), n = brand + trade;
    size_t len = n + 1;

    for (size_t i = 0; i < name->token_count; i++)
        len += name->tokens[i].len + 1u;
    char *core = arena_alloc(a, len);
    memcpy(core, name->brand, brand);
    memcpy(core + brand, name->trade, trade);
    for (size_t i = 0; i < name->token_count; i++) {
        if (n > 0)
            core[n++] = ' ';
        memcpy(core + n, name->tokens[i].text, name->tokens[i].len);
        n += name->tokens[i].len;
    }
    core[n] = '\0';
    name->core = core;
}

enum { PACK_FIELDS = 9 };
static const char pack_version[] = "1";
static const char kind_marks[] = {
    [TOKEN_WORD] = '=', [TOKEN_BRANCH] = '~', [TOKEN_COUNTRY] = '@', [TOKEN_NUMBER] = '#'
};

char *text_company_pack(struct arena *a, const struct company_name *name)
{
    size_t cap = 1, n = 0;

    for (size_t i = 0; i < name->token_count; i++)
        cap += name->tokens[i].len + 3u;
    char *tokens = arena_alloc(a, cap);
    for (size_t i = 0; i < name->token_count; i++) {
        const struct company_token *t = &name->tokens[i];

        if (n > 0)
            tokens[n++] = ' ';
        if (t->soft)
            tokens[n++] = '(';
        tokens[n++] = kind_marks[t->kind];
        memcpy(tokens + n, t->text, t->len);
        n += t->len;
    }
    return arena_printf(a, "%s|%s|%s|%s|%s|%s|%s|%s|%s", pack_version, name->legal, name->region,
                        name->branch, name->office, name->brand, name->trade, name->trade_en,
                        tokens);
}

static bool unpack_token(const char *text, struct company_token *out)
{
    *out = (struct company_token){ .soft = *text == '(' };
    text += out->soft;
    for (size_t kind = 0; kind < ARRAY_LEN(kind_marks); kind++) {
        if (*text == kind_marks[kind] && text[1] != '\0') {
            out->kind = (uint8_t)kind;
            out->text = text + 1;
            out->len = (uint16_t)strlen(text + 1);
            return true;
        }
    }
    return false;
}

bool text_company_unpack(struct arena *a, const char *packed, struct company_name *out)
{
    size_t count, tokens = 0;
    char **f = str_split(a, packed, '|', &count);

    if (count != PACK_FIELDS || strcmp(f[0], pack_version) != 0)
        return false;
    *out = (struct company_name){ .legal = f[1],
                                  .region = f[2],
                                  .branch = f[3],
                                  .office = f[4],
                                  .brand = f[5],
                                  .trade = f[6],
                                  .trade_en = f[7] };
    char **words = str_split(a, f[8], ' ', &tokens);
    if (tokens == 1 && words[0][0] == '\0')
        tokens = 0;
    out->tokens = arena_array(a, tokens + 1, sizeof(*out->tokens));
    for (; out->token_count < tokens; out->token_count++)
        if (!unpack_token(words[out->token_count], &out->tokens[out->token_count]))
            return false;
    company_set_core(a, out);
    return true;
}
