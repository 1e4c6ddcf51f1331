/* access/session.c: a session is its token's, for as long as it may be, with what its owner may do.
 */
#include "support/test.h"

#include "access/parameter.h"
#include "base/clock.h"
#include "fixture/fixture.h"
#include "support/testdb.h"

#include <stdlib.h>

struct world {
    struct db *db;
    struct arena *a;
    int64_t account, user;
    char token[SESSION_TOKEN_BYTES];
    struct actor actor;
    bool found;
};

static int make_world(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    w->db = testdb_open(NULL);
    w->a = arena_new(8192);
    *state = w;
    return 0;
}

static int end_world(void **state)
{
    struct world *w = *state;

    db_close(w->db);
    arena_free(w->a);
    free(w);
    return 0;
}

static int begin(void **state)
{
    struct world *w = *state;

    assert_ok(db_begin_write(w->db));
    w->account = fixture_account(w->db, "partner", "Harbour Digital 港湾");
    w->user = fixture_user(w->db, &(struct fixture_user){ .audience = AUD_PARTNER,
                                                          .account_id = w->account,
                                                          .name = "Lin Xiaowen",
                                                          .email = "Lin@Example.com",
                                                          .lang = "zh-CN",
                                                          .zone = "Asia/Shanghai" });
    fixture_session(w->db, w->a, w->user, w->token);
    return 0;
}

static int roll_back(void **state)
{
    struct world *w = *state;

    db_rollback(w->db);
    arena_clear(w->a);
    return 0;
}

static bool find(struct world *w, const char *token)
{
    assert_ok(session_find(w->db, w->a, token, &w->actor, &w->found));
    return w->found;
}

/* Runs text as part of the open transaction. */
static void sql(struct world *w, const char *text)
{
    assert_ok(db_script(w->db, text));
}

static void test_session_find__gives_the_actor_of_its_token(void **state)
{
    struct world *w = *state;

    assert_true(find(w, w->token));
    assert_int_equal(w->actor.audience, AUD_PARTNER);
    assert_int_equal(w->actor.user_id, w->user);
    assert_int_equal(w->actor.account_id, w->account);
    assert_true(w->actor.session_id > 0);
    assert_string_equal(w->actor.name, "Lin Xiaowen");
    assert_string_equal(w->actor.email, "Lin@Example.com");
    assert_string_equal(w->actor.account_name, "Harbour Digital 港湾");
    assert_string_equal(w->actor.tier_names[LANG_EN], "");
    assert_int_equal(w->actor.lang, LANG_ZH);
    assert_string_equal(w->actor.zone, "Asia/Shanghai");
    assert_true(llabs(w->actor.proved_at - clock_now_us()) < 60 * CLOCK_SECOND);
    assert_true(actor_is_signed_in(&w->actor));
}

static void test_session_find__costs_one_statement(void **state)
{
    struct world *w = *state;

    db_statement_count(w->db);
    find(w, w->token);
    assert_int_equal(db_statement_count(w->db), 1);
}

static void test_session_find__brings_the_time_of_the_transaction_along(void **state)
{
    struct world *w = *state;
    int64_t brought, asked;

    sql(w, "SET @@timestamp = 1000000000"); /* what was known is forgotten */
    find(w, w->token);
    db_statement_count(w->db);
    assert_ok(db_now(w->db, &brought));
    assert_int_equal(db_statement_count(w->db), 0);
    sql(w, "SELECT 1");
    assert_ok(db_now(w->db, &asked));
    assert_int_equal(brought, asked);
    sql(w, "SET @@timestamp = DEFAULT");
}

static void test_session_find__knows_no_other_token(void **state)
{
    struct world *w = *state;
    char other[SESSION_TOKEN_BYTES];

    assert_false(find(w, ""));
    memcpy(other, w->token, sizeof(other));
    other[0] ^= 1;
    assert_false(find(w, other));
    assert_false(find(w, "' OR 1 = 1 -- "));
}

static void test_session_find__ends_with_the_session(void **state)
{
    struct world *w = *state;

    assert_true(find(w, w->token));
    assert_ok(session_end(w->db, w->actor.session_id));
    assert_false(find(w, w->token));
}

static void test_session_find__ends_when_idle_for_too_long(void **state)
{
    struct world *w = *state;

    sql(w, "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 719 MINUTE");
    assert_true(find(w, w->token));
    sql(w, "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 721 MINUTE");
    assert_false(find(w, w->token));
}

static void test_session_find__ends_at_its_age(void **state)
{
    struct world *w = *state;

    sql(w, "UPDATE session SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
    assert_false(find(w, w->token));
}

static void test_session_find__does_not_find_disabled_people(void **state)
{
    struct world *w = *state;

    sql(w, "UPDATE user SET status = 'disabled'");
    assert_false(find(w, w->token));
}

static void test_session_create__refuses_people_who_are_not_active(void **state)
{
    struct world *w = *state;
    char token[SESSION_TOKEN_BYTES];

    sql(w, "UPDATE user SET status = 'invited'");
    assert_err_kind(session_create(w->db, w->a, &(struct session_new){ .user_id = w->user }, token),
                    ERR_CONFLICT);
}

static void test_session_create__stores_no_token(void **state)
{
    struct one {
        int64_t n;
    } row;
    static const struct db_field fields[] = { DB_FIELD(struct one, n, DB_I64, 0), { 0 } };
    static const struct db_stmt look = {
        .name = "test.look",
        .sql = "SELECT COUNT(*) AS n FROM session WHERE token_hash = ? OR HEX(token_hash) = ?"
               " OR user_agent = ? OR token_hash = UNHEX(SHA2(?, 256))",
        .binds = "ssss",
        .fields = fields,
        .row_bytes = sizeof(struct one),
    };
    struct world *w = *state;

    assert_ok(db_get(w->db, w->a, &look,
                     DB_ARGS(DB_S(w->token), DB_S(w->token), DB_S(w->token), DB_S("other")), &row));
    assert_int_equal(row.n, 0);
    assert_ok(db_get(w->db, w->a, &look,
                     DB_ARGS(DB_S(w->token), DB_S(w->token), DB_S(w->token), DB_S(w->token)),
                     &row));
    assert_int_equal(row.n, 1);
}

static void test_session_create__cuts_what_browsers_say_of_themselves(void **state)
{
    struct world *w = *state;
    struct session_new from = { .user_id = w->user, .remote_addr = "2001:db8::1" };
    char token[SESSION_TOKEN_BYTES], agent[1000];

    memset(agent, 'x', sizeof(agent) - 1);
    agent[sizeof(agent) - 1] = '\0';
    from.user_agent = agent;
    assert_ok(session_create(w->db, w->a, &from, token));
    from.user_agent = "\xff\xfe";
    assert_ok(session_create(w->db, w->a, &from, token));
    from.user_agent = NULL;
    assert_ok(session_create(w->db, w->a, &from, token));
}

static void test_session_end_all__keeps_the_one_that_is_named(void **state)
{
    struct world *w = *state;
    char other[SESSION_TOKEN_BYTES];
    int64_t kept = fixture_session(w->db, w->a, w->user, other);

    assert_ok(session_end_all(w->db, w->user, kept));
    assert_false(find(w, w->token));
    assert_true(find(w, other));
    assert_ok(session_end_all(w->db, w->user, 0));
    assert_false(find(w, other));
}

static void test_session_refresh__brings_changed_rights_and_names(void **state)
{
    struct world *w = *state;

    assert_true(find(w, w->token));
    assert_true(actor_may(&w->actor, PERM_USERS_MANAGE));
    sql(w, "DELETE FROM user_role; UPDATE user SET name = 'Lin X.', lang = 'en'");
    assert_ok(session_refresh(w->db, w->a, w->user));
    assert_true(find(w, w->token));
    assert_false(actor_may(&w->actor, PERM_USERS_MANAGE));
    assert_string_equal(w->actor.name, "Lin X.");
    assert_int_equal(w->actor.lang, LANG_EN);
}

static void test_session_refresh__ends_sessions_of_disabled_people(void **state)
{
    struct world *w = *state;

    sql(w, "UPDATE user SET status = 'disabled'");
    assert_ok(session_refresh(w->db, w->a, w->user));
    sql(w, "UPDATE user SET status = 'active'");
    assert_false(find(w, w->token));
}

static void test_session__roles_of_another_audience_give_nothing(void **state)
{
    struct world *w = *state;

    sql(w, "DELETE FROM user_role;"
           "INSERT INTO user_role (user_id, role_id) SELECT u.id, r.id FROM user u JOIN role r"
           " ON r.audience = 'staff' AND r.code = 'administrator' WHERE u.email_key ="
           " 'lin@example.com'");
    assert_ok(session_refresh(w->db, w->a, w->user));
    assert_true(find(w, w->token));
    for (int p = PERM_SELF + 1; p < PERM_LIMIT; p++)
        assert_false(actor_may(&w->actor, (enum permission)p));
}

static void test_session__permissions_that_an_audience_cannot_have_give_nothing(void **state)
{
    struct world *w = *state;

    sql(w, "INSERT INTO role_permission (role_id, permission) SELECT id, 'deal.decide' FROM role"
           " WHERE audience = 'partner' AND code = 'administrator';"
           "INSERT INTO role_permission (role_id, permission) SELECT id, 'no.such' FROM role"
           " WHERE audience = 'partner' AND code = 'administrator'");
    assert_ok(session_refresh(w->db, w->a, w->user));
    assert_true(find(w, w->token));
    assert_true(actor_may(&w->actor, PERM_DEAL_EDIT));
    assert_false(actor_may(&w->actor, PERM_DEAL_DECIDE));
}

static void test_session_find__knows_where_the_company_stands(void **state)
{
    struct world *w = *state;

    assert_true(find(w, w->token));
    assert_int_equal(w->actor.standing, STANDING_FULL);
    assert_true(actor_may(&w->actor, PERM_DEAL_REGISTER));
    sql(w, "UPDATE account SET status = 'suspended'");
    assert_true(find(w, w->token));
    assert_int_equal(w->actor.standing, STANDING_LIMITED);
    assert_false(actor_may(&w->actor, PERM_DEAL_REGISTER));
    assert_true(actor_may(&w->actor, PERM_DEAL_EDIT));
    sql(w, "UPDATE account SET status = 'active', agreement_due = 1");
    assert_true(find(w, w->token));
    assert_false(actor_may(&w->actor, PERM_DEAL_REGISTER));
    sql(w, "UPDATE account SET status = 'agreement', agreement_due = 0");
    assert_true(find(w, w->token));
    assert_false(actor_may(&w->actor, PERM_DEAL_VIEW));
    assert_true(actor_may(&w->actor, PERM_PROGRAMME_ACCEPT));
    sql(w, "UPDATE account SET status = 'ended'");
    assert_false(find(w, w->token));
    sql(w, "UPDATE account SET status = 'active'");
    assert_true(find(w, w->token));
}

static void test_session_create__starts_where_the_company_stands(void **state)
{
    struct world *w = *state;

    sql(w, "UPDATE account SET status = 'suspended'");
    fixture_session(w->db, w->a, w->user, w->token);
    assert_true(find(w, w->token));
    assert_int_equal(w->actor.standing, STANDING_LIMITED);
}

static void test_session_refresh__takes_over_where_another_company_stands(void **state)
{
    struct world *w = *state;
    const int64_t other = fixture_account(w->db, "partner", "Halden AS");

    sql(w, arena_printf(w->a,
                        "UPDATE account SET status = 'suspended' WHERE id = %lld;"
                        "UPDATE user SET account_id = %lld WHERE id = %lld",
                        (long long)other, (long long)other, (long long)w->user));
    assert_ok(session_refresh(w->db, w->a, w->user));
    assert_true(find(w, w->token));
    assert_int_equal(w->actor.account_id, other);
    assert_int_equal(w->actor.standing, STANDING_LIMITED);
}

static void test_session_find__stays_out_when_a_disabled_person_is_active_again(void **state)
{
    struct world *w = *state;

    sql(w, "UPDATE user SET status = 'disabled'");
    sql(w, "UPDATE user SET status = 'active'");
    assert_false(find(w, w->token));
}

/* A session that starts while its company is being suspended must not miss it: it waits.  On
 * another node of a cluster it does not, and then who suspends the company begins again. */
static void test_session_create__waits_for_who_changes_the_company(void **state)
{
    struct arena *a = arena_new(8192);
    char token[SESSION_TOKEN_BYTES];
    struct db *db, *other;
    struct testdb schema;
    struct actor actor;
    struct err *e;
    int64_t user;
    bool found;

    (void)state;
    testdb_copy(&schema);
    db = testdb_connect(schema.name, NULL);
    other = testdb_connect(schema.name, NULL);
    assert_ok(db_begin_write(db));
    user = fixture_user(
        db, &(struct fixture_user){ .audience = AUD_PARTNER,
                                    .account_id = fixture_account(db, "partner", NULL) });
    assert_ok(db_commit(db));
    assert_ok(db_begin_write(other));
    assert_ok(db_script(other, "UPDATE account SET status = 'suspended'"));
    assert_ok(db_begin_write(db));
    assert_ok(db_script(db, "SET innodb_lock_wait_timeout = 1"));
    e = session_create(db, a, &(struct session_new){ .user_id = user }, token);
    if (e != NULL) {
        assert_err_kind(e, ERR_AGAIN);
        db_rollback(db);
        assert_ok(db_commit(other));
        assert_ok(db_begin_write(db));
        assert_ok(session_create(db, a, &(struct session_new){ .user_id = user }, token));
    } else {
        assert_ok(db_commit(db));
        assert_err_kind(db_commit(other), ERR_AGAIN);
        db_rollback(other);
        assert_ok(db_begin_write(other));
        assert_ok(db_script(other, "UPDATE account SET status = 'suspended'"));
        assert_ok(db_commit(other));
        assert_ok(db_begin_write(db));
    }
    assert_ok(session_find(db, a, token, &actor, &found));
    assert_true(found);
    assert_int_equal(actor.standing, STANDING_LIMITED);
    db_rollback(db);
    db_close(other);
    db_close(db);
    testdb_drop(&schema);
    arena_free(a);
}

static void test_session__scope_of_staff_is_a_range_of_departments(void **state)
{
    static const struct {
        const char *scope;
        int64_t low, high;
    } cases[] = {
        { "own", 0, -1 }, { "team", 200, 200 }, { "department", 200, 299 }, { "all", 0, INT64_MAX }
    };
    struct world *w = *state;

    fixture_department(w->db, 100, 999, 0);
    fixture_department(w->db, 200, 299, 100);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct actor actor =
            fixture_actor(w->db, w->a,
                          fixture_user(w->db, &(struct fixture_user){ .audience = AUD_STAFF,
                                                                      .department_id = 200,
                                                                      .scope = cases[i].scope }));

        assert_true(actor.department_low == cases[i].low);
        assert_true(actor.department_high == cases[i].high);
        assert_int_equal(actor.department_id, 200);
        assert_int_equal(actor.account_id, 0);
    }
}

static void test_session__limits_follow_the_system_parameters(void **state)
{
    struct world *w = *state;

    assert_ok(parameter_set(w->db, PARAM_SESSION_PARTNER_IDLE, "5"));
    assert_ok(session_apply_limits(w->db, w->a, AUD_PARTNER));
    sql(w, "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 6 MINUTE");
    assert_false(find(w, w->token));
    sql(w, "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 4 MINUTE");
    assert_true(find(w, w->token));
}

static void test_session_count__moves_the_counters_of_all_sessions(void **state)
{
    struct world *w = *state;

    assert_ok(session_count(w->db, w->user, COUNTER_NOTIFICATIONS, 2));
    assert_ok(session_count(w->db, w->user, COUNTER_DEALS, 1));
    assert_true(find(w, w->token));
    assert_int_equal(w->actor.counters[COUNTER_NOTIFICATIONS], 2);
    assert_int_equal(w->actor.counters[COUNTER_DEALS], 1);
    assert_ok(session_count(w->db, w->user, COUNTER_NOTIFICATIONS, -5));
    assert_true(find(w, w->token));
    assert_int_equal(w->actor.counters[COUNTER_NOTIFICATIONS], 0);
    /* A later session begins with what waits. */
    w->actor = fixture_actor(w->db, w->a, w->user);
    assert_int_equal(w->actor.counters[COUNTER_DEALS], 1);
}

static void test_session_find__tells_when_last_seen_is_due(void **state)
{
    struct world *w = *state;

    assert_true(find(w, w->token));
    assert_false(w->actor.unseen);
    sql(w, "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 61 SECOND");
    assert_true(find(w, w->token));
    assert_true(w->actor.unseen);
}

static void test_session_touch__costs_nothing_when_it_is_not_due(void **state)
{
    struct world *w = *state;
    struct actor actor = { .session_id = 1, .unseen = false };

    db_statement_count(w->db);
    assert_ok(session_touch(w->db, &actor));
    assert_int_equal(db_statement_count(w->db), 0);
}

static void test_session_form_key__differs_with_the_token(void **state)
{
    unsigned char one[32], same[32], two[32];

    (void)state;
    session_form_key("a", one);
    session_form_key("a", same);
    session_form_key("b", two);
    assert_memory_equal(one, same, 32);
    assert_memory_not_equal(one, two, 32);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, begin, roll_back)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(test_session_find__gives_the_actor_of_its_token),
        IN_WORLD(test_session_find__costs_one_statement),
        IN_WORLD(test_session_find__brings_the_time_of_the_transaction_along),
        IN_WORLD(test_session_find__knows_no_other_token),
        IN_WORLD(test_session_find__ends_with_the_session),
        IN_WORLD(test_session_find__ends_when_idle_for_too_long),
        IN_WORLD(test_session_find__ends_at_its_age),
        IN_WORLD(test_session_find__does_not_find_disabled_people),
        IN_WORLD(test_session_create__refuses_people_who_are_not_active),
        IN_WORLD(test_session_create__stores_no_token),
        IN_WORLD(test_session_create__cuts_what_browsers_say_of_themselves),
        IN_WORLD(test_session_end_all__keeps_the_one_that_is_named),
        IN_WORLD(test_session_refresh__brings_changed_rights_and_names),
        IN_WORLD(test_session_refresh__ends_sessions_of_disabled_people),
        IN_WORLD(test_session__roles_of_another_audience_give_nothing),
        IN_WORLD(test_session__permissions_that_an_audience_cannot_have_give_nothing),
        IN_WORLD(test_session_find__knows_where_the_company_stands),
        IN_WORLD(test_session__scope_of_staff_is_a_range_of_departments),
        IN_WORLD(test_session__limits_follow_the_system_parameters),
        IN_WORLD(test_session_count__moves_the_counters_of_all_sessions),
        IN_WORLD(test_session_find__tells_when_last_seen_is_due),
        IN_WORLD(test_session_touch__costs_nothing_when_it_is_not_due),
        IN_WORLD(test_session_form_key__differs_with_the_token),
        IN_WORLD(test_session_create__starts_where_the_company_stands),
        IN_WORLD(test_session_refresh__takes_over_where_another_company_stands),
        IN_WORLD(test_session_find__stays_out_when_a_disabled_person_is_active_again),
        cmocka_unit_test(test_session_create__waits_for_who_changes_the_company),
    };

    return cmocka_run_group_tests(tests, make_world, end_world);
}
