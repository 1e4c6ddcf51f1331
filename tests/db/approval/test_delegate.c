/* test_delegate.c - who decides while somebody is away; and the calendar that clocks read. */
#include "support/test.h"

#include "approval/business_clock.h"
#include "approval/delegate.h"
#include "fixture/fixture.h"
#include "support/testdb.h"

static struct db *db;
static struct arena *arena;
static int64_t now, ana, ben, chen, partner;

static int64_t staff(const char *status)
{
    return fixture_user(db, &(struct fixture_user){ .audience = AUD_STAFF, .status = status });
}

static struct err *away(int64_t who, int64_t delegate, int64_t from_days, int64_t until_days)
{
    return delegate_add(db, arena, who, delegate, now + from_days * CLOCK_DAY,
                        now + until_days * CLOCK_DAY);
}

static int64_t decider_for(int64_t user)
{
    int64_t decider = 0;

    assert_ok(delegate_of(db, arena, user, &decider));
    return decider;
}

static bool may(int64_t user, int64_t for_user)
{
    bool may = false;

    assert_ok(delegate_may_decide_for(db, arena, user, for_user, &may));
    return may;
}

static void assert_refused(struct err *e, enum err_kind kind, const char *detail)
{
    assert_string_equal(err_detail(e), detail);
    assert_err_kind(e, kind);
}

static void test_delegate_of__is_the_person_without_a_delegate(void **state)
{
    (void)state;
    assert_int_equal(decider_for(ana), ana);
    assert_true(may(ana, ana));
    assert_false(may(ben, ana));
}

static void test_delegate_of__is_the_delegate_in_his_time_alone(void **state)
{
    (void)state;
    assert_ok(away(ana, ben, 1, 5));
    assert_int_equal(decider_for(ana), ana); /* tomorrow */
    assert_ok(away(ana, chen, -1, 1));
    assert_int_equal(decider_for(ana), chen);
    assert_true(may(chen, ana));
    assert_false(may(ben, ana));
    assert_false(may(ana, chen)); /* not the other way round */
}

static void test_delegate_of__follows_a_delegate_who_is_away_too(void **state)
{
    (void)state;
    assert_ok(away(ana, ben, -1, 1));
    assert_ok(away(ben, chen, -1, 1));
    assert_int_equal(decider_for(ana), chen);
    assert_true(may(chen, ana));
    assert_true(may(ben, ana));
}

static void test_delegate_of__ends_where_a_chain_comes_back(void **state)
{
    (void)state;
    assert_ok(away(ana, ben, -1, 1));
    assert_ok(away(ben, ana, -1, 1));
    assert_int_equal(decider_for(ana), ana);
}

static void test_delegate_of__passes_over_a_delegate_who_has_left(void **state)
{
    (void)state;
    assert_ok(away(ana, ben, -1, 1));
    assert_ok(db_script(db, "UPDATE user SET status = 'disabled' WHERE status = 'active'"));
    assert_int_equal(decider_for(ana), ana);
    assert_false(may(ben, ana));
}

static void test_delegate_add__refuses_who_cannot_be_one(void **state)
{
    (void)state;
    assert_refused(away(ana, ana, -1, 1), ERR_INVALID, "delegate");
    assert_refused(away(ana, partner, -1, 1), ERR_INVALID, "delegate");
    assert_refused(away(ana, staff("disabled"), -1, 1), ERR_INVALID, "delegate");
    assert_refused(away(ana, 999999, -1, 1), ERR_INVALID, "delegate");
}

static void test_delegate_add__refuses_times_that_make_no_sense(void **state)
{
    (void)state;
    assert_refused(away(ana, ben, 2, 1), ERR_INVALID, "until");
    assert_refused(away(ana, ben, -3, -1), ERR_INVALID, "until");
    assert_refused(away(ana, ben, 0, 400), ERR_INVALID, "until");
}

static void test_delegate_add__refuses_two_for_one_time(void **state)
{
    (void)state;
    assert_ok(away(ana, ben, 1, 5));
    assert_refused(away(ana, chen, 4, 8), ERR_CONFLICT, "overlap");
    assert_ok(away(ana, chen, 5, 8));
    assert_ok(away(ben, chen, 1, 5));
}

static void test_delegate_end__ends_ones_own_at_once(void **state)
{
    struct delegation *rows;
    size_t count;

    (void)state;
    assert_ok(away(ana, ben, -1, 5));
    assert_ok(delegate_list(db, arena, ana, &rows, &count));
    assert_int_equal(count, 1);
    assert_err_kind(delegate_end(db, ben, rows[0].id), ERR_NOT_FOUND);
    assert_ok(delegate_end(db, ana, rows[0].id));
    assert_int_equal(decider_for(ana), ana);
    assert_err_kind(delegate_end(db, ana, rows[0].id), ERR_NOT_FOUND);
}

/* -- calendars ------------------------------------------------------------------------- */

static void test_business_calendar_load__reads_hours_days_and_zone(void **state)
{
    struct business_calendar calendar;
    struct civil friday = { .year = 2026, .month = 12, .day = 24, .hour = 16 }, due;

    (void)state;
    assert_ok(db_script(
        db, "INSERT INTO calendar (id, code, name_en, name_zh, zone)"
            " VALUES (77, 'TEST', 'Test', '测试', 'Europe/Berlin');"
            " INSERT INTO calendar_hours (calendar_id, weekday, from_minute, until_minute)"
            " SELECT 77, seq, 540, 1020 FROM seq_1_to_5;"
            " INSERT INTO holiday (calendar_id, day, working, name_en, name_zh)"
            " VALUES (77, '2026-12-25', 0, 'Christmas', '圣诞节')"));
    assert_ok(business_calendar_load(db, arena, "TEST", &calendar));
    due = text_local_civil(calendar.locale,
                           business_due_at(&calendar, text_instant(calendar.locale, &friday),
                                           2 * CLOCK_HOUR, NULL, 0));
    assert_int_equal(due.day, 28);
    assert_int_equal(due.hour, 10);
}

static void test_business_calendar_load__of_an_unknown_one_finds_nothing(void **state)
{
    struct business_calendar calendar;

    (void)state;
    assert_err_kind(business_calendar_load(db, arena, "NOWHERE", &calendar), ERR_NOT_FOUND);
}

/* -- surroundings ---------------------------------------------------------------------- */

static int set_up(void **state)
{
    (void)state;
    assert_ok(db_begin_write(db));
    assert_ok(db_now(db, &now));
    ana = staff(NULL);
    ben = staff(NULL);
    chen = staff(NULL);
    partner = fixture_user(
        db, &(struct fixture_user){ .audience = AUD_PARTNER,
                                    .account_id = fixture_account(db, "partner", NULL) });
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    db_rollback(db);
    arena_clear(arena);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new(4096);
    db = testdb_open(NULL);
    return text_format_init() != NULL;
}

static int end(void **state)
{
    (void)state;
    text_format_end();
    db_close(db);
    arena_free(arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_delegate_of__is_the_person_without_a_delegate),
        TEST(test_delegate_of__is_the_delegate_in_his_time_alone),
        TEST(test_delegate_of__follows_a_delegate_who_is_away_too),
        TEST(test_delegate_of__ends_where_a_chain_comes_back),
        TEST(test_delegate_of__passes_over_a_delegate_who_has_left),
        TEST(test_delegate_add__refuses_who_cannot_be_one),
        TEST(test_delegate_add__refuses_times_that_make_no_sense),
        TEST(test_delegate_add__refuses_two_for_one_time),
        TEST(test_delegate_end__ends_ones_own_at_once),
        TEST(test_business_calendar_load__reads_hours_days_and_zone),
        TEST(test_business_calendar_load__of_an_unknown_one_finds_nothing),
    };

    return cmocka_run_group_tests_name("approval", tests, begin, end);
}
