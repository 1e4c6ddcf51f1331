/* receipt/receipt_pages.h - what programs list of receipts: /verify for everybody, and the receipts
 * of a registration for those who may see it. */
#pragma once

#include "receipt/receipt_file.h"
#include "web/request.h"

extern const struct route receipt_public_routes[]; /* /verify, /verify/log/... */
extern const struct route receipt_partner_routes[];
extern const struct route receipt_staff_routes[];
/* "Deal registration approved", in the visitor's language, of a statement's event. */
const char *receipt_event_label(const struct request *req, const char *event);
/* Adds V.NAME.n.{Label,Value,Code} for each thing that the statement says.  Code: flag for what is
 * no prose. */
void receipt_show_statement(struct request *req, struct view *v, const char *name,
                            const struct receipt *receipt);

/* The address that a printed receipt carries: statement and signature, and no salt, since addresses
 * end in logs.  "/verify?s=...&sig=..." */
const char *receipt_address(struct arena *a, const struct receipt *receipt);
/* The first part of a receipt from such an address; false when it is none. */
bool receipt_of_address(struct arena *a, const char *s, const char *sig, const char *key_name,
                        struct receipt *out);
