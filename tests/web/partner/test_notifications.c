/* What a person is told: written, shown, counted, read, and chosen. */
#include "support/test.h"
#include "fixture/fixture_login.h"

#include "access/session.h"
#include "base/str.h"
#include "job/outbox.h"
#include "notification/notification.h"
#include "program/program.h"
#include "support/testdb.h"

static struct webtest *partner, *staff;
static struct db *db;
static struct arena *arena;

static const struct mail_value values[] = {
    { .name = "Number", .value = "DR-10423" },
    { .name = "Company", .value = "Kestrel <Foods> Ltd" },
    { .name = "Reason", .value = "Which plant?" },
    { 0 },
};

static struct permission_set home_alone(void)
{
    struct permission_set set = { 0 };

    permission_add(&set, PERM_HOME);
    return set;
}

static struct visitor visitor_of(struct webtest *w, enum audience audience)
{
    const struct permission_set permissions = home_alone();
    struct visitor v = { 0 };

    webtest_sign_in(w, &v, audience, &permissions, 0);
    return v;
}

static void tell(const char *event, const int64_t *ids, size_t count)
{
    assert_ok(db_begin_write(db));
    assert_ok(notification_send(
        db, arena,
        &(struct notification){
            .event = event, .kind = "deal", .object_id = 10423, .values = values },
        ids, count));
    assert_ok(db_commit(db));
}

static void tell_one(const char *event, const struct visitor *v)
{
    tell(event, &v->user_id, 1);
}

static int64_t unread_of(const struct visitor *v)
{
    return fixture_number(
        partner, "SELECT COUNT(*) AS n FROM notification WHERE user_id = ? AND read_at IS NULL",
        v->user_id);
}

static int64_t counter_of(const struct visitor *v)
{
    return fixture_number(
        partner, "SELECT counter_notifications AS n FROM session WHERE user_id = ?", v->user_id);
}

static int64_t mails_to(const struct visitor *v)
{
    return fixture_number(partner, "SELECT COUNT(*) AS n FROM outbox WHERE user_id = ?",
                          v->user_id);
}

static int64_t newest_of(const struct visitor *v)
{
    return fixture_number(partner, "SELECT MAX(id) AS n FROM notification WHERE user_id = ?",
                          v->user_id);
}

/* -- sending --------------------------------------------------------------------------- */

static void test_notification_send__writes_a_row_a_count_and_a_mail(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    tell_one("deal.returned", &v);
    assert_int_equal(unread_of(&v), 1);
    assert_int_equal(counter_of(&v), 1);
    assert_int_equal(mails_to(&v), 1);
}

static void test_notification_send__writes_no_mail_for_events_that_are_only_good_to_know(
    void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    tell_one("deal.converted", &v);
    assert_int_equal(unread_of(&v), 1);
    assert_int_equal(mails_to(&v), 0);
}

static void test_notification_send__tells_a_person_once_who_is_named_twice(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    tell("deal.returned", (const int64_t[]){ v.user_id, v.user_id }, 2);
    assert_int_equal(unread_of(&v), 1);
}

static void test_notification_send__tells_nobody_of_an_audience_it_is_not_for(void **state)
{
    struct visitor v = visitor_of(staff, AUD_STAFF);

    (void)state;
    tell_one("deal.returned", &v);
    assert_int_equal(unread_of(&v), 0);
}

static void test_notification_send__tells_no_disabled_user(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    fixture_run(partner, "UPDATE user SET status = 'disabled' WHERE id = ?", v.user_id);
    tell_one("deal.returned", &v);
    assert_int_equal(unread_of(&v), 0);
    assert_int_equal(mails_to(&v), 0);
}

static void test_notification_send__refuses_an_event_that_nobody_wrote_down(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    assert_ok(db_begin_write(db));
    assert_err_kind(notification_send(db, arena, &(struct notification){ .event = "deal.danced" },
                                      &v.user_id, 1),
                    ERR_BUG);
    db_rollback(db);
}

/* -- the page -------------------------------------------------------------------------- */

static void test_notifications__are_shown_with_their_record_and_escaped(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);
    struct answer a;

    (void)state;
    tell_one("deal.returned", &v);
    a = webtest_get(partner, &v, "/partner/notifications");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "DR-10423 was returned: “Which plant?”"));
    assert_true(answer_has(&a, "Kestrel &lt;Foods&gt; Ltd. Answer in time"));
    assert_true(answer_has(&a, "href=\"/partner/deals/DR-10423\""));
    assert_true(answer_has(&a, "Today"));
    assert_true(answer_has(&a, "1 unread"));
}

static void test_notifications__lead_staff_to_their_own_page_of_the_record(void **state)
{
    struct visitor v = visitor_of(staff, AUD_STAFF);
    struct answer a;

    (void)state;
    tell_one("deal.late", &v);
    a = webtest_get(staff, &v, "/staff/notifications");
    assert_true(answer_has(&a, "href=\"/staff/deals/DR-10423\""));
}

static void test_notifications__of_another_person_are_not_shown(void **state)
{
    struct visitor mine = visitor_of(partner, AUD_PARTNER),
                   other = visitor_of(partner, AUD_PARTNER);
    struct answer a;

    (void)state;
    tell_one("deal.returned", &other);
    a = webtest_get(partner, &mine, "/partner/notifications");
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "DR-10423"));
    assert_true(answer_has(&a, "Nothing new"));
}

static void test_notifications__are_paged_by_their_key(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);
    struct answer a;

    (void)state;
    for (int i = 0; i < 30; i++)
        tell_one("deal.expired", &v);
    a = webtest_get(partner, &v, "/partner/notifications");
    assert_true(answer_has(&a, "older="));
    a = webtest_get(partner, &v, "/partner/notifications?view=unread");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "older="));
}

static void test_notifications__show_the_bell_on_every_page(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);
    struct answer a;

    (void)state;
    tell_one("deal.returned", &v);
    a = webtest_get(partner, &v, "/partner/");
    assert_true(
        answer_has(&a, "href=\"/partner/notifications\" aria-label=\"Notifications, unread: 1"));
}

static void test_notifications__say_why_they_came(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);
    struct answer a;

    (void)state;
    tell_one("deal.returned", &v);
    a = webtest_get(partner, &v, "/partner/notifications");
    assert_true(answer_has(&a, "Why did I get this?"));
    assert_true(answer_has(&a, "You take part in this deal registration."));
}

/* -- reading --------------------------------------------------------------------------- */

static struct answer mark(struct visitor *v, int64_t id)
{
    char path[80];

    snprintf(path, sizeof(path), "/partner/notifications/%lld/read", (long long)id);
    return webtest_post(partner, v, "/partner/notifications", path, "");
}

static void test_notifications__marked_as_read_no_longer_count(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    tell_one("deal.returned", &v);
    assert_int_equal(mark(&v, newest_of(&v)).status, 303);
    assert_int_equal(unread_of(&v), 0);
    assert_int_equal(counter_of(&v), 0);
}

static void test_notifications__marked_as_read_twice_count_once(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    tell_one("deal.returned", &v);
    tell_one("deal.expired", &v);
    mark(&v, newest_of(&v));
    mark(&v, newest_of(&v));
    assert_int_equal(counter_of(&v), 1);
}

static void test_notifications__of_another_person_cannot_be_marked(void **state)
{
    struct visitor mine = visitor_of(partner, AUD_PARTNER),
                   other = visitor_of(partner, AUD_PARTNER);

    (void)state;
    tell_one("deal.returned", &other);
    assert_int_equal(mark(&mine, newest_of(&other)).status, 303);
    assert_int_equal(unread_of(&other), 1);
    assert_int_equal(counter_of(&mine), 0);
}

static void test_notifications__are_all_marked_by_one_button(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    for (int i = 0; i < 3; i++)
        tell_one("deal.returned", &v);
    assert_int_equal(
        webtest_post(partner, &v, "/partner/notifications", "/partner/notifications/read", "")
            .status,
        303);
    assert_int_equal(unread_of(&v), 0);
    assert_int_equal(counter_of(&v), 0);
}

/* -- preferences ----------------------------------------------------------------------- */

static struct answer prefer(struct visitor *v, const char *body)
{
    return webtest_post(partner, v, "/partner/notifications/preferences",
                        "/partner/notifications/preferences", body);
}

static void test_preferences__show_the_events_of_the_audience_alone(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);
    struct answer a = webtest_get(partner, &v, "/partner/notifications/preferences");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "value=\"deal.returned:daily\""));
    assert_false(answer_has(&a, "value=\"deal.late:"));
}

static void test_preferences__stop_the_mails_of_an_event(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    assert_int_equal(prefer(&v, "mail=deal.returned:never&mail=deal.converted:now").status, 303);
    tell_one("deal.returned", &v);
    assert_int_equal(mails_to(&v), 0);
    tell_one("deal.approved", &v);
    tell_one("deal.converted", &v);
    assert_int_equal(mails_to(&v), 2);
}

static void test_preferences__cannot_stop_what_is_always_sent(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    assert_int_equal(prefer(&v, "").status, 303);
    tell_one("deal.revoked", &v);
    assert_int_equal(mails_to(&v), 1);
}

static void test_preferences__refuse_an_event_of_others(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    assert_int_equal(prefer(&v, "mail=deal.late:now").status, 422);
    assert_int_equal(prefer(&v, "mail=deal.revoked:never").status, 422);
    assert_int_equal(prefer(&v, "mail=deal.returned:weekly").status, 422);
}

static void test_preferences__remember_only_what_differs_from_the_standard(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);
    char body[2000] = "x=1";
    size_t len = 0;

    (void)state;
    for (const struct notification_event *e = notification_events; e->name != NULL; e++)
        if ((e->audiences & (1u << AUD_PARTNER)) != 0 && e->mail && !e->always)
            len += (size_t)snprintf(body + len, sizeof(body) - len, "%smail=%s:now",
                                    len > 0 ? "&" : "", e->name);
    assert_int_equal(prefer(&v, body).status, 303);
    assert_int_equal(fixture_number(partner,
                                    "SELECT COUNT(*) AS n FROM notification_preference"
                                    " WHERE user_id = ?",
                                    v.user_id),
                     0);
}

static int64_t waiting_for(const struct visitor *v)
{
    return fixture_number(partner, "SELECT COUNT(*) AS n FROM digest_item WHERE user_id = ?",
                          v->user_id);
}

static void test_preferences__put_an_event_into_the_mail_of_the_day(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    assert_int_equal(prefer(&v, "mail=deal.returned:daily").status, 303);
    tell_one("deal.returned", &v);
    assert_int_equal(mails_to(&v), 0);
    assert_int_equal(waiting_for(&v), 1);
    assert_int_equal(unread_of(&v), 1);
}

static void test_preferences__say_what_cannot_be_switched_off(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);
    struct answer a = webtest_get(partner, &v, "/partner/notifications/preferences");

    (void)state;
    assert_true(answer_has(&a, "Cannot be switched off"));
    assert_false(answer_has(&a, "value=\"deal.revoked:"));
}

/* -- muted records --------------------------------------------------------------------- */

static void mute(const struct visitor *v, const char *label)
{
    bool changed;

    assert_ok(db_begin_write(db));
    assert_ok(notification_mute(db, v->user_id, "deal", 10423, label, &changed));
    assert_ok(db_commit(db));
}

static void test_mute__stops_the_mails_of_a_record_and_not_the_portal(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    mute(&v, "Kestrel");
    mute(&v, "Kestrel"); /* twice is once */
    tell_one("deal.returned", &v);
    assert_int_equal(mails_to(&v), 0);
    assert_int_equal(unread_of(&v), 1);
    assert_int_equal(counter_of(&v), 1);
}

static void test_mute__does_not_stop_what_is_always_sent(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);

    (void)state;
    mute(&v, "Kestrel");
    tell_one("deal.revoked", &v);
    assert_int_equal(mails_to(&v), 1);
}

static int64_t mute_of(const struct visitor *v)
{
    return fixture_number(partner,
                          "SELECT IFNULL(MAX(id), 0) AS n FROM notification_mute WHERE user_id = ?",
                          v->user_id);
}

static struct answer unmute(struct visitor *v, int64_t id)
{
    char path[80];

    snprintf(path, sizeof(path), "/partner/notifications/muted/%lld/remove", (long long)id);
    return webtest_post(partner, v, "/partner/notifications/preferences", path, "");
}

static void test_mute__is_listed_and_taken_back_in_the_preferences(void **state)
{
    struct visitor v = visitor_of(partner, AUD_PARTNER);
    struct answer a;

    (void)state;
    mute(&v, "Kestrel & Co");
    a = webtest_get(partner, &v, "/partner/notifications/preferences");
    assert_true(answer_has(&a, "href=\"/partner/deals/DR-10423\""));
    assert_true(answer_has(&a, "Kestrel &amp; Co"));
    assert_int_equal(unmute(&v, mute_of(&v)).status, 303);
    assert_int_equal(mute_of(&v), 0);
    tell_one("deal.returned", &v);
    assert_int_equal(mails_to(&v), 1);
}

static void test_mute__of_another_person_cannot_be_taken_back(void **state)
{
    struct visitor mine = visitor_of(partner, AUD_PARTNER),
                   other = visitor_of(partner, AUD_PARTNER);

    (void)state;
    mute(&other, "Kestrel");
    assert_int_equal(unmute(&mine, mute_of(&other)).status, 303);
    assert_int_not_equal(mute_of(&other), 0);
}

/* -- the table ------------------------------------------------------------------------- */

static void test_events__are_complete(void **state)
{
    (void)state;
    for (const struct notification_event *e = notification_events; e->name != NULL; e++) {
        assert_true(notification_event_find(e->name) == e);
        assert_false(str_is_empty(e->group) || str_is_empty(e->label) || str_is_empty(e->title));
        assert_false(str_is_empty(e->reason) || str_is_empty(e->tone) || str_is_empty(e->icon));
        assert_non_null(e->text);
        for (int audience = AUD_PARTNER; audience <= AUD_STAFF; audience++)
            assert_true((e->audiences & (1u << audience)) == 0 || e->address[audience] != NULL);
    }
}

static int open_all(void **state)
{
    static db_stmt_table *const tables[] = { notification_send_statements,
                                             notification_mute_statements, outbox_add_statements,
                                             session_count_statements, NULL };

    (void)state;
    partner = webtest_open(&program_partner, NULL);
    staff = webtest_open(&program_staff, partner);
    /* As the program's own account: what it tells, it must have the right to tell. */
    assert_ok(testdb_connect_as(webtest_schema(partner), "partner", tables, &db));
    arena = arena_new(4096);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    arena_free(arena);
    db_close(db);
    webtest_close(staff);
    webtest_close(partner);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notification_send__writes_a_row_a_count_and_a_mail),
        cmocka_unit_test(
            test_notification_send__writes_no_mail_for_events_that_are_only_good_to_know),
        cmocka_unit_test(test_notification_send__tells_a_person_once_who_is_named_twice),
        cmocka_unit_test(test_notification_send__tells_nobody_of_an_audience_it_is_not_for),
        cmocka_unit_test(test_notification_send__tells_no_disabled_user),
        cmocka_unit_test(test_notification_send__refuses_an_event_that_nobody_wrote_down),
        cmocka_unit_test(test_notifications__are_shown_with_their_record_and_escaped),
        cmocka_unit_test(test_notifications__lead_staff_to_their_own_page_of_the_record),
        cmocka_unit_test(test_notifications__of_another_person_are_not_shown),
        cmocka_unit_test(test_notifications__are_paged_by_their_key),
        cmocka_unit_test(test_notifications__show_the_bell_on_every_page),
        cmocka_unit_test(test_notifications__marked_as_read_no_longer_count),
        cmocka_unit_test(test_notifications__marked_as_read_twice_count_once),
        cmocka_unit_test(test_notifications__of_another_person_cannot_be_marked),
        cmocka_unit_test(test_notifications__are_all_marked_by_one_button),
        cmocka_unit_test(test_preferences__show_the_events_of_the_audience_alone),
        cmocka_unit_test(test_preferences__stop_the_mails_of_an_event),
        cmocka_unit_test(test_preferences__cannot_stop_what_is_always_sent),
        cmocka_unit_test(test_preferences__refuse_an_event_of_others),
        cmocka_unit_test(test_preferences__remember_only_what_differs_from_the_standard),
        cmocka_unit_test(test_preferences__put_an_event_into_the_mail_of_the_day),
        cmocka_unit_test(test_preferences__say_what_cannot_be_switched_off),
        cmocka_unit_test(test_mute__stops_the_mails_of_a_record_and_not_the_portal),
        cmocka_unit_test(test_mute__does_not_stop_what_is_always_sent),
        cmocka_unit_test(test_mute__is_listed_and_taken_back_in_the_preferences),
        cmocka_unit_test(test_mute__of_another_person_cannot_be_taken_back),
        cmocka_unit_test(test_notifications__say_why_they_came),
        cmocka_unit_test(test_events__are_complete),
    };

    return cmocka_run_group_tests_name("notification", tests, open_all, close_all);
}
