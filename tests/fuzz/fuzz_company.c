/* fuzz/fuzz_company.c - any text as two company names: taken apart, packed, compared, within bounds
 * and the same both ways round. */
#include "account/match_keys.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

static struct text_ctx *ctx;
static struct match_names *names;
static struct arena *arena;

static void open_world(void)
{
    err_free(text_ctx_new(&ctx));
    err_free(match_names_new(ctx, &names));
    arena = arena_new(65536);
    if (ctx == NULL || names == NULL)
        abort();
}

static struct match_name *read_name(const char *text)
{
    struct match_name *name = arena_alloc(arena, sizeof(*name)), again;
    struct match_keys keys;

    match_name_read(names, arena, text, name);
    match_keys_read(arena, name, &keys);
    if (keys.count > MATCH_GRAMS_MAX || name->token_count > MATCH_TOKENS_MAX)
        abort();
    if (!match_name_unpack(names, arena, text_company_pack(arena, &name->part), &again) ||
        strcmp(again.part.core, name->part.core) != 0)
        abort();
    return name;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct match_evidence there, back;
    struct match_fields fields;

    if (ctx == NULL)
        open_world();
    if (!utf8_valid((const char *)data, len) || memchr(data, 0, len) != NULL)
        return 0;
    char *a = arena_dup_bytes(arena, data, len), *b = strchr(a, '\n');
    if (b != NULL)
        *b++ = '\0';
    struct match_name *x = read_name(a), *y = read_name(b != NULL ? b : "");
    match_fields_read(arena, a, b, a, b, &fields);
    match_score(x, &fields, y, NULL, &there);
    match_score(y, NULL, x, &fields, &back);
    if (there.verdict != back.verdict || there.score < 0 || there.score > 1)
        abort();
    arena_clear(arena);
    return 0;
}
