/* settings/branding.h - how the vendor's portal looks: what is typed, and what is stored of it. */
#pragma once

#include "access/brand.h"
#include "web/request.h"

#define BRANDING_ADDRESS "/staff/setup/branding"

enum { BRANDING_LOGO_MOST = 96 * 1024, BRANDING_SIDE_MOST = 2000 };

struct branding_input {
    int64_t row_version;
    const char *name_en, *name_zh;
    const char *accent[ACCENT_THEMES];
    const char *logo[ACCENT_THEMES]; /* hash of one that was taken before; "": none */
    bool drop[ACCENT_THEMES];
    struct upload_list files[ACCENT_THEMES];
    bool logo_alone;
};

/* Stores it under the version that it says; ERR_AGAIN: somebody else was faster. */
struct err *branding_write(struct request *req, const struct brand *next);
/* Keeps a picture for a form that may be saved; *logo_out is how it is called. */
struct err *branding_keep_logo(struct request *req, const struct upload *file, int64_t width,
                               int64_t height, struct brand_logo *logo_out);
/* One that was kept before; it stays for some days more.  *found_out false: there is none. */
struct err *branding_find_logo(struct request *req, const char *hash, struct brand_logo *logo_out,
                               bool *found_out);
