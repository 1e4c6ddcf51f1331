/* lead/lead_desk.h - what staff set up for leads: routing rules, points of the score, what each
 * partner takes; and how partners answer. */
#pragma once

#include "web/route.h"

extern const struct route lead_desk_routes[];
extern db_stmt_table lead_setup_statements[];

/* -- lead_rule_pages.c */
extern const struct form lead_rule_form, lead_rule_gone_form;
struct err *lead_rules_show(struct request *req);
struct err *lead_rules_try(struct request *req);
struct err *lead_rule_new_show(struct request *req);
struct err *lead_rule_new_post(struct request *req);
struct err *lead_rule_edit_show(struct request *req);
struct err *lead_rule_edit_post(struct request *req);
struct err *lead_rule_delete_post(struct request *req);
extern db_stmt_table lead_rule_statements[];

/* -- lead_desk.c */
extern const struct form lead_point_form, lead_point_gone_form, lead_profile_form;
struct err *lead_points_show(struct request *req);
struct err *lead_points_post(struct request *req);
struct err *lead_point_delete_post(struct request *req);
struct err *lead_partners_show(struct request *req);
struct err *lead_profile_show(struct request *req);
struct err *lead_profile_post(struct request *req);
