/* program/ctl_account.c - imports from the shell, and asking who a name could be.
 */
#include "account/match_find.h"
#include "account/match_pairs.h"
#include "base/str.h"
#include "program/ctl.h"
#include "text/csv.h"
#include "text/format.h"
#include "transfer/transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct tools {
    struct text_ctx *text;
    struct match_names *names;
};

static struct err *tools_open(struct tools *tools)
{
    *tools = (struct tools){ 0 };
    TRY(text_ctx_new(&tools->text));
    return err_pass(match_names_new(tools->text, &tools->names));
}

static void tools_close(struct tools *tools)
{
    match_names_free(tools->names);
    text_ctx_free(tools->text);
}

static struct err *open_file(const char *path, FILE **file_out)
{
    *file_out = fopen(path, "re");
    return *file_out != NULL ? NULL
                             : err_raise(ERR_IO, "cannot read %s: %s", path, strerror(errno));
}

/* -- import ACCOUNTS FILE ------------------------------------------------------------------------
 */

enum { IMPORT_BYTES_MOST = 512 * 1024 * 1024 };

static struct err *import_rows(struct ctl *ctl, struct transfer_order *order)
{
    struct transfer_result result = { 0 };
    struct tools tools;
    struct err *e = tools_open(&tools);

    fprintf(ctl->out, "line,column,fault\n");
    if (e == NULL)
        e = transfer_shell(ctl->db, tools.names, order, &result);
    if (e == NULL)
        fprintf(stderr,
                "%lld rows: %lld good, %lld faulty, %lld like a record that is there or an earlier "
                "row; %lld written%s, import IM-%lld\n",
                (long long)result.rows, (long long)result.good, (long long)result.faulty,
                (long long)result.twins, (long long)result.written,
                order->dry_run ? " (dry run)" : "", (long long)result.id);
    tools_close(&tools);
    return err_pass(e);
}

/* The file lies in memory as the system maps it: its pages come and go. */
static struct err *map_file(const char *path, void **data_out, size_t *len_out)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;

    *data_out = NULL;
    if (fd < 0 || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        if (fd >= 0)
            close(fd);
        return err_raise(ERR_IO, "cannot read %s: %s", path, strerror(fd < 0 ? errno : EINVAL));
    }
    *len_out = (size_t)about.st_size;
    if (*len_out > 0 && *len_out <= IMPORT_BYTES_MOST)
        *data_out = mmap(NULL, *len_out, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (*data_out == NULL || *data_out == MAP_FAILED)
        return err_raise(ERR_TOO_LARGE, "%s is empty or larger than %d bytes", path,
                         IMPORT_BYTES_MOST);
    return NULL;
}

/* "import accounts" */
static const char *dataset_of(const struct ctl *ctl)
{
    return strchr(ctl->name, ' ') + 1;
}

static struct err *run_import(struct ctl *ctl)
{
    const char *dry = NULL, *good = NULL, *skip = NULL, *invite = NULL, *path;
    struct transfer_order order = { .dataset = dataset_of(ctl),
                                    .progress = ctl_show_progress,
                                    .faults = ctl->out };
    struct err *e;
    void *data;

    TRY(ctl_options(ctl,
                    (const struct ctl_option[]){ { "dry-run", &dry, true },
                                                 { "good-rows-only", &good, true },
                                                 { "skip-duplicates", &skip, true },
                                                 { "invite", &invite, true },
                                                 { 0 } },
                    &path));
    order.dry_run = dry != NULL;
    order.good_rows_only = good != NULL;
    order.skip_twins = skip != NULL;
    order.mails = invite != NULL;
    order.vendor = ctl->conf.vendor_name;
    order.file_name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
    TRY(text_format_init());
    TRY(map_file(path, &data, &order.len));
    order.data = data;
    e = import_rows(ctl, &order);
    munmap(data, order.len);
    return err_pass(e);
}

static struct err *run_export(struct ctl *ctl)
{
    TRY(ctl_options(ctl, (const struct ctl_option[]){ { 0 } }, NULL));
    return err_pass(transfer_shell_export(ctl->db, dataset_of(ctl), ctl->out));
}

static struct err *run_import_undo(struct ctl *ctl)
{
    int64_t id = 0, undone, kept;
    const char *word;
    struct tools tools;
    struct err *e;

    TRY(ctl_options(ctl, (const struct ctl_option[]){ { 0 } }, &word));
    if (!str_to_i64(str_starts(word, "IM-") ? word + 3 : word, &id))
        return err_raise(ERR_INVALID, "%s is no number of an import", word);
    e = tools_open(&tools);
    if (e == NULL)
        e = transfer_shell_undo(ctl->db, tools.names, id, &undone, &kept);
    if (e == NULL)
        fprintf(ctl->out, "%lld taken back, %lld kept since they were changed or are used\n",
                (long long)undone, (long long)kept);
    tools_close(&tools);
    return err_pass(e);
}

/* -- match FILE ----------------------------------------------------------------------------------
 */

enum { BEST = 3, ASKED_COLUMNS = 4 };
static const char *const asked[ASKED_COLUMNS] = { "name", "country", "domain", "tax_number" };

static struct err *read_places(struct text_csv *csv, int place[ASKED_COLUMNS])
{
    struct text_csv_row row;
    bool found;

    for (int i = 0; i < ASKED_COLUMNS; i++)
        place[i] = -1;
    TRY(text_csv_read(csv, &row, &found));
    for (size_t c = 0; found && c < row.count; c++)
        for (int i = 0; i < ASKED_COLUMNS; i++)
            if (strcmp(row.cells[c], asked[i]) == 0)
                place[i] = (int)c;
    if (place[0] < 0)
        place[0] = 0; /* a head of another name, or none: the first column is the name */
    return NULL;
}

static const char *cell(const struct text_csv_row *row, int place)
{
    return place >= 0 && (size_t)place < row->count ? row->cells[place] : "";
}

static void write_answer(struct ctl *ctl, const char *query, const struct match_found *found,
                         size_t count, int64_t micros)
{
    struct buf out;

    buf_init(&out, 512, 0);
    for (size_t i = 0; i < (count < BEST ? count : BEST) || i == 0; i++) {
        const bool any = i < count;
        const char *cells[] = {
            query,
            any ? arena_number(ctl->a, "", found[i].party_id) : "",
            any ? arena_printf(ctl->a, "%.3f", found[i].evidence.score) : "0.000",
            match_verdict_name(any ? found[i].evidence.verdict : MATCH_DIFFERENT),
            any ? match_evidence_text(ctl->a, &found[i].evidence) : "",
            arena_number(ctl->a, "", micros),
        };

        text_csv_write(&out, cells, ARRAY_LEN(cells));
    }
    fwrite(out.data, 1, out.len, ctl->out);
    buf_free(&out);
}

static struct err *answer_row(struct ctl *ctl, struct tools *tools, const struct text_csv_row *row,
                              const int place[ASKED_COLUMNS])
{
    const struct match_party party = { .name = cell(row, place[0]),
                                       .country = cell(row, place[1]),
                                       .website = cell(row, place[2]),
                                       .tax_number = cell(row, place[3]),
                                       .phone = "",
                                       .address = "" };
    const int64_t began = clock_monotonic_us();
    struct match_found *found;
    size_t count;

    TRY(match_find(ctl->db, ctl->a, tools->names, &party, &found, &count));
    write_answer(ctl, party.name, found, count, clock_monotonic_us() - began);
    return NULL;
}

static struct err *answer_all(struct ctl *ctl, struct tools *tools, FILE *in)
{
    static const struct text_csv_limits limits = { 10000000, 40, 2000 };
    int place[ASKED_COLUMNS];
    struct text_csv_row row;
    struct text_csv *csv;
    struct err *e;
    bool found;

    TRY(text_csv_open(text_csv_from_file(in), &limits, &csv));
    e = read_places(csv, place);
    fprintf(ctl->out, "query,account,score,verdict,evidence,microseconds\r\n");
    while (e == NULL && (e = text_csv_read(csv, &row, &found)) == NULL && found) {
        e = answer_row(ctl, tools, &row, place);
        arena_clear(ctl->a);
    }
    text_csv_close(csv);
    return err_pass(e);
}

static struct err *look_up(struct ctl *ctl, FILE *in)
{
    struct tools tools;
    struct err *e;

    TRY(db_open_conf(&ctl->conf, "owner", NULL, &ctl->db));
    e = tools_open(&tools);
    if (e == NULL)
        e = db_begin_read(ctl->db);
    if (e == NULL)
        e = answer_all(ctl, &tools, in);
    db_rollback(ctl->db);
    tools_close(&tools);
    return err_pass(e);
}

static struct err *run_match(struct ctl *ctl)
{
    const char *pairs = NULL, *path = NULL;
    struct err *e;
    FILE *in;

    TRY(ctl_options(ctl, (const struct ctl_option[]){ { "pairs", &pairs, true }, { 0 } }, &path));
    if (strcmp(path, "-") == 0)
        return err_pass(pairs != NULL ? match_pairs_run(ctl->in, ctl->out) : look_up(ctl, ctl->in));
    TRY(open_file(path, &in));
    e = pairs != NULL ? match_pairs_run(in, ctl->out) : look_up(ctl, in);
    fclose(in);
    return err_pass(e);
}

#define IMPORT_USAGE "[--dry-run] [--good-rows-only] [--skip-duplicates] FILE"
const struct ctl_command ctl_account_commands[] = {
    { "import accounts", IMPORT_USAGE,
      "companies from a CSV or XLSX file, found by the names of its columns: name, country, kind, "
      "region, city, address, website, tax_number, phone, zone, currency, department, owner",
      true, run_import },
    { "import contacts", IMPORT_USAGE,
      "people of accounts, found by the names of its columns: name, account, title, email, phone, "
      "language, remark",
      true, run_import },
    { "import leads", IMPORT_USAGE,
      "leads, found by the names of its columns: company_name, country, region, city, website, "
      "person_name, person_title, email, phone, product_line, budget, timeframe, language, "
      "question, source, campaign",
      true, run_import },
    { "import opportunities", IMPORT_USAGE,
      "open opportunities, found by the names of its columns: name, account, country, partner, "
      "owner, stage, amount, currency, expected_close, probability, next_step, next_step_on, "
      "competitors, source, note",
      true, run_import },
    { "import users", "[--dry-run] [--good-rows-only] [--invite] FILE",
      "people of the vendor and of companies, found by the names of its columns: email, name, "
      "title, company, roles, department, language, zone; --invite mails each an invitation, else "
      "they wait for one",
      true, run_import },
    { "export accounts", "", "companies as CSV on standard output, in the columns of the import",
      true, run_export },
    { "export contacts", "", "people of accounts as CSV, in the columns of the import", true,
      run_export },
    { "export leads", "", "leads as CSV, in the columns of the import", true, run_export },
    { "export opportunities", "", "opportunities as CSV, in the columns of the import", true,
      run_export },
    { "export users", "", "people as CSV, in the columns of the import", true, run_export },
    { "import undo", "IM-NUMBER", "take an import back, but for what was changed or is used since",
      true, run_import_undo },
    { "match", "[--pairs] FILE",
      "who a name could be (CSV: name, country, domain, tax_number), or what pairs of names are (a, b)",
      false, run_match },
    { 0 },
};
