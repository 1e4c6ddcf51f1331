/* admin/demo_names.h - names of companies that do not exist, as many as one likes: the same number
 * gives the same name, two numbers give two names. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct demo_names {
    const char **short_names; /* Chinese, of two characters */
    size_t short_count;
};

/* Reads SQL_DIR/demo/zh-short-names.txt; the names live as long as the arena. */
struct err *demo_names_load(struct arena *a, const char *sql_dir, struct demo_names *out);

/* "苏州云帆精密机械有限公司": CITY without its suffix. */
const char *demo_name_zh(const struct demo_names *names, struct arena *a, const char *city,
                         uint64_t number);
/* "Copperfield Marine Works Ltd": SUFFIX is the legal form. */
const char *demo_name_en(struct arena *a, const char *suffix, uint64_t number);
