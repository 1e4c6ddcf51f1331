/* admin/demo_scale.h - the demo company grown large, for measuring: as many end customers and
 * registrations as one likes, of many partners, over two years.  Rows are written in bulk without
 * the rules, so that they come without receipts and audit events; two loads of one size are equal
 * but for their dates. */
#pragma once

#include "base/conf.h"
#include "db/db.h"

enum { DEMO_SCALE_MOST = 5000000 };

/* After demo_load(), on the owner's connection.  The partner Huaxin gets a thousand of them (half
 * when there are fewer than two thousand), whatever COUNT is.  ERR_CONFLICT when it was done
 * before. PROGRESS may be NULL. */
struct err *demo_scale(struct db *db, const struct conf *conf, int64_t count,
                       void (*progress)(int64_t done, int64_t all));
