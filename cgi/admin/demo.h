/* admin/demo.h - the demo company: a believable vendor with partners, customers, staff and
 * reference data, for looking at the portal and for tests.  What it is stands in sql/demo/. */
#pragma once

#include "base/conf.h"
#include "db/db.h"

#include <stdbool.h>
#include <stdio.h>

/* Fills a portal that has no accounts yet, in one transaction, on the owner's connection (opened
 * lazily): every file sql/demo/NN_*.sql, then credentials for the active people.  Writes
 * VAR/demo-people.csv (mode 0600: email,password,audience,role,totp_secret, one of each role first)
 * and says on OUT how to log in.  A portal that has the demo company already is left as it is:
 * *loaded_out is false. ERR_CONFLICT when it holds something else that is in the way. */
struct err *demo_load(struct db *db, const struct conf *conf, FILE *out, bool *loaded_out);
