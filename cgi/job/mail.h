/* job/mail.h - how a finished mail leaves: over SMTP, or into a file when no server is set. */
#pragma once

#include "base/buf.h"
#include "base/conf.h"
#include "base/err.h"

#include <stdint.h>

struct mailer;

/* Reads smtp_url, smtp_user and the password's file; makes VAR/mail and VAR/mail/links (mode 0700)
 * when mails go to files.  The connection to the server is kept between mails. */
struct err *mailer_new(const struct conf *conf, struct mailer **mailer_out);
void mailer_free(struct mailer *mailer); /* NULL is allowed */
bool mailer_writes_files(const struct mailer *mailer);
/* How long one mail may take in all; 60 seconds unless told. */
void mailer_set_patience(struct mailer *mailer, int seconds);

enum mail_result {
    MAIL_SENT = 1,
    MAIL_REFUSED,  /* for good: the server said 5xx to this receiver or this mail */
    MAIL_LATER,    /* the server said 4xx, or was lost on the way: what became of the mail may be
                      unknown */
    MAIL_NO_SERVER /* nobody was reached, or not as ourselves: nothing is wrong with the mail */
};

/* Hands MESSAGE (lines end in CRLF) over.  ID names the file, which a second try replaces:
 * VAR/mail/ID-HASH.eml, HASH the first 8 digits of SHA-256 of the receiver.  WHY is one line for
 * logs when the result is not MAIL_SENT; it quotes the server and no secret. */
enum mail_result mailer_send(struct mailer *mailer, int64_t id, const char *from, const char *to,
                             const struct buf *message, char why[256]);
/* Without a server a link that only its receiver may know still has to reach somebody: it is
 * written to VAR/mail/links/ID, mode 0600, for the operator's eyes, and the mail file only says so.
 */
struct err *mailer_keep_link(struct mailer *mailer, int64_t id, const char *url);
/* Removes kept links older than AGE_SECONDS. */
struct err *mailer_drop_links(struct mailer *mailer, int64_t age_seconds);
