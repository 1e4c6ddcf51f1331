/* Announcements: staff write them, the worker counts them in the menus of whom they are for, and
 * they are read once. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "deal/deal_rooms.h"
#include "program/program.h"
#include "program/worker.h"

static struct portal portal;
static struct webtest *partner, *staff;
static struct visitor *editor, v;
static int64_t account;

static const char *text(const char *format, int64_t id)
{
    return portal_with_id(&portal, format, id);
}

static int64_t number(const char *sql, int64_t id)
{
    return portal_number(&portal, text(sql, id));
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    partner = portal_program(&portal, &program_partner);
    staff = portal_program(&portal, &program_staff);
    editor = &portal.people[AUD_STAFF];
    portal_run(&portal,
               "UPDATE account SET tier_id = NULL; DELETE FROM tier_requirement;"
               "DELETE FROM tier_benefit; DELETE FROM tier;"
               "INSERT INTO tier (id, code, name_en, name_zh, rank) VALUES (901, 't1', 'Copper',"
               " '铜', 1), (902, 't2', 'Bronze', '青铜', 2)");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

/* A partner in the lower tier, in Germany, and nothing announced. */
static int begin(void **state)
{
    (void)state;
    portal_forget_rates(&portal);
    assert_ok(db_begin_write(portal.world.db));
    account = fixture_account(portal.world.db, "partner", NULL);
    assert_ok(db_commit(portal.world.db));
    portal_run(&portal, text("UPDATE user SET counter_announcements = 0;"
                             "UPDATE session SET counter_announcements = 0;"
                             "DELETE FROM outbox; DELETE FROM notification_preference;"
                             "DELETE FROM announcement_reader; DELETE FROM announcement;"
                             "UPDATE account SET tier_id = 901, country = 'DE' WHERE id = ?",
                             account));
    v = (struct visitor){ 0 };
    portal_sign_in_as(partner, &v, AUD_PARTNER, account);
    return 0;
}

static void run_worker(void)
{
    volatile int stop = 0;
    struct worker_rooms rooms = { 0 };
    struct db *db;
    int ran;

    portal_run(&portal, "DELETE FROM job; INSERT INTO job (kind, due_at, created_at) VALUES"
                        " ('announcement.deliver', '2020-01-01', '2020-01-01')");
    assert_ok(testdb_connect_as(webtest_schema(partner), "worker", worker_statements, &db));
    assert_ok(deal_rooms_open(webtest_conf(partner), &rooms.deals));
    struct job_context ctx = { .db = db,
                               .arena = arena_new(4096),
                               .conf = webtest_conf(partner),
                               .rooms = &rooms,
                               .owner = "test" };

    assert_ok(job_run_due(&ctx, worker_jobs, &stop, &ran));
    assert_int_equal(
        portal_number(&portal, "SELECT COUNT(*) FROM job WHERE last_error IS NOT NULL"), 0);
    deal_rooms_close(rooms.deals);
    arena_free(ctx.arena);
    db_close(db);
}

static struct answer move(int64_t id, const char *to)
{
    const char *page = text("/staff/announcements/desk/?", id);

    return webtest_post(
        staff, editor, page, arena_join(portal.world.a, page, "/move", NULL),
        arena_printf(portal.world.a, "row_version=%lld&to=%s",
                     (long long)number("SELECT row_version FROM announcement WHERE id = ?", id),
                     to));
}

/* WHOM: "for_partner=1&tier=901"; its number. */
static int64_t announce(const char *title, const char *whom)
{
    const char *today = portal_text(&portal, "SELECT UTC_DATE() - INTERVAL 1 DAY", 0);
    const struct answer a = webtest_post(
        staff, editor, "/staff/announcements/desk/new", "/staff/announcements/desk/new",
        arena_printf(portal.world.a,
                     "title_en=%s&title_zh=x&body_en=Words.&body_zh=x&from_on=%s&%s", title, today,
                     whom));
    int64_t id;

    assert_int_equal(a.status, 303);
    id = portal_number(&portal, "SELECT MAX(id) FROM announcement");
    assert_int_equal(move(id, "published").status, 303);
    run_worker();
    return id;
}

static int64_t counted(void)
{
    return number("SELECT counter_announcements FROM session WHERE user_id = ? AND ended_at IS NULL"
                  " LIMIT 1",
                  v.user_id);
}

static struct answer look(const char *format, int64_t id)
{
    return webtest_get(partner, &v, text(format, id));
}

static void test_announcement__is_counted_until_it_is_opened(void **state)
{
    const int64_t id = announce("Depot", "for_partner=1");
    struct answer a;

    (void)state;
    assert_int_equal(counted(), 1);
    a = look("/partner/", 0);
    assert_true(answer_has(&a, "Depot"));
    a = look("/partner/announcements", 0);
    assert_true(answer_has(&a, "data-unread"));
    assert_int_equal(look("/partner/announcements/?", id).status, 200);
    assert_int_equal(counted(), 0);
    look("/partner/announcements/?", id);
    assert_int_equal(counted(), 0);
    a = look("/partner/announcements", 0);
    assert_false(answer_has(&a, "data-unread"));
    a = webtest_get(staff, editor, text("/staff/announcements/desk/?", id));
    assert_true(
        answer_has(&a, portal_text(&portal, "SELECT name FROM user WHERE id = ?", v.user_id)));
}

static void test_announcement__is_told_once(void **state)
{
    (void)state;
    announce("Once", "for_partner=1");
    portal_run(&portal, "UPDATE announcement SET delivered_at = NULL, delivered_to = 0");
    run_worker();
    assert_int_equal(counted(), 1);
}

static int64_t mails(void)
{
    return number("SELECT COUNT(*) FROM outbox WHERE kind = 'announcement' AND user_id = ?",
                  v.user_id);
}

static void test_announcement__that_is_important_is_mailed_once_in_the_readers_language(
    void **state)
{
    (void)state;
    portal_run(&portal, text("UPDATE user SET lang = 'zh-CN' WHERE id = ?", v.user_id));
    announce("Recall", "for_partner=1&important=1");
    assert_int_equal(mails(), 1);
    assert_int_equal(number("SELECT COUNT(*) FROM outbox WHERE kind = 'announcement' AND user_id ="
                            " ? AND values_json LIKE '%\"x\"%' AND values_json NOT LIKE"
                            " '%Recall%'",
                            v.user_id),
                     1);
    portal_run(&portal, "UPDATE announcement SET delivered_at = NULL, delivered_to = 0");
    run_worker();
    assert_int_equal(mails(), 1);
}

static void test_announcement__that_is_not_important_is_not_mailed(void **state)
{
    (void)state;
    announce("Canteen", "for_partner=1");
    assert_int_equal(counted(), 1);
    assert_int_equal(mails(), 0);
}

static void test_announcement__is_not_mailed_to_who_ordered_such_mails_off(void **state)
{
    (void)state;
    portal_run(&portal, text("INSERT INTO notification_preference (user_id, event, mail) VALUES"
                             " (?, 'announcement.important', 'never')",
                             v.user_id));
    announce("Recall", "for_partner=1&important=1");
    assert_int_equal(counted(), 1);
    assert_int_equal(mails(), 0);
}

static void test_announcement__goes_to_its_tier_and_country_alone(void **state)
{
    const int64_t own = announce("Own", "for_partner=1&tier=901&countries=DE,cn"),
                  above = announce("Above", "for_partner=1&tier=902"),
                  abroad = announce("Abroad", "for_partner=1&countries=CN"),
                  inside = announce("Inside", "for_staff=1&for_customer=1");

    (void)state;
    assert_int_equal(counted(), 1);
    assert_int_equal(look("/partner/announcements/?", own).status, 200);
    assert_int_equal(look("/partner/announcements/?", above).status, 404);
    assert_int_equal(look("/partner/announcements/?", abroad).status, 404);
    assert_int_equal(look("/partner/announcements/?", inside).status, 404);
    assert_int_equal(webtest_get(staff, editor, text("/staff/announcements/?", inside)).status,
                     200);
    assert_int_equal(webtest_get(staff, editor, text("/staff/announcements/?", own)).status, 404);
}

static void test_announcement__that_is_a_draft_or_begins_later_is_not_there(void **state)
{
    const int64_t id = announce("Early", "for_partner=1");

    (void)state;
    portal_run(&portal, "DELETE FROM announcement_reader; UPDATE session SET counter_announcements"
                        " = 0; UPDATE announcement SET delivered_at = NULL, delivered_to = 0,"
                        " from_at = UTC_TIMESTAMP(6) + INTERVAL 1 DAY");
    run_worker();
    assert_int_equal(counted(), 0);
    assert_int_equal(look("/partner/announcements/?", id).status, 404);
    portal_run(&portal, "UPDATE announcement SET state = 'draft', from_at = '2020-01-01'");
    run_worker();
    assert_int_equal(counted(), 0);
    assert_int_equal(look("/partner/announcements/?", id).status, 404);
}

static void test_announcement__that_is_over_or_withdrawn_counts_no_more(void **state)
{
    const int64_t over = announce("Over", "for_partner=1"),
                  gone = announce("Gone", "for_partner=1");

    (void)state;
    assert_int_equal(counted(), 2);
    portal_run(&portal, text("UPDATE announcement SET until_at = UTC_TIMESTAMP(6) - INTERVAL 1"
                             " MINUTE WHERE id = ?",
                             over));
    run_worker();
    assert_int_equal(counted(), 1);
    assert_int_equal(move(gone, "withdrawn").status, 303);
    run_worker();
    run_worker();
    assert_int_equal(counted(), 0);
    assert_int_equal(look("/partner/announcements/?", gone).status, 404);
    assert_int_equal(look("/partner/announcements/?", over).status, 404);
}

static void test_announcement__all_are_read_at_once_and_of_nobody_else(void **state)
{
    struct visitor other = { 0 };

    (void)state;
    portal_sign_in_as(partner, &other, AUD_PARTNER, account);
    announce("First", "for_partner=1");
    announce("Second", "for_partner=1");
    assert_int_equal(
        webtest_post(partner, &v, "/partner/announcements", "/partner/announcements/read", "")
            .status,
        303);
    assert_int_equal(counted(), 0);
    assert_int_equal(
        number("SELECT counter_announcements FROM session WHERE user_id = ?", other.user_id), 2);
}

static void test_announcement__needs_somebody_whom_it_is_for(void **state)
{
    const struct answer a = webtest_post(
        staff, editor, "/staff/announcements/desk/new", "/staff/announcements/desk/new",
        "title_en=Nobody&title_zh=x&body_en=Words.&body_zh=x&from_on=2026-01-01");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Choose whom it is for."));
}

static void test_announcement__that_is_out_keeps_whom_it_is_for(void **state)
{
    const int64_t id = announce("Kept", "for_partner=1");
    const char *page = text("/staff/announcements/desk/?", id);

    (void)state;
    assert_int_equal(
        webtest_post(staff, editor, page, page,
                     "row_version=2&title_en=Better&title_zh=x&body_en=Words.&body_zh=x&"
                     "from_on=2026-01-01&for_customer=1&tier=902")
            .status,
        303);
    assert_int_equal(number("SELECT for_partner = 1 AND for_customer = 0 AND tier_id IS NULL AND"
                            " title_en = 'Better' FROM announcement WHERE id = ?",
                            id),
                     1);
    assert_int_equal(
        webtest_post(staff, editor, page, page,
                     "row_version=2&title_en=Later&title_zh=x&body_en=Words.&body_zh=x&"
                     "from_on=2026-01-01&for_partner=1")
            .status,
        422);
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_announcement__is_counted_until_it_is_opened),
        TEST(test_announcement__is_told_once),
        TEST(test_announcement__that_is_important_is_mailed_once_in_the_readers_language),
        TEST(test_announcement__that_is_not_important_is_not_mailed),
        TEST(test_announcement__is_not_mailed_to_who_ordered_such_mails_off),
        TEST(test_announcement__goes_to_its_tier_and_country_alone),
        TEST(test_announcement__that_is_a_draft_or_begins_later_is_not_there),
        TEST(test_announcement__that_is_over_or_withdrawn_counts_no_more),
        TEST(test_announcement__all_are_read_at_once_and_of_nobody_else),
        TEST(test_announcement__needs_somebody_whom_it_is_for),
        TEST(test_announcement__that_is_out_keeps_whom_it_is_for),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
