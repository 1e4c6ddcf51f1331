/* lead/lead_staff.h - leads as staff see them: the list, the record, what may be done to it. */
#pragma once

#include "lead/lead.h"
#include "web/list.h"
#include "web/request.h"

extern const struct route lead_staff_routes[];
extern const struct object_kind lead_staff_object; /* "LD-" */
extern db_stmt_table lead_desk_statements[];

/* -- lead_staff_list.c */
extern const struct form lead_queue_query;
struct err *lead_queue_show(struct request *req);
struct err *lead_queue_export(struct request *req);
struct err *lead_queue_view_save(struct request *req);
struct err *lead_queue_view_delete(struct request *req);

/* -- lead_staff.c */
const char *lead_method_word(const struct request *req, const char *code);
const char *lead_why_word(const struct request *req, const char *code);
struct err *lead_staff_show(struct request *req);

/* -- lead_staff_edit.c */
struct err *lead_new_show(struct request *req);
struct err *lead_new_post(struct request *req);
struct err *lead_edit_show(struct request *req);
struct err *lead_edit_post(struct request *req);

/* -- lead_staff_act.c */
struct err *lead_assign_post(struct request *req);
struct err *lead_route_post(struct request *req);
struct err *lead_pool_post(struct request *req);
struct err *lead_recall_post(struct request *req);
struct err *lead_disqualify_post(struct request *req);
struct err *lead_reopen_post(struct request *req);
struct err *lead_release_post(struct request *req);
struct err *lead_comment_post(struct request *req);
struct err *lead_note_post(struct request *req);

/* A copy that verbs may change, of the record behind the address. */
struct lead *lead_object(struct request *req);
struct lead_actor lead_actor_of(const struct request *req, enum lead_who as);
/* Back to the record. */
struct err *lead_back(struct request *req, const char *note);
/* Answers a conflict by the page that says so; other errors pass. */
struct err *lead_or_refuse(struct request *req, const struct lead *lead, struct err *e);

/* -- lead_staff_sql.c */
enum lead_queue {
    LEAD_QUEUE_FREE,
    LEAD_QUEUE_HELD,   /* of these, the rules leave them to a person */
    LEAD_QUEUE_WISHED, /* of these, partners ask for them in the pool */
    LEAD_QUEUE_OFFERED,
    LEAD_QUEUE_WORK,
    LEAD_QUEUE_CLOSED,
    LEAD_QUEUE_ALL,
    LEAD_QUEUE_COUNT
};
enum { LEAD_SEARCHED = 2000 };
struct lead_queue_row {
    int64_t id, score, product_line_id, key_at, due_at, created_at;
    const char *state_code, *company_name, *city, *region, *country, *source, *pool, *partner_name,
        *held;
};
const struct db_stmt *lead_queue_list(enum lead_queue queue, enum list_direction direction);
extern const struct db_stmt lead_queue_search, lead_staff_steps, lead_staff_traces,
    lead_staff_matches, lead_staff_partners, lead_staff_wishes;

struct lead_trace_row {
    int64_t rule_version, chosen_id, looked_at, fitting, made_at;
    const char *name_en, *name_zh, *method, *chosen_name, *overridden, *user_name, *reason_text,
        *body;
};
struct lead_match_row {
    const char *kind, *verdict, *name;
    int64_t other_id, score;
};
struct lead_partner_row {
    int64_t id;
    const char *name;
};
struct lead_wish_row {
    int64_t account_id, wished_at;
    const char *name, *user_name, *words;
};
