/* account/account_inside.h - what the files that make accounts share. */
#pragma once

#include "account/account.h"

/* Partners are no end customers: nobody registers a deal with them. */
bool account_is_end_customer(const struct account *account);
/* The account as the conflict check knows it. */
struct match_party account_party(const struct account *account);
/* What was written of it, for the trail. */
const char *account_facts_json(struct arena *a, const struct account *account);
/* Writes the keys of the conflict check; of an end customer alone. */
struct err *account_index(struct db *db, struct arena *a, struct match_names *names,
                          const struct account *account);
/* The row alone; sets its id. */
struct err *account_insert(struct db *db, struct account *account);
