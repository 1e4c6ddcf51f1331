/* notification/wording.h - how the vendor words the mails of an event: subject and text in each
 * language, where they differ from the portal's own words (event.c).  What is not worded keeps its
 * own, so that a mail always says something in the language of its reader.
 *
 * {1} .. {9} stand for the values of the event, in the order of its own words: "{1} is approved".
 */
#pragma once

#include "notification/notification.h"

extern db_stmt_table wording_read_statements[];  /* the worker, staff.fcgi */
extern db_stmt_table wording_write_statements[]; /* staff.fcgi */

enum { WORDING_TITLE_MOST = 200, WORDING_TEXT_MOST = 1000 };

struct wording {
    int64_t id, row_version, updated_at; /* 0: never worded */
    const char *event;
    const char *title_en, *text_en, *title_zh, *text_zh; /* "": the portal's own words */
};

struct err *wording_list(struct db *db, struct arena *a, struct wording **rows_out,
                         size_t *count_out);
/* Of EVENT; one that was never worded has no id, and "" everywhere. */
struct err *wording_find(struct db *db, struct arena *a, const char *event,
                         struct wording *wording_out);
/* Stores it under the version that was seen (0: never worded), in the open transaction; *id_out is
 * its number.  *changed_out false: somebody else was faster, and nothing is changed. */
struct err *wording_change(struct db *db, const struct wording *wording, int64_t *id_out,
                           bool *changed_out);

/* A message of event.c as a person words it: translated, with {1} for %1$s. */
char *wording_own(struct arena *a, enum lang lang, const char *message);
/* The highest place that EVENT's own words fill. */
int wording_places(const struct notification_event *event);
/* The first "{...}" of TEXT that is none of 1 .. PLACES; NULL: all are. */
const char *wording_fault(struct arena *a, const char *text, int places);
/* TEXT with its places filled. */
char *wording_fill(const struct text_locale *loc, struct arena *a, const char *text,
                   const struct mail_value *values);
/* Of EVENT among ROWS; NULL: it was never worded. */
const struct wording *wording_of(const struct wording *rows, size_t count, const char *event);
/* Subject and text of EVENT for one reader; WORDING may be NULL. */
void wording_apply(struct arena *a, const struct notification_event *event,
                   const struct wording *wording, const struct text_locale *loc,
                   const struct mail_value *values, const char **title_out, const char **text_out);
