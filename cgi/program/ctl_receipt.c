/* program/ctl_receipt.c - checks a receipt away from the portal: with nothing but the file and the
 * vendor's public keys. */
#include "base/str.h"
#include "crypt/receipt.h"
#include "program/ctl.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS_MAX = 32, FILE_MAX_BYTES = RECEIPT_MAX_BYTES };

struct text {
    const char *data;
    size_t len;
};

static struct err *read_file(struct arena *a, const char *path, struct text *out)
{
    return err_pass(ctl_read_file(a, path, FILE_MAX_BYTES, &out->data, &out->len));
}

/* One public key a line, as note_key_text() writes it; empty lines and # comments are skipped. */
static struct err *read_keys(struct arena *a, const char *path, struct note_key *keys,
                             size_t *count_out)
{
    struct text text;
    char **lines;
    size_t count;

    *count_out = 0;
    TRY(read_file(a, path, &text));
    lines = str_split(a, arena_dup_bytes(a, text.data, text.len), '\n', &count);
    for (size_t i = 0; i < count; i++) {
        const char *line = str_trim(a, lines[i]);

        if (*line == '\0' || *line == '#')
            continue;
        if (*count_out == KEYS_MAX)
            return err_raise(ERR_CONFIG, "%s has more than %d keys", path, KEYS_MAX);
        TRY(note_key_parse(line, &keys[(*count_out)++]));
    }
    return *count_out != 0 ? NULL : err_raise(ERR_CONFIG, "%s has no key", path);
}

/* Canonical JSON has no line end, a file of it usually one. */
static struct err *read_content(struct arena *a, const char *path, struct text *out)
{
    TRY(read_file(a, path, out));
    if (out->len > 0 && out->data[out->len - 1] == '\n')
        out->len--;
    return NULL;
}

static const char *state_name(enum receipt_state state)
{
    static const char *const names[] = { [RECEIPT_FAILED] = "FAILED",
                                         [RECEIPT_PASSED] = "passed",
                                         [RECEIPT_PENDING] = "pending",
                                         [RECEIPT_NOT_CHECKED] = "not checked" };

    return names[state];
}

static void print_checks(FILE *out, const struct receipt_checks *checks)
{
    const struct {
        const char *question;
        enum receipt_state state;
    } lines[] = {
        { "the file is a receipt", checks->well_formed },
        { "a known key signed the statement", checks->statement },
        { "a known key signed the log's head", checks->checkpoint },
        { "the statement is in the log", checks->inclusion },
        { "the content is what was signed", checks->content },
    };

    for (size_t i = 0; i < ARRAY_LEN(lines); i++)
        fprintf(out, "%-36s %s\n", lines[i].question, state_name(lines[i].state));
    if (!str_is_empty(checks->statement_key))
        fprintf(out, "signed by %s\n", checks->statement_key);
    if (!str_is_empty(checks->fault))
        fprintf(out, "%s\n", checks->fault);
}

static struct err *run_verify(struct ctl *ctl)
{
    const char *path, *keys_path = NULL, *key = NULL, *content_path = NULL, *origin = NULL;
    const struct ctl_option options[] = { { "keys", &keys_path, false },
                                          { "key", &key, false },
                                          { "content", &content_path, false },
                                          { "origin", &origin, false },
                                          { 0 } };
    struct note_key *keys = arena_array(ctl->a, KEYS_MAX, sizeof(*keys));
    struct receipt_trust trust = { .keys = keys };
    struct text file, content = { NULL, 0 };
    struct receipt_checks checks;
    struct receipt receipt;

    TRY(ctl_options(ctl, options, &path));
    if ((keys_path == NULL) == (key == NULL))
        return err_raise(ERR_INVALID, "either --keys or --key is needed");
    trust.origin = origin != NULL ? origin : ctl->conf.log_origin;
    if (key != NULL)
        TRY(note_key_parse(key, &keys[trust.key_count++]));
    else
        TRY(read_keys(ctl->a, keys_path, keys, &trust.key_count));
    TRY(read_file(ctl->a, path, &file));
    if (content_path != NULL)
        TRY(read_content(ctl->a, content_path, &content));
    checks = receipt_verify_text(ctl->a, file.data, file.len, &trust, content.data, content.len,
                                 &receipt);
    print_checks(ctl->out, &checks);
    if (receipt_overall(&checks) == RECEIPT_FAILED)
        return err_raise(ERR_CONFLICT, "%s does not hold", path);
    return NULL;
}

const struct ctl_command ctl_receipt_commands[] = {
    { "receipt verify", "FILE --keys FILE | --key KEY [--content FILE] [--origin NAME]",
      "check a receipt against public keys (one a line); needs no database", false, run_verify },
    { 0 },
};
