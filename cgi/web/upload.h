/* web/upload.h - files that visitors send: which kinds are taken, and what they are called.
 *
 * The kind is found from the content (libmagic) and must agree with the ending of the name; the
 * browser's word counts for nothing.  Nothing is unpacked. */
#pragma once

#include "web/form.h"

struct magic_set;

/* Loads the database of kinds, which needs the file system: before a sandbox.  ERR_CONFIG without
 * it. */
struct err *magic_set_new(struct magic_set **out);
void magic_set_free(struct magic_set *set); /* NULL is allowed */

enum upload_verdict { UPLOAD_OK, UPLOAD_KIND, UPLOAD_EMPTY };

/* DATA stays where it is. */
enum upload_verdict upload_read(struct magic_set *set, struct arena *a, const char *file_name,
                                const void *data, size_t len, struct upload *out);
/* The last part of a path, without control characters, direction marks and what file systems
 * forbid, at most 200 bytes with its ending kept; "file" when nothing is left. */
const char *upload_clean_name(struct arena *a, const char *name);
