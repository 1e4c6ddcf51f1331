/* publishing/library_inside.h - what the files of the library share. */
#pragma once

#include "publishing/library.h"
#include "web/list.h"

#define LIBRARY_KIND "document" /* of attachments (by version) and audit events (by document) */

enum {
    LIBRARY_NEW_DAYS = 14,
    LIBRARY_SHOWN = 50,
    LIBRARY_DOWNLOADS_SHOWN = 15,
    LIBRARY_BODY_BYTES = 26 * 1024 * 1024
};

/* -- rows and statements (library_sql.c) ---------------------------------------------------------
 */

struct document {
    int64_t id, row_version, tier_id, product_line_id, version_no, published_at, updated_at;
    const char *state, *category, *lang, *countries;
    const char *name_en, *name_zh, *text_en, *text_zh;
    const char *line_en, *line_zh, *tier_en, *tier_zh;
};
/* What a partner sees in its list, and downloads. */
struct document_offer {
    int64_t id, version_id, version_no, published_at, asked_at, size_bytes;
    const char *category, *lang, *name_en, *name_zh, *text_en, *text_zh, *line_en, *line_zh, *scan;
};
struct document_version {
    int64_t id, no, downloads, created_at;
    const char *note, *created_name;
};
struct document_download {
    int64_t version_no, at;
    const char *account_name, *user_name;
};
struct document_reader {
    int64_t tier_rank;
    const char *country;
};
struct document_tier {
    int64_t id;
    const char *name_en, *name_zh;
};

extern const struct db_stmt library_sql_reader; /* account */
/* rank, country, category twice, language twice, line twice, search three times; key; limit */
const struct db_stmt *library_sql_offers(enum list_direction direction);
extern const struct db_stmt library_sql_offer; /* rank, country, document */
extern const struct db_stmt
    library_sql_note; /* document, version, account, user, their names, when */
extern const struct db_stmt library_sql_count; /* version's id */
/* state, category twice, search three times; key; limit */
const struct db_stmt *library_sql_list(enum list_direction direction);
extern const struct db_stmt library_sql_tiers;
extern const struct db_stmt library_sql_document;    /* document */
extern const struct db_stmt library_sql_versions;    /* document, limit */
extern const struct db_stmt library_sql_version;     /* document, number */
extern const struct db_stmt library_sql_downloads;   /* document, limit */
extern const struct db_stmt library_sql_add;         /* the fields, name */
extern const struct db_stmt library_sql_set;         /* the fields, document, row_version */
extern const struct db_stmt library_sql_next;        /* document, row_version */
extern const struct db_stmt library_sql_version_add; /* document, number, note, name */
extern const struct db_stmt library_sql_move; /* state, state, document, row_version, state */

/* -- words and choices (library_words.c) ---------------------------------------------------------
 */

extern const struct choice library_categories[], library_languages[];
extern const struct status_row library_states[];
const char *library_word(const struct request *req, const char *en, const char *zh);
const char *library_choice_word(const struct request *req, const struct choice *choices,
                                const char *value);
/* VALUE when it is one of CHOICES, else "": what stands in an address may be anything. */
const char *library_known(const struct choice *choices, const char *value);
/* Every tier, or every product line that is sold; the first is "", for all. */
const struct choice *library_tier_choices(struct request *req);
const struct choice *library_line_choices(struct request *req);
/* "cn, de" as "CN,DE" in OUT; false when one is no country. */
bool library_read_countries(struct request *req, const char *typed, const char **out);
/* The same as names: "China, Germany"; "" for everywhere. */
const char *library_country_names(const struct request *req, const char *codes);
int64_t library_number(const char *text); /* 0 for "" */

/* -- pages ---------------------------------------------------------------------------------------
 */

extern const struct form library_query, library_staff_query, library_new_form, library_edit_form,
    library_version_form, library_move_form;
struct err *library_show(struct request *req);
struct err *library_file_show(struct request *req);
struct err *library_noted(struct request *req);
struct err *library_staff_list_show(struct request *req);
struct err *library_new_show(struct request *req);
struct err *library_staff_show(struct request *req);
struct err *library_version_file_show(struct request *req);
struct err *library_new_post(struct request *req);
struct err *library_edit_post(struct request *req);
struct err *library_version_post(struct request *req);
struct err *library_move_post(struct request *req);
