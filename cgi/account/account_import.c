/* account/account_import.c */
#include "account/account_import.h"
#include "base/str.h"
#include "text/csv.h"
#include "text/format.h"

#include <string.h>

enum { BATCH_ROWS = 500, CELL_BYTES = 2000, COLUMNS_MAX = 40, PROGRESS_EVERY = 250 };

static const struct text_csv_limits limits = { .max_rows = 5000000,
                                               .max_columns = COLUMNS_MAX,
                                               .max_cell_bytes = CELL_BYTES };

/* -- columns -------------------------------------------------------------------------------------
 */

struct column {
    const char *name;
    size_t offset; /* of the const char * in struct account */
    size_t most;   /* code points */
    bool needed;
};

static const struct column columns[] = {
    { "name", offsetof(struct account, name), 200, true },
    { "country", offsetof(struct account, country), 2, true },
    { "kind", offsetof(struct account, kind), 10, false },
    { "region", offsetof(struct account, region), 80, false },
    { "city", offsetof(struct account, city), 80, false },
    { "address", offsetof(struct account, address), 300, false },
    { "website", offsetof(struct account, website), 200, false },
    { "tax_number", offsetof(struct account, tax_number), 40, false },
    { "phone", offsetof(struct account, phone), 40, false },
};

struct reader {
    struct db *db;
    struct match_names *names;
    struct arena *a; /* cleared after each row */
    struct text_csv *csv;
    FILE *faults;
    const struct import_options *options;
    int place[COLUMNS_MAX]; /* of the file's columns in the table above */
    size_t count;
    struct import_result *result;
};

static const char **cell_of(struct account *account, const struct column *column)
{
    return (const char **)((char *)account + column->offset);
}

static int column_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        if (strcmp(columns[i].name, name) == 0)
            return (int)i;
    return -1;
}

static struct err *read_head(struct reader *r)
{
    struct text_csv_row row;
    unsigned seen = 0;
    bool found;

    TRY(text_csv_read(r->csv, &row, &found));
    if (!found)
        return err_raise(ERR_PARSE, "the file is empty");
    r->count = row.count;
    for (size_t i = 0; i < row.count; i++) {
        r->place[i] = column_find(str_trim(r->a, row.cells[i]));
        if (r->place[i] < 0 || (seen & (1u << r->place[i])) != 0)
            return err_raise(ERR_PARSE, "column '%s' is unknown, or there twice", row.cells[i]);
        seen |= 1u << r->place[i];
    }
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        if (columns[i].needed && (seen & (1u << i)) == 0)
            return err_raise(ERR_PARSE, "column '%s' is missing", columns[i].name);
    return NULL;
}

/* -- rows ----------------------------------------------------------------------------------------
 */

static void say_fault(struct reader *r, int64_t line, const char *column, const char *fault)
{
    fprintf(r->faults, "%lld,%s,%s\n", (long long)line, column, fault);
}

static bool kind_known(const char *kind)
{
    return strcmp(kind, "prospect") == 0 || strcmp(kind, "customer") == 0 ||
           strcmp(kind, "partner") == 0;
}

static bool clean_cells(struct reader *r, const struct text_csv_row *row, struct account *account)
{
    bool good = true;

    for (size_t i = 0; i < row->count && i < r->count; i++) {
        const struct column *column = &columns[r->place[i]];
        char *text;

        if (text_clean(r->a, row->cells[i], strlen(row->cells[i]), TEXT_ONE_LINE, &text) !=
            TEXT_OK) {
            say_fault(r, row->line, column->name, "has characters that cannot be kept");
            good = false;
            continue;
        }
        if (utf8_count(text) > column->most) {
            say_fault(r, row->line, column->name, "is too long");
            good = false;
        }
        *cell_of(account, column) = text;
    }
    return good;
}

/* All faults of a row at once. */
static bool read_row(struct reader *r, const struct text_csv_row *row, struct account *account)
{
    bool good;

    *account = (struct account){ .zone = "UTC", .currency = "USD" };
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        *cell_of(account, &columns[i]) = "";
    good = clean_cells(r, row, account);
    if (str_is_empty(account->kind))
        account->kind = "prospect";
    const struct {
        bool wrong;
        const char *column, *fault;
    } rules[] = {
        { row->count != r->count, "", "another number of cells than the head" },
        { str_is_empty(account->name), "name", "is empty" },
        { !text_country_valid(account->country), "country", "is no ISO 3166 code of two letters" },
        { !kind_known(account->kind), "kind", "is not prospect customer or partner" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        if (!rules[i].wrong)
            continue;
        say_fault(r, row->line, rules[i].column, rules[i].fault);
        good = false;
    }
    return good;
}

static struct err *open_csv(struct reader *r, FILE *in)
{
    rewind(in);
    TRY(text_csv_open(text_csv_from_file(in), &limits, &r->csv));
    return err_pass(read_head(r));
}

static struct err *check_all(struct reader *r, FILE *in)
{
    struct account account;
    struct text_csv_row row;
    bool found;

    TRY(open_csv(r, in));
    for (;;) {
        TRY(text_csv_read(r->csv, &row, &found));
        if (!found)
            return NULL;
        r->result->rows++;
        if (read_row(r, &row, &account))
            r->result->good++;
        else
            r->result->faulty++;
        arena_clear(r->a);
    }
}

/* -- writing -------------------------------------------------------------------------------------
 */

static struct err *count_duplicate(struct reader *r, const struct account *account)
{
    const struct match_party party = { .name = account->name,
                                       .country = account->country,
                                       .tax_number = account->tax_number,
                                       .website = account->website,
                                       .phone = account->phone,
                                       .address = account->address };
    struct match_found *found;
    size_t count;

    TRY(match_find(r->db, r->a, r->names, &party, &found, &count));
    if (count > 0 && found[0].evidence.verdict == MATCH_SAME)
        r->result->duplicates++;
    return NULL;
}

static struct err *write_row(struct reader *r, struct account *account)
{
    const struct audit_who system = { .address = "" };

    if (strcmp(account->kind, "partner") != 0)
        TRY(count_duplicate(r, account));
    if (r->options->dry_run)
        return NULL;
    TRY(account_create(r->db, r->a, r->names, &system, account));
    r->result->written++;
    return NULL;
}

static struct err *end_batch(struct reader *r, bool begin_next)
{
    TRY(db_commit(r->db));
    return begin_next ? err_pass(db_begin_write(r->db)) : NULL;
}

static void tell_progress(const struct reader *r, int64_t done)
{
    if (r->options->progress != NULL && (done % PROGRESS_EVERY == 0 || done == r->result->rows))
        r->options->progress(done, r->result->rows);
}

static struct err *write_all(struct reader *r, FILE *in)
{
    struct account account;
    struct text_csv_row row;
    int64_t done = 0;
    bool found;

    TRY(open_csv(r, in));
    TRY(db_begin_write(r->db));
    for (;;) {
        TRY(text_csv_read(r->csv, &row, &found));
        if (!found)
            return err_pass(end_batch(r, false));
        if (read_row(r, &row, &account))
            TRY(write_row(r, &account));
        arena_clear(r->a);
        tell_progress(r, ++done);
        if (r->options->good_rows_only && done % BATCH_ROWS == 0)
            TRY(end_batch(r, true));
    }
}

static struct err *import(struct reader *r, FILE *in)
{
    FILE *said = r->faults;
    struct err *e;

    TRY(check_all(r, in));
    if (r->result->faulty > 0 && !r->options->good_rows_only && !r->options->dry_run)
        return err_raise(ERR_CONFLICT, "%lld of %lld rows are faulty; nothing was written",
                         (long long)r->result->faulty, (long long)r->result->rows);
    text_csv_close(r->csv);
    r->csv = NULL;
    r->faults = fopen("/dev/null", "we"); /* every fault was said in the first reading */
    if (r->faults == NULL)
        return err_raise(ERR_IO, "cannot open /dev/null");
    e = write_all(r, in);
    fclose(r->faults);
    r->faults = said;
    return err_pass(e);
}

struct err *account_import(struct db *db, struct match_names *names, FILE *in, FILE *faults,
                           const struct import_options *options, struct import_result *result_out)
{
    struct reader r = { .db = db,
                        .names = names,
                        .a = arena_new(64 * 1024),
                        .faults = faults,
                        .options = options,
                        .result = result_out };
    struct err *e;

    *result_out = (struct import_result){ 0 };
    e = import(&r, in);
    if (e != NULL)
        db_rollback(db);
    text_csv_close(r.csv);
    arena_free(r.a);
    return err_pass(e);
}
