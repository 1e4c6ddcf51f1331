/* The mails that the portal sent or is to send, as staff see them. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

static struct webtest *w;
static struct arena *a;
static struct visitor reader, stranger;

static int set_up(void **state)
{
    static const enum permission reads[] = { PERM_HOME, PERM_MAIL_VIEW, PERM_UNSET };
    static const enum permission none[] = { PERM_HOME, PERM_OPERATIONS_MANAGE, PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    a = arena_new(65536);
    reader = fixture_staff(w, reads);
    stranger = fixture_staff(w, none);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    webtest_close(w);
    return 0;
}

/* To READER when it is a person's, AGE minutes ago. */
static int64_t mail(const char *columns, const char *values, int64_t age)
{
    fixture_run(w,
                arena_printf(a,
                             "INSERT INTO outbox (lang, due_at, created_at, %s) SELECT 'en',"
                             " UTC_TIMESTAMP(6) - INTERVAL x.age MINUTE,"
                             " UTC_TIMESTAMP(6) - INTERVAL x.age MINUTE, %s FROM"
                             " (SELECT ? AS age) x",
                             columns, values),
                age);
    return fixture_number(w, "SELECT MAX(id) AS n FROM outbox WHERE id > ?", 0);
}

static int64_t mail_of_event(const char *state, int64_t age)
{
    return mail("template, user_id, state, values_json",
                arena_printf(a,
                             "'notification/event', %lld, '%s', '{\"Number\":\"DR-77\","
                             "\"Company\":\"Quay & Sons\",\"Event\":\"deal.approved\"}'",
                             (long long)reader.user_id, state),
                age);
}

static struct answer get(struct visitor *v, const char *path)
{
    return webtest_get(w, v, path);
}

static const char *page_of(int64_t id)
{
    return arena_printf(a, "/staff/mails/%lld", (long long)id);
}

static void test_outbox__the_newest_stands_first(void **state)
{
    struct answer got;
    const char *newer, *older;

    (void)state;
    mail("template, to_address, values_json", "'identity/reset', 'older@x.example', '{}'", 9);
    mail("template, to_address, values_json", "'identity/reset', 'newer@x.example', '{}'", 3);
    got = get(&reader, "/staff/mails");
    newer = strstr(got.body, "newer@x.example");
    older = strstr(got.body, "older@x.example");
    assert_non_null(newer);
    assert_non_null(older);
    assert_true(newer < older);
}

/* Where the link with MARK in its address leads. */
static const char *address_with(const struct answer *got, const char *mark)
{
    const char *at = strstr(got->body, mark), *from = at;
    char *address;

    assert_non_null(at);
    while (from > got->body && from[-1] != '"')
        from--;
    address = arena_printf(a, "%.*s", (int)strcspn(from, "\""), from);
    for (char *amp; (amp = strstr(address, "&amp;")) != NULL;)
        memmove(amp + 1, amp + 5, strlen(amp + 5) + 1);
    return address;
}

static void test_outbox__pages_lead_back_and_forth(void **state)
{
    struct answer got;

    (void)state;
    for (int i = 0; i < 30; i++)
        mail("template, to_address, values_json",
             arena_printf(a, "'identity/reset', 'paged-%02d@x.example', '{}'", i), 100 + i);
    got = get(&reader, "/staff/mails");
    got = get(&reader, address_with(&got, "?older="));
    assert_true(answer_has(&got, "paged-29@x.example"));
    got = get(&reader, address_with(&got, "?newer="));
    assert_true(answer_has(&got, "paged-00@x.example"));
}

static void test_outbox__a_view_has_one_state_alone(void **state)
{
    struct answer got;

    (void)state;
    mail("template, to_address, state, values_json",
         "'identity/reset', 'gone@x.example', 'sent', '{}'", 2);
    mail("template, to_address, state, values_json",
         "'identity/reset', 'broken@x.example', 'failed', '{}'", 2);
    got = get(&reader, "/staff/mails?view=failed");
    assert_true(answer_has(&got, "broken@x.example"));
    assert_false(answer_has(&got, "gone@x.example"));
}

static void test_outbox__a_person_s_mails_are_found_by_the_address(void **state)
{
    struct answer got;

    (void)state;
    mail_of_event("sent", 1);
    mail("template, to_address, values_json", "'identity/reset', 'other@x.example', '{}'", 1);
    fixture_run(w,
                "UPDATE user SET email = 'Ana.R@x.example', email_key = 'ana.r@x.example'"
                " WHERE id = ?",
                reader.user_id);
    got = get(&reader, "/staff/mails?q=ANA.R@x.example");
    assert_true(answer_has(&got, "DR-77"));
    assert_false(answer_has(&got, "other@x.example"));
}

static void test_outbox__a_mail_says_what_it_says_and_what_became_of_it(void **state)
{
    struct answer got;
    int64_t id = mail_of_event("failed", 1);

    (void)state;
    fixture_run(w, "UPDATE outbox SET last_error = '550 no <b>such</b> mailbox' WHERE id = ?", id);
    got = get(&reader, page_of(id));
    assert_int_equal(got.status, 200);
    assert_true(answer_has(&got, "DR-77"));
    assert_true(answer_has(&got, "550 no &lt;b&gt;such"));
    assert_true(answer_has(&got, "Decision on my registration"));
    assert_true(answer_has(&got, "Failed"));
}

/* Whoever may read mails may not thereby enter as somebody else. */
static void test_outbox__a_link_for_its_receiver_alone_is_not_shown(void **state)
{
    struct answer got;
    int64_t id = mail(
        "template, user_id, link, values_json",
        arena_printf(a, "'identity/reset', %lld, 'reset', '{}'", (long long)reader.user_id), 1);

    (void)state;
    got = get(&reader, page_of(id));
    assert_true(answer_has(&got, "Link for a new password"));
    assert_false(answer_has(&got, "/password/"));
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM link_token WHERE user_id = ?", reader.user_id),
        0);
}

static void test_outbox__is_nothing_for_who_may_not_see_mails(void **state)
{
    int64_t id = mail_of_event("sent", 1);

    (void)state;
    assert_int_equal(get(&stranger, "/staff/mails").status, 404);
    assert_int_equal(get(&stranger, page_of(id)).status, 404);
    assert_int_equal(get(&reader, "/staff/mails/999999999").status, 404);
    assert_int_equal(get(&reader, "/staff/mails/x").status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outbox__the_newest_stands_first),
        cmocka_unit_test(test_outbox__pages_lead_back_and_forth),
        cmocka_unit_test(test_outbox__a_view_has_one_state_alone),
        cmocka_unit_test(test_outbox__a_person_s_mails_are_found_by_the_address),
        cmocka_unit_test(test_outbox__a_mail_says_what_it_says_and_what_became_of_it),
        cmocka_unit_test(test_outbox__a_link_for_its_receiver_alone_is_not_shown),
        cmocka_unit_test(test_outbox__is_nothing_for_who_may_not_see_mails),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
