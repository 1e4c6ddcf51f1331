/* auditing/auditing_inside.h - what the files of this room share. */
#pragma once

#include "access/audit.h"
#include "auditing/auditing.h"
#include "web/audit_words.h"
#include "web/form.h"
#include "web/list.h"
#include "web/request.h"

/* -- statements (auditing_sql.c) -----------------------------------------------------------------
 */

struct auditing_row {
    int64_t id, object_id, seq, at, user_id, for_user_id;
    const char *kind, *audience, *address, *action, *before_json, *after_json;
    const char *user_name, *for_name; /* "" for nobody */
};

/* By what a list is found; all else is looked at on the way. */
enum auditing_driver { BY_TIME, BY_PERSON, BY_ACTION, BY_KIND, AUDITING_DRIVERS };
/* Parameters: the driver's (none for BY_TIME), between which ids, between which instants, kind
 * twice, action twice, person twice, how many. */
const struct db_stmt *auditing_list(enum auditing_driver driver, bool newer);
/* Kind, object, seq above and below which, how many. */
const struct db_stmt *auditing_record(bool newer);

struct auditing_id {
    int64_t id;
};
extern const struct db_stmt auditing_first_since, auditing_last_until; /* an instant */

struct auditing_word {
    const char *word;
};
extern const struct db_stmt auditing_kinds, auditing_actions;

struct auditing_person {
    int64_t id;
    const char *name, *email, *audience;
};
extern const struct db_stmt auditing_person_by_id;
extern const struct db_stmt auditing_people; /* address key, name for LIKE */

struct auditing_check {
    int64_t id, begun_at, ended_at, begun_by, expected, object_id, seq, events, chains, faults,
        row_version;
    const char *user_name, *kind, *first_fault;
    struct bytes hash;
};
extern const struct db_stmt auditing_check_newest, auditing_check_open, auditing_check_begin,
    auditing_check_move;

/* -- what is shown (auditing_view.c) -------------------------------------------------------------
 */

/* Whether the visitor sees everybody's work. */
bool auditing_sees_all(const struct request *req);
/* "Registration" for "deal": a word for people, or KIND itself. */
const char *auditing_kind_word(const struct request *req, const char *kind);
/* "DR-10423". */
const char *auditing_number(struct arena *a, const char *kind, int64_t object_id);
/* Of the record's page; "": it has none. */
const char *auditing_address(struct arena *a, const char *kind, int64_t object_id);
/* The number that was typed, with or without its letters; 0: none. */
int64_t auditing_typed_number(const char *kind, const char *typed);
/* Fills V: when, who, what, and each member that changed. */
void auditing_show_event(struct request *req, struct view *v, const struct auditing_row *row);

/* -- handlers ------------------------------------------------------------------------------------
 */
extern const struct form auditing_query_form, auditing_record_query;
struct err *auditing_list_show(struct request *req);
struct err *auditing_list_export(struct request *req);
struct err *auditing_record_show(struct request *req);
struct err *auditing_check_post(struct request *req);
/* The newest check, or the one that runs, into the page's Check. */
struct err *auditing_show_check(struct request *req);
