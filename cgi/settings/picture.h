/* settings/picture.h - how large a picture says it is: PNG, JPEG and WebP, from their first bytes.
 * Nothing is unpacked. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* MIME is what the content was found to be.  False: another kind, or it does not say. */
bool picture_size(const char *mime, const unsigned char *data, size_t len, int64_t *width_out,
                  int64_t *height_out);
