/* transfer/transfer_inside.h - what the files of this room share. */
#pragma once

#include "access/actor.h"
#include "custom/custom.h"
#include "transfer/transfer.h"
#include "transfer/transfer_sql.h"
#include "text/sheet.h"
#include "web/form.h"
#include "web/request.h"

/* What makes two rows of one file the same: texts as one number, never 0. */
int64_t transfer_hash(const char *x, const char *y);

enum {
    TRANSFER_COLUMNS_MOST = 80,  /* of a data set */
    TRANSFER_FILE_COLUMNS = 100, /* of a file */
    TRANSFER_CELL_BYTES = 16000,
    TRANSFER_BATCH = 500, /* rows a transaction */
    TRANSFER_HEAD_BYTES = 200
};

/* -- data sets -----------------------------------------------------------------------------------
 */

struct transfer_column {
    const char *field;   /* of the set's form */
    const char *aliases; /* "company|company name|公司|": what files call it, folded, each ended */
    const char *takes;   /* English message id: what a cell may hold; NULL: by its kind */
};

struct transfer_fault {
    int column;                    /* of the set; -1: the row */
    const char *texts[LANG_COUNT]; /* in each language */
};

/* A row at work. */
struct transfer_item {
    int64_t line_no;
    const char *cells_json;
    const void *input; /* of the set's form; NULL with faults */
    struct transfer_fault *faults;
    size_t fault_count;
    int64_t keys[2]; /* 0: none */
    int64_t twin_id, twin_line;
    int64_t object_id, object_version;
    const char *state, *kept;
};

/* PATH: its page below the set's address. */
struct transfer_name {
    int64_t id;
    const char *name, *path;
};
extern const struct db_field transfer_name_fields[];
extern const struct db_stmt transfer_account_names, transfer_contact_names, transfer_lead_names,
    transfer_opportunity_names, transfer_user_names;

/* Fields that are called as the member of the row which they fill; AT(member) is the file's own. */
#define TRANSFER_TEXT(member, label_, most)                                           \
    {                                                                                 \
        .name = #member, .label = label_, .kind = FIELD_TEXT, .max = most, AT(member) \
    }
#define TRANSFER_CHOICE(member, label_, list_)                                               \
    {                                                                                        \
        .name = #member, .label = label_, .kind = FIELD_CHOICE, .choices = list_, AT(member) \
    }

/* A record as its import would read it: a text for each column. */
struct transfer_sheet_row {
    const char *cells[TRANSFER_COLUMNS_MOST];
    const char *custom; /* of CUSTOM_SHEET() */
};
#define TRANSFER_SHEET_CUSTOM DB_NULLABLE(struct transfer_sheet_row, custom, DB_TEXT, 400)
#define TRANSFER_SHEET(i, name, cap)                                                       \
    {                                                                                      \
        .column = name, .kind = DB_TEXT,                                                   \
        .offset = offsetof(struct transfer_sheet_row, cells) + (i) * sizeof(const char *), \
        .cap_bytes = cap, .nullable = true                                                 \
    }

struct transfer_work {
    struct db *db;
    struct arena *a;    /* of one batch */
    struct arena *kept; /* of the whole slice */
    struct match_names *names;
    struct transfer t;
    const struct transfer_set *set;
    struct actor actor; /* who brought it, with the rights of now */
    struct audit_who who;
    const char *vendor; /* its name */
};

struct transfer_set {
    const char *code;    /* "accounts" */
    const char *title;   /* English message ids */
    const char *kind;    /* of the records, for their audit trail */
    const char *address; /* of a record's page, before its path */
    enum permission permission;
    bool once;       /* what is like a record that is there is never written */
    bool mails;      /* people, who can be mailed an invitation */
    bool has_custom; /* the vendor's own fields are columns, too: .form has them as .more */
    enum custom_kind custom;
    const struct field *more; /* those of a set with them, behind the columns of the form */
    const struct custom_field *const *more_of; /* whose each is; NULL: one that was turned off */
    const struct form *form;
    const struct transfer_column *columns; /* ended by { 0 }; the first names a row */
    /* struct transfer_name of those that a department range sees: the range, ids as JSON. */
    const struct db_stmt *names;
    const struct db_stmt *sheet; /* all records, for the shell: struct transfer_sheet_row */
    /* Looks up what rows name: adds faults.  COMPARE: finds what rows without faults are like, sets
     * keys and twin_id. */
    struct err *(*check)(struct transfer_work *w, struct transfer_item *items, size_t count,
                         bool compare);
    /* Writes rows without faults: sets object_id and object_version. */
    struct err *(*write)(struct transfer_work *w, struct transfer_item *items, size_t count);
    /* Takes back records that nobody changed or uses: sets kept ("" is taken back). */
    struct err *(*undo)(struct transfer_work *w, struct transfer_item *items, size_t count);
    /* After the last row was written or taken back; may be NULL. */
    struct err *(*finish)(struct transfer_work *w);
};
extern const struct transfer_set *const transfer_sets[]; /* ended by NULL */
extern const struct transfer_set transfer_accounts, transfer_contacts, transfer_leads,
    transfer_opportunities, transfer_users;
const struct transfer_set *transfer_set_find(const char *code); /* NULL: none */
const struct field *transfer_field(const struct transfer_set *set, int column);
int transfer_column_of(const struct transfer_set *set, const char *field); /* -1: none */
size_t transfer_column_count(const struct transfer_set *set);
/* The column that a file calls TEXT, in any language; -1: none. */
int transfer_column_find(struct arena *a, const struct transfer_set *set, const char *text);

/* -- the vendor's own fields (transfer_custom.c) -------------------------------------------------
 */

/* Their keys as they are now, for an import to keep. */
struct err *transfer_custom_codes(struct db *db, struct arena *a, const struct transfer_set *set,
                                  const char **json_out);
/* SET with columns for the keys behind its own; SET itself when there are none. */
struct err *transfer_set_with(struct db *db, struct arena *a, enum lang lang,
                              const struct transfer_set *set, const char *codes_json,
                              const struct transfer_set **out);
struct err *transfer_set_of(struct request *req, const struct transfer *t,
                            const struct transfer_set **out); /* NULL: none */
struct err *transfer_set_now(struct request *req, const struct transfer_set *set,
                             const struct transfer_set **out);
/* Whose values the cells of a column are; NULL: the form's. */
const struct custom_field *transfer_custom_of(const struct transfer_set *set, size_t column);
/* For .check, .write after object_id is known, and .undo after kept is. */
struct err *transfer_custom_check(struct transfer_work *w, struct transfer_item *items,
                                  size_t count);
struct err *transfer_custom_write(struct transfer_work *w, const struct transfer_item *items,
                                  size_t count);
struct err *transfer_custom_forget(struct transfer_work *w, const struct transfer_item *items,
                                   size_t count);

/* A fault at FIELD of ITEM; MESSAGE is an English message id. */
void transfer_fault_add(struct transfer_work *w, struct transfer_item *item, const char *field,
                        const char *message);

/* -- what rows name, a batch in one statement (transfer_lookup.c) --------------------------------
 */

/* A department that the person sees, by its name in any language or its number; 0: none. */
struct err *transfer_department_of(struct transfer_work *w, const char *typed, int64_t *id_out);
/* Active people of the vendor by their addresses; 0: nobody.  NULL and "" are not looked up. */
struct err *transfer_staff_of(struct transfer_work *w, const char *const *emails, size_t count,
                              int64_t *ids_out);
enum { TRANSFER_SEVERAL = -1 };
/* Accounts that the person sees, by their exact names or their numbers; 0: none. */
struct err *transfer_accounts_of(struct transfer_work *w, const char *const *typed, size_t count,
                                 int64_t *ids_out);
/* End customers alone; COUNTRIES tell those of one name apart, where they are given. */
struct err *transfer_customers_of(struct transfer_work *w, const char *const *typed,
                                  const char *const *countries, size_t count, int64_t *ids_out);
/* Partners that are active. */
struct err *transfer_partners_of(struct transfer_work *w, const char *const *typed, size_t count,
                                 int64_t *ids_out);
struct transfer_company {
    int64_t id;
    const char *kind, *name, *country, *zone;
};
/* The accounts of IDS that there are; what is not above 0 is none. */
struct err *transfer_companies_read(struct transfer_work *w, const int64_t *ids, size_t count,
                                    struct transfer_company **rows_out, size_t *row_count_out);
/* Whether FOLDED (text_fold) is the code or a name of something that has both. */
bool transfer_is_called(struct arena *a, const char *folded, const char *code, const char *name_en,
                        const char *name_zh);
const char *transfer_or(const char *text, const char *otherwise); /* OTHERWISE where it is empty */
/* What is wrong with an account that was not found, or several were: an English message id. */
const char *transfer_account_fault(int64_t id);

/* -- what stands in rows as JSON (transfer_json.c) -----------------------------------------------
 */

struct transfer_cells {
    const char *texts[TRANSFER_COLUMNS_MOST];
    enum text_cell_kind kinds[TRANSFER_COLUMNS_MOST];
};
void transfer_cells_write(struct buf *out, const struct transfer_cells *cells, size_t count);
struct err *transfer_cells_read(struct arena *a, const char *json, size_t count,
                                struct transfer_cells *out);
const char *transfer_faults_json(struct arena *a, const struct transfer_item *item);
struct err *transfer_faults_read(struct arena *a, const char *json, struct transfer_fault **out,
                                 size_t *count_out);
/* A list of texts, and of numbers. */
const char *transfer_texts_json(struct arena *a, const char *const *texts, size_t count);
const char **transfer_texts_read(struct arena *a, const char *json, size_t *count_out);
/* The members of a list, each as JSON again. */
const char **transfer_rows_read(struct arena *a, const char *json, size_t *count_out);
const char *transfer_numbers_json(struct arena *a, const int *numbers, size_t count);
int *transfer_numbers_read(struct arena *a, const char *json, size_t *count_out);

/* -- the file (transfer_read.c) ------------------------------------------------------------------
 */

struct transfer_heads {
    const char *fault; /* NULL: it could be read; else in REQ's language */
    const char *sheet; /* of several the one that was read */
    const char **heads;
    size_t count;
    const char *sample_json; /* up to three rows: a list of lists of texts */
};
struct err *transfer_heads_read(struct request *req, const void *data, size_t len,
                                int64_t most_rows, struct transfer_heads *out);
/* Which column of SET each head is, -1: left out; the first of two. */
void transfer_guess(struct arena *a, const struct transfer_set *set, const char *const *heads,
                    size_t count, int *columns_out);
/* Why COLUMNS cannot be it, an English message id with at most one %s, which is *WHAT_OUT. */
const char *transfer_columns_fault(const struct transfer_set *set, const int *columns, size_t count,
                                   const char **what_out);
/* Reads rows of the file until UNTIL_US and keeps them.  *done_out: all are there. */
struct err *transfer_stage(struct transfer_work *w, const void *data, size_t len, int64_t most_rows,
                           int64_t until_us, bool *done_out);

/* -- rows (transfer_judge.c, transfer_step.c, transfer_jobs.c)
 * ---------------------------------------------------
 */

/* Cells to the set's form: input, or faults. */
struct err *transfer_judge(struct transfer_work *w, struct transfer_item *item);
/* The next batch in what the import's state does; *left_out: there may be more. */
struct err *transfer_step(struct transfer_work *w, bool *left_out);
bool transfer_has_to_undo(const struct transfer *t);
/* From the state that the import is in to the next, when its last row is through. */
struct err *transfer_end_phase(struct transfer_work *w);
/* Who brought the import, with the rights of now; *may_out: he may still. */
struct err *transfer_open(struct transfer_work *w, int64_t id, bool *found_out, bool *may_out);

/* -- pages ---------------------------------------------------------------------------------------
 */

bool transfer_may(const struct actor *actor, const struct transfer_set *set);
/* "/staff/imports/IM-12" */
const char *transfer_address(struct arena *a, const struct transfer *t);
void transfer_crumbs(struct request *req);
extern const struct form transfer_new_form, transfer_new_query, transfer_map_form,
    transfer_choose_form, transfer_undo_form, transfer_show_query, transfer_list_query,
    transfer_template_query;
/* The columns that were chosen, and what is done with the rows: forms of transfer_act.c. */
struct transfer_map_input {
    int64_t row_version;
    struct value_list column;
};
struct transfer_choose_input {
    int64_t row_version;
    bool twins, mails;
};
/* Its number, state and facts. */
void transfer_show_head(struct request *req, const struct transfer *t,
                        const struct transfer_set *set);
struct err *transfer_list_show(struct request *req);
struct err *transfer_new_show(struct request *req);
struct err *transfer_new_post(struct request *req);
struct err *transfer_template(struct request *req);
struct err *transfer_show(struct request *req);
struct err *transfer_map_post(struct request *req);
struct err *transfer_choose_post(struct request *req);
struct err *transfer_undo_post(struct request *req);
struct err *transfer_faulty(struct request *req);
extern const struct status_row transfer_states[];
