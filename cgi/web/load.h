/* web/load.h - what all workers of a master share: configuration, locales, parsed templates, and
 * the text tools of the program's rooms.
 *
 * The master loads it once and then forks, so that the parsed trees, by far the largest part of a
 * worker, are in memory once. */
#pragma once

#include "base/conf.h"
#include "view/template.h"
#include "web/server.h"

struct loaded {
    struct conf conf;
    struct templates *templates;
    const struct program *program;
    void *rooms; /* struct program, rooms_open; NULL without */
};

/* Reads the configuration, parses every page of PROGRAM in every language (GENTLY: pages_load()).
 */
struct err *loaded_new(const struct program *program, bool gently, struct loaded **out);
void loaded_free(struct loaded *loaded); /* NULL is allowed */
