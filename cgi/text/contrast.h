/* text/contrast.h - colours as people type them, and how well one can be read upon another (WCAG
 * 2.2, "relative luminance" and "contrast ratio"). */
#pragma once

#include <stdbool.h>

enum { COLOUR_BYTES = 8, CONTRAST_AA_E2 = 450 };

struct colour {
    unsigned char red, green, blue;
};

/* "#2457c5", in either case. */
bool colour_read(const char *text, struct colour *out);
void colour_write(struct colour c, char out[COLOUR_BYTES]); /* in lower case */
/* C moved to TOWARDS by so many 256ths. */
struct colour colour_mix(struct colour c, struct colour towards, int parts);
/* Hundredths, rounded down, so that what is just too weak is not called enough: 100 (the same) to
 * 2100 (black and white). */
int contrast_e2(struct colour a, struct colour b);
