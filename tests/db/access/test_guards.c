/* What stands between a statement that somebody slips into a program and a decision: tried as that
 * program's account, on rows that are there. */
#include "support/test.h"
#include "fixture/fixture_deal.h"

#include "base/str.h"
#include "db/migrate.h"

#include <stdio.h>

static struct testdb copy;
static struct deal_world world;
static char names[1500]; /* SET @draft = …: the rows of this test, for each connection */

/* -- the rows ---------------------------------------------------------------------------------- */

static int64_t moved(const char *company, enum deal_verb verb)
{
    struct deal *d = deal_world_submitted(&world, &world.north, company, 1);

    assert_ok(deal_decide(
        world.db, world.a, &world.vendor.by, d,
        &(struct deal_decision){ .verb = verb, .reason_code = "other_return", .reason_text = "" }));
    return d->id;
}

/* @new is before the agreement, @due before a newer one, @bound is of one that has no finance. */
static void make_partners(void)
{
    static const struct {
        const char *account, *person, *sql;
    } partners[] = {
        { "new", "newcomer", "UPDATE account SET status = 'agreement' WHERE id = @id" },
        { "due", "old", "UPDATE account SET agreement_due = 1 WHERE id = @id" },
        { "bound_account", "bound",
          "INSERT INTO partner_limit (account_id, roles_limited) VALUES (@id, 1);"
          "INSERT INTO partner_limit_role (account_id, role_id) SELECT MAX(l.account_id), MAX(r.id)"
          " FROM partner_limit l JOIN role r ON r.audience = 'partner' AND r.code = 'sales'" },
    };

    assert_ok(db_script(world.db,
                        "INSERT INTO agreement (state, title_en, title_zh, body_en, body_zh,"
                        " published_at, created_at) VALUES ('published', 'T', 'T', 'B', 'B',"
                        " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"));
    for (size_t i = 0; i < ARRAY_LEN(partners); i++) {
        const int64_t account = fixture_account(world.db, "partner", NULL);
        const int64_t person = fixture_user(
            world.db, &(struct fixture_user){ .audience = AUD_PARTNER, .account_id = account });
        const size_t n = strlen(names);

        snprintf(names + n, sizeof(names) - n, "SET @%s = %lld, @%s = %lld;", partners[i].account,
                 (long long)account, partners[i].person, (long long)person);
        assert_ok(db_script(world.db, arena_printf(world.a, "SET @id = %lld; %s",
                                                   (long long)account, partners[i].sql)));
    }
}

static void make_rows(void)
{
    const int64_t draft = deal_world_draft(&world, &world.north, "Kiefernhof Werke", 1)->id;
    const int64_t sent = deal_world_submitted(&world, &world.north, "Solvind Marine", 1)->id;
    const int64_t returned = moved("Tarnbrook Mills", DEAL_RETURN);
    const int64_t approved = moved("Ormesund Rederi", DEAL_APPROVE);
    const int64_t rejected = moved("Quellinger Hof", DEAL_REJECT);
    const int64_t late = moved("Vasterby Bruk", DEAL_REJECT);
    const int64_t buyer = fixture_user(
        world.db,
        &(struct fixture_user){ .audience = AUD_CUSTOMER,
                                .account_id = fixture_account(world.db, "customer", NULL) });
    const int64_t invited =
        fixture_user(world.db, &(struct fixture_user){ .audience = AUD_PARTNER,
                                                       .account_id = world.north.account,
                                                       .status = "invited" });
    const int64_t disabled = fixture_user(
        world.db,
        &(struct fixture_user){ .audience = AUD_STAFF, .scope = "all", .status = "disabled" });

    snprintf(names, sizeof(names),
             "SET @draft = %lld, @sent = %lld, @returned = %lld, @approved = %lld, @buyer = %lld,"
             " @invited = %lld, @disabled = %lld, @staff = %lld, @person = %lld, @account = %lld,"
             " @line = %lld, @rejected = %lld, @late = %lld;",
             (long long)draft, (long long)sent, (long long)returned, (long long)approved,
             (long long)buyer, (long long)invited, (long long)disabled,
             (long long)world.vendor.user, (long long)world.north.user,
             (long long)world.north.account, (long long)world.line[2], (long long)rejected,
             (long long)late);
    make_partners();
    assert_ok(
        db_script(world.db, arena_printf(world.a,
                                         "UPDATE deal SET appeal_until_at = UTC_TIMESTAMP(6) -"
                                         " INTERVAL 1 SECOND WHERE id = %lld",
                                         (long long)late)));
}

static int set_up(void **state)
{
    struct deal_world *at = &world;
    struct arena *a = arena_new(4096);

    (void)state;
    testdb_copy(&copy);
    world.db = testdb_connect(copy.name, NULL);
    assert_ok(migrate_grants(world.db, a, testdb_sql_dir(), copy.name, NULL));
    arena_free(a);
    world.a = arena_new(65536);
    assert_ok(text_format_init());
    assert_ok(text_ctx_new(&world.text));
    assert_ok(match_names_new(world.text, &world.names));
    deal_world_begin((void **)&at);
    make_rows();
    assert_ok(db_script(
        world.db, "INSERT INTO job (kind, ref, payload, unique_key, due_at, created_at) VALUES"
                  " ('users.invite', 0, '{}', 'test', '2100-01-01', '2026-01-01')"));
    assert_ok(db_commit(world.db));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    match_names_free(world.names);
    text_ctx_free(world.text);
    arena_free(world.a);
    db_close(world.db);
    testdb_drop(&copy);
    return 0;
}

/* -- trying ------------------------------------------------------------------------------------ */

/* Everything in one transaction that is rolled back, so that each attempt meets the same rows. */
static struct err *try_as(const char *program, const char *sql)
{
    struct db *db = NULL;
    char whole[3000];
    struct err *e;

    assert_ok(testdb_connect_as(copy.name, program, NULL, &db));
    snprintf(whole, sizeof(whole), "%s START TRANSACTION READ WRITE; %s; ROLLBACK", names, sql);
    e = db_script(db, whole);
    db_close(db);
    return e;
}

/* 1142, 1143: no right to the table, the column. */
static bool is_refusal(const struct err *e)
{
    return e != NULL &&
           (strstr(err_message(e), ": 1142 ") != NULL || strstr(err_message(e), ": 1143 ") != NULL);
}

struct attempt {
    const char *programs, *sql;
};

static int count_wrong(const struct attempt *attempts, size_t count, bool refused)
{
    struct arena *a = arena_new(4096);
    int faults = 0;

    for (size_t i = 0; i < count; i++) {
        size_t programs;
        char **list = str_split(a, attempts[i].programs, ' ', &programs);

        for (size_t j = 0; j < programs; j++) {
            struct err *e = try_as(list[j], attempts[i].sql);

            if (refused ? !is_refusal(e) : e != NULL) {
                print_error("%s: %s: %s\n", list[j], attempts[i].sql,
                            e == NULL ? "it worked" : err_message(e));
                faults++;
            }
            err_free(e);
        }
    }
    arena_free(a);
    return faults;
}

#define STATEMENT(event, number, rank)                                        \
    "JSON_OBJECT('event', '" event "', 'number', CONCAT('DR-', " number "), " \
    "'rank', " rank ")"
#define RECEIPT "INSERT INTO receipt (deal_id, account_id, event, statement, salt, made_at) "

#define APPEAL(deal, decided_by)                                                              \
    "INSERT INTO deal_appeal (deal_id, reason, asked_by, asked_name, asked_at, reviewer_id, " \
    "decided_by) VALUES (" deal ", 'x', @person, 'x', '2026-01-01', NULL, " decided_by ")"

#define AMENDMENT(deal, state, pending)                                                        \
    "INSERT INTO deal_amendment (deal_id, state, pending, before_json, after_json, asked_by, " \
    "asked_name, asked_at) VALUES (" deal ", " state ", " pending                              \
    ", '{}', '{}', @person, 'x', '2026-01-01')"

#define FILE_SCANNED(scan)                                                            \
    "INSERT INTO file (public_id, name, mime, size_bytes, sha256, scan, created_by, " \
    "created_at) VALUES (REPEAT('f', 16), 'x.pdf', 'application/pdf', 1, "            \
    "REPEAT('x', 32), '" scan "', @person, '2026-01-01')"
#define FILE_COMPLETE FILE_SCANNED("none") "; UPDATE file SET complete = 1"

#define ACCEPT(account, person)                                                                 \
    "INSERT INTO agreement_acceptance (account_id, agreement_id, user_id, user_name, address, " \
    "lang, text_hash, accepted_at) SELECT " account ", MAX(id), " person ", 'x', '192.0.2.1', " \
    "'en', REPEAT('x', 32), UTC_TIMESTAMP(6) FROM agreement WHERE state = 'published'"

static const struct attempt refused[] = {
    /* A registration is decided by the vendor, whatever state it is in. */
    { "partner", "UPDATE deal SET state = 'approved', phase = 3 WHERE id = @sent" },
    { "partner", "UPDATE deal SET state = 'approved', phase = 3 WHERE id = @draft" },
    { "partner", "UPDATE deal SET state = 'converted', phase = 3 WHERE id = @sent" },
    { "partner", "UPDATE deal SET state = 'rejected', phase = 4 WHERE id = @sent" },
    { "partner", "UPDATE deal SET state = 'review' WHERE id = @sent" },
    { "partner", "UPDATE deal SET state = 'draft', phase = 1 WHERE id = @approved" },
    { "partner", "UPDATE deal SET phase = 3 WHERE id = @sent" },
    { "partner", "UPDATE deal SET protected_until = '2100-01-01' WHERE id = @approved" },
    { "partner customer public", "INSERT INTO claim (group_id, product_line_id, deal_id, taken_at)"
                                 " VALUES (1, 1, @sent, '2026-01-01')" },
    { "partner customer public", "DELETE FROM claim" },
    /* Where a company stands is the vendor's to say, but for the agreement that it accepts. */
    { "partner", "UPDATE account SET status = 'active' WHERE id = @new" },
    { "partner", "UPDATE account SET status = 'onboarding' WHERE id = @new" },
    { "partner", "UPDATE account SET agreement_due = 0 WHERE id = @due" },
    { "partner", "UPDATE account SET status = 'ended' WHERE id = @account" },
    { "partner", ACCEPT("@new", "@person") },
    { "partner",
      ACCEPT("@account",
             "@person") "; UPDATE account SET status = 'suspended' WHERE id = @account" },
    { "partner", "INSERT INTO programme_move (account_id, verb, to_status, at, user_id, user_name)"
                 " VALUES (@new, 'activate', 'active', UTC_TIMESTAMP(6), @person, 'x')" },
    { "staff", "UPDATE agreement SET body_en = 'Otherwise' WHERE state = 'published'" },
    { "worker", "INSERT INTO user_role (user_id, role_id) SELECT @bound, id FROM role WHERE"
                " audience = 'partner' AND code = 'finance'" },
    /* A refusal is looked at again by an appeal in time, and not by those who refused. */
    { "partner", "UPDATE deal SET state = 'review', phase = 2 WHERE id = @rejected" },
    { "partner", APPEAL("@rejected", "@person") },
    { "partner", APPEAL("@rejected", "NULL") },
    { "partner", APPEAL("@late", "@staff") },
    { "partner", APPEAL("@approved", "@staff") },
    { "partner", "UPDATE deal SET appeal_until_at = '2100-01-01' WHERE id = @late" },
    { "partner", RECEIPT "SELECT id, account_id, 'appealed', " STATEMENT(
                     "appealed", "id", "rank_no") ", REPEAT('x', 32), '2026-01-01' FROM deal"
                                                  " WHERE id = @rejected" },
    /* A place in line is taken once, and is the next one. */
    { "partner", "UPDATE deal SET rank_no = 1 WHERE id = @approved" },
    { "partner", "UPDATE deal SET rank_no = 0 WHERE id = @draft" },
    { "partner", "UPDATE deal SET rank_no = NULL WHERE id = @sent" },
    { "partner", "UPDATE counter SET value = -5 WHERE name = 'deal.rank';"
                 "UPDATE deal SET rank_no = -5 WHERE id = @draft" },
    /* What was decided on stays what it was. */
    { "partner", "UPDATE deal SET company_name = 'Another' WHERE id = @approved" },
    { "partner", "UPDATE deal SET total = 1 WHERE id = @approved" },
    { "partner", "UPDATE deal SET tax_number = 'X1' WHERE id = @approved" },
    { "partner", "UPDATE deal SET country = 'SE' WHERE id = @approved" },
    { "partner", "UPDATE deal SET line_ids = '1,2' WHERE id = @approved" },
    { "partner", AMENDMENT("@approved", "'approved'", "NULL") },
    { "partner", AMENDMENT("@approved", "'asked'", "NULL") },
    { "partner", AMENDMENT("@approved", "'asked'", "1") "; UPDATE deal_amendment SET state ="
                                                        " 'approved', pending = NULL" },
    { "partner", AMENDMENT("@approved", "'asked'", "1") "; UPDATE deal_amendment SET state ="
                                                        " 'withdrawn'" },
    { "partner", AMENDMENT("@approved", "'made'", "NULL") "; UPDATE deal_amendment SET state ="
                                                          " 'withdrawn'" },
    { "partner", AMENDMENT("@sent", "'asked'", "1") },
    { "partner", "UPDATE deal SET end_customer_id = @account WHERE id = @approved" },
    { "partner", "INSERT INTO deal_line (deal_id, product_line_id, quantity, value) VALUES"
                 " (@approved, @line, 1, 1)" },
    { "partner", "DELETE FROM deal_line WHERE deal_id = @approved" },
    { "partner", "DELETE FROM deal_line WHERE deal_id = @sent" },
    { "partner", "INSERT INTO deal_step (deal_id, seq, state, action, from_at, audience) VALUES"
                 " (@sent, 90, 'approved', 'deal.approve', '2026-01-01', 'partner')" },
    { "partner", "INSERT INTO deal_step (deal_id, seq, state, action, from_at, audience) VALUES"
                 " (@sent, 90, 'submitted', 'deal.submit', '2026-01-01', 'staff')" },
    /* The worker signs what stands in a receipt. */
    { "partner", RECEIPT "SELECT id, account_id, 'approved', " STATEMENT(
                     "approved", "id", "rank_no") ", REPEAT('x', 32), '2026-01-01' FROM deal"
                                                  " WHERE id = @sent" },
    { "partner", RECEIPT "SELECT id, account_id, 'submitted', " STATEMENT(
                     "approved", "id", "rank_no") ", REPEAT('x', 32), '2026-01-01' FROM deal"
                                                  " WHERE id = @sent" },
    { "partner", RECEIPT "SELECT id, account_id, 'submitted', " STATEMENT(
                     "submitted", "id", "99") ", REPEAT('x', 32), '2026-01-01' FROM deal"
                                              " WHERE id = @sent" },
    { "partner", RECEIPT "SELECT id, account_id, 'submitted', " STATEMENT(
                     "submitted", "1", "rank_no") ", REPEAT('x', 32), '2026-01-01' FROM deal"
                                                  " WHERE id = @sent" },
    /* Companies. */
    { "partner", "INSERT INTO account (kind, name, country, created_at, updated_at) VALUES"
                 " ('partner', 'Made up', 'DE', '2026-01-01', '2026-01-01')" },
    { "partner", "INSERT INTO account (kind, name, country, named, created_at, updated_at) VALUES"
                 " ('prospect', 'Made up', 'DE', 1, '2026-01-01', '2026-01-01')" },
    { "partner", "UPDATE account SET group_id = 1 WHERE kind = 'prospect'" },
    { "partner", "UPDATE match_party SET core_hash = 0" },
    { "partner", "DELETE FROM match_gram" },
    /* People. */
    { "public partner customer",
      "INSERT INTO user (audience, email, email_key, name, created_at, updated_at) VALUES"
      " ('staff', 'm@example.com', 'm@example.com', 'M', '2026-01-01', '2026-01-01')" },
    { "worker", "INSERT INTO user (audience, email, email_key, name, created_at, updated_at) VALUES"
                " ('staff', 'm@example.com', 'm@example.com', 'M', '2026-01-01', '2026-01-01')" },
    { "partner customer", "UPDATE user SET status = 'disabled' WHERE id = @staff" },
    { "partner customer", "UPDATE user SET status = 'active' WHERE id = @disabled" },
    { "partner customer", "UPDATE user SET name = 'Somebody' WHERE id = @staff" },
    { "partner", "UPDATE user SET status = 'disabled' WHERE id = @buyer" },
    { "customer", "UPDATE user SET status = 'disabled' WHERE id = @person" },
    { "partner", "UPDATE user SET status = 'active' WHERE id = @invited" },
    { "public", "UPDATE user SET status = 'active' WHERE id = @disabled" },
    { "worker", "UPDATE user SET audience = 'staff' WHERE id = @person" },
    { "worker", "UPDATE user SET email_key = 'm@example.com' WHERE id = @staff" },
    { "worker", "UPDATE user SET account_id = 1 WHERE id = @person" },
    { "worker", "INSERT INTO user_role (user_id, role_id) SELECT @staff, id FROM role"
                " WHERE audience = 'staff'" },
    { "worker staff", "INSERT INTO user_role (user_id, role_id) SELECT @person, id FROM role"
                      " WHERE audience = 'staff' AND code = 'administrator'" },
    /* Jobs, mails, words, files. */
    { "public partner customer",
      "UPDATE job SET payload = '{\"By\":\"1\"}' WHERE unique_key = 'test'" },
    { "public partner customer", "UPDATE job SET kind = 'deal.rules' WHERE unique_key = 'test'" },
    { "public partner customer",
      "INSERT INTO job (kind, asked_by, due_at, created_at) VALUES ('users.invite', 'fw_staff',"
      " '2026-01-01', '2026-01-01'); SELECT 1 FROM job WHERE asked_by <> ''" },
    { "public partner customer",
      "INSERT INTO outbox (template, to_address, lang, values_json, due_at, created_at) VALUES"
      " ('identity/reset', 'm@example.com', 'en', '{}', '2026-01-01', '2026-01-01')" },
    { "public partner customer",
      "INSERT INTO outbox (template, user_id, lang, values_json, link, due_at, created_at) VALUES"
      " ('identity/reset', @person, 'en', '{}', 'reset', '2026-01-01', '2026-01-01')" },
    { "partner customer",
      "INSERT INTO comment (kind, object_id, user_id, user_name, audience, body, created_at) VALUES"
      " ('deal', @sent, @staff, 'Vendor', 'staff', 'Approved!', '2026-01-01')" },
    /* What the scanner said, and of which bytes. */
    { "partner customer staff", FILE_SCANNED("clean") },
    { "partner customer staff", FILE_SCANNED("found") },
    { "partner customer staff", FILE_SCANNED("waiting") "; UPDATE file SET scan = 'clean'" },
    { "partner customer staff", FILE_COMPLETE "; UPDATE file SET complete = 0" },
    { "partner customer staff", FILE_COMPLETE "; INSERT INTO file_chunk (file_id, part, data)"
                                              " SELECT MAX(id), 9, 'more' FROM file" },
};

static void test_guards__refuse_what_is_somebody_elses_to_write(void **state)
{
    (void)state;
    assert_int_equal(count_wrong(refused, ARRAY_LEN(refused), true), 0);
}

/* The list above must fail for the right reason. */
static const struct attempt allowed[] = {
    { "partner",
      ACCEPT("@new", "@newcomer") "; UPDATE account SET status = 'onboarding' WHERE id = @new" },
    { "partner", ACCEPT("@due", "@old") "; UPDATE account SET agreement_due = 0 WHERE id = @due" },
    { "worker", "INSERT INTO user_role (user_id, role_id) SELECT @bound, id FROM role WHERE"
                " audience = 'partner' AND code = 'sales'" },
    { "partner", AMENDMENT("@approved", "'asked'", "1") },
    { "partner", AMENDMENT("@approved", "'asked'", "1") "; UPDATE deal_amendment SET state ="
                                                        " 'withdrawn', pending = NULL" },
    { "partner", "UPDATE deal SET contact_name = 'Fang Lu' WHERE id = @approved" },
    { "partner",
      APPEAL("@rejected",
             "@staff") ";"
                       "UPDATE deal SET state = 'review', phase = 2 WHERE id = @rejected;" RECEIPT
                       "SELECT id, account_id, 'appealed', " STATEMENT(
                           "appealed", "id", "rank_no") ", REPEAT('x', 32), '2026-01-01' FROM deal"
                                                        " WHERE id = @rejected" },
    { "partner", "UPDATE deal SET state = 'withdrawn', phase = 4 WHERE id = @sent" },
    { "partner", "UPDATE deal SET state = 'ended', phase = 4 WHERE id = @approved" },
    { "partner", "UPDATE counter SET value = LAST_INSERT_ID(value + 1) WHERE name = 'deal.rank';"
                 "UPDATE deal SET state = 'submitted', phase = 2 WHERE id = @draft;"
                 "UPDATE deal SET rank_no = LAST_INSERT_ID() WHERE id = @draft;" RECEIPT
                 "SELECT id, account_id, 'submitted', " STATEMENT(
                     "submitted", "id", "rank_no") ", REPEAT('x', 32), '2026-01-01' FROM deal"
                                                   " WHERE id = @draft" },
    { "partner", "DELETE FROM deal_line WHERE deal_id = @returned; INSERT INTO deal_line (deal_id,"
                 " product_line_id, quantity, value) VALUES (@returned, @line, 1, 1)" },
    { "partner", "UPDATE user SET status = 'disabled' WHERE id = @invited" },
    { "customer", "UPDATE user SET name = 'Better' WHERE id = @buyer" },
    { "partner customer", "UPDATE user SET counter_notifications = 1 WHERE id = @staff" },
    { "staff", "UPDATE deal SET state = 'approved', phase = 3 WHERE id = @sent" },
};

static void test_guards__allow_what_is_ones_own(void **state)
{
    (void)state;
    assert_int_equal(count_wrong(allowed, ARRAY_LEN(allowed), false), 0);
}

/* -- the table of moves ------------------------------------------------------------------------ */

static bool partner_moves(enum deal_state from, enum deal_state to)
{
    for (enum deal_verb verb = 0; verb < DEAL_VERB_COUNT; verb++)
        if (deal_can(from, verb, BY_PARTNER) && deal_move(verb)->to == to)
            return true;
    return false;
}

static int64_t is_in_table(const char *from, const char *to)
{
    static const struct db_field fields[] = {
        { "n", DB_I64, 0, 0, false },
        { 0 },
    };
    static const struct db_stmt find = {
        .name = "test.moves",
        .sql = "SELECT COUNT(*) AS n FROM deal_partner_move WHERE from_state = ? AND to_state = ?",
        .binds = "ss",
        .fields = fields,
        .row_bytes = sizeof(int64_t),
    };
    int64_t n = 0;

    assert_ok(db_get(world.db, world.a, &find, DB_ARGS(DB_S(from), DB_S(to)), &n));
    return n;
}

static void test_guards__moves_of_a_partner_are_those_of_the_code(void **state)
{
    int faults = 0;

    (void)state;
    assert_ok(db_begin_read(world.db));
    for (enum deal_state from = 0; from < DEAL_STATE_COUNT; from++)
        for (enum deal_state to = 0; to < DEAL_STATE_COUNT; to++) {
            const char *x = deal_state_code(from), *y = deal_state_code(to);

            if (from == to || partner_moves(from, to) == (is_in_table(x, y) == 1))
                continue;
            print_error("%s -> %s: table deal_partner_move and deal_state.c differ\n", x, y);
            faults++;
        }
    assert_ok(db_commit(world.db));
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guards__refuse_what_is_somebody_elses_to_write),
        cmocka_unit_test(test_guards__allow_what_is_ones_own),
        cmocka_unit_test(test_guards__moves_of_a_partner_are_those_of_the_code),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
