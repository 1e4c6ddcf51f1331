/* web/inside.h - what the files of web/ know of a request under way; nobody else includes it. */
#pragma once

#include "access/brand.h"
#include "web/hint.h"
#include "web/http.h"
#include "web/request.h"
#include "web/route_index.h"
#include "web/rows.h"
#include "web/serve.h"
#include "web/token.h"
#include "web/upload.h"

struct fault {
    const char *field;
    int index; /* -1: a plain field */
    const char *message;
    struct fault *next;
};

struct line {
    const char *name, *value;
    struct line *next;
};

enum reply_kind { REPLY_NONE, REPLY_PAGE, REPLY_REDIRECT, REPLY_DATA, REPLY_NOTHING, REPLY_STREAM };

struct reply {
    enum reply_kind kind;
    const char *page;      /* REPLY_PAGE */
    const char *location;  /* REPLY_REDIRECT */
    const char *mime;      /* REPLY_DATA, REPLY_STREAM */
    const char *file_name; /* the same; NULL: shown in place */
    const void *data;
    size_t len;
    bool for_ever;      /* REPLY_DATA: its address never shows anything else */
    struct line *lines; /* further headers */
};

/* Parts of pages that are kept. */
#define PAGE_STATUS     "part/status.cs"
#define PAGE_MENU_SIDE  "part/menu_side.cs"
#define PAGE_MENU_TABS  "part/menu_tabs.cs"
#define PAGE_MENU_LINKS "part/menu_links.cs"

/* A status as lists show it, made once for all rows. */
struct status_part {
    const struct status_row *row; /* NULL: nothing kept here */
    enum lang lang;
    struct view_html *html;
};
enum { STATUSES_KEPT = 256, STATUS_PLACES = 4, STATUS_STEP = 37 };
enum { MENU_PARTS = 3, MENUS_KEPT = 32, MOULDS_KEPT = 64, HINTS_KEPT = 64 };

struct rows_kept {
    const struct rows_part *part; /* NULL ends the kept ones */
    struct mould *mould;
};

struct menu_key {
    const struct menu_item *menu, *current; /* menu NULL: nothing kept here */
    enum lang lang;
    enum audience audience;
    struct permission_set permissions;
    int32_t counters[ACTOR_COUNTERS];
};

struct menu_kept {
    struct menu_key key;
    struct view_html *parts[MENU_PARTS];
};

struct hint_kept {
    struct hint hint;
    int64_t until_us; /* monotonic */
    _Alignas(8) unsigned char data[HINT_BYTES];
};

struct server_state {
    const struct program *program;
    const struct conf *conf;
    struct db *db;
    bool db_is_ours;
    int64_t db_tried_us; /* monotonic; the last try to open it */
    struct templates *templates;
    void *rooms;             /* struct program, rooms_open */
    struct magic_set *magic; /* NULL when no form takes files */
    struct arena *fixed;     /* as long as the state: index, header lines */
    struct arena *kept;      /* one request: what was sent */
    struct arena *run;       /* one run of the handler: everything else */
    struct view *page;
    const struct route_index *routes;
    const char *health_path;
    const char *origin;       /* of the base URL: "https://portal.example" */
    const char *staff_origin; /* NULL: the same */
    bool https;
    bool loopback; /* plain http for one machine: the host may go by other names */
    const char *headers_always, *headers_page;
    struct buf body_in;
    struct serve *serve;
    struct view *part_values; /* for making parts */
    struct status_part statuses[STATUSES_KEPT];
    struct menu_kept menus[MENUS_KEPT];
    unsigned next_menu;
    struct rows_kept moulds[MOULDS_KEPT];
    struct mould *mould; /* of the rows under way */
    struct buf rows;     /* the lists of the page, each ended by NUL */
    size_t rows_at;      /* where the one under way begins */
    struct hint_kept hints[HINTS_KEPT];
    struct brand brand;     /* as it was a few seconds ago; zeroed: Fairway's own look */
    int64_t brand_until_us; /* monotonic; 0: never read */
};

/* What a run would have answered, had its commit said that it was done. */
struct made_answer {
    int status;
    const char *headers, *body;
    size_t headers_len, body_len;
};

/* Rows that are on the page (rows_show()). */
struct rows_shown {
    struct view *place;
    const char *name;
    size_t at; /* in the buffer of rows */
    struct rows_shown *next;
};

/* A request under way.  Members above the line are filled once; those below are set again by each
 * run. */
struct serve {
    struct server_state *state;
    const struct http_in *in;
    struct http_out *out;
    enum http_method method;
    bool head;
    const char *segments[HTTP_SEGMENTS_MAX];
    size_t segment_count;
    struct http_pairs query, body, cookies;
    struct route_match match;
    struct param params[ROUTE_PARAMS_MAX];
    bool body_read, rated;
    unsigned char mark[16]; /* of this request, the same in each run (route.done_once) */
    bool marked;
    const char *guest_cookie; /* what the guest sent, or what he gets */
    bool guest_is_new;
    int64_t began_us;
    int runs;
    char reference[10]; /* "F7K2-9QD4"; "" until a fault needs one */
    int wait_seconds;   /* 429: until the window ends */
    struct fault *faults;
    const struct made_answer
        *made;    /* of a run of which nobody knows whether it was done; or NULL */
    bool refused; /* the form did not pass: now the page is shown again */
    /* -------- */
    struct request req;
    struct actor actor;
    unsigned char form_key[TOKEN_KEY_BYTES];
    bool has_form_key;
    bool token_shown, used_recorded;
    bool form_shown; /* the form that was sent is on the page, with its faults */
    unsigned char token_hash[32], body_hash[32];
    const struct form *typed_form; /* the form of the body or query that came in */
    struct reply reply;
    bool answered;                 /* the gates end here: the reply is complete */
    struct rows_shown *rows_shown; /* the newest first; NULL: none yet */
};

struct gate {
    const char *name;
    struct err *(*pass)(struct serve *s);
};

/* The gates of the bytes (once), and those that are run again as a whole; each list ended by { 0 }.
 */
extern const struct gate gates_once[], gates_again[];

/* serve_session.c */
const char *cookie_full_name(const struct server_state *state, struct arena *a, const char *name);
struct err *serve_db(struct serve *s);   /* req.db is set, or ERR_UNAVAILABLE */
struct err *serve_read(struct serve *s); /* a read transaction is open */
/* On a cluster: the next pages shall show what this form changed. */
void serve_changed(struct serve *s);
/* Small writes of a GET, after its own transaction: last seen, opened by.  Errors are logged only.
 */
void serve_small_writes(struct serve *s);

/* serve_token.c */
struct err *gate_token(struct serve *s);
struct err *record_use(struct serve *s); /* first in a write; may answer with the stored result */
struct err *record_result(struct serve *s); /* last in a write */
void keep_answer(struct serve *s); /* after a commit that failed: it may be done all the same */
const char *serve_form_token(struct serve *s); /* for the page */

/* serve_body.c */
struct err *read_body(struct serve *s);

/* form.c */
struct err *form_read(struct serve *s, const struct form *form, const struct http_pairs *pairs,
                      const void **input_out);
/* NULL: FORM has no such field. */
const struct field *form_field(const struct form *form, const char *name);
/* What was typed: the body of a POST, else the query. */
const struct http_pairs *form_pairs(const struct serve *s);
/* form_show.c */
void form_show_faults(struct serve *s);

/* frame.c */
void frame_begin(struct serve *s);        /* values that every page has */
void frame_form_is_gone(struct serve *s); /* says why nothing was done, where no form does */
void frame_end(struct serve *s);          /* those that depend on what the handler did */

/* brand.c */
struct err *brand_refresh(struct serve *s); /* once in a while; in the open transaction */
void brand_show(struct serve *s, struct view *page);

/* page.c: NULL when CODE is not in TABLE, or when a fault was kept. */
const struct view_html *status_part(struct request *req, const struct status_row *table,
                                    const char *code);

/* rows.c: the page gets the addresses of its rows, before it is rendered. */
void rows_lend(const struct serve *s);

/* menu.c */
void menu_show(struct serve *s);
void menu_forget(struct menu_kept *kept);

/* answer.c */
struct err *answer_make(struct serve *s); /* from s->reply to out; pages are rendered here */
void answer_headers(struct serve *s, const char *mime, bool is_page);
void answer_fault(struct serve *s, const struct err *e);
struct err *answer_stream_begin(struct serve *s);
