/* Who decides while a member of staff is away, said on a page. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "support/webtest.h"

#include "approval/delegate.h"
#include "base/clock.h"
#include "program/program.h"

static struct webtest *w;
static struct visitor ana, ben;

static struct visitor member(void)
{
    struct permission_set set = { 0 };
    struct visitor v = { 0 };

    permission_add(&set, PERM_HOME);
    webtest_sign_in(w, &v, AUD_STAFF, &set, 0);
    return v;
}

/* FROM and UNTIL are days from today. */
static struct answer add(struct visitor *v, int64_t delegate, int from, int until)
{
    char body[200], first[DAY_ISO_BYTES], last[DAY_ISO_BYTES];
    int32_t today = (int32_t)(clock_now_us() / CLOCK_DAY);

    day_iso(today + from, first);
    day_iso(today + until, last);
    snprintf(body, sizeof(body), "delegate=%lld&from=%s&until=%s", (long long)delegate, first,
             last);
    return webtest_post(w, v, "/staff/away", "/staff/away", body);
}

static int64_t decider_for(const struct visitor *v)
{
    struct db *db = webtest_admin(w);
    struct arena *a = arena_new(1024);
    int64_t decider = 0;

    assert_ok(db_begin_read(db));
    assert_ok(delegate_of(db, a, v->user_id, &decider));
    db_rollback(db);
    arena_free(a);
    return decider;
}

static void test_away__sets_a_delegate_and_shows_it_to_both(void **state)
{
    struct answer a;

    (void)state;
    assert_int_equal(add(&ana, ben.user_id, 0, 3).status, 303);
    assert_int_equal(decider_for(&ana), ben.user_id);
    a = webtest_get(w, &ana, "/staff/away");
    assert_true(answer_has(&a, "End now"));
    a = webtest_get(w, &ben, "/staff/away");
    assert_true(answer_has(&a, "You decide for"));
}

static void test_away__refuses_an_overlap_at_its_field_and_keeps_what_was_typed(void **state)
{
    struct answer a;

    (void)state;
    add(&ana, ben.user_id, 0, 3);
    a = add(&ana, ben.user_id, 2, 5);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Somebody is set for a part of that time already."));
    assert_true(answer_has(&a, "aria-invalid"));
}

static void test_away__refuses_a_last_day_before_the_first(void **state)
{
    struct answer a = add(&ana, ben.user_id, 3, 1);

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "The last day must not be before the first"));
}

static void test_away__offers_no_one_but_colleagues(void **state)
{
    (void)state;
    assert_int_equal(add(&ana, ana.user_id, 0, 3).status, 422);
    assert_int_equal(add(&ana, 987654, 0, 3).status, 422);
}

static int64_t newest(void)
{
    struct db *db = webtest_admin(w);
    struct arena *a = arena_new(1024);
    struct delegation *rows;
    size_t count;
    int64_t id;

    assert_ok(db_begin_read(db));
    assert_ok(delegate_list(db, a, ana.user_id, &rows, &count));
    db_rollback(db);
    assert_int_equal(count, 1);
    id = rows[0].id;
    arena_free(a);
    return id;
}

static void test_away__ends_by_the_own_hand_alone(void **state)
{
    char path[64];

    (void)state;
    add(&ana, ben.user_id, 0, 3);
    snprintf(path, sizeof(path), "/staff/away/%lld/end", (long long)newest());
    assert_int_equal(webtest_post(w, &ben, "/staff/away", path, "").status, 404);
    assert_int_equal(decider_for(&ana), ben.user_id);
    assert_int_equal(webtest_post(w, &ana, "/staff/away", path, "").status, 303);
    assert_int_equal(decider_for(&ana), ana.user_id);
}

static int set_up(void **state)
{
    (void)state;
    ana = member();
    ben = member();
    return 0;
}

static int open_all(void **state)
{
    (void)state;
    w = webtest_open(&program_staff, NULL);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    webtest_close(w);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_away__sets_a_delegate_and_shows_it_to_both),
        TEST(test_away__refuses_an_overlap_at_its_field_and_keeps_what_was_typed),
        TEST(test_away__refuses_a_last_day_before_the_first),
        TEST(test_away__offers_no_one_but_colleagues),
        TEST(test_away__ends_by_the_own_hand_alone),
    };

    return cmocka_run_group_tests_name("approval/away", tests, open_all, close_all);
}
