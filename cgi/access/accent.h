/* access/accent.h - the vendor's colour in place of Fairway's: what is strong enough, and the style
 * sheet made of it.
 *
 * One colour a theme.  Links and marks have it as it is; what stands upon it - the text of a button
 * - is white, so that a dark theme's buttons have it darker. */
#pragma once

#include "base/buf.h"
#include "text/contrast.h"

enum accent_theme { ACCENT_LIGHT, ACCENT_DARK, ACCENT_THEMES };

/* What text in the colour may stand upon, as static/css/token.css has it; ended by NULL. */
struct accent_ground {
    const char *name; /* "bg": --fw-bg */
    const char *colour;
};
extern const struct accent_ground *const accent_grounds[ACCENT_THEMES];

/* The weakest contrast of C with what it stands upon, in hundredths. */
int accent_contrast_e2(enum accent_theme theme, struct colour c);
bool accent_is_strong(enum accent_theme theme, struct colour c);
/* The colour next to C, darker in the light theme and lighter in the dark one, that is. */
struct colour accent_nearest(enum accent_theme theme, struct colour c);

enum { ACCENT_SHEET_BYTES = 40 };

/* "2457c5-own.css": what a sheet of these two colours ("#2457c5"; "": Fairway's own) is called; ""
 * where both are Fairway's own. */
void accent_sheet_name(const char *light, const char *dark, char out[ACCENT_SHEET_BYTES]);
/* The sheet of that name, "try-" before it for the parts of a preview alone.  False: there is none.
 */
bool accent_sheet(const char *name, struct buf *out);
