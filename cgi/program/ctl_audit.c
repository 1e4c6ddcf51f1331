/* program/ctl_audit.c - checks the audit trail: each record's chain by itself, and all of them
 * against the transparency log. */
#include "access/audit.h"
#include "base/str.h"
#include "program/ctl.h"
#include "receipt/log_verify.h"

/* A signed head that was kept outside the portal: a witness that the database cannot talk round. */
static struct err *read_kept(struct ctl *ctl, const char *path, struct tlog_checkpoint *cp_out)
{
    struct log_key_row *rows = NULL;
    struct note_key *keys = NULL;
    const char *data;
    struct note note;
    size_t len, count;

    TRY(ctl_read_file(ctl->a, path, NOTE_MAX_BYTES, &data, &len));
    TRY(note_parse(ctl->a, data, len, &note));
    TRY(tlog_checkpoint_parse(note.text, note.text_len, cp_out));
    TRY(log_keys_read(ctl->db, ctl->a, &rows, &keys, &count));
    if (note_verify(&note, keys, count) != NOTE_VALID ||
        !str_eq(cp_out->origin, ctl->conf.log_origin))
        return err_raise(ERR_CONFLICT, "%s is not a signed head of %s", path, ctl->conf.log_origin);
    return NULL;
}

static struct err *check(struct ctl *ctl, const char *kept_path, struct audit_report *chains,
                         struct log_report *log)
{
    struct log_verify how = { .origin = ctl->conf.log_origin, .progress = ctl_show_progress };
    struct tlog_checkpoint kept;

    if (kept_path != NULL) {
        TRY(read_kept(ctl, kept_path, &kept));
        how.kept = &kept;
    }
    TRY(audit_verify(ctl->db, chains));
    return err_pass(log_verify(ctl->db, &how, log));
}

static struct err *run_verify(struct ctl *ctl)
{
    const char *kept_path = NULL;
    const struct ctl_option options[] = { { "head", &kept_path, false }, { 0 } };
    struct audit_report chains;
    struct log_report log;
    struct err *e;

    TRY(ctl_options(ctl, options, NULL));
    TRY(db_begin_read(ctl->db));
    e = err_pass(check(ctl, kept_path, &chains, &log));
    db_rollback(ctl->db);
    if (e != NULL)
        return e;
    if (chains.faults + log.faults != 0)
        return err_raise(ERR_CONFLICT,
                         "%lld of %lld audit events and %lld places of the log are at fault; "
                         "the first: %s",
                         (long long)chains.faults, (long long)chains.events, (long long)log.faults,
                         chains.faults != 0 ? chains.first : log.first);
    fprintf(
        ctl->out,
        "%lld audit events in %lld chains are whole\n"
        "%lld leaves and %lld signed heads of the log agree with them; %lld events are pending\n",
        (long long)chains.events, (long long)chains.chains, (long long)log.leaves,
        (long long)log.heads, (long long)log.pending);
    return NULL;
}

const struct ctl_command ctl_audit_commands[] = {
    { "audit verify", "[--head FILE]",
      "check every chain of the audit trail, and the log; FILE: a signed head that was kept", true,
      run_verify },
    { 0 },
};
