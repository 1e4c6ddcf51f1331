/* program/ctl_key.c - the keys that sign receipts and the heads of the log. */
#include "base/str.h"
#include "program/ctl.h"
#include "receipt/log_key.h"

static void print_key(struct ctl *ctl, const struct note_key *key)
{
    char text[NOTE_VKEY_BYTES];

    note_key_text(key, text);
    fprintf(ctl->out, "%s\n", text);
}

static struct err *run_new(struct ctl *ctl)
{
    struct note_key key;

    TRY(ctl_options(ctl, (const struct ctl_option[]){ { 0 } }, NULL));
    TRY(log_key_new(ctl->db, ctl->a, &ctl->conf, &key));
    print_key(ctl, &key);
    return NULL;
}

static struct err *run_rotate(struct ctl *ctl)
{
    struct note_key key;

    TRY(ctl_options(ctl, (const struct ctl_option[]){ { 0 } }, NULL));
    TRY(log_key_rotate(ctl->db, ctl->a, &ctl->conf, &key));
    print_key(ctl, &key);
    return NULL;
}

static struct err *run_list(struct ctl *ctl)
{
    struct log_key_row *rows = NULL;
    struct note_key *keys = NULL;
    size_t count;

    TRY(ctl_options(ctl, (const struct ctl_option[]){ { 0 } }, NULL));
    TRY(db_begin_read(ctl->db));
    TRY(log_keys_read(ctl->db, ctl->a, &rows, &keys, &count));
    TRY(db_commit(ctl->db));
    for (size_t i = 0; i < count; i++) {
        char from[CLOCK_ISO_BYTES], until[CLOCK_ISO_BYTES] = "";

        clock_iso(rows[i].valid_from, from);
        if (rows[i].retired_at != 0)
            clock_iso(rows[i].retired_at, until);
        fprintf(ctl->out, "# from %s%s%s\n", from, *until != '\0' ? " until " : "", until);
        print_key(ctl, &keys[i]);
    }
    return NULL;
}

const struct ctl_command ctl_key_commands[] = {
    { "key new", "", "make the first key of receipts and of the log", true, run_new },
    { "key rotate", "", "put a new key in the place of the one in use; old receipts stay valid",
      true, run_rotate },
    { "key list", "", "print every public key, as receipt verify takes them", true, run_list },
    { 0 },
};
