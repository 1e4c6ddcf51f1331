/* support/sample_receipt.c */
#include "support/sample_receipt.h"
#include "base/log.h"
#include "support/memory_log.h"

#include <string.h>

enum { SAMPLE_INDEX = 5, SAMPLE_SIZE = 11 };

static void need(struct err *e)
{
    if (e != NULL)
        log_die(err_message(e));
}

static char *statement_of(struct arena *a, const unsigned char content_hash[SHA256_BYTES])
{
    const struct canon members[] = {
        CANON_N("event", 4711),
        CANON_T("kind", "deal.approved"),
        CANON_T("record", "DR-10423"),
        CANON_T("partner", "海港科技 Harbour Tech"),
        CANON_T("at", "2026-11-21T09:30:00.123456Z"),
        CANON_T("decision", "approved"),
    };
    struct buf b;
    char *text;

    buf_init(&b, 512, 0);
    need(receipt_statement(members, sizeof(members) / sizeof(members[0]), content_hash, &b));
    text = arena_dup_bytes(a, b.data, b.len);
    buf_free(&b);
    return text;
}

static void add_proof(struct arena *a, const char *statement, const struct sign_key *key,
                      struct tlog_proof *proof)
{
    struct memory_log *log = memory_log_new(a);
    struct tlog_checkpoint cp = { .origin = SAMPLE_ORIGIN, .size = SAMPLE_SIZE };

    memory_log_fill(log, SAMPLE_INDEX);
    memory_log_add(log, statement, strlen(statement));
    memory_log_fill(log, SAMPLE_SIZE);
    cp.root = merkle_edge_root(&log->edge);
    proof->index = SAMPLE_INDEX;
    need(merkle_inclusion(&log->reader, SAMPLE_INDEX, SAMPLE_SIZE, &proof->inclusion));
    need(tlog_checkpoint_sign(a, &cp, key, &proof->checkpoint_note));
    proof->checkpoint = cp;
}

struct sample_receipt *sample_receipt_new(struct arena *a, bool pending)
{
    struct sample_receipt *s = arena_alloc(a, sizeof(*s));
    unsigned char seed[SIGN_SEED_BYTES], public_key[SIGN_PUBLIC_BYTES], hash[SHA256_BYTES];
    struct sign_key *key;
    char *statement;
    struct buf b;

    for (int i = 0; i < SIGN_SEED_BYTES; i++)
        seed[i] = (unsigned char)i;
    for (int i = 0; i < RECEIPT_SALT_BYTES; i++)
        s->receipt.salt[i] = (unsigned char)(0xa0 + i);
    need(sign_key_from_seed(seed, &key));
    sign_key_public(key, public_key);
    need(note_key_make(SAMPLE_ORIGIN, public_key, &s->key));
    s->trust = (struct receipt_trust){ &s->key, 1, SAMPLE_ORIGIN };
    receipt_content_hash(s->receipt.salt, SAMPLE_CONTENT, strlen(SAMPLE_CONTENT), hash);
    statement = statement_of(a, hash);
    need(receipt_sign(a, statement, SAMPLE_ORIGIN, key, &s->receipt.statement_note));
    s->receipt.has_salt = true;
    s->receipt.pending = pending;
    if (!pending)
        add_proof(a, statement, key, &s->receipt.proof);
    buf_init(&b, 4096, 0);
    need(receipt_encode(&s->receipt, &b));
    s->text = arena_dup_bytes(a, b.data, b.len);
    buf_free(&b);
    sign_key_free(key);
    return s;
}
