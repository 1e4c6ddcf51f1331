/* job/mime.h - the text of one mail: headers and two alternatives, plain text and HTML (RFC 5322,
 * 2045, 2046, 2047, 3834).
 *
 * Of what a mail library does, the portal needs this one shape only; the one that Debian has brings
 * eighteen packages to a build.  What comes from people passes through here: no value can end its
 * header, and every line is at most 76 characters of ASCII; an address of the web stands whole on a
 * line of its own. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct mime_mail {
    const char *from;                 /* "Fairway <portal@example.com>" or a bare address */
    const char *to_address, *to_name; /* name may be "" */
    const char *subject;
    const char *message_id; /* "42.1795300000@example.com", without angle brackets */
    const char *thread_id;  /* the same for the thread's root; "" for none */
    const char *language;   /* "zh-CN" */
    /* Where one POST without a log-in ends these mails (RFC 8058); NULL or "": not offered. */
    const char *unsubscribe;
    const char *note; /* a line for whoever reads the file, as X-Fairway-Note; "" for none */
    int64_t at_us;    /* of the Date header, written in UTC */
    const char *text, *html;
};

/* ERR_INVALID when an address is none that may stand in a header (mime_address_valid). */
struct err *mime_build(const struct mime_mail *mail, struct buf *out);

/* True for ADDRESS of the form local@domain in visible ASCII without <>()[],;:\" and spaces, with
 * no more than 64 and 254 bytes: what every mail server takes and nothing that a header could
 * mistake. */
bool mime_address_valid(const char *address);
/* The address in "Name <address>", or the whole; in OUT of 256 bytes.  False when it is not valid.
 */
bool mime_address_of(const char *mailbox, char out[256]);
