/* Activities and tasks of opportunities as requests: what a partner and the vendor write, who sees
 * it, and what never leaves the vendor. */
#include "support/test.h"
#include "fixture/sides.h"

#include "base/str.h"
#include "program/program.h"

#include <stdio.h>

#define SECRET "Rotkehlchen" /* inside */

static struct webtest *public;

static int set_up(void **state)
{
    sides_open(state);
    public = portal_program(&portal, &program_public);
    return 0;
}

#define NORTH portal.world.north.account
#define SOUTH portal.world.south.account

static int64_t user_of(const struct visitor *v)
{
    return number("SELECT MAX(user_id) FROM session WHERE account_id = #",
                  v == &stranger ? SOUTH : NORTH);
}

/* The partner's own, which the vendor sees, too. */
static int64_t made(void)
{
    return opportunity_of_partner("row_version=0&name=Glass+line+4&customer_name=Otterbach+Glas"
                                  "&customer_country=DE&currency=USD&amount=1000"
                                  "&expected_close=2031-05-20&stage=1&owner_user_id=&next_step=Call"
                                  "&next_step_on=");
}

/* South takes part, too. */
static void join(int64_t op, const char *level, bool sees_others)
{
    portal_run(
        &portal,
        arena_printf(portal.world.a,
                     "INSERT INTO opportunity_share (opportunity_id, account_id, role, level,"
                     " standing, sees_others, invited_at, state, stage_id, close_on,"
                     " updated_at) SELECT id, %lld, 'cosell', '%s', 'accepted', %d,"
                     " UTC_TIMESTAMP(6), state, stage_id, close_on, updated_at FROM"
                     " opportunity WHERE id = %lld",
                     (long long)SOUTH, level, sees_others, (long long)op));
}

#define CALL(body, rest)                                                                \
    "activity_kind=call&activity_day=2026-01-05&activity_time=9:30&activity_minutes=25" \
    "&activity_people=Ida+Berg&activity_body=" body rest

static struct answer log_it(struct webtest *w, struct visitor *v, const char *base,
                            const char *body)
{
    char path[200];

    snprintf(path, sizeof(path), "%s/activities", base);
    return webtest_post(w, v, base, path, body);
}

static struct answer set_task(struct webtest *w, struct visitor *v, const char *base, int64_t owner,
                              const char *rest)
{
    char path[200], body[500];

    snprintf(path, sizeof(path), "%s/task", base);
    snprintf(body, sizeof(body), "row_version=0&due_on=2030-04-01&owner_user_id=%lld&%s",
             (long long)owner, rest);
    return webtest_post(w, v, path, path, body);
}

static bool is_on(struct webtest *w, struct visitor *v, const char *path, const char *words)
{
    struct answer a = webtest_get(w, v, path);

    assert_int_equal(a.status, 200);
    return answer_has(&a, words);
}

static int64_t last_task(void)
{
    return newest("opportunity_task");
}

static struct answer done(struct webtest *w, struct visitor *v, const char *base, int64_t task,
                          int version)
{
    char path[200], body[200];

    snprintf(path, sizeof(path), "%s/task/done", base);
    snprintf(body, sizeof(body), "task=%lld&row_version=%d&done=1", (long long)task, version);
    return webtest_post(w, v, base, path, body);
}

/* -- activities -------------------------------------------------------------------------------- */

static void test_activity__is_read_by_partner_and_vendor_and_stands_in_the_history(void **state)
{
    const int64_t op = made();
    struct answer a;

    (void)state;
    portal_run(&portal, "UPDATE opportunity SET worked_at = '2026-01-01'");
    assert_int_equal(log_it(partner, member, OURS(""), CALL("They+want+a+trial", "")).status, 303);
    a = webtest_get(partner, member, OURS(""));
    assert_true(answer_has(&a, "They want a trial"));
    assert_true(answer_has(&a, "25 minutes"));
    assert_non_null(strstr(strstr(a.body, "id=\"history-h\""), "Call with Ida Berg"));
    assert_true(is_on(staff, manager, THEIRS(""), "They want a trial"));
    assert_int_equal(number("SELECT worked_at > '2026-01-02' FROM opportunity WHERE id = #", op),
                     1);
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'opportunity' AND"
                            " object_id = # AND action = 'opportunity.activity'",
                            op),
                     1);
}

static void test_activity__keeps_the_time_of_its_writers_zone(void **state)
{
    const int64_t op = made();

    (void)state;
    portal_run(&portal, "UPDATE session SET zone = 'Asia/Shanghai'");
    assert_int_equal(log_it(partner, member, OURS(""), CALL("x", "")).status, 303);
    assert_int_equal(number("SELECT MAX(at) = '2026-01-05 01:30:00' FROM opportunity_activity WHERE"
                            " opportunity_id = #",
                            op),
                     1);
    portal_run(&portal, "UPDATE session SET zone = 'UTC'");
}

static void test_activity__that_is_wrong_is_refused_at_its_field(void **state)
{
    const int64_t op = made();

    (void)state;
    assert_int_equal(log_it(partner, member, OURS(""),
                            "activity_kind=call&activity_day=2099-01-01&activity_body=x")
                         .status,
                     422);
    assert_int_equal(log_it(partner, member, OURS(""),
                            "activity_kind=call&activity_day=2026-01-01&activity_time=25:99"
                            "&activity_body=x")
                         .status,
                     422);
    assert_int_equal(log_it(partner, member, OURS(""),
                            "activity_kind=rumour&activity_day=2026-01-01"
                            "&activity_body=x")
                         .status,
                     422);
    /* a partner has nothing inside */
    assert_int_not_equal(log_it(partner, member, OURS(""), CALL("x", "&activity_inside=1")).status,
                         303);
    assert_int_equal(
        number("SELECT COUNT(*) FROM opportunity_activity WHERE opportunity_id = #", op), 0);
}

static void test_c20__what_is_inside_never_reaches_a_partner(void **state)
{
    const int64_t op = made();
    const char *const pages[] = { OURS(""), "/partner/opportunities/tasks", "/partner/",
                                  "/partner/opportunities/next.ics", "/partner/opportunities" };
    const int64_t me = number("SELECT MIN(id) FROM user WHERE audience = 'staff'", 0);

    (void)state;
    portal_run(&portal, "UPDATE opportunity SET worked_at = '2026-01-01'");
    assert_int_equal(log_it(staff, manager, THEIRS(""), CALL(SECRET, "&activity_inside=1")).status,
                     303);
    assert_int_equal(
        set_task(staff, manager, THEIRS(""), me, "title=Ask+" SECRET "&inside=1").status, 303);
    /* even when the row is his own by mistake */
    portal_run(&portal, arena_printf(portal.world.a,
                                     "UPDATE opportunity_task SET owner_user_id = %lld,"
                                     " owner_account_id = %lld WHERE inside = 1",
                                     (long long)user_of(member), (long long)NORTH));
    for (size_t i = 0; i < ARRAY_LEN(pages); i++)
        assert_false(is_on(partner, member, pages[i], SECRET));
    assert_true(is_on(staff, manager, THEIRS(""), SECRET));
    /* nor that something happened */
    assert_int_equal(number("SELECT worked_at = '2026-01-01' FROM opportunity WHERE id = #", op),
                     1);
    assert_int_equal(done(partner, member, OURS(""), last_task(), 1).status, 404);
    assert_int_equal(webtest_get(partner, member,
                                 arena_printf(portal.world.a, "%s?task=%lld", OURS("/task"),
                                              (long long)last_task()))
                         .status,
                     404);
}

static void test_partners__see_each_others_work_only_if_the_vendor_says_so(void **state)
{
    const int64_t op = made();

    (void)state;
    join(op, "collaborate", false);
    assert_int_equal(log_it(partner, member, OURS(""), CALL("Zilpzalp", "")).status, 303);
    assert_int_equal(set_task(partner, member, OURS(""), user_of(member), "title=Goldammer").status,
                     303);
    assert_false(is_on(partner, &stranger, OURS(""), "Zilpzalp"));
    assert_false(is_on(partner, &stranger, OURS(""), "Goldammer"));
    assert_int_equal(done(partner, &stranger, OURS(""), last_task(), 1).status, 404);
    portal_run(&portal, "UPDATE opportunity_share SET sees_others = 1");
    assert_true(is_on(partner, &stranger, OURS(""), "Zilpzalp"));
    assert_true(is_on(partner, &stranger, OURS(""), "Goldammer"));
}

/* -- tasks ------------------------------------------------------------------------------------- */

static void test_task__that_the_vendor_gives_is_told_and_done_by_the_partner(void **state)
{
    const int64_t op = made(), him = user_of(member);

    (void)state;
    assert_int_equal(set_task(staff, manager, THEIRS(""), him, "title=Send+the+drawings").status,
                     303);
    assert_int_equal(number("SELECT COUNT(*) FROM notification WHERE event = 'opportunity.task' AND"
                            " object_id = #",
                            op),
                     1);
    assert_true(is_on(partner, member, "/partner/opportunities/tasks", "Send the drawings"));
    assert_true(is_on(partner, member, "/partner/", "Send the drawings"));
    assert_int_equal(done(partner, member, OURS(""), last_task(), 1).status, 303);
    assert_false(is_on(partner, member, "/partner/opportunities/tasks", "Send the drawings"));
    assert_true(is_on(staff, manager, THEIRS(""), "Done by"));
}

static void test_task__that_changed_meanwhile_is_not_done(void **state)
{
    const int64_t op = made(), him = user_of(member);

    (void)state;
    assert_int_equal(set_task(partner, member, OURS(""), him, "title=One").status, 303);
    assert_int_equal(done(partner, member, OURS(""), last_task(), 1).status, 303);
    assert_int_equal(done(partner, member, OURS(""), last_task(), 1).status, 409);
    assert_int_equal(
        set_task(partner, member, OURS(""), him, text("title=Two&task=#", last_task())).status,
        409);
    assert_int_equal(number("SELECT title = 'One' AND row_version = 2 FROM opportunity_task WHERE"
                            " id = #",
                            last_task()),
                     1);
}

static void test_task__is_given_to_people_of_the_list_alone(void **state)
{
    const int64_t op = made(), him = user_of(member);
    const int64_t outsider = user_of(&stranger);

    (void)state;
    assert_int_equal(set_task(partner, member, OURS(""), outsider, "title=x").status, 422);
    assert_int_equal(set_task(staff, manager, THEIRS(""), outsider, "title=x").status, 422);
    assert_int_equal(set_task(staff, manager, THEIRS(""), him, "title=x&inside=1").status, 422);
    assert_int_equal(number("SELECT COUNT(*) FROM opportunity_task WHERE opportunity_id = #", op),
                     0);
}

static void test_c20__a_task_of_another_record_is_not_there(void **state)
{
    const int64_t first = made(), him = user_of(member);
    int64_t op = first, task;

    (void)state;
    assert_int_equal(set_task(partner, member, OURS(""), him, "title=x").status, 303);
    task = last_task();
    op = made();
    assert_int_equal(done(partner, member, OURS(""), task, 1).status, 404);
    assert_int_equal(set_task(partner, member, OURS(""), him, text("title=y&task=#", task)).status,
                     404);
}

static void test_level__view_reads_tasks_and_sets_none(void **state)
{
    const int64_t op = made();

    (void)state;
    join(op, "view", true);
    assert_int_equal(webtest_get(partner, &stranger, OURS("/task")).status, 404);
    assert_int_equal(webtest_get(partner, &stranger, OURS("")).status, 200);
}

static void test_task__of_a_share_that_ended_is_no_longer_his(void **state)
{
    const int64_t op = made();
    const int64_t his = user_of(&stranger);

    (void)state;
    join(op, "collaborate", false);
    assert_int_equal(set_task(staff, manager, THEIRS(""), his, "title=Uferschwalbe").status, 303);
    assert_true(is_on(partner, &stranger, "/partner/opportunities/tasks", "Uferschwalbe"));
    portal_run(&portal, text("UPDATE opportunity_share SET standing = 'ended' WHERE own = 0 AND"
                             " opportunity_id = #",
                             op));
    assert_false(is_on(partner, &stranger, "/partner/opportunities/tasks", "Uferschwalbe"));
}

/* -- the calendar's secret address ------------------------------------------------------------- */

static const char *made_address(struct webtest *w, struct visitor *v, const char *base)
{
    static char out[2][200];
    static int next;
    char page[100], path[100];
    struct answer a;
    const char *at;

    snprintf(page, sizeof(page), "%s/next", base);
    snprintf(path, sizeof(path), "%s/calendar", base);
    a = webtest_post(w, v, page, path, "");
    assert_int_equal(a.status, 200);
    at = strstr(a.body, "readonly value=");
    assert_non_null(at);
    at = at != NULL ? strstr(at, "/calendar/") : NULL;
    assert_non_null(at);
    if (at == NULL)
        return "";
    next = (next + 1) % 2;
    snprintf(out[next], sizeof(out[0]), "%.*s", (int)strcspn(at, "\""), at);
    return out[next];
}

static struct answer read_calendar(const char *address)
{
    struct visitor nobody = { 0 };

    return webtest_get(public, &nobody, address);
}

#define PARTNER_BASE "/partner/opportunities"

static void test_calendar__has_the_steps_and_tasks_of_its_person_and_nothing_inside(void **state)
{
    const int64_t op = made();
    const char *address;
    struct answer a;

    (void)state;
    portal_run(&portal, text("UPDATE opportunity SET next_step = 'Steinkauz', next_step_on ="
                             " CURRENT_DATE + INTERVAL 3 DAY WHERE id = #",
                             op));
    portal_run(&portal,
               text("UPDATE opportunity SET owner_user_id = # WHERE next_step = 'Steinkauz'",
                    user_of(member)));
    portal_run(&portal,
               arena_printf(portal.world.a,
                            "INSERT INTO opportunity_task (opportunity_id, title, due_on, inside,"
                            " owner_user_id, owner_name, owner_account_id, user_id, user_name,"
                            " created_at) SELECT %lld, IF(i.n = 0, 'Wiedehopf', '" SECRET "'),"
                            " CURRENT_DATE, i.n, %lld, 'x', %lld, 1, 'x', UTC_TIMESTAMP(6) FROM"
                            " (SELECT 0 AS n UNION SELECT 1) i",
                            (long long)op, (long long)user_of(member), (long long)NORTH));
    address = made_address(partner, member, PARTNER_BASE);
    a = read_calendar(address);
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "BEGIN:VCALENDAR"));
    assert_true(answer_has(&a, "Steinkauz"));
    assert_true(answer_has(&a, "Wiedehopf"));
    assert_false(answer_has(&a, SECRET));
    portal_run(&portal,
               text("UPDATE opportunity_share SET standing = 'ended' WHERE opportunity_id ="
                    " #",
                    op));
    a = read_calendar(address);
    assert_false(answer_has(&a, "Steinkauz"));
    assert_false(answer_has(&a, "Wiedehopf"));
}

static void test_calendar__that_is_renewed_or_ended_is_no_longer_there(void **state)
{
    const char *first = made_address(partner, member, PARTNER_BASE);
    const char *second = made_address(partner, member, PARTNER_BASE);

    (void)state;
    assert_string_not_equal(first, second);
    assert_int_equal(read_calendar(first).status, 404);
    assert_int_equal(read_calendar(second).status, 200);
    assert_int_equal(
        webtest_post(partner, member, PARTNER_BASE "/next", PARTNER_BASE "/calendar/end", "")
            .status,
        303);
    assert_int_equal(read_calendar(second).status, 404);
}

static void test_calendar__of_a_person_who_may_not_log_in_is_not_there(void **state)
{
    const char *address = made_address(staff, manager, "/staff/opportunities");

    (void)state;
    assert_int_equal(read_calendar(address).status, 200);
    portal_run(&portal, "UPDATE user SET status = 'disabled' WHERE id IN (SELECT user_id FROM"
                        " ical_link) AND audience = 'staff'");
    assert_int_equal(read_calendar(address).status, 404);
    portal_run(&portal, "UPDATE user SET status = 'active' WHERE status = 'disabled'");
}

static void test_calendar__is_asked_for_so_often_and_no_more(void **state)
{
    struct visitor nobody = { 0 };
    int status = 0, i;

    (void)state;
    portal_forget_rates(&portal);
    for (i = 0; i < 300 && status != 429; i++)
        status = webtest_get(public, &nobody, "/calendar/guess/fairway.ics").status;
    assert_int_equal(status, 429);
    assert_int_equal(i, 241);
    portal_forget_rates(&portal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_activity__is_read_by_partner_and_vendor_and_stands_in_the_history),
        cmocka_unit_test(test_activity__keeps_the_time_of_its_writers_zone),
        cmocka_unit_test(test_activity__that_is_wrong_is_refused_at_its_field),
        cmocka_unit_test(test_c20__what_is_inside_never_reaches_a_partner),
        cmocka_unit_test(test_partners__see_each_others_work_only_if_the_vendor_says_so),
        cmocka_unit_test(test_task__that_the_vendor_gives_is_told_and_done_by_the_partner),
        cmocka_unit_test(test_task__that_changed_meanwhile_is_not_done),
        cmocka_unit_test(test_task__is_given_to_people_of_the_list_alone),
        cmocka_unit_test(test_c20__a_task_of_another_record_is_not_there),
        cmocka_unit_test(test_level__view_reads_tasks_and_sets_none),
        cmocka_unit_test(test_task__of_a_share_that_ended_is_no_longer_his),
        cmocka_unit_test(test_calendar__has_the_steps_and_tasks_of_its_person_and_nothing_inside),
        cmocka_unit_test(test_calendar__that_is_renewed_or_ended_is_no_longer_there),
        cmocka_unit_test(test_calendar__of_a_person_who_may_not_log_in_is_not_there),
        cmocka_unit_test(test_calendar__is_asked_for_so_often_and_no_more),
    };

    return cmocka_run_group_tests(tests, set_up, sides_close);
}
