/* programme/programme_inside.h - what the files of the programme share: rows, statements, forms,
 * handlers. */
#pragma once

#include "job/outbox.h"
#include "programme/programme.h"
#include "web/list.h"
#include "web/request.h"

/* -- applications --------------------------------------------------------------------------------
 */

struct application {
    int64_t id, row_version, department_id, reviewer_id, account_id;
    int64_t created_at, checked_at, decided_at, due_at, purged_at;
    const char *state_code, *company_name, *country, *city, *address, *website, *tax_number,
        *tax_key, *domain_key;
    const char *contact_name, *contact_title, *contact_phone, *email, *email_key, *lang;
    const char *reviewer_name, *reason_text, *account_name;
};
enum application_state application_state_of(const struct application *application);
const char *application_number(struct arena *a, int64_t id); /* "PA-318" */

struct application_question {
    int64_t id;
    const char *text_en, *text_zh;
    bool required;
};
struct application_answer {
    const char *question_en, *question_zh, *answer;
};
struct application_match {
    int64_t id, score;
    const char *name, *kind, *status, *country, *city, *tax_number, *website, *verdict,
        *evidence_json;
};

extern const struct db_stmt programme_sql_questions;
/* company, country, city, address, website, tax number and key, domain key, contact's name, title,
 * phone, address and key, language, remote address */
extern const struct db_stmt programme_sql_apply;
extern const struct db_stmt
    programme_sql_answer_add; /* application, place, question, its two texts, answer */
extern const struct db_stmt programme_sql_application;        /* range, id */
extern const struct db_stmt programme_sql_application_worker; /* id */
/* Range, state unless all, key twice and id behind the first page, limit. */
const struct db_stmt *programme_sql_applications(bool one_state, enum list_direction direction);
extern const struct db_stmt programme_sql_application_search; /* range, pattern, limit */
extern const struct db_stmt programme_sql_answers, programme_sql_matches; /* application */
extern const struct db_stmt programme_sql_same; /* address key, tax key, domain key, own id */
/* state, reviewer, name, reason, account, decided, id, version, state before */
extern const struct db_stmt programme_sql_application_move;
extern const struct db_stmt programme_sql_application_checked; /* department, id */
extern const struct db_stmt programme_sql_match_clear, programme_sql_match_add;

struct programme_department {
    int64_t id;
};
extern const struct db_stmt programme_sql_territory; /* country */
struct programme_person {
    int64_t id;
};
extern const struct db_stmt programme_sql_reviewers; /* department */
extern const struct db_stmt programme_sql_everybody; /* account: its active people */
struct programme_party {
    int64_t id;
    const char *name, *country, *tax_number, *website, *phone, *address;
};
extern const struct db_stmt programme_sql_partners; /* all of them, for the matcher */

struct programme_choice {
    int64_t id;
    const char *name_en, *name_zh;
};
extern const struct db_stmt programme_sql_tiers, programme_sql_departments;

/* -- inviting the first administrator ------------------------------------------------------------
 */
struct programme_known {
    int64_t account_id;
};
extern const struct db_stmt programme_sql_user_known; /* key */
/* account, address, key, name, title, language, zone */
extern const struct db_stmt programme_sql_user_add;
extern const struct db_stmt programme_sql_user_role; /* user */

/* -- partners ------------------------------------------------------------------------------------
 */

struct partner_account {
    int64_t id, row_version, department_id, updated_at;
    const char *name, *status, *country, *city, *tier_en, *tier_zh;
    bool agreement_due;
};
/* Range, status unless all, key twice and id behind the first page, limit. */
const struct db_stmt *programme_sql_partner_list(bool one_status, enum list_direction direction);
extern const struct db_stmt programme_sql_partner_search; /* range, pattern, limit */
extern const struct db_stmt programme_sql_partner;        /* range, id */
extern const struct db_stmt programme_sql_own;            /* account */
extern const struct db_stmt programme_sql_status_set;     /* new, id, version, before */
extern const struct db_stmt programme_sql_due_over;       /* id, version */
extern const struct db_stmt programme_sql_move_add; /* account, verb, status, user, name, reason */

struct partner_move_row {
    int64_t at;
    const char *verb, *to_status, *user_name, *reason_text;
};
extern const struct db_stmt programme_sql_moves; /* account */

struct onboarding_row {
    int64_t id, ticked_at, verified_at;
    const char *text_en, *text_zh, *ticked_name, *verified_name;
    bool required;
};
/* How many of them are required and not verified. */
size_t programme_open_steps(const struct onboarding_row *rows, size_t count);
extern const struct db_stmt programme_sql_steps;       /* account */
extern const struct db_stmt programme_sql_step_tick;   /* account, name, step */
extern const struct db_stmt programme_sql_step_verify; /* name, account, step */
extern const struct db_stmt programme_sql_step_undo;   /* account, step */

extern const struct db_stmt programme_sql_partner_roles;
extern const struct db_stmt programme_sql_limit_add; /* account, users, roles limited */
extern const struct db_stmt programme_sql_limit_set; /* users, roles limited, account, version */
extern const struct db_stmt programme_sql_limit_role_clear; /* account */
extern const struct db_stmt programme_sql_limit_role_add;   /* account, role */

/* -- agreements ----------------------------------------------------------------------------------
 */

struct agreement {
    int64_t id, row_version, created_at, published_at;
    const char *state, *title_en, *title_zh, *body_en, *body_zh, *published_name;
    bool asks_again;
};
extern const struct db_stmt programme_sql_agreements; /* the newest hundred, without their texts */
extern const struct db_stmt programme_sql_agreement;  /* id */
extern const struct db_stmt programme_sql_agreement_current;
extern const struct db_stmt programme_sql_agreement_add;     /* titles, bodies, asks again */
extern const struct db_stmt programme_sql_agreement_set;     /* the same, id, version */
extern const struct db_stmt programme_sql_agreement_publish; /* name, id, version */
struct acceptance {
    int64_t accepted_at, account_id, agreement_id;
    const char *title_en, *title_zh, *account_name, *user_name, *address, *lang;
};
extern const struct db_stmt programme_sql_acceptances; /* agreement: the newest hundred */
extern const struct db_stmt programme_sql_accepted;    /* account */
extern const struct db_stmt
    programme_sql_accept; /* account, agreement, user, name, address, language, hash */
struct partner_to_ask {
    int64_t id;
};
extern const struct db_stmt programme_sql_to_ask; /* agreement, limit */
extern const struct db_stmt programme_sql_ask;    /* id */

/* A list that has nothing but what every list has. */
struct list_only {
    struct list_input list;
};

/* -- pages ---------------------------------------------------------------------------------------
 */

extern const struct status_row application_statuses[], partner_statuses[];
/* The one of two texts that is in the reader's language. */
const char *programme_word(const struct request *req, const char *en, const char *zh);
/* V.Paragraphs.n: what stands between empty lines. */
void programme_show_text(struct request *req, struct view *v, const char *text);
/* V.Steps.n.{Id,Text,IsOptional,Ticked,TickedName,Verified,VerifiedName}; *open_out: how many are
 * required and not verified. */
struct err *programme_show_steps(struct request *req, struct view *v, int64_t account_id,
                                 size_t *open_out);
/* V.History, V.Accepted. */
struct err *programme_show_history(struct request *req, struct view *v, int64_t account_id);
/* V.Matches: evidence in words. */
struct err *programme_show_matches(struct request *req, struct view *v,
                                   const struct application *application);
/* The forms of a decision. */
struct err *programme_show_decision(struct request *req, const struct application *p);
/* Tiers and departments as options of the form. */
struct err *programme_show_options(struct request *req);
/* Faults at tier_id and department_id for one that cannot be chosen. */
struct err *programme_check_options(struct request *req, int64_t tier_id, int64_t department_id);

struct programme_version_input {
    int64_t row_version;
};
extern const struct form programme_version_form;
extern const struct form application_form, application_query, application_reject_form,
    application_accept_form, partner_query, partner_move_form, partner_step_form, agreement_form,
    agreement_accept_form, programme_page_query, programme_tick_form, partner_limit_form;

struct err *programme_apply_show(struct request *req);
struct err *programme_apply_post(struct request *req);
struct err *programme_applied_show(struct request *req);

struct err *application_list_show(struct request *req);
struct err *application_show(struct request *req);
struct err *application_take_post(struct request *req);
struct err *application_check_post(struct request *req);
struct err *application_reject_post(struct request *req);
struct err *application_accept_post(struct request *req);
struct err *application_file_show(struct request *req);

struct err *partner_list_show(struct request *req);
struct err *partner_show(struct request *req);
struct err *partner_move_post(struct request *req);
struct err *partner_step_post(struct request *req);
struct err *partner_limit_post(struct request *req);
/* The form Limit, and V.Users. */
struct err *partner_limit_show(struct request *req, struct view *v, int64_t account_id);

struct err *agreement_list_show(struct request *req);
struct err *agreement_new_show(struct request *req);
struct err *agreement_new_post(struct request *req);
struct err *agreement_show(struct request *req);
struct err *agreement_edit_post(struct request *req);
struct err *agreement_publish_post(struct request *req);

struct err *programme_page_show(struct request *req);
struct err *programme_accept_post(struct request *req);
struct err *programme_tick_post(struct request *req);
