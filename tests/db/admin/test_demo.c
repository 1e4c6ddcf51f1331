/* test_demo.c - the demo company on a fresh schema. */
#include "support/test.h"

#include "admin/demo.h"
#include "base/str.h"
#include "crypt/password.h"
#include "crypt/totp.h"
#include "support/testdb.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/fairway-test-demo-XXXXXX";
static struct testdb schema;
static struct db *db;
static struct arena *arena;
static struct conf conf;

struct number_row {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number_row, n, DB_I64, 0), { 0 } };

static int64_t number(const struct db_stmt *st)
{
    struct number_row row = { 0 };

    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, arena, st, DB_NO_ARGS, &row));
    assert_ok(db_commit(db));
    return row.n;
}

/* Statements are known by their address, so each must be static. */
#define NUMBER(text)                                                                  \
    ({                                                                                \
        static const struct db_stmt st_ = { .name = "test",                           \
                                            .sql = (text),                            \
                                            .binds = "",                              \
                                            .fields = number_fields,                  \
                                            .row_bytes = sizeof(struct number_row) }; \
        number(&st_);                                                                 \
    })

static char said[4096];

static bool load(void)
{
    FILE *out = fmemopen(said, sizeof(said), "w");
    bool loaded;

    assert_ok(demo_load(db, &conf, out, &loaded));
    fclose(out);
    return loaded;
}

static char *people(void)
{
    char path[128], *text = arena_alloc(arena, 65536);
    FILE *f;

    snprintf(path, sizeof(path), "%s/demo-people.csv", folder);
    f = fopen(path, "re");
    assert_non_null(f);
    text[fread(text, 1, 65535, f)] = '\0';
    fclose(f);
    return text;
}

static void test_demo_load__brings_a_company_with_all_its_surroundings(void **state)
{
    (void)state;
    assert_true(NUMBER("SELECT COUNT(*) AS n FROM account WHERE kind = 'partner'") >= 24);
    assert_int_equal(
        NUMBER("SELECT COUNT(DISTINCT tier_id) AS n FROM account WHERE kind = 'partner'"), 4);
    assert_int_equal(NUMBER("SELECT COUNT(DISTINCT country) AS n FROM account"
                            " WHERE country IN ('CN', 'DE', 'GB', 'US', 'SG')"),
                     5);
    assert_true(NUMBER("SELECT COUNT(*) AS n FROM holiday") > 100);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM product_line"), 5);
}

static void test_demo_load__has_people_in_every_role_of_partners_customers_and_staff(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM role r WHERE NOT EXISTS"
                            " (SELECT 1 FROM user_role ur WHERE ur.role_id = r.id)"),
                     0);
}

static void test_demo_load__has_departments_whose_ranges_nest(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM department d JOIN department p"
                            " ON p.id = d.parent_id"
                            " WHERE d.id <= p.id OR d.last_id > p.last_id OR d.last_id < d.id"),
                     0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM department a JOIN department b"
                            " ON a.parent_id = b.parent_id AND a.id < b.id"
                            " WHERE a.last_id >= b.id"),
                     0);
}

struct credential_row {
    const char *password_hash;
    struct bytes secret;
};
static const struct db_field credential_fields[] = {
    DB_FIELD(struct credential_row, password_hash, DB_TEXT, 200),
    DB_FIELD(struct credential_row, secret, DB_BYTES, 64),
    { 0 },
};
static const struct db_stmt get_credential = {
    .name = "test.credential",
    .sql = "SELECT c.password_hash, s.secret FROM user u JOIN credential c ON c.user_id = u.id"
           " JOIN second_factor s ON s.user_id = u.id"
           " WHERE u.email = 'maria.keller@halden.example'",
    .binds = "",
    .fields = credential_fields,
    .row_bytes = sizeof(struct credential_row),
};

static void test_demo_load__writes_passwords_and_secrets_that_are_right(void **state)
{
    const char *row = strstr(people(), "\nmaria.keller@halden.example,");
    char password[64], audience[16], role[32], secret_text[64];
    char expected[TOTP_SECRET_TEXT_BYTES];
    struct credential_row found = { 0 };

    (void)state;
    assert_non_null(row);
    assert_int_equal(sscanf(row, "\n%*[^,],%63[^,],%15[^,],%31[^,],%63[^\n]", password, audience,
                            role, secret_text),
                     4);
    assert_string_equal(audience, "staff");
    assert_string_equal(role, "channel_manager");
    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, arena, &get_credential, DB_NO_ARGS, &found));
    assert_ok(db_commit(db));
    assert_true(password_check(found.password_hash, password, strlen(password)));
    totp_secret_text(found.secret.data, expected);
    assert_string_equal(secret_text, expected);
    assert_int_equal(
        password_judge(password, strlen(password), "maria.keller@halden.example", "Halden Compute"),
        PASSWORD_OK);
}

static void test_demo_load__gives_every_active_person_a_password_and_staff_a_second_factor(
    void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM user u LEFT JOIN credential c"
                            " ON c.user_id = u.id"
                            " WHERE (u.status = 'active') <> (c.user_id IS NOT NULL)"),
                     0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM user u LEFT JOIN second_factor s"
                            " ON s.user_id = u.id"
                            " WHERE (u.audience = 'staff') <> (s.user_id IS NOT NULL)"),
                     0);
}

static void test_demo_load__makes_end_customers_known_to_the_conflict_check(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM account a LEFT JOIN match_party p"
                            " ON p.id = a.id"
                            " WHERE (a.kind <> 'partner' AND a.deleted_at IS NULL)"
                            " <> (p.id IS NOT NULL)"),
                     0);
}

static void test_demo_load__keeps_its_file_to_its_owner(void **state)
{
    char path[128];
    struct stat st;

    (void)state;
    snprintf(path, sizeof(path), "%s/demo-people.csv", folder);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_true(str_starts(people(), "email,password,audience,role,totp_secret\n"));
}

static void test_demo_load__shows_one_of_each_role_first(void **state)
{
    const char *text = people();
    const char *thirteenth = text;

    (void)state;
    for (int line = 0; line < 12; line++)
        thirteenth = strchr(thirteenth, '\n') + 1;
    for (const char *const *role =
             (const char *const[]){ ",partner,administrator,", ",partner,sales,",
                                    ",customer,buyer,", ",staff,administrator,", NULL };
         *role != NULL; role++) {
        const char *at = strstr(text, *role);

        assert_true(at != NULL && at < thirteenth);
    }
}

static void test_demo_load__says_how_to_log_in(void **state)
{
    (void)state;
    assert_non_null(strstr(said, "Everybody's password: "));
    assert_non_null(strstr(said, "@huaxin.example"));
}

static void test_demo_load__is_done_once(void **state)
{
    (void)state;
    assert_false(load());
}

static void test_demo_load__refuses_a_portal_with_accounts_in_its_way(void **state)
{
    struct testdb other;
    struct db *mine;
    bool loaded;

    (void)state;
    testdb_copy(&other);
    mine = testdb_connect(other.name, NULL);
    assert_ok(db_script(mine,
                        "INSERT INTO account (id, kind, name, country, created_at, updated_at)"
                        " VALUES (1001, 'partner', 'A company', 'DE', UTC_TIMESTAMP(6),"
                        " UTC_TIMESTAMP(6))"));
    assert_err_kind(demo_load(mine, &conf, stdout, &loaded), ERR_CONFLICT);
    assert_false(loaded);
    db_close(mine);
    testdb_drop(&other);
}

static int begin(void **state)
{
    (void)state;
    conf = (struct conf){ .var = mkdtemp(folder), .sql_dir = testdb_sql_dir() };
    arena = arena_new(4096);
    testdb_copy(&schema);
    db = testdb_connect(schema.name, NULL);
    return !load();
}

static int end(void **state)
{
    char path[128];

    (void)state;
    db_close(db);
    testdb_drop(&schema);
    arena_free(arena);
    snprintf(path, sizeof(path), "%s/demo-people.csv", folder);
    unlink(path);
    snprintf(path, sizeof(path), "%s/demo-people.csv.new", folder);
    unlink(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_demo_load__brings_a_company_with_all_its_surroundings),
        cmocka_unit_test(test_demo_load__has_people_in_every_role_of_partners_customers_and_staff),
        cmocka_unit_test(test_demo_load__has_departments_whose_ranges_nest),
        cmocka_unit_test(test_demo_load__writes_passwords_and_secrets_that_are_right),
        cmocka_unit_test(
            test_demo_load__gives_every_active_person_a_password_and_staff_a_second_factor),
        cmocka_unit_test(test_demo_load__makes_end_customers_known_to_the_conflict_check),
        cmocka_unit_test(test_demo_load__keeps_its_file_to_its_owner),
        cmocka_unit_test(test_demo_load__shows_one_of_each_role_first),
        cmocka_unit_test(test_demo_load__says_how_to_log_in),
        cmocka_unit_test(test_demo_load__is_done_once),
        cmocka_unit_test(test_demo_load__refuses_a_portal_with_accounts_in_its_way),
    };

    return cmocka_run_group_tests_name("admin/demo", tests, begin, end);
}
