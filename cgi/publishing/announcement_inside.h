/* publishing/announcement_inside.h - what the files of announcements share. */
#pragma once

#include "publishing/announcement.h"
#include "publishing/library_inside.h"

#define ANNOUNCEMENT_KIND "announcement" /* of attachments and audit events */

enum { ANNOUNCEMENT_BODY_LENGTH = 8000, ANNOUNCEMENT_AT_ONCE = 100 };

/* -- rows and statements (announcement_sql.c) ----------------------------------------------------
 */

struct announcement {
    int64_t id, row_version, tier_id, product_line_id, from_at, until_at, delivered_at, updated_at;
    bool for_partner, for_customer, for_staff, important, unread;
    const char *state, *countries, *title_en, *title_zh, *body_en, *body_zh, *published_name;
};
struct announcement_query_input {
    struct list_input list;
};
/* Who asks: of staff everything that is for staff. */
struct announcement_reader {
    int64_t user_id, tier_rank;
    const char *audience, *country;
};
struct announcement_read {
    const char *user_name, *account_name;
    int64_t read_at;
};
struct announcement_reach {
    int64_t told, read;
};
struct announcement_title {
    int64_t id, from_at;
    bool important;
    const char *title_en, *title_zh;
};
struct announcement_person {
    int64_t user_id;
    const char *lang;
};
struct announcement_due {
    int64_t id, delivered_to;
    bool important;
    const char *title_en, *title_zh;
};

/* user; audience three times; rank; country twice; search three times; key; limit */
const struct db_stmt *announcement_sql_list(enum list_direction direction);
extern const struct db_stmt announcement_sql_shown;  /* the same without the search; id */
extern const struct db_stmt announcement_sql_unread; /* user, limit: newest first */
extern const struct db_stmt announcement_sql_seen;   /* announcement, user: no longer counted */
extern const struct db_stmt
    announcement_sql_read; /* announcement, user: opened for the first time */
extern const struct db_stmt announcement_sql_all_read; /* user */

const struct db_stmt *announcement_sql_desk_list(enum list_direction direction);
extern const struct db_stmt announcement_sql_one;     /* id */
extern const struct db_stmt announcement_sql_readers; /* announcement, limit */
extern const struct db_stmt announcement_sql_reach;   /* announcement */
extern const struct db_stmt announcement_sql_add;
extern const struct db_stmt announcement_sql_set;
extern const struct db_stmt announcement_sql_publish;  /* name, id, row_version */
extern const struct db_stmt announcement_sql_withdraw; /* id, row_version */

/* the worker */
extern const struct db_stmt announcement_sql_due;
extern const struct db_stmt announcement_sql_people;    /* announcement, after this user, limit */
extern const struct db_stmt announcement_sql_tell;      /* announcement, user */
extern const struct db_stmt announcement_sql_delivered; /* to, all are told, id, delivered_to */
extern const struct db_stmt announcement_sql_over;
extern const struct db_stmt announcement_sql_counted; /* announcement, limit */
extern const struct db_stmt announcement_sql_forget;  /* announcement, user */
extern const struct db_stmt announcement_sql_ended;   /* id */

/* -- pages ---------------------------------------------------------------------------------------
 */

/* V.Paragraphs.n.Text of several lines. */
void announcement_show_text(struct request *req, struct view *v, const char *text);

extern const struct form announcement_query, announcement_desk_query, announcement_new_form,
    announcement_form, announcement_move_form, announcement_files_form;
struct err *announcement_list_show(struct request *req);
struct err *announcement_show(struct request *req);
struct err *announcement_file_show(struct request *req);
struct err *announcement_noted(struct request *req);
struct err *announcement_all_read(struct request *req);
struct err *announcement_desk_show(struct request *req);
struct err *announcement_new_show(struct request *req);
struct err *announcement_edit_show(struct request *req);
struct err *announcement_new_post(struct request *req);
struct err *announcement_edit_post(struct request *req);
struct err *announcement_move_post(struct request *req);
struct err *announcement_files_post(struct request *req);
struct err *announcement_file_gone_post(struct request *req);
