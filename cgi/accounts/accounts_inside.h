/* accounts/accounts_inside.h - what the files of staff's account pages share. */
#pragma once

#include "account/account.h"
#include "accounts/accounts.h"
#include "custom/custom_filter.h"
#include "custom/custom_sheet.h"
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
/* Of those that bear a tag: department range, tag, kind twice, the rest as above. */
const struct db_stmt *accounts_tagged(enum list_direction direction);
struct accounts_sheet_row {
    int64_t id, created_at, updated_at;
    const char *name, *country, *kind, *status, *region, *city, *address, *website, *tax_number,
        *phone, *zone, *currency, *tier_en, *tier_zh, *department_en, *department_zh, *owner,
        *custom;
    bool named;
};
/* Department range, kind twice, country twice, tier twice, tag twice, the beginning of a name for
 * LIKE, how many rows. */
extern const struct db_stmt accounts_sheet;
/* Of those that pass tests of the vendor's own fields, at least one. */
struct accounts_filter {
    struct custom_test tests[CUSTOM_FILTERS_MOST];
    size_t test_count;
    const char *kind, *country, *name; /* NAME: a pattern */
    int64_t tier, tag, fetch;
    enum list_direction direction;
    struct list_key key;
};
struct err *accounts_filtered(struct request *req, const struct accounts_filter *f,
                              struct accounts_row **rows, size_t *count);
/* ARGS: of accounts_sheet without how many rows. */
struct err *accounts_sheet_filtered(struct request *req, const struct db_arg *args, size_t count,
                                    const struct accounts_filter *f,
                                    struct err *(*fn)(void *arg, const void *row), void *arg,
                                    bool *late_out);
/* Department range, kind twice, the beginning of a name for LIKE, how many rows. */
extern const struct db_stmt accounts_search;

struct accounts_tier {
    int64_t id;
    const char *name_en, *name_zh;
};
extern const struct db_stmt accounts_tiers;
struct accounts_tag {
    int64_t id;
    const char *name;
};
extern const struct db_stmt accounts_all_tags;
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
struct accounts_names {
    const char *tier_en, *tier_zh, *department_en, *department_zh, *owner;
};
extern const struct db_stmt accounts_names; /* id */
struct accounts_event {
    int64_t at;
    const char *action, *user_name;
};
extern const struct db_stmt accounts_events; /* id */

/* -- the owner (accounts_owner.c) ----------------------------------------------------------------
 */
/* Whom a form offers; HAD: the account as it is stored, or NULL.  After form_show(). */
struct err *accounts_show_owners(struct request *req, const struct account *had);
/* A fault unless it is who had it, nobody, or somebody active of staff. */
struct err *accounts_judge_owner(struct request *req, int64_t owner_id, int64_t had_owner);
/* The trail of another owner or department, with names; HAD: those before. */
struct err *accounts_note_owner(struct request *req, const struct account *before,
                                const struct accounts_names *had, const struct account *now);

/* -- forms (accounts_edit.c) ---------------------------------------------------------------------
 */
struct accounts_input {
    int64_t row_version, tier_id, department_id, owner_user_id;
    const char *kind, *name, *country, *region, *city, *address, *website, *tax_number, *phone,
        *zone, *currency;
    bool named;
    struct form_more custom;
};
extern const struct form accounts_new_form, accounts_edit_form;
struct accounts_pair_input {
    const char *other, *mark;
};
extern const struct form accounts_pair_form;
extern const struct form accounts_query_form;
struct accounts_parent_input {
    int64_t row_version;
    const char *parent;
};
extern const struct form accounts_parent_form;
struct accounts_version_input {
    int64_t row_version;
};
extern const struct form accounts_version_form, accounts_delete_form, accounts_bin_query;
extern const struct form accounts_tag_form, accounts_copy_query;
extern const struct form accounts_merge_form, accounts_merge_query;
extern const struct form accounts_contact_form, accounts_contact_drop_form;
extern const struct status_row accounts_kinds[], accounts_standings[];

/* -- handlers ------------------------------------------------------------------------------------
 */
struct err *accounts_list_show(struct request *req);
struct err *accounts_export(struct request *req);
struct err *accounts_show(struct request *req);
struct err *accounts_parent_post(struct request *req);
struct err *accounts_contact_new_show(struct request *req);
struct err *accounts_contact_new_post(struct request *req);
struct err *accounts_contact_show(struct request *req);
struct err *accounts_contact_post(struct request *req);
struct err *accounts_contact_drop_post(struct request *req);
struct err *accounts_files_post(struct request *req);
struct err *accounts_file_show(struct request *req);
struct err *accounts_file_drop_post(struct request *req);
struct err *accounts_new_show(struct request *req);
struct err *accounts_new_post(struct request *req);
struct err *accounts_edit_show(struct request *req);
struct err *accounts_edit_post(struct request *req);
struct err *accounts_pair_post(struct request *req);
struct err *accounts_delete_show(struct request *req);
struct err *accounts_delete_post(struct request *req);
struct err *accounts_binned_show(struct request *req);
struct err *accounts_restore_post(struct request *req);
struct err *accounts_purge_post(struct request *req);
struct err *accounts_contact_binned_show(struct request *req);
struct err *accounts_contact_restore_post(struct request *req);
struct err *accounts_contact_purge_post(struct request *req);
struct contact;
/* The one of the address, deleted or not. */
struct err *accounts_find_contact(struct request *req, struct contact **contact_out);
struct err *accounts_bin_show(struct request *req);
struct err *accounts_tag_post(struct request *req);
struct err *accounts_tag_off_post(struct request *req);
struct err *accounts_merge_show(struct request *req);
struct err *accounts_merge_retry(struct request *req);
struct err *accounts_merge_post(struct request *req);
/* The same when it lies in the bin, or was merged, too. */
struct err *accounts_load_any(struct request *req, int64_t id, const void **object_out);
struct err *accounts_load(struct request *req, int64_t id, const void **object_out);
/* The one of two names that is in the reader's language. */
const char *accounts_word(const struct request *req, const char *en, const char *zh);
/* Tiers as options of field NAME, after form_show(). */
struct err *accounts_show_options(struct request *req);

/* -- what several pages show ---------------------------------------------------------------------
 */
const char *accounts_href(struct request *req, int64_t id);
/* CONTACT 0: a new one. */
const char *accounts_contact_href(struct request *req, int64_t account, int64_t contact);
/* A row of V.Facts; none for "". */
void accounts_fact(struct request *req, struct view *v, const char *label, const char *value);
struct account_hangs;
/* Against.n and Kept.n: what hangs on a company, and how much. */
void accounts_show_hanging(struct request *req, struct view *v, const struct account *a,
                           const struct account_hangs *hangs);
/* Parts of the page: Above.n and Below.n, Figures.n, Activities.n, Files.n. */
struct err *accounts_show_tree(struct request *req, struct view *v, const struct account *a);
struct err *accounts_show_figures(struct request *req, struct view *v, const struct account *a);
struct err *accounts_show_activities(struct request *req, struct view *v, const struct account *a);
struct err *accounts_show_files(struct request *req, struct view *v, const struct account *a);
/* Tags.n of it, and Known.n: all that there are, for who may put one on. */
struct err *accounts_show_tags(struct request *req, struct view *v, const struct account *a);
