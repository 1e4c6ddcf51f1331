/* lead/lead_public.h - leads without a log-in: who asks, and who answers from a mail. */
#pragma once

#include "job/outbox.h"
#include "web/route.h"

extern const struct route lead_public_routes[];
extern db_stmt_table lead_link_statements[];      /* public.fcgi */
extern db_stmt_table lead_link_make_statements[]; /* the worker */

/* Content of templates/mail/lead/offer.cs, for main/worker.c. */
struct err *lead_fill_offer(struct db *db, struct arena *a, struct outbox_reading *mail);

/* -- lead_link.c: handlers */
struct err *lead_link_show(struct request *req);
struct err *lead_link_accept(struct request *req);
struct err *lead_link_decline(struct request *req);
