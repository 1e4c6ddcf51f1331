/* web/request.h - everything a handler may know and do.  Lives in its own arena; keep no pointer to
 * it.
 *
 * A handler has nothing to forget: its route is found, its actor known and permitted, its object
 * loaded within the actor's scope, its input valid, its transaction open (read-only for GET).  It
 * may be run again from the start (a lost race in the database), so it leaves nothing behind but
 * rows and its page. */
#pragma once

#include "access/actor.h"
#include "access/audit.h"
#include "base/arena.h"
#include "db/db.h"
#include "text/format.h"
#include "view/view.h"
#include "web/route.h"

struct param {
    const char *name; /* "file" for ":file" */
    const char *value;
};

struct request {
    struct arena *arena;
    struct db *db;
    const struct actor *actor;
    const struct route *route;
    const void *object; /* the row behind ":id"; NULL without one */
    int64_t object_id;
    const void *input; /* the struct behind route->form or route->query; NULL without one */
    const struct param *params;
    size_t param_count;
    struct view *page; /* root of the page's values */
    const struct text_locale *locale;
    const char *remote_addr;
    const char *user_agent;
    const char *path;  /* as asked, normalised */
    const char *query; /* as asked: for addresses of the same list */
    bool htmx;         /* wants a fragment */
    const struct conf *conf;
    void *rooms;         /* of the program: struct program, rooms_open */
    struct serve *serve; /* web/ alone looks inside */
};

/* -- the visitor's language
 * ------------------------------------------------------------------------ */
const char *tr(const struct request *req, const char *message) __attribute__((format_arg(2)));
const char *trf(const struct request *req, const char *message, ...) __attribute__((format_arg(2)));
const char *trn(const struct request *req, const char *one, const char *many, int64_t n);
#define N_(message) (message) /* marks a message in a table for the catalogue */

/* -- page values in the visitor's forms
 * ------------------------------------------------------------ */
void page_title(struct request *req,
                const char *title); /* already translated, or a record's name */
void page_crumb(struct request *req, const char *label, const char *address);
/* The vendor's name, colours and logo are read anew for this page and those that follow. */
struct brand;
struct err *page_brand_now(struct request *req, const struct brand **brand_out);
/* A logo as V.name.{Src,Width,Height}, as large as the frame takes it; none without a hash. */
struct brand_logo;
void page_logo(struct request *req, struct view *v, const char *name,
               const struct brand_logo *logo);
/* One of the facts in the line under the title: at most eight; "" adds none. */
void page_fact(struct request *req, const char *text);
void page_money(struct request *req, struct view *v, const char *name, int64_t e4,
                const char *currency);
/* The code of the currency that the vendor adds up in; a sum in it, "USD 1,234.5". */
const char *page_reporting(const struct request *req);
const char *page_reported(const struct request *req, int64_t e4, int digits_min, int digits_max);
void page_int(struct request *req, struct view *v, const char *name, int64_t n); /* grouped */
void page_at(struct request *req, struct view *v, const char *name,
             int64_t at); /* V.name.Text, .Iso */
void page_day(struct request *req, struct view *v, const char *name, int32_t day);
/* V.name.Code, .Tone, .Icon, .Label of a status, from the room's status table. */
struct status_row {
    const char *code, *tone, *icon, *label; /* label: English message id; NULL code ends a table */
};
void page_status(struct request *req, struct view *v, const char *name,
                 const struct status_row *table, const char *code);
/* Its word alone; CODE when TABLE has none. */
const char *page_status_word(const struct request *req, const struct status_row *table,
                             const char *code);

/* -- answers
 * --------------------------------------------------------------------------------------- */
/* Another page than the route's. */
struct err *reply_page(struct request *req, const char *page);
/* The same with 409, for a POST that wrote nothing because the record has changed: PAGE shows both
 * versions and a form to go on with. */
struct err *reply_conflict(struct request *req, const char *page);
/* Ends a GET or POST with 204 and no body: nothing to show. */
struct err *reply_nothing(struct request *req);
/* 303 to an address of ours (begins with one slash).  NOTE is a code of web/notes.def that the next
 * page shows ("saved"), or NULL. */
struct err *reply_redirect(struct request *req, const char *note, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* A download: always an attachment, nosniff, its own CSP.  DATA must live in the arena. */
struct err *reply_file(struct request *req, const char *file_name, const char *mime,
                       const void *data, size_t len);
/* Small text, such as a checkpoint. */
struct err *reply_text(struct request *req, const char *mime, const char *text, size_t len);
/* The same for what never changes at its address, and is nobody's own: browsers keep it. */
struct err *reply_for_ever(struct request *req, const char *mime, const void *data, size_t len);
/* Streams a long answer: begin, then any number of chunks.  Nothing can be run again after begin.
 */
struct err *reply_begin(struct request *req, const char *file_name, const char *mime);
struct err *reply_chunk(struct request *req, const void *data, size_t len);
/* A header of this answer, for the rare page that needs one ("Clear-Site-Data").  NAME is a
 * literal. */
void reply_header(struct request *req, const char *name, const char *value);
/* Cookies of identity: Secure, HttpOnly, SameSite=Lax, Path=/ are set here; MAX_AGE 0: session; -1:
 * gone. NAME is "fw-partner"; over https it becomes "__Host-fw-partner", for reading as for
 * writing. */
void reply_cookie(struct request *req, const char *name, const char *value, int max_age_seconds);
/* From the next page on the person's own language holds again, not one that was asked for by
 * ?lang=. For log-ins, and for the page where the language is chosen. */
void reply_own_language(struct request *req);
const char *request_cookie(const struct request *req, const char *name); /* NULL when absent */
/* For a handler that gave its transaction back (db_rollback) while it waited or hashed: another
 * that may write, with the use of the form in it, as the first had. */
struct err *request_begin_again(struct request *req);
const char *request_param(const struct request *req, const char *name); /* "" when absent */

/* What a handler returns when its own count says no: 429 with the time until the next try counts.
 */
struct err *request_too_many(struct request *req, int wait_seconds);

/* -- the record
 * ------------------------------------------------------------------------------------ */
/* Appends to the audit chain of a record as this visitor, with the route's name as action. */
struct err *request_audit(struct request *req, const char *kind, int64_t object_id,
                          const char *before, const char *after);
