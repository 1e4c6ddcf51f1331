/* Imports: a file is brought by a page, read, judged and written by a worker under its own account,
 * taken back as one; and what must not happen on the way. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "deal/deal_rooms.h"
#include "program/program.h"
#include "program/worker.h"
#include "support/sheet.h"
#include "support/testdb.h"
#include "support/workbook.h"
#include "transfer/transfer.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE     "/staff/imports"
#define BOUNDARY "fairway-boundary"
#define TYPE     "multipart/form-data; boundary=" BOUNDARY

static struct webtest *w;
static struct db *worker;
static struct deal_rooms *rooms;
static struct arena *job_arena;
static const char *dataset = "accounts"; /* of files that are sent */

static int open_all(void **state)
{
    void *opened;

    (void)state;
    w = webtest_open(&program_staff, NULL);
    assert_ok(testdb_connect_as(webtest_schema(w), "worker", worker_statements, &worker));
    assert_ok(deal_rooms_open(webtest_conf(w), &opened));
    rooms = opened;
    job_arena = arena_new(65536);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    arena_free(job_arena);
    deal_rooms_close(rooms);
    db_close(worker);
    webtest_close(w);
    return 0;
}

/* -- visitors, files, the worker --------------------------------------------------------------- */

#define NUMBER(sql, id) fixture_number(w, sql, id)

/* With a role that the worker finds, and its permissions in the session. */
static void sign_in(struct visitor *v)
{
    struct permission_set all = { { 0 } };

    permission_add(&all, PERM_HOME);
    permission_add(&all, PERM_ACCOUNT_VIEW);
    permission_add(&all, PERM_IMPORT_VIEW);
    permission_add(&all, PERM_ACCOUNT_IMPORT);
    permission_add(&all, PERM_CONTACT_IMPORT);
    permission_add(&all, PERM_LEAD_IMPORT);
    permission_add(&all, PERM_LEAD_VIEW);
    permission_add(&all, PERM_OPPORTUNITY_IMPORT);
    permission_add(&all, PERM_OPPORTUNITY_VIEW);
    permission_add(&all, PERM_USERS_IMPORT);
    *v = (struct visitor){ 0 };
    webtest_sign_in(w, v, AUD_STAFF, &all, 0);
    fixture_run(w,
                "INSERT IGNORE INTO user_role (user_id, role_id) SELECT ?, id FROM role"
                " WHERE audience = 'staff' AND code = 'administrator'",
                v->user_id);
}

static struct answer send_file(struct visitor *v, const char *name, const char *data, size_t len)
{
    char token[200];
    struct answer a;
    char *body = malloc(len + 2000);
    int head;

    snprintf(token, sizeof(token), "%s", webtest_token(w, v, PAGE "/new"));
    head = snprintf(
        body, 1500,
        "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n"
        "%s\r\n--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"set\"\r\n\r\n%s\r\n"
        "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
        "Content-Type: text/csv\r\n\r\n",
        token, dataset, name);
    memcpy(body + head, data, len);
    len += (size_t)head;
    len += (size_t)snprintf(body + len, 100, "\r\n--" BOUNDARY "--\r\n");
    a = webtest_send(w, v, "POST", PAGE "/new", TYPE, body, len);
    free(body);
    return a;
}

static int64_t uploaded(struct visitor *v, const char *csv)
{
    struct answer a = send_file(v, "accounts.csv", csv, strlen(csv));
    const char *location = answer_header(&a, "Location");

    if (a.status != 303 || location == NULL || !str_starts(location, PAGE "/IM-"))
        fail_msg("no address of an import: status %d", a.status);
    return location != NULL ? atoll(location + strlen(PAGE "/IM-")) : 0;
}

static void run_slice(struct db *db, int64_t id)
{
    struct job_context ctx = { .db = db, .arena = job_arena, .owner = "test" };

    assert_ok(transfer_run(&ctx, &(struct job){ .kind = "transfer.run", .ref = id, .tries = 1 },
                           rooms->names));
    arena_clear(job_arena);
}

static void run_once(int64_t id)
{
    run_slice(worker, id);
}

#define IS_RUNNING                                                              \
    "SELECT COUNT(*) AS n FROM transfer WHERE state IN ('reading', 'checking'," \
    " 'running', 'undoing') AND id = ?"
static void run_worker(int64_t id)
{
    for (int i = 0; i < 100 && NUMBER(IS_RUNNING, id) == 1; i++)
        run_once(id);
    assert_int_equal(NUMBER(IS_RUNNING, id), 0);
}

#define IN_STATE(state, id) \
    assert_int_equal(       \
        NUMBER("SELECT COUNT(*) AS n FROM transfer WHERE state = '" state "' AND id = ?", id), 1)
#define ROWS_IN(state, id)                                                                         \
    NUMBER("SELECT COUNT(*) AS n FROM transfer_row WHERE state = '" state "' AND transfer_id = ?", \
           id)
#define THERE(id)                                                                          \
    NUMBER("SELECT COUNT(*) AS n FROM account a JOIN transfer_row r ON r.object_id = a.id" \
           " WHERE a.deleted_at IS NULL AND r.transfer_id = ?",                            \
           id)

static const char *path_of(int64_t id, const char *more)
{
    static char path[3][120];
    static int turn;

    turn = (turn + 1) % 3;
    snprintf(path[turn], sizeof(path[turn]), PAGE "/IM-%lld%s", (long long)id, more);
    return path[turn];
}

static struct answer post_at(struct visitor *v, int64_t id, int64_t version, const char *what,
                             const char *more)
{
    char body[400];

    snprintf(body, sizeof(body), "row_version=%lld%s", (long long)version, more);
    return webtest_post(w, v, path_of(id, ""), path_of(id, what), body);
}

static int64_t version_of(int64_t id)
{
    return NUMBER("SELECT row_version AS n FROM transfer WHERE id = ?", id);
}

static struct answer post(struct visitor *v, int64_t id, const char *what, const char *more)
{
    return post_at(v, id, version_of(id), what, more);
}

/* Uploaded with the headings Name, Country, mapped as they are called, and judged. */
static int64_t checked(struct visitor *v, const char *rows)
{
    static char csv[4000];
    int64_t id;

    snprintf(csv, sizeof(csv), "Name,Country,Tax number\n%s", rows);
    id = uploaded(v, csv);
    assert_int_equal(
        post(v, id, "/map", "&column=name&column=country&column=tax_number&do=map").status, 303);
    run_worker(id);
    return id;
}

static int64_t imported(struct visitor *v, const char *rows, const char *mode)
{
    int64_t id = checked(v, rows);

    assert_int_equal(post(v, id, "/choose", mode).status, 303);
    run_worker(id);
    return id;
}

/* Rows of another data set: HEAD is the file's first line, COLUMNS which each of it is. */
static int64_t checked_of(struct visitor *v, const char *set, const char *head, const char *columns,
                          const char *rows)
{
    static char csv[4000];
    int64_t id;

    snprintf(csv, sizeof(csv), "%s\n%s", head, rows);
    dataset = set;
    id = uploaded(v, csv);
    dataset = "accounts";
    assert_int_equal(post(v, id, "/map", columns).status, 303);
    run_worker(id);
    return id;
}

static int64_t written(struct visitor *v, int64_t id, const char *how)
{
    assert_int_equal(post(v, id, "/choose", how).status, 303);
    run_worker(id);
    IN_STATE("done", id);
    return id;
}

/* -- the file ---------------------------------------------------------------------------------- */

static void is_refused(struct visitor *v, const char *data, size_t len, const char *word)
{
    struct answer a = send_file(v, "accounts.xlsx", data, len);

    if (a.status != 422 || !answer_has(&a, word))
        fail_msg("status %d, without “%s”", a.status, word);
}

static void test_upload__names_what_is_no_sheet_and_keeps_nothing(void **state)
{
    const struct workbook_part parts[] = { { "mimetype", "application/epub+zip", 0 }, { 0 } };
    struct visitor v;
    size_t len;
    char *book = workbook_archive(parts, &len);

    (void)state;
    sign_in(&v);
    is_refused(&v, book, len, "The file is no XLSX workbook.");
    is_refused(&v, "Name,Country\nA,\x9f\xff\xff\xfe\n", 18, "bytes that are no text");
    is_refused(&v, "Name,Country\n", 13, "no rows below its headings");
    is_refused(&v, "\n\n", 2, "no headings");
    free(book);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM transfer WHERE user_id = ?", v.user_id), 0);
}

static void test_rows_beyond_the_limit_refuse_the_file_in_words(void **state)
{
    struct visitor v;
    int64_t id;
    struct answer a;

    (void)state;
    sign_in(&v);
    fixture_run(w,
                "INSERT INTO system_parameter (name, value, updated_at)"
                " SELECT 'import.rows', '4', UTC_TIMESTAMP(6) FROM user WHERE id = ?",
                v.user_id);
    id = checked(&v, "A,DE,\nB,DE,\nC,DE,\nD,DE,\nE,DE,\n");
    fixture_run(w, "DELETE FROM system_parameter WHERE name = 'import.rows' AND ? > 0", v.user_id);
    IN_STATE("refused", id);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "At most 4 rows in one file."));
    assert_int_equal(ROWS_IN("good", id), 0);
}

static void test_columns__are_guessed_chosen_and_remembered_for_the_same_headings(void **state)
{
    static const char csv[] = "Firma,Land,Company website\nKestrel,DE,kestrel.example\n";
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = uploaded(&v, csv);
    a = post(&v, id, "/map", "&column=&column=country&column=website&do=map");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "No column is “Company name”, which every row needs."));
    a = post(&v, id, "/map", "&column=name&column=name&column=country&do=map");
    assert_true(answer_has(&a, "Two columns are “Company name”."));
    assert_int_equal(
        post(&v, id, "/map", "&column=name&column=country&column=website&do=map").status, 303);
    id = uploaded(&v, csv);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "<option value=\"website\" selected>"));
}

static void test_columns__as_many_as_the_file_has(void **state)
{
    struct visitor v;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = uploaded(&v, "Name,Country\nA,DE\n");
    assert_int_equal(post(&v, id, "/map", "&column=name&do=map").status, 400);
    assert_int_equal(post(&v, id, "/map", "&column=name&column=nonsense&do=map").status, 422);
    IN_STATE("mapping", id);
}

/* -- judging ----------------------------------------------------------------------------------- */

static void test_check__shows_each_fault_at_its_column_in_the_readers_language(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = checked(&v, "Kestrel Foods,DE,\n,ZZ,\nOsprey Glass,Germany,\n");
    IN_STATE("preview", id);
    assert_int_equal(ROWS_IN("good", id), 2);
    assert_int_equal(ROWS_IN("fault", id), 1);
    a = webtest_get(w, &v, path_of(id, "?show=fault"));
    assert_true(answer_has(&a, "Company name: Enter the company’s name."));
    assert_true(answer_has(&a, "Country “ZZ”: Choose one of the list."));
    a = webtest_get(w, &v, path_of(id, "?lang=zh"));
    assert_false(answer_has(&a, "Choose one of the list."));
    a = webtest_get(w, &v, path_of(id, "/faults.csv"));
    assert_non_null(strstr(sheet_text(job_arena, a.body, a.body_len), "|ZZ|"));
    assert_int_equal(THERE(id), 0);
}

static void test_check__a_formula_is_a_fault_not_its_value(void **state)
{
    struct visitor v;
    struct answer a;
    const char *location;
    int64_t id;
    size_t len;
    char *book = workbook_make("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Name</t></is></c>"
                               "<c r=\"B1\" t=\"inlineStr\"><is><t>Country</t></is></c></row>"
                               "<row r=\"2\"><c r=\"A2\"><f>1+1</f><v>2</v></c>"
                               "<c r=\"B2\" t=\"inlineStr\"><is><t>DE</t></is></c></row>",
                               NULL, &len);

    (void)state;
    sign_in(&v);
    a = send_file(&v, "accounts.xlsx", book, len);
    free(book);
    assert_int_equal(a.status, 303);
    location = answer_header(&a, "Location");
    id = atoll(location + strlen(PAGE "/IM-"));
    assert_int_equal(post(&v, id, "/map", "&column=name&column=country&do=map").status, 303);
    run_worker(id);
    assert_int_equal(ROWS_IN("fault", id), 1);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "The cell holds a formula."));
}

static void test_check__finds_what_is_there_and_what_came_before_in_the_file(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    imported(&v, "Zaunkoenig Optik GmbH,DE,\n", "&do=all");
    id = checked(&v, "ZAUNKOENIG OPTIK,DE,\nRotkehlchen Druck AG,DE,\n"
                     "Rotkehlchen Druck GmbH,DE,\nWendehals Medizin,DE,DE811111111\n"
                     "Etwas Anderes,DE,DE811111111\n");
    assert_int_equal(ROWS_IN("good", id), 2);
    assert_int_equal(ROWS_IN("twin", id), 3);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "Like a record that is there:"));
    assert_true(answer_has(&a, ">Zaunkoenig Optik GmbH</a>"));
    assert_true(answer_has(&a, "Like row 3 of this file"));
}

static void test_check__never_names_a_record_of_another_department(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id, hidden;

    (void)state;
    sign_in(&v);
    hidden = imported(&v, "Pirol Verlag GmbH,DE,\n", "&do=all");
    assert_ok(db_begin_write(webtest_admin(w)));
    fixture_department(webtest_admin(w), 870000000, 870000000, 0);
    assert_ok(db_commit(webtest_admin(w)));
    fixture_run(w,
                "UPDATE account SET department_id = 870000000 WHERE id = (SELECT object_id"
                " FROM transfer_row WHERE transfer_id = ?)",
                hidden);
    fixture_run(w, "UPDATE session SET department_low = 1, department_high = 2 WHERE user_id = ?",
                v.user_id);
    id = checked(&v, "Pirol Verlag,DE,\n");
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "Like a record of another department"));
    assert_false(answer_has(&a, "Pirol Verlag GmbH"));
}

static void test_check__departments_and_owners_are_looked_up(void **state)
{
    static const char csv[] = "Name,Country,Owner,Kind\nSteinadler Kran,DE,nobody@else.example,\n"
                              "Steinadler Kran Partner,DE,,partner\n";
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    fixture_run(w,
                "INSERT INTO account (kind, name, country, created_at, updated_at)"
                " SELECT 'partner', 'Steinadler Kran Partner', 'DE', UTC_TIMESTAMP(6),"
                " UTC_TIMESTAMP(6) FROM user WHERE id = ?",
                v.user_id);
    id = uploaded(&v, csv);
    assert_int_equal(
        post(&v, id, "/map", "&column=name&column=country&column=owner&column=kind&do=map").status,
        303);
    run_worker(id);
    assert_int_equal(ROWS_IN("fault", id), 1);
    assert_int_equal(ROWS_IN("twin", id), 1);
    a = webtest_get(w, &v, path_of(id, "?show=fault"));
    assert_true(answer_has(&a, "Nobody of the vendor has this address."));
}

/* -- writing ----------------------------------------------------------------------------------- */

static void test_run__writes_all_and_leaves_out_what_is_like_another(void **state)
{
    struct visitor v;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = imported(&v, "Bekassine Stahl,DE,\nBekassine Stahl GmbH,DE,\nUhu Papier,CN,\n", "&do=all");
    IN_STATE("done", id);
    assert_int_equal(THERE(id), 2);
    assert_int_equal(ROWS_IN("twin", id), 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM audit_event e JOIN transfer_row r"
                            " ON r.object_id = e.object_id WHERE e.kind = 'account'"
                            " AND e.action = 'account.create' AND r.transfer_id = ?",
                            id),
                     2);
    id = imported(&v, "Uhu Papier,CN,\nEule Glas,DE,\n", "&twins=1&do=all");
    assert_int_equal(THERE(id), 2);
}

static void test_run__what_is_written_is_found_by_the_conflict_check(void **state)
{
    struct visitor v;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = imported(&v, "Seidenschwanz Robotik,DE,\n", "&do=all");
    assert_true(NUMBER("SELECT COUNT(*) AS n FROM match_gram g JOIN transfer_row r"
                       " ON r.object_id = g.party_id WHERE r.transfer_id = ?",
                       id) > 5);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM account a JOIN transfer_row r"
                            " ON r.object_id = a.id WHERE a.group_id = a.id AND r.transfer_id = ?",
                            id),
                     1);
}

static void test_run__with_faults_only_the_good_rows_can_be_chosen(void **state)
{
    struct visitor v;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = checked(&v, "Gruenspecht Holz,DE,\nOhne Land,,\n");
    assert_int_equal(post(&v, id, "/choose", "&do=all").status, 409);
    assert_int_equal(THERE(id), 0);
    assert_int_equal(post(&v, id, "/choose", "&do=good").status, 303);
    run_worker(id);
    assert_int_equal(THERE(id), 1);
}

static void test_run__two_who_start_it_start_it_once(void **state)
{
    struct visitor v;
    int64_t id, seen;

    (void)state;
    sign_in(&v);
    id = checked(&v, "Haubentaucher Werft,DE,\n");
    seen = version_of(id);
    assert_int_equal(post_at(&v, id, seen, "/choose", "&do=all").status, 303);
    assert_int_equal(post_at(&v, id, seen, "/choose", "&do=all").status, 409);
    run_worker(id);
    run_once(id);
    assert_int_equal(THERE(id), 1);
}

static void test_run__a_second_import_waits_and_is_compared_again(void **state)
{
    struct visitor v;
    int64_t first, second;

    (void)state;
    sign_in(&v);
    first = checked(&v, "Eisvogel Technik,DE,\n");
    second = checked(&v, "Eisvogel Technik,DE,\n");
    assert_int_equal(ROWS_IN("good", second), 1);
    assert_int_equal(post(&v, first, "/choose", "&do=all").status, 303);
    assert_int_equal(post(&v, second, "/choose", "&do=all").status, 409);
    run_worker(first);
    assert_int_equal(post(&v, second, "/choose", "&do=all").status, 303);
    run_worker(second);
    IN_STATE("preview", second);
    assert_int_equal(ROWS_IN("twin", second), 1);
    assert_int_equal(THERE(second), 0);
}

static void test_run__stops_for_who_may_no_longer(void **state)
{
    struct visitor v;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = checked(&v, "Kormoran Netze,DE,\n");
    assert_int_equal(post(&v, id, "/choose", "&do=all").status, 303);
    fixture_run(w, "DELETE FROM user_role WHERE user_id = ?", v.user_id);
    run_worker(id);
    IN_STATE("stopped", id);
    assert_int_equal(THERE(id), 0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM transfer_set WHERE running_id = ?", id), 0);
}

enum { KILLED_ROWS = 1800, KILLED_AT = 500 };

static int64_t many_checked(struct visitor *v)
{
    char *csv = malloc(KILLED_ROWS * 40 + 40);
    size_t len = (size_t)sprintf(csv, "Name,Country\n");
    int64_t id;

    for (int i = 0; i < KILLED_ROWS; i++)
        len += (size_t)sprintf(csv + len, "%c%c%c Kontor %d,DE\n", 'A' + i % 26, 'a' + i / 26 % 26,
                               'a' + i / 676, 7 * i);
    id = uploaded(v, csv);
    free(csv);
    assert_int_equal(post(v, id, "/map", "&column=name&column=country&do=map").status, 303);
    run_worker(id);
    return id;
}

/* A worker of its own, killed as soon as some batches of the import are written. */
static void kill_at_work(int64_t id)
{
    const pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (child == 0) {
        struct db *own;

        if (testdb_connect_as(webtest_schema(w), "worker", worker_statements, &own) == NULL)
            for (;;)
                run_slice(own, id);
        _exit(1);
    }
    while (NUMBER("SELECT made_count AS n FROM transfer WHERE id = ?", id) < KILLED_AT)
        usleep(2000);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static void test_run__that_is_killed_goes_on_where_it_was_and_writes_nothing_twice(void **state)
{
    struct visitor v;
    int64_t id, made;

    (void)state;
    sign_in(&v);
    id = many_checked(&v);
    assert_int_equal(post(&v, id, "/choose", "&twins=1&do=all").status, 303);
    kill_at_work(id);
    made = NUMBER("SELECT made_count AS n FROM transfer WHERE id = ?", id);
    assert_in_range(made, KILLED_AT, KILLED_ROWS - 1);
    IN_STATE("running", id);
    assert_int_equal(THERE(id), made);
    assert_int_equal(ROWS_IN("made", id), made);
    run_worker(id);
    IN_STATE("done", id);
    assert_int_equal(THERE(id), KILLED_ROWS);
    assert_int_equal(NUMBER("SELECT COUNT(DISTINCT a.name) AS n FROM account a JOIN transfer_row r"
                            " ON r.object_id = a.id WHERE r.transfer_id = ?",
                            id),
                     KILLED_ROWS);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM account WHERE group_id < 0 AND ? > 0", id),
                     0);
}

/* -- taking back ------------------------------------------------------------------------------- */

static void test_undo__takes_all_back_as_one(void **state)
{
    struct visitor v;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = imported(&v, "Sperber Chemie,DE,\nMilan Foto,DE,\n", "&do=all");
    assert_int_equal(THERE(id), 2);
    assert_int_equal(post(&v, id, "/undo", "&do=undo").status, 303);
    run_worker(id);
    IN_STATE("undone", id);
    assert_int_equal(THERE(id), 0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM match_gram g JOIN transfer_row r"
                            " ON r.object_id = g.party_id WHERE r.transfer_id = ?",
                            id),
                     0);
    assert_int_equal(post(&v, id, "/undo", "&do=undo").status, 409);
}

static void test_undo__keeps_what_was_changed_or_is_used_and_says_why(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = imported(&v, "Storch Bau,DE,\nReiher Boote,DE,\nKranich Luft,DE,\n", "&do=all");
    fixture_run(w,
                "UPDATE account SET city = 'Kiel', row_version = row_version + 1 WHERE id ="
                " (SELECT object_id FROM transfer_row WHERE line_no = 2 AND transfer_id = ?)",
                id);
    fixture_run(
        w,
        "INSERT INTO opportunity (account_id, end_customer_id, name, currency, amount, side,"
        " worked_at, created_at, updated_at) SELECT NULL, object_id, 'Harbour', 'USD', 1,"
        " 'vendor', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)"
        " FROM transfer_row WHERE line_no = 3 AND transfer_id = ?",
        id);
    assert_int_equal(post(&v, id, "/undo", "&do=undo").status, 303);
    run_worker(id);
    assert_int_equal(THERE(id), 2);
    assert_int_equal(ROWS_IN("undone", id), 1);
    a = webtest_get(w, &v, path_of(id, "?show=kept"));
    assert_true(answer_has(&a, "It was changed since the import."));
    assert_true(answer_has(&a, "Something belongs to it"));
}

/* -- contacts --------------------------------------------------------------------------------- */

/* A company of the file's person. */
static int64_t company(const char *name)
{
    struct db *db = webtest_admin(w);
    static const struct db_stmt insert = {
        .name = "fixture.company",
        .sql = "INSERT INTO account (kind, name, country, created_at, updated_at) VALUES"
               " ('customer', ?, 'DE', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
        .binds = "s",
        .flags = DB_WRITE,
    };
    int64_t id;

    assert_ok(db_begin_write(db));
    assert_ok(db_insert(db, &insert, DB_ARGS(DB_S(name)), &id));
    assert_ok(db_commit(db));
    return id;
}

static int64_t contacts_checked(struct visitor *v, const char *rows)
{
    return checked_of(v, "contacts", "Name,Company,E-mail",
                      "&column=name&column=account&column=email&do=map", rows);
}

static int64_t contacts_imported(struct visitor *v, const char *rows)
{
    return written(v, contacts_checked(v, rows), "&do=all");
}

#define PEOPLE(account) \
    NUMBER("SELECT COUNT(*) AS n FROM contact WHERE deleted_at IS NULL AND account_id = ?", account)

static void test_contacts__are_written_to_their_company_by_name_or_number(void **state)
{
    struct visitor v;
    struct answer a;
    char rows[200];
    int64_t account, id;

    (void)state;
    sign_in(&v);
    account = company("Wiedehopf Klaviere");
    snprintf(rows, sizeof(rows),
             "Ada Behrens,Wiedehopf Klaviere,ada@wiedehopf.example\n孟晓,%lld,\n",
             (long long)account);
    id = contacts_imported(&v, rows);
    assert_int_equal(PEOPLE(account), 2);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'account'"
                            " AND action = 'contact.new' AND object_id = ?",
                            account),
                     2);
    a = webtest_get(w, &v, path_of(id, ""));
    snprintf(rows, sizeof(rows), "/staff/accounts/%lld/contacts/", (long long)account);
    assert_true(answer_has(&a, rows));
}

static void test_contacts__of_no_company_or_of_several_are_faults(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    company("Doppelgänger Tonstudio");
    company("Doppelgänger Tonstudio");
    id = contacts_checked(&v, "Ada,Nirgendwo Werke,\nBert,Doppelgänger Tonstudio,\nCleo,,\n");
    assert_int_equal(ROWS_IN("fault", id), 3);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "No account of yours has this name or number."));
    assert_true(answer_has(&a, "Several accounts have this name."));
    assert_true(answer_has(&a, "Enter the name or the number of an account."));
}

static void test_contacts__of_companies_of_other_departments_are_as_unknown(void **state)
{
    struct visitor v;
    int64_t id, account;

    (void)state;
    sign_in(&v);
    account = company("Geheimrat Labore");
    assert_ok(db_begin_write(webtest_admin(w)));
    fixture_department(webtest_admin(w), 871000000, 871000000, 0);
    fixture_department(webtest_admin(w), 872000000, 872000000, 0);
    assert_ok(db_commit(webtest_admin(w)));
    fixture_run(w, "UPDATE account SET department_id = 871000000 WHERE id = ?", account);
    fixture_run(w, "UPDATE user SET department_id = 872000000, scope = 'department' WHERE id = ?",
                v.user_id);
    fixture_run(w, "UPDATE role SET scope = 'department' WHERE code = 'administrator' AND ? > 0",
                v.user_id);
    id = contacts_checked(&v, "Ada,Geheimrat Labore,\n");
    fixture_run(w, "UPDATE role SET scope = 'all' WHERE code = 'administrator' AND ? > 0",
                v.user_id);
    assert_int_equal(ROWS_IN("fault", id), 1);
}

static void test_contacts__like_one_that_is_there_or_in_the_file_are_shown_and_left_out(
    void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id, account;

    (void)state;
    sign_in(&v);
    account = company("Nachtigall Orgelbau");
    contacts_imported(&v, "Ada Behrens,Nachtigall Orgelbau,ada@orgel.example\n");
    id = contacts_imported(&v, "A. Behrens,Nachtigall Orgelbau,ADA@orgel.example\n"
                               "ada behrens,Nachtigall Orgelbau,\nBert,Nachtigall Orgelbau,\n"
                               "BERT,Nachtigall Orgelbau,\n");
    assert_int_equal(ROWS_IN("twin", id), 3);
    assert_int_equal(PEOPLE(account), 2);
    a = webtest_get(w, &v, path_of(id, "?show=twin"));
    assert_true(answer_has(&a, ">Ada Behrens</a>"));
    assert_true(answer_has(&a, "Like row 4 of this file"));
}

static void test_contacts__are_taken_back_but_for_who_was_changed_or_deleted(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id, account;

    (void)state;
    sign_in(&v);
    account = company("Kleiber Brauerei");
    id = contacts_imported(
        &v, "Ada,Kleiber Brauerei,\nBert,Kleiber Brauerei,\nCleo,Kleiber Brauerei,\n");
    fixture_run(w,
                "UPDATE contact SET title = 'Boss', row_version = row_version + 1"
                " WHERE name = 'Ada' AND account_id = ?",
                account);
    fixture_run(w,
                "UPDATE contact SET deleted_at = UTC_TIMESTAMP(6), row_version = row_version + 1"
                " WHERE name = 'Bert' AND account_id = ?",
                account);
    assert_int_equal(post(&v, id, "/undo", "&do=undo").status, 303);
    run_worker(id);
    IN_STATE("undone", id);
    assert_int_equal(PEOPLE(account), 1);
    assert_int_equal(ROWS_IN("undone", id), 1);
    a = webtest_get(w, &v, path_of(id, "?show=kept"));
    assert_true(answer_has(&a, "It was changed since the import."));
    assert_true(answer_has(&a, "It is not there any more."));
}

static void test_contacts__are_imported_by_who_may_alone(void **state)
{
    struct permission_set few = { { 0 } };
    struct visitor v = { 0 };
    struct answer a;

    (void)state;
    permission_add(&few, PERM_HOME);
    permission_add(&few, PERM_IMPORT_VIEW);
    permission_add(&few, PERM_ACCOUNT_IMPORT);
    webtest_sign_in(w, &v, AUD_STAFF, &few, 0);
    a = webtest_get(w, &v, PAGE "/new");
    assert_false(answer_has(&a, "set=contacts"));
    assert_int_equal(webtest_get(w, &v, PAGE "/template.csv?set=contacts").status, 422);
    dataset = "contacts";
    a = send_file(&v, "contacts.csv", "Name,Company\nA,B\n", 18);
    dataset = "accounts";
    assert_int_equal(a.status, 422);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM transfer WHERE user_id = ?", v.user_id), 0);
}

/* -- leads ------------------------------------------------------------------------------------- */

static int64_t leads_checked(struct visitor *v, const char *rows)
{
    return checked_of(v, "leads", "Company,Country,Person,E-mail,Product line",
                      "&column=company_name&column=country&column=person_name&column=email"
                      "&column=product_line&do=map",
                      rows);
}

static int64_t leads_imported(struct visitor *v, const char *rows)
{
    return written(v, leads_checked(v, rows), "&do=all");
}

#define LEADS(id)                                                                       \
    NUMBER("SELECT COUNT(*) AS n FROM lead l JOIN transfer_row r ON r.object_id = l.id" \
           " WHERE r.transfer_id = ?",                                                  \
           id)

#define ENDED(id)                                                                       \
    NUMBER("SELECT COUNT(*) AS n FROM lead l JOIN transfer_row r ON r.object_id = l.id" \
           " WHERE l.state = 'disqualified' AND l.reason_code = 'import_undone' AND"    \
           " l.reason_text = CONCAT('IM-', r.transfer_id) AND r.transfer_id = ?",       \
           id)
#define LEAD_TRAIL                                                                          \
    "SELECT COUNT(*) AS n FROM transfer_row r WHERE r.transfer_id = ? AND EXISTS (SELECT 1" \
    " FROM lead_"

static void test_leads__come_in_as_if_typed_and_wait_for_a_partner(void **state)
{
    struct visitor v;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = leads_imported(&v, "Regenpfeifer Solar,DE,Ada,ada@regen.example,\n"
                            "Strandläufer Solar,DE,Bo,bo@strand.example,\n");
    assert_int_equal(LEADS(id), 2);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM lead l JOIN transfer_row r ON r.object_id ="
                            " l.id JOIN lead_staff s ON s.lead_id = l.id AND s.judged_at IS NOT"
                            " NULL WHERE l.state = 'new' AND r.transfer_id = ?",
                            id),
                     2);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM audit_event e JOIN transfer_row r"
                            " ON r.object_id = e.object_id WHERE e.kind = 'lead'"
                            " AND e.action = 'lead.create' AND r.transfer_id = ?",
                            id),
                     2);
}

static void test_leads__of_a_known_company_or_person_are_shown_and_left_out(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    leads_imported(&v, "Alpensegler Optik,DE,Ada,ada@alpen.example,\n");
    id = leads_imported(&v, "Alpensegler Optik GmbH,DE,Bo,bo@alpen.example,\n"
                            "Ganz Anders,DE,Ada,ADA@alpen.example,\n"
                            "Mauersegler Optik,DE,Cy,cy@mauer.example,\n"
                            "Mauersegler Werk,DE,Cy,cy@mauer.example,\n");
    assert_int_equal(ROWS_IN("twin", id), 3);
    assert_int_equal(LEADS(id), 1);
    a = webtest_get(w, &v, path_of(id, "?show=twin"));
    assert_true(answer_has(&a, ">Alpensegler Optik</a>"));
    assert_true(answer_has(&a, "/staff/leads/LD-"));
    assert_true(answer_has(&a, "Like row 4 of this file"));
}

static void test_leads__of_an_unknown_product_line_are_faults(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = leads_checked(&v, "Zilpzalp Uhren,DE,Ada,ada@zilp.example,Nonsense\n");
    assert_int_equal(ROWS_IN("fault", id), 1);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "Choose a product line that is sold."));
}

static void test_leads__are_taken_back_but_for_those_that_somebody_works_on(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = leads_imported(&v, "Rohrdommel Kabel,DE,Ada,ada@rohr.example,\n"
                            "Wasserralle Kabel,DE,Bo,bo@ralle.example,\n"
                            "Teichhuhn Kabel,DE,Cy,cy@teich.example,\n");
    fixture_run(w,
                "UPDATE lead SET city = 'Kiel', row_version = row_version + 1 WHERE id ="
                " (SELECT object_id FROM transfer_row WHERE line_no = 2 AND transfer_id = ?)",
                id);
    fixture_run(w,
                "INSERT INTO comment (kind, object_id, user_id, user_name, audience, body,"
                " created_at) SELECT 'lead', object_id, 1, 'Ada', 'staff', 'Call', "
                "UTC_TIMESTAMP(6) FROM transfer_row WHERE line_no = 3 AND transfer_id = ?",
                id);
    assert_int_equal(post(&v, id, "/undo", "&do=undo").status, 303);
    run_worker(id);
    IN_STATE("undone", id);
    assert_int_equal(ROWS_IN("undone", id), 1);
    assert_int_equal(ENDED(id), 1);
    assert_int_equal(NUMBER(LEAD_TRAIL "step s WHERE s.lead_id = r.object_id AND s.state ="
                                       " 'disqualified' AND s.action = 'lead.disqualify')",
                            id),
                     1);
    assert_int_equal(NUMBER(LEAD_TRAIL "step s WHERE s.lead_id = r.object_id AND s.action ="
                                       " 'lead.create')",
                            id),
                     3);
    a = webtest_get(w, &v, path_of(id, "?show=kept"));
    assert_true(answer_has(&a, "It was changed since the import."));
    assert_true(answer_has(&a, "Something belongs to it"));
}

static void test_leads__that_were_taken_back_say_so_and_do_not_stand_against_new_ones(void **state)
{
    struct visitor v;
    struct answer a;
    char path[60];
    int64_t id;

    (void)state;
    sign_in(&v);
    id = leads_imported(&v, "Seidenschwanz Tee,DE,Ada,ada@seide.example,\n");
    assert_int_equal(post(&v, id, "/undo", "&do=undo").status, 303);
    run_worker(id);
    snprintf(
        path, sizeof(path), "/staff/leads/LD-%lld",
        (long long)NUMBER("SELECT object_id AS n FROM transfer_row WHERE transfer_id = ?", id));
    a = webtest_get(w, &v, path);
    assert_true(answer_has(&a, "Its import was taken back"));
    id = leads_checked(&v, "Seidenschwanz Tee,DE,Ada,ada@seide.example,\n");
    assert_int_equal(ROWS_IN("good", id), 1);
}

/* -- opportunities ----------------------------------------------------------------------------- */

static int64_t opportunities_checked(struct visitor *v, const char *rows)
{
    fixture_run(w,
                "INSERT IGNORE INTO currency (code, active, sort) VALUES ('EUR', ? > 0, 1),"
                " ('USD', 1, 2)",
                v->user_id);
    return checked_of(
        v, "opportunities",
        "Name,Company,Partner,Owner,Stage,Amount,Currency,Close date,Probability,Note",
        "&column=name&column=account&column=partner&column=owner&column=stage&column=amount"
        "&column=currency&column=expected_close&column=probability&column=note&do=map",
        rows);
}

static int64_t opportunities_imported(struct visitor *v, const char *rows)
{
    const int64_t id = opportunities_checked(v, rows);

    assert_int_equal(ROWS_IN("fault", id), 0);
    return written(v, id, "&do=all");
}

#define OPPORTUNITIES(condition, id)                                           \
    NUMBER("SELECT COUNT(*) AS n FROM opportunity o JOIN transfer_row r"       \
           " ON r.object_id = o.id WHERE " condition " AND r.transfer_id = ?", \
           id)

static void test_opportunities__belong_to_the_vendor_or_to_the_partner_that_is_named(void **state)
{
    struct visitor v;
    int64_t id, partner;

    (void)state;
    sign_in(&v);
    company("Sperlingskauz Bau");
    partner = company("Waldkauz Vertrieb");
    fixture_run(w, "UPDATE account SET kind = 'partner' WHERE id = ?", partner);
    id = opportunities_imported(
        &v, "Roof,Sperlingskauz Bau,,,,1200.50,EUR,2031-05-01,,Call Ada\n"
            "Cellar,Sperlingskauz Bau,Waldkauz Vertrieb,,Proposal,90,USD,2031-06-01,0,\n");
    assert_int_equal(OPPORTUNITIES("o.side = 'vendor' AND o.stage_id = 1 AND o.probability = 10"
                                   " AND o.amount = 1200.5 AND o.owner_user_id IS NOT NULL"
                                   " AND o.customer_name = 'Sperlingskauz Bau'",
                                   id),
                     1);
    assert_int_equal(OPPORTUNITIES("o.side = 'partner' AND o.stage_id = 4 AND o.probability = 0"
                                   " AND o.source = 'staff' AND o.account_id IS NOT NULL",
                                   id),
                     1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM opportunity_staff s JOIN transfer_row r"
                            " ON r.object_id = s.opportunity_id WHERE s.note = 'Call Ada'"
                            " AND r.transfer_id = ?",
                            id),
                     1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM audit_event e JOIN transfer_row r"
                            " ON r.object_id = e.object_id WHERE e.kind = 'opportunity'"
                            " AND e.action = 'opportunity.create' AND r.transfer_id = ?",
                            id),
                     2);
}

static void test_opportunities__each_thing_that_is_not_there_is_a_fault_at_its_column(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    company("Raufusskauz Holz");
    id = opportunities_checked(&v, "A,Nirgendwo Holz,,,,1,EUR,2031-05-01,,\n"
                                   "B,Raufusskauz Holz,Niemand KG,,,1,EUR,2031-05-01,,\n"
                                   "C,Raufusskauz Holz,,no@body.example,,1,EUR,2031-05-01,,\n"
                                   "D,Raufusskauz Holz,,,Won,1,EUR,2031-05-01,,\n"
                                   "E,Raufusskauz Holz,,,,1,EUR,2001-05-01,,\n"
                                   "F,Raufusskauz Holz,,,,1,XAF,2031-05-01,,\n"
                                   "G,Raufusskauz Holz,,,,1,EUR,2031-05-01,101,\n");
    assert_int_equal(ROWS_IN("fault", id), 7);
    a = webtest_get(w, &v, path_of(id, "?show=fault"));
    assert_true(answer_has(&a, "No account of yours has this name or number."));
    assert_true(answer_has(&a, "No active partner of yours has this name or number"));
    assert_true(answer_has(&a, "Nobody of the vendor has this address."));
    assert_true(answer_has(&a, "This is no stage that it can begin in."));
    assert_true(answer_has(&a, "An open opportunity cannot close in the past."));
    assert_true(answer_has(&a, "Amounts in this currency are not taken."));
}

static void test_opportunities__open_ones_of_the_same_name_and_company_are_shown(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    company("Habichtskauz Glas");
    company("Habichtskauz Garten");
    opportunities_imported(&v, "Windows,Habichtskauz Glas,,,,1,EUR,2031-05-01,,\n");
    id = opportunities_checked(&v, "WINDOWS,Habichtskauz Glas,,,,1,EUR,2031-05-01,,\n"
                                   "Windows,Habichtskauz Garten,,,,1,EUR,2031-05-01,,\n"
                                   "Doors,Habichtskauz Glas,,,,1,EUR,2031-05-01,,\n"
                                   "doors,Habichtskauz Glas,,,,1,EUR,2031-05-01,,\n");
    assert_int_equal(ROWS_IN("twin", id), 2);
    a = webtest_get(w, &v, path_of(id, "?show=twin"));
    assert_true(answer_has(&a, ">Windows</a>"));
    assert_true(answer_has(&a, "/staff/opportunities/OP-"));
    assert_true(answer_has(&a, "Like row 4 of this file"));
}

static void test_opportunities__are_closed_when_taken_back_but_for_those_worked_on(void **state)
{
    struct visitor v;
    struct answer a;
    char path[80];
    int64_t id;

    (void)state;
    sign_in(&v);
    company("Schleiereule Licht");
    id = opportunities_imported(&v, "Lamps,Schleiereule Licht,,,,1,EUR,2031-05-01,,\n"
                                    "Poles,Schleiereule Licht,,,,1,EUR,2031-05-01,,\n"
                                    "Wires,Schleiereule Licht,,,,1,EUR,2031-05-01,,\n");
    fixture_run(w,
                "UPDATE opportunity SET next_step = 'Call', row_version = row_version + 1"
                " WHERE id = (SELECT object_id FROM transfer_row WHERE line_no = 2 AND"
                " transfer_id = ?)",
                id);
    fixture_run(w,
                "INSERT INTO comment (kind, object_id, user_id, user_name, audience, body,"
                " created_at) SELECT 'opportunity', object_id, 1, 'Ada', 'staff', 'Call', "
                "UTC_TIMESTAMP(6) FROM transfer_row WHERE line_no = 3 AND transfer_id = ?",
                id);
    assert_int_equal(post(&v, id, "/undo", "&do=undo").status, 303);
    run_worker(id);
    IN_STATE("undone", id);
    assert_int_equal(ROWS_IN("undone", id), 1);
    assert_int_equal(OPPORTUNITIES("o.state = 'lost' AND o.reason_code = 'import_undone'", id), 1);
    assert_int_equal(OPPORTUNITIES("(SELECT COUNT(*) FROM opportunity_step s WHERE"
                                   " s.opportunity_id = o.id) = 2",
                                   id),
                     1);
    a = webtest_get(w, &v, path_of(id, "?show=kept"));
    assert_true(answer_has(&a, "It was changed since the import."));
    assert_true(answer_has(&a, "Somebody worked on it"));
    snprintf(path, sizeof(path), "/staff/opportunities/OP-%lld",
             (long long)NUMBER("SELECT object_id AS n FROM transfer_row WHERE line_no = 4 AND"
                               " transfer_id = ?",
                               id));
    a = webtest_get(w, &v, path);
    assert_true(answer_has(&a, "Its import was taken back"));
}

/* -- users --------------------------------------------------------------------------------------
 */

static int64_t users_checked(struct visitor *v, const char *rows)
{
    return checked_of(v, "users", "E-mail,Name,Company,Roles,Department",
                      "&column=email&column=name&column=company&column=roles&column=department"
                      "&do=map",
                      rows);
}

static int64_t users_imported(struct visitor *v, const char *rows, const char *how)
{
    return written(v, users_checked(v, rows), how);
}

#define PERSONS(condition, id)                                                   \
    NUMBER("SELECT COUNT(*) AS n FROM user u JOIN transfer_row r ON r.object_id" \
           " = u.id WHERE " condition " AND r.transfer_id = ?",                  \
           id)
#define MAILS(id)                                                                              \
    NUMBER("SELECT COUNT(*) AS n FROM outbox o JOIN transfer_row r ON r.object_id = o.user_id" \
           " WHERE r.transfer_id = ?",                                                         \
           id)

/* A partner whose people come in. */
static int64_t partner_company(const char *name)
{
    const int64_t id = company(name);

    fixture_run(w, "UPDATE account SET kind = 'partner' WHERE id = ?", id);
    return id;
}

static void test_users__wait_for_an_invitation_unless_they_are_mailed_one(void **state)
{
    struct visitor v;
    int64_t id;

    (void)state;
    sign_in(&v);
    partner_company("Steinkauz Systeme");
    id = users_imported(&v, "ada@steinkauz.example,Ada,Steinkauz Systeme,Sales; technical,\n",
                        "&do=all");
    assert_int_equal(PERSONS("u.status = 'invited' AND u.audience = 'partner' AND (SELECT COUNT(*)"
                             " FROM user_role ur WHERE ur.user_id = u.id) = 2",
                             id),
                     1);
    assert_int_equal(MAILS(id), 0);
    id = users_imported(&v, "cy@steinkauz.example,Cy,Steinkauz Systeme,管理员,\n",
                        "&do=all&mails=1");
    assert_int_equal(MAILS(id), 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM audit_event e JOIN transfer_row r"
                            " ON r.object_id = e.object_id WHERE e.kind = 'user'"
                            " AND e.action = 'user.invite' AND r.transfer_id = ?",
                            id),
                     1);
}

static void test_users__whose_address_has_a_log_in_are_shown_and_never_written(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    partner_company("Zwergohreule AG");
    users_imported(&v, "dee@zwerg.example,Dee,Zwergohreule AG,sales,\n", "&do=all");
    id = users_checked(&v, "DEE@zwerg.example,Someone,Zwergohreule AG,sales,\n"
                           "eve@zwerg.example,Eve,Zwergohreule AG,sales,\n"
                           "Eve@zwerg.example,Eve Two,Zwergohreule AG,sales,\n");
    assert_int_equal(ROWS_IN("twin", id), 2);
    a = webtest_get(w, &v, path_of(id, "?show=twin"));
    assert_true(answer_has(&a, ">Dee</a>"));
    assert_true(answer_has(&a, "Like row 3 of this file"));
    assert_false(answer_has(&a, "name=\"twins\""));
    assert_int_equal(post(&v, id, "/choose", "&do=all&twins=1").status, 303);
    run_worker(id);
    assert_int_equal(ROWS_IN("made", id), 1);
}

static void test_users__of_unknown_roles_companies_and_departments_are_faults(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    partner_company("Uralkauz Partner");
    id = users_checked(&v, "f@ural.example,F,Uralkauz Partner,Emperor,\n"
                           "g@ural.example,G,Nobody Ltd,sales,\n"
                           "i@ural.example,I,Uralkauz Partner,\"sales, channel_manager\",\n"
                           "j@ural.example,J,Uralkauz Partner,sales,Sales\n");
    assert_int_equal(ROWS_IN("fault", id), 4);
    a = webtest_get(w, &v, path_of(id, "?show=fault"));
    assert_true(answer_has(&a, "This role cannot be given here."));
    assert_true(answer_has(&a, "No account of yours has this name or number."));
    assert_true(answer_has(&a, "Only people of the vendor belong to a department."));
}

/* The worker writes what pages bring: its account makes no staff. */
static void test_users__of_the_vendor_are_no_pages_to_import(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    id = users_checked(&v, "k@vendor.example,K,,administrator,\n");
    assert_int_equal(ROWS_IN("fault", id), 1);
    a = webtest_get(w, &v, path_of(id, "?show=fault"));
    assert_true(answer_has(&a, "fairwayctl import users"));
}

static void test_users__are_imported_by_administrators_alone(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    partner_company("Sumpfohreule AG");
    fixture_run(w,
                "INSERT INTO role (audience, code, name_en, name_zh) SELECT 'staff',"
                " 'importer', 'Importer', '导入人' FROM user WHERE id = ?",
                v.user_id);
    fixture_run(w,
                "INSERT INTO role_permission (role_id, permission) SELECT r.id, p.permission FROM"
                " role r JOIN (SELECT 'users.import' AS permission UNION ALL SELECT"
                " 'import.view') p WHERE r.code = 'importer' AND ? > 0",
                v.user_id);
    fixture_run(w,
                "UPDATE user_role SET role_id = (SELECT id FROM role WHERE code = 'importer')"
                " WHERE user_id = ?",
                v.user_id);
    id = users_checked(&v, "m@sumpf.example,M,Sumpfohreule AG,sales,\n");
    assert_int_equal(ROWS_IN("fault", id), 1);
    a = webtest_get(w, &v, path_of(id, "?show=fault"));
    assert_true(answer_has(&a, "You are no administrator any more."));
}

static void test_users__who_never_logged_in_are_shut_out_when_taken_back(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    partner_company("Sperbereule AG");
    id = users_imported(&v,
                        "n@sperber.example,N,Sperbereule AG,sales,\n"
                        "o@sperber.example,O,Sperbereule AG,sales,\n"
                        "p@sperber.example,P,Sperbereule AG,sales,\n",
                        "&do=all&mails=1");
    fixture_run(w,
                "UPDATE user SET status = 'active', last_login_at = UTC_TIMESTAMP(6) WHERE id ="
                " (SELECT object_id FROM transfer_row WHERE line_no = 2 AND transfer_id = ?)",
                id);
    fixture_run(w,
                "UPDATE user SET title = 'Chief', row_version = row_version + 1 WHERE id ="
                " (SELECT object_id FROM transfer_row WHERE line_no = 3 AND transfer_id = ?)",
                id);
    assert_int_equal(post(&v, id, "/undo", "&do=undo").status, 303);
    run_worker(id);
    IN_STATE("undone", id);
    assert_int_equal(PERSONS("u.status = 'disabled'", id), 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM audit_event e JOIN transfer_row r"
                            " ON r.object_id = e.object_id WHERE e.kind = 'user'"
                            " AND e.action = 'users.disable' AND r.transfer_id = ?",
                            id),
                     1);
    a = webtest_get(w, &v, path_of(id, "?show=kept"));
    assert_true(answer_has(&a, "The person has logged in since."));
    assert_true(answer_has(&a, "It was changed since the import."));
}

/* -- whose ------------------------------------------------------------------------------------- */

static void test_imports__of_others_and_without_the_permission_are_not_there(void **state)
{
    struct permission_set few = { { 0 } };
    struct visitor v, other, none = { 0 };
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    sign_in(&other);
    id = checked(&v, "Wiesel Garne,DE,\n");
    fixture_run(w, "UPDATE session SET department_low = 1, department_high = 2 WHERE user_id = ?",
                other.user_id);
    assert_int_equal(webtest_get(w, &other, path_of(id, "")).status, 404);
    a = webtest_get(w, &other, PAGE);
    assert_false(answer_has(&a, path_of(id, "\"")));
    permission_add(&few, PERM_HOME);
    permission_add(&few, PERM_IMPORT_VIEW);
    webtest_sign_in(w, &none, AUD_STAFF, &few, 0);
    assert_int_equal(webtest_get(w, &none, path_of(id, "")).status, 404);
    a = webtest_get(w, &none, PAGE "/new");
    assert_true(answer_has(&a, "Nothing that you may import"));
}

static void test_template__has_the_columns_in_the_readers_language(void **state)
{
    struct visitor v;
    struct answer a;

    (void)state;
    sign_in(&v);
    a = webtest_get(w, &v, PAGE "/template.csv?set=accounts");
    assert_true(str_starts(a.body, "\xEF\xBB\xBF"
                                   "Company name,Country,"));
}

/* -- custom fields ----------------------------------------------------------------------------- */

static void define(const char *code, const char *type)
{
    fixture_run(w,
                arena_printf(job_arena,
                             "INSERT INTO custom_field (kind, code, type, name_en, name_zh) SELECT"
                             " 'account', '%s', '%s', 'The %s', '字段' WHERE ? = 0",
                             code, type, code),
                0);
}

static void segments_and_sites(void)
{
    fixture_run(w, "DELETE FROM custom_value WHERE field_id > ?", 0);
    fixture_run(w, "DELETE FROM custom_option WHERE id > ?", 0);
    fixture_run(w, "DELETE FROM custom_field WHERE id > ?", 0);
    define("segment", "choice");
    define("sites", "int");
    fixture_run(
        w,
        "INSERT INTO custom_option (field_id, code, name_en, name_zh, active) SELECT id,"
        " 'key', 'Key account', '重点', 1 FROM custom_field WHERE code = 'segment' AND ? = 0"
        " UNION ALL SELECT id, 'old', 'Old', '旧', 0 FROM custom_field WHERE code ="
        " 'segment'",
        0);
}

#define CUSTOM_HEAD "Name,Country,The segment,sites"
#define CUSTOM_COLUMNS \
    "&column=name&column=country&column=custom_segment&column=custom_sites&do=map"
#define VALUES(kind, id)                                                                   \
    NUMBER("SELECT COUNT(*) AS n FROM custom_value v JOIN transfer_row r ON r.object_id =" \
           " v.object_id WHERE v.kind = '" kind "' AND r.transfer_id = ?",                 \
           id)

static void test_custom__fields_are_columns_of_the_file(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    segments_and_sites();
    a = webtest_get(w, &v, PAGE "/new?set=accounts");
    assert_true(answer_has(&a, "Key account"));
    id = checked_of(&v, "accounts", CUSTOM_HEAD, CUSTOM_COLUMNS,
                    "Siskin One,DE,key account,4\nSiskin Two,DE,重点,many\nSiskin Three,DE,old,1\n"
                    "Siskin Four,DE,,\n");
    assert_int_equal(ROWS_IN("good", id), 2);
    a = webtest_get(w, &v, path_of(id, "?show=fault"));
    assert_true(answer_has(&a, "The sites “many”: Enter a whole number"));
    assert_true(answer_has(&a, "The segment “old”: This is not offered any more"));
    assert_int_equal(VALUES("account", id), 0);
    written(&v, id, "&do=good");
    assert_int_equal(VALUES("account", id), 2);
    assert_int_equal(post(&v, id, "/undo", "").status, 303);
    run_worker(id);
    assert_int_equal(VALUES("account", id), 0);
}

static void test_custom__a_day_is_read_as_spreadsheets_write_it(void **state)
{
    struct visitor v;
    int64_t id;

    (void)state;
    sign_in(&v);
    segments_and_sites();
    define("since", "day");
    id = checked_of(
        &v, "accounts", "Name,Country,since",
        "&column=name&column=country&column=custom_since&do=map",
        "Linnet One,DE,2026/1/5\nLinnet Two,DE,2026年1月5日\nLinnet Three,DE,1/5/2026\n");
    assert_int_equal(ROWS_IN("good", id), 2);
    written(&v, id, "&do=good");
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM custom_value v JOIN transfer_row r ON"
                            " r.object_id = v.object_id WHERE v.day_value = '2026-01-05' AND"
                            " r.transfer_id = ?",
                            id),
                     2);
    segments_and_sites();
}

static void test_custom__a_field_that_comes_or_goes_meanwhile_moves_no_column(void **state)
{
    struct visitor v;
    int64_t id;

    (void)state;
    sign_in(&v);
    segments_and_sites();
    dataset = "accounts";
    id = uploaded(&v, CUSTOM_HEAD "\nWaxwing One,DE,key,4\n");
    fixture_run(w, "UPDATE custom_field SET active = 0 WHERE code = 'segment' AND id > ?", 0);
    define("another", "text");
    fixture_run(w, "UPDATE custom_field SET sort = 0 WHERE code = 'another' AND id > ?", 0);
    assert_int_equal(post(&v, id, "/map", CUSTOM_COLUMNS).status, 303);
    run_worker(id);
    written(&v, id, "&do=good");
    assert_int_equal(VALUES("account", id), 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM custom_value v JOIN custom_field f ON f.id ="
                            " v.field_id JOIN transfer_row r ON r.object_id = v.object_id WHERE"
                            " f.code = 'sites' AND v.number_value = 4 AND r.transfer_id = ?",
                            id),
                     1);
    fixture_run(w, "DELETE FROM custom_value WHERE field_id > ?", 0);
    fixture_run(w, "DELETE FROM custom_option WHERE id > ?", 0);
    fixture_run(w, "DELETE FROM custom_field WHERE id > ?", 0);
}

static void test_custom__fields_of_opportunities_stay_when_they_are_closed(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v);
    segments_and_sites();
    fixture_run(w,
                "INSERT INTO custom_field (kind, code, type, name_en, name_zh) SELECT"
                " 'opportunity', 'racks', 'int', 'The racks', 'R' WHERE ? = 0",
                0);
    fixture_run(w, "INSERT IGNORE INTO currency (code, active, sort) VALUES ('EUR', ? > 0, 1)",
                v.user_id);
    company("Uferschnepfe Bau");
    id = checked_of(&v, "opportunities", "Name,Company,Currency,Close date,The racks",
                    "&column=name&column=account&column=currency&column=expected_close"
                    "&column=custom_racks&do=map",
                    "Roof,Uferschnepfe Bau,EUR,2031-05-01,4\n"
                    "Cellar,Uferschnepfe Bau,EUR,2031-05-01,many\n");
    assert_int_equal(ROWS_IN("good", id), 1);
    a = webtest_get(w, &v, PAGE "/template.csv?set=opportunities");
    assert_true(answer_has(&a, ",The racks"));
    a = webtest_get(w, &v, PAGE "/new?set=opportunities");
    assert_true(answer_has(&a, "A whole number such as 12"));
    assert_true(answer_has(&a, "A date such as 2026-11-21"));
    a = webtest_get(w, &v, path_of(id, "?show=fault"));
    assert_true(answer_has(&a, "The racks “many”: Enter a whole number"));
    written(&v, id, "&do=good");
    assert_int_equal(VALUES("opportunity", id), 1);
    assert_int_equal(post(&v, id, "/undo", "").status, 303);
    run_worker(id);
    assert_int_equal(OPPORTUNITIES("o.state = 'lost'", id), 1);
    assert_int_equal(VALUES("opportunity", id), 1);
    fixture_run(w, "DELETE FROM custom_value WHERE field_id > ?", 0);
    fixture_run(w, "DELETE FROM custom_option WHERE id > ?", 0);
    fixture_run(w, "DELETE FROM custom_field WHERE id > ?", 0);
}

/* -- the list ---------------------------------------------------------------------------------- */

/* How many imports of this test a page shows, and where NAME leads: "" when it is not there. */
static int page_of_list(struct visitor *v, const char *address, const char *name, char next[800])
{
    char link[40];
    struct answer a = webtest_get(w, v, address);
    const char *at;
    int seen = 0;

    assert_int_equal(a.status, 200);
    snprintf(link, sizeof(link), "?%s=", name);
    at = strstr(a.body, link);
    *next = '\0';
    if (at != NULL)
        snprintf(next, 800, PAGE "%.*s", (int)strcspn(at, "\""), at);
    for (at = a.body; (at = strstr(at, "of-the-list.csv")) != NULL; at++)
        seen++;
    return seen;
}

static void test_list__pages_forth_and_back(void **state)
{
    char older[800], newer[800];
    struct visitor v;

    (void)state;
    sign_in(&v);
    for (int i = 0; i < 30; i++)
        fixture_run(w,
                    "INSERT INTO transfer (dataset, user_id, user_name, file_name, heads_json,"
                    " sample_json, heads_hash, created_at) VALUES ('accounts', ?, 'K',"
                    " 'of-the-list.csv', '[]', '[]', REPEAT('x', 32), UTC_TIMESTAMP(6))",
                    v.user_id);
    assert_int_equal(page_of_list(&v, PAGE, "older", older), 25);
    assert_int_equal(page_of_list(&v, older, "newer", newer), 5);
    assert_int_equal(page_of_list(&v, newer, "older", older), 25);
    fixture_run(w, "DELETE FROM transfer WHERE file_name = 'of-the-list.csv' AND user_id = ?",
                v.user_id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list__pages_forth_and_back),
        cmocka_unit_test(test_upload__names_what_is_no_sheet_and_keeps_nothing),
        cmocka_unit_test(test_rows_beyond_the_limit_refuse_the_file_in_words),
        cmocka_unit_test(test_columns__are_guessed_chosen_and_remembered_for_the_same_headings),
        cmocka_unit_test(test_columns__as_many_as_the_file_has),
        cmocka_unit_test(test_check__shows_each_fault_at_its_column_in_the_readers_language),
        cmocka_unit_test(test_check__a_formula_is_a_fault_not_its_value),
        cmocka_unit_test(test_check__finds_what_is_there_and_what_came_before_in_the_file),
        cmocka_unit_test(test_check__never_names_a_record_of_another_department),
        cmocka_unit_test(test_check__departments_and_owners_are_looked_up),
        cmocka_unit_test(test_run__writes_all_and_leaves_out_what_is_like_another),
        cmocka_unit_test(test_run__what_is_written_is_found_by_the_conflict_check),
        cmocka_unit_test(test_run__with_faults_only_the_good_rows_can_be_chosen),
        cmocka_unit_test(test_run__two_who_start_it_start_it_once),
        cmocka_unit_test(test_run__a_second_import_waits_and_is_compared_again),
        cmocka_unit_test(test_run__stops_for_who_may_no_longer),
        cmocka_unit_test(test_run__that_is_killed_goes_on_where_it_was_and_writes_nothing_twice),
        cmocka_unit_test(test_undo__takes_all_back_as_one),
        cmocka_unit_test(test_undo__keeps_what_was_changed_or_is_used_and_says_why),
        cmocka_unit_test(test_contacts__are_written_to_their_company_by_name_or_number),
        cmocka_unit_test(test_contacts__of_no_company_or_of_several_are_faults),
        cmocka_unit_test(test_contacts__of_companies_of_other_departments_are_as_unknown),
        cmocka_unit_test(
            test_contacts__like_one_that_is_there_or_in_the_file_are_shown_and_left_out),
        cmocka_unit_test(test_contacts__are_taken_back_but_for_who_was_changed_or_deleted),
        cmocka_unit_test(test_contacts__are_imported_by_who_may_alone),
        cmocka_unit_test(test_leads__come_in_as_if_typed_and_wait_for_a_partner),
        cmocka_unit_test(test_leads__of_a_known_company_or_person_are_shown_and_left_out),
        cmocka_unit_test(test_leads__of_an_unknown_product_line_are_faults),
        cmocka_unit_test(test_leads__are_taken_back_but_for_those_that_somebody_works_on),
        cmocka_unit_test(test_leads__that_were_taken_back_say_so_and_do_not_stand_against_new_ones),
        cmocka_unit_test(test_opportunities__belong_to_the_vendor_or_to_the_partner_that_is_named),
        cmocka_unit_test(test_opportunities__each_thing_that_is_not_there_is_a_fault_at_its_column),
        cmocka_unit_test(test_opportunities__open_ones_of_the_same_name_and_company_are_shown),
        cmocka_unit_test(test_opportunities__are_closed_when_taken_back_but_for_those_worked_on),
        cmocka_unit_test(test_users__wait_for_an_invitation_unless_they_are_mailed_one),
        cmocka_unit_test(test_users__whose_address_has_a_log_in_are_shown_and_never_written),
        cmocka_unit_test(test_users__of_unknown_roles_companies_and_departments_are_faults),
        cmocka_unit_test(test_users__of_the_vendor_are_no_pages_to_import),
        cmocka_unit_test(test_users__are_imported_by_administrators_alone),
        cmocka_unit_test(test_users__who_never_logged_in_are_shut_out_when_taken_back),
        cmocka_unit_test(test_imports__of_others_and_without_the_permission_are_not_there),
        cmocka_unit_test(test_template__has_the_columns_in_the_readers_language),
        cmocka_unit_test(test_custom__fields_are_columns_of_the_file),
        cmocka_unit_test(test_custom__a_day_is_read_as_spreadsheets_write_it),
        cmocka_unit_test(test_custom__a_field_that_comes_or_goes_meanwhile_moves_no_column),
        cmocka_unit_test(test_custom__fields_of_opportunities_stay_when_they_are_closed),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
