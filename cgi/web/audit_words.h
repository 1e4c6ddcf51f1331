/* web/audit_words.h - what the events of the audit trail are called where people read them. */
#pragma once

#include "web/request.h"

/* "deal.submit", the name of a route or a job's own, and an English message.  In the order of their
 * names, ended by a NULL name. */
struct audit_word {
    const char *action, *words;
};
extern const struct audit_word audit_words[];

/* In the reader's language; ACTION itself when it has no words. */
const char *audit_action_word(const struct request *req, const char *action);
