/* The rules of identity that need no database. */
#include "support/test.h"

#include "base/clock.h"
#include "base/str.h"
#include "identity/identity_inside.h"
#include "identity/identity_slots.h"

#include <sys/wait.h>
#include <unistd.h>

static void test_next__takes_addresses_behind_the_log_in_only(void **state)
{
    static const struct {
        const char *next, *taken;
    } rows[] = {
        { "/partner/deals/DR-1?x=1", "/partner/deals/DR-1?x=1" },
        { "/staff/", "/staff/" },
        { "/account/sessions", "/account/sessions" },
        { NULL, "" },
        { "", "" },
        { "/", "" },
        { "/login", "" },
        { "/partner", "" },
        { "//partner/", "" },
        { "/\\partner/", "" },
        { "/partner/\\..", "" },
        { "/partner/\t", "" },
        { "/partner/ x", "" },
        { "https://partner/", "" },
        { "javascript:alert(1)", "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_string_equal(identity_next(rows[i].next), rows[i].taken);
}

static void test_home__every_audience_has_one(void **state)
{
    (void)state;
    assert_string_equal(identity_home(AUD_PARTNER), "/partner/");
    assert_string_equal(identity_home(AUD_CUSTOMER), "/customer/");
    assert_string_equal(identity_home(AUD_STAFF), "/staff/");
    assert_string_equal(identity_home(AUD_PUBLIC), "/");
}

static void test_email_key__letter_case_and_width_do_not_matter(void **state)
{
    struct arena *a = arena_new(1024);

    (void)state;
    assert_string_equal(identity_email_key(a, "Lin.Xiaowen@HuaXin.example"),
                        "lin.xiaowen@huaxin.example");
    assert_string_equal(identity_email_key(a, "ｌｉｎ@huaxin.example"), "lin@huaxin.example");
    arena_free(a);
}

static void test_attempt_id__fits_a_json_number(void **state)
{
    (void)state;
    assert_true(identity_attempt_id("a@example.com") > 0);
    assert_true(identity_attempt_id("a@example.com") < (int64_t)1 << 48);
    assert_true(identity_attempt_id("a@example.com") != identity_attempt_id("b@example.com"));
}

static void test_may_enter__only_active_people_of_living_accounts(void **state)
{
    struct identity_user user = { .status = "active" };

    (void)state;
    assert_true(identity_may_enter(&user));
    user.account_ended = true;
    assert_false(identity_may_enter(&user));
    user = (struct identity_user){ .status = "invited" };
    assert_false(identity_may_enter(&user));
    user.status = "disabled";
    assert_false(identity_may_enter(&user));
}

static void test_browser_label__names_browser_and_system(void **state)
{
    static const struct {
        const char *agent, *label;
    } rows[] = {
        { "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          " Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
          "Edge, Windows" },
        { "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
          " Version/18.0 Safari/605.1.15",
          "Safari, macOS" },
        { "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0",
          "WeChat, iPhone" },
        { "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
          "Firefox, Linux" },
        { "curl/8.0", "curl" },
        { "something else", "" },
        { "", "" },
    };
    struct arena *a = arena_new(1024);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_string_equal(identity_browser_label(a, rows[i].agent), rows[i].label);
    arena_free(a);
}

static void test_json__escapes_what_people_type(void **state)
{
    struct arena *a = arena_new(1024);

    (void)state;
    assert_string_equal(identity_json(a, JSON_PAIRS({ "name", "a\"b\\c" }, { "none", NULL })),
                        "{\"name\":\"a\\\"b\\\\c\",\"none\":\"\"}");
    arena_free(a);
}

/* A worker of its own that takes a slot and says whether it got one. */
static bool child_gets_slot(const struct conf *conf)
{
    int status, slot;
    pid_t pid = fork();

    if (pid == 0) {
        struct err *e = identity_slot_take(conf, &slot);

        _exit(e == NULL ? 0 : err_is(e, ERR_UNAVAILABLE) ? 1 : 2);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
    return WEXITSTATUS(status) == 0;
}

static void test_slots__half_of_the_workers_may_hash_at_once(void **state)
{
    struct conf conf = { .workers = 2 };
    int slot;

    (void)state;
    assert_ok(identity_slots_open());
    assert_ok(identity_slot_take(&conf, &slot));
    assert_false(child_gets_slot(&conf));
    conf.workers = 4;
    assert_true(child_gets_slot(&conf));
    conf.workers = 2;
    identity_slot_give(slot);
    assert_true(child_gets_slot(&conf));
}

static pid_t fork_one_who_waits(const struct conf *conf)
{
    pid_t pid = fork();
    int slot;

    if (pid == 0) {
        struct err *e = identity_slot_take(conf, &slot);

        _exit(err_is(e, ERR_UNAVAILABLE) ? 0 : 1);
    }
    return pid;
}

static int64_t ended_at(void)
{
    int status;

    assert_true(wait(&status) > 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return clock_monotonic_us();
}

/* Of two who find the slot busy one waits its time, and the other is sent away at once. */
static void test_slots__not_every_worker_waits(void **state)
{
    const struct conf conf = { .workers = 3 };
    int64_t first;
    int slot;

    (void)state;
    assert_ok(identity_slots_open());
    assert_ok(identity_slot_take(&conf, &slot));
    assert_true(fork_one_who_waits(&conf) > 0);
    assert_true(fork_one_who_waits(&conf) > 0);
    first = ended_at();
    assert_true(ended_at() - first > CLOCK_SECOND / 2);
    identity_slot_give(slot);
}

static void test_slots__a_dead_worker_holds_none(void **state)
{
    struct conf conf = { .workers = 2 };

    (void)state;
    assert_ok(identity_slots_open());
    assert_true(child_gets_slot(&conf));
    assert_true(child_gets_slot(&conf));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_next__takes_addresses_behind_the_log_in_only),
        cmocka_unit_test(test_home__every_audience_has_one),
        cmocka_unit_test(test_email_key__letter_case_and_width_do_not_matter),
        cmocka_unit_test(test_attempt_id__fits_a_json_number),
        cmocka_unit_test(test_may_enter__only_active_people_of_living_accounts),
        cmocka_unit_test(test_browser_label__names_browser_and_system),
        cmocka_unit_test(test_json__escapes_what_people_type),
        cmocka_unit_test(test_slots__half_of_the_workers_may_hash_at_once),
        cmocka_unit_test(test_slots__not_every_worker_waits),
        cmocka_unit_test(test_slots__a_dead_worker_holds_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
