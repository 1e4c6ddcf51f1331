/* What the programs' accounts must be refused, tried on the database itself. */
#include "support/test.h"

#include "base/str.h"
#include "support/testdb.h"

struct attempt {
    const char *programs; /* separated by spaces */
    const char *sql;
};

static const struct attempt refused[] = {
    /* Secrets are public.fcgi's alone. */
    { "partner customer staff worker", "SELECT password_hash FROM credential" },
    { "partner customer staff worker", "SELECT user_id FROM credential" },
    { "partner customer staff worker", "UPDATE credential SET password_hash = ''" },
    { "partner customer staff worker",
      "INSERT INTO credential (user_id, password_hash, changed_at) VALUES (1, '', '2000-01-01')" },
    { "partner customer staff worker", "SELECT secret FROM second_factor" },
    { "partner customer staff worker", "UPDATE second_factor SET secret = ''" },
    { "partner customer staff worker", "SELECT secret FROM second_factor_pending" },
    { "partner customer staff worker", "SELECT code_hash FROM recovery_code" },
    { "partner customer staff", "SELECT token_hash FROM link_token" },
    { "partner customer staff",
      "INSERT INTO link_token (token_hash, kind, user_id, created_at, expires_at)"
      " VALUES ('', 'reset', 1, '2000-01-01', '2000-01-01')" },
    { "partner customer", "SELECT user_id FROM second_factor" },
    { "partner customer", "DELETE FROM second_factor" },
    { "partner customer", "DELETE FROM recovery_code" },
    /* Sessions are made by public.fcgi. */
    { "partner customer staff worker", "INSERT INTO session (token_hash, user_id) VALUES ('', 1)" },
    { "partner customer staff worker", "UPDATE session SET token_hash = ''" },
    { "partner customer staff worker", "UPDATE session SET user_id = 1" },
    { "partner customer staff worker", "UPDATE session SET audience = 4" },
    { "partner customer", "UPDATE session SET permissions = ''" },
    { "partner customer", "UPDATE session SET account_id = 1" },
    { "partner customer", "UPDATE session SET ended_at = NULL" },
    { "partner customer", "UPDATE session SET expires_at = '2100-01-01'" },
    { "partner customer", "SELECT remote_addr FROM session" },
    { "public partner customer staff", "DELETE FROM session" },
    /* What the scanner found stays found, and what was sent stays what it was. */
    { "partner customer staff", "UPDATE file SET scan = 'clean'" },
    { "partner customer staff", "UPDATE file SET sha256 = ''" },
    { "partner customer staff", "UPDATE file_chunk SET data = ''" },
    /* The links of mails are signed by who sends them, and read by who serves them. */
    { "partner customer staff", "SELECT secret FROM mail_key" },
    { "public partner customer staff",
      "INSERT INTO mail_key (user_id, secret, created_at) VALUES (1, '', '2000-01-01')" },
    { "public partner customer staff worker", "UPDATE mail_key SET secret = ''" },
    { "public partner customer staff", "DELETE FROM digest" },
    { "public partner customer staff", "SELECT user_id FROM digest_item" },
    /* Nobody makes himself somebody else, or more than he is. */
    { "partner customer", "UPDATE user SET audience = 'staff'" },
    { "partner customer", "UPDATE user SET account_id = 1" },
    { "partner customer", "UPDATE user SET scope = 'all'" },
    { "partner customer", "UPDATE user SET email_key = ''" },
    { "public partner customer", "INSERT INTO user_role (user_id, role_id) VALUES (1, 1)" },
    { "public partner customer worker",
      "INSERT INTO role_permission (role_id, permission) VALUES (1, 'x')" },
    { "public partner customer worker", "UPDATE role SET audience = 'staff'" },
    { "public partner customer worker", "UPDATE system_parameter SET value = '0'" },
    /* What happened has happened. */
    { "public partner customer staff worker", "UPDATE audit_event SET action = ''" },
    { "public partner customer staff worker", "DELETE FROM audit_event" },
    { "public partner customer worker", "SELECT before_json FROM audit_event" },
    { "public partner customer worker", "SELECT address FROM audit_event" },
    /* Jobs are asked for, not decided; mails are written once. */
    { "public partner customer", "UPDATE job SET state = 'waiting'" },
    { "public partner customer", "SELECT payload FROM job" },
    { "public partner customer", "SELECT values_json FROM outbox" },
    { "public partner customer", "UPDATE outbox SET to_address = ''" },
    /* Who decides which step, and what a rule is called, is the vendor's. */
    { "public partner customer", "SELECT deciders FROM deal_plan_step" },
    { "public partner customer", "SELECT name_en FROM deal_plan" },
    { "public partner customer", "SELECT state FROM approval_step" },
    { "public partner customer", "SELECT user_id FROM approval_vote" },
    { "public partner customer", "SELECT outcome FROM deal_rule" },
    { "public partner customer worker", "UPDATE deal_rule SET active = 1" },
    { "public partner customer worker", "UPDATE deal_plan SET active = 0" },
    /* Who applied, and what became of it, is between the applicant and staff. */
    { "public partner customer", "SELECT email FROM application" },
    { "public partner customer worker", "UPDATE application SET state = 'accepted'" },
    { "partner customer worker",
      "INSERT INTO application (company_name, country) VALUES ('x', 'DE')" },
    { "public partner customer", "SELECT verdict FROM application_match" },
    { "public partner customer", "SELECT answer FROM application_answer" },
    { "public", "SELECT data FROM file_chunk" },
    { "public", "SELECT name FROM file" },
    { "public customer staff worker",
      "INSERT INTO agreement_acceptance (account_id, agreement_id, user_id) VALUES (1, 1, 1)" },
    { "public partner customer staff worker", "UPDATE agreement_acceptance SET user_id = 1" },
    { "public partner customer worker", "UPDATE agreement SET body_en = ''" },
    { "public partner customer staff worker", "DELETE FROM programme_move" },
    { "public partner customer", "UPDATE onboarding_done SET verified_at = NULL" },
    { "public partner customer worker", "UPDATE partner_limit SET users_most = 0" },
    { "public partner customer worker", "DELETE FROM partner_limit_role" },
    { "public partner customer staff", "UPDATE partner_figure SET value = 1" },
    { "public partner customer", "SELECT tenths FROM partner_rating" },
    { "public partner customer", "SELECT published_name FROM announcement" },
    { "public partner customer", "UPDATE announcement SET state = 'published'" },
    { "public partner customer staff worker", "DELETE FROM announcement_reader" },
    /* Who else downloaded what, and who wrote it, is the vendor's. */
    { "public partner customer", "SELECT user_name FROM document_download" },
    { "public partner customer", "SELECT created_name FROM document" },
    { "public partner customer worker", "UPDATE document SET state = 'published'" },
    { "public customer staff worker", "UPDATE document_version SET downloads = 0" },
    { "public partner customer", "SELECT proposed_id FROM tier_review" },
    { "public partner customer", "UPDATE certificate SET expires_on = '2100-01-01'" },
    /* What only staff may read. */
    { "public partner customer", "SELECT body FROM staff_note" },
    { "public partner customer", "SELECT name FROM contact" },
    { "public partner customer", "UPDATE contact SET name = ''" },
    { "public partner customer", "INSERT INTO staff_note (kind) VALUES ('deal')" },
    { "public partner customer", "SELECT body FROM opportunity_activity" },
    { "public partner customer", "SELECT title FROM opportunity_task" },
    { "public partner customer", "INSERT INTO opportunity_activity (inside) VALUES (0)" },
    { "public customer worker", "SELECT body FROM opportunity_activity_shared" },
    { "public partner customer staff worker", "UPDATE opportunity_activity_shared SET body = ''" },
    { "public", "SELECT name FROM opportunity" },
    { "public", "SELECT title FROM opportunity_task" },
    { "public partner customer staff worker", "SELECT token_hash FROM ical_link" },
    { "partner", "UPDATE opportunity_task_shared SET opportunity_id = 1" },
    { "partner", "INSERT INTO opportunity_activity_shared (opportunity_id, kind, at, body, user_id,"
                 " user_name, audience, created_at) VALUES (1, 'call', '2026-01-01', 'x', 1, 'x',"
                 " 'staff', '2026-01-01')" },
    /* Schema, accounts and files are the owner's. */
    { "public partner customer staff worker", "CREATE TABLE mine (a INT)" },
    { "public partner customer staff worker", "DROP TABLE session" },
    { "public partner customer staff worker", "ALTER TABLE session ADD COLUMN a INT" },
    { "public partner customer staff worker", "TRUNCATE TABLE audit_event" },
    { "public partner customer staff worker", "UPDATE schema_migration SET name = ''" },
    { "public partner customer staff worker", "SELECT wanted FROM schema_grant" },
    { "public partner customer staff worker", "SELECT User FROM mysql.user" },
    { "public partner customer staff worker", "SELECT 1 INTO OUTFILE '/tmp/fairway-outfile'" },
    /* Who copies the server reads nothing of it. */
    { "backup", "SELECT id FROM deal" },
    { "backup", "SELECT password_hash FROM credential" },
    { "backup", "DELETE FROM schema_migration" },
    { "backup", "SELECT User FROM mysql.user" },
    /* Who counts what waits reads nothing of it. */
    { "metrics", "SELECT payload FROM job" },
    { "metrics", "SELECT to_address FROM outbox" },
    { "metrics", "SELECT token_hash FROM session" },
    { "metrics", "SELECT user_id FROM session" },
    { "metrics", "SELECT action FROM audit_event" },
    { "metrics", "SELECT id FROM deal" },
    { "metrics", "UPDATE job SET state = 'waiting'" },
    { "partner customer staff worker", "GRANT SELECT ON credential TO fw_partner@localhost" },
};

static bool is_refusal(const struct err *e)
{
    /* 1044, 1142, 1143: no right; 1227: no such power; 1045: FILE; 1290: forbidden for all. */
    static const char *const numbers[] = { ": 1044 ", ": 1142 ", ": 1143 ",
                                           ": 1227 ", ": 1045 ", ": 1290 " };

    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        if (e != NULL && strstr(err_message(e), numbers[i]) != NULL)
            return true;
    return false;
}

static int try_as(const char *program, const char *sql)
{
    struct db *db = NULL;
    struct err *e = testdb_connect_as(testdb_shared(), program, NULL, &db);
    int fault;

    assert_ok(e);
    e = db_script(db, sql);
    fault = !is_refusal(e);
    if (fault)
        print_error("%s.fcgi may: %s (%s)\n", program, sql,
                    e == NULL ? "it worked" : err_message(e));
    err_free(e);
    db_close(db);
    return fault;
}

static void test_grants__refuse_what_a_program_has_no_business_with(void **state)
{
    struct arena *a = arena_new(4096);
    int faults = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        size_t count;
        char **programs = str_split(a, refused[i].programs, ' ', &count);

        for (size_t j = 0; j < count; j++)
            faults += try_as(programs[j], refused[i].sql);
    }
    arena_free(a);
    assert_int_equal(faults, 0);
}

/* The list above must fail for the right reason: what is allowed is allowed. */
static void test_grants__allow_public_to_read_what_it_checks(void **state)
{
    struct db *db = NULL;

    (void)state;
    assert_ok(testdb_connect_as(testdb_shared(), "public", NULL, &db));
    assert_ok(db_script(db, "SELECT password_hash FROM credential;"
                            "SELECT secret FROM second_factor;"
                            "SELECT code_hash FROM recovery_code;"
                            "SELECT token_hash FROM link_token"));
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grants__refuse_what_a_program_has_no_business_with),
        cmocka_unit_test(test_grants__allow_public_to_read_what_it_checks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
