/* accounts/accounts_inside.h - what the files of staff's account pages share. */
#pragma once

#include "account/account.h"
#include "accounts/accounts.h"
#include "web/form.h"
#include "web/list.h"
#include "web/request.h"

/* -- statements (accounts_sql.c) -----------------------------------------------------------------
 */

struct accounts_row {
    int64_t id, group_size, updated_at;
    const char *kind, *status, *name, *country, *city, *tier_en, *tier_zh;
    bool named;
};
/* Department range, kind ("" with all of them), country twice, tier twice, for a further page its
 * key twice and the id, how many rows. */
const struct db_stmt *accounts_list(bool one_kind, enum list_direction direction);
struct accounts_sheet_row {
    int64_t id, created_at, updated_at;
    const char *name, *country, *kind, *status, *region, *city, *address, *website, *tax_number,
        *phone, *zone, *currency, *tier_en, *tier_zh, *department_en, *department_zh, *owner;
    bool named;
};
/* Department range, kind twice, country twice, tier twice, the beginning of a name for LIKE, how
 * many rows. */
extern const struct db_stmt accounts_sheet;
/* Department range, kind twice, the beginning of a name for LIKE, how many rows. */
extern const struct db_stmt accounts_search;

struct accounts_tier {
    int64_t id;
    const char *name_en, *name_zh;
};
extern const struct db_stmt accounts_tiers;
struct accounts_department {
    int64_t id, last_id;
    const char *name_en, *name_zh;
};
extern const struct db_stmt accounts_departments;

struct accounts_member {
    int64_t id;
    const char *name, *country, *kind;
};
extern const struct db_stmt accounts_members; /* group, own id */
struct accounts_pair {
    int64_t id, decided_at;
    const char *name, *decision, *decided_name;
};
extern const struct db_stmt accounts_pairs; /* id, four times */
struct accounts_person {
    int64_t id, last_login_at;
    const char *name, *email, *status;
};
extern const struct db_stmt accounts_people; /* id */
struct accounts_deal {
    int64_t id, department_id, reviewer_id, updated_at, total;
    const char *state_code, *company_name, *partner_name, *currency;
};
extern const struct db_stmt accounts_deals_by;  /* id: registered by this partner */
extern const struct db_stmt accounts_deals_for; /* group: for these end customers */
struct accounts_event {
    int64_t at;
    const char *action, *user_name;
};
extern const struct db_stmt accounts_events; /* id */

/* -- forms (accounts_edit.c) ---------------------------------------------------------------------
 */
struct accounts_input {
    int64_t row_version, tier_id, department_id;
    const char *kind, *name, *country, *region, *city, *address, *website, *tax_number, *phone,
        *zone, *currency;
    bool named;
};
extern const struct form accounts_new_form, accounts_edit_form;
struct accounts_pair_input {
    const char *other, *mark;
};
extern const struct form accounts_pair_form;
extern const struct form accounts_query_form;
extern const struct status_row accounts_kinds[];

/* -- handlers ------------------------------------------------------------------------------------
 */
struct err *accounts_list_show(struct request *req);
struct err *accounts_export(struct request *req);
struct err *accounts_show(struct request *req);
struct err *accounts_new_show(struct request *req);
struct err *accounts_new_post(struct request *req);
struct err *accounts_edit_show(struct request *req);
struct err *accounts_edit_post(struct request *req);
struct err *accounts_pair_post(struct request *req);
struct err *accounts_load(struct request *req, int64_t id, const void **object_out);
/* The one of two names that is in the reader's language. */
const char *accounts_word(const struct request *req, const char *en, const char *zh);
/* Tiers as options of field NAME, after form_show(). */
struct err *accounts_show_options(struct request *req);
