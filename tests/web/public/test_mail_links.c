/* /m/TOKEN: what a link of a mail may do, for whom, and by which request. */
#include "support/test.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "notification/link.h"
#include "notification/notification.h"
#include "program/program.h"
#include "support/testdb.h"

static struct webtest *public, *partner;
static struct db *worker;
static struct arena *arena;

static struct visitor person(void)
{
    struct permission_set permissions = { 0 };
    struct visitor v = { 0 };

    permission_add(&permissions, PERM_HOME);
    webtest_sign_in(partner, &v, AUD_PARTNER, &permissions, 0);
    return v;
}

/* "/m/TOKEN" */
static const char *link_of(const struct mail_link *link)
{
    const char *url;

    assert_ok(db_begin_write(worker));
    assert_ok(mail_link_make(worker, arena, "", link, &url));
    assert_ok(db_commit(worker));
    return url;
}

static const char *event_link(int64_t user_id)
{
    return link_of(&(struct mail_link){
        .kind = MAIL_LINK_EVENT, .user_id = user_id, .event = "deal.returned" });
}

static int64_t is_never(int64_t user_id)
{
    return fixture_number(public,
                          "SELECT COUNT(*) AS n FROM notification_preference WHERE user_id = ?"
                          " AND event = 'deal.returned' AND mail = 'never'",
                          user_id);
}

static void test_link__asks_and_changes_nothing_by_get(void **state)
{
    struct visitor v = person(), guest = { 0 };
    struct answer a = webtest_get(public, &guest, event_link(v.user_id));

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "My registration is returned"));
    assert_true(answer_has(&a, "Nothing is changed until you press the button."));
    assert_int_equal(is_never(v.user_id), 0);
}

/* As a mail program sends it: another site, no cookie, no page before it, no redirect after it. */
static void test_link__ends_mails_by_one_post_without_a_log_in(void **state)
{
    struct visitor v = person();
    struct visitor mailer = { .origin = "https://mail.example", .site = "cross-site" };
    struct answer a =
        webtest_post_bare(public, &mailer, event_link(v.user_id), "List-Unsubscribe=One-Click");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "No more of these mails"));
    assert_int_equal(is_never(v.user_id), 1);
    assert_int_equal(
        fixture_number(public,
                       "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'user' AND object_id = ?"
                       " AND action = 'mail.unsubscribe'",
                       v.user_id),
        1);
}

static void test_link__changes_nothing_of_anybody_else(void **state)
{
    struct visitor v = person(), other = person(), guest = { 0 };

    (void)state;
    event_link(other.user_id);
    webtest_post_bare(public, &guest, event_link(v.user_id), "");
    assert_int_equal(is_never(v.user_id), 1);
    assert_int_equal(is_never(other.user_id), 0);
}

static void test_link__sent_twice_ends_once(void **state)
{
    struct visitor v = person(), guest = { 0 };
    const char *link = event_link(v.user_id);

    (void)state;
    assert_int_equal(webtest_post_bare(public, &guest, link, "").status, 200);
    assert_int_equal(webtest_post_bare(public, &guest, link, "").status, 200);
    assert_int_equal(is_never(v.user_id), 1);
    assert_int_equal(
        fixture_number(
            public, "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'user' AND object_id = ?",
            v.user_id),
        1);
}

static void test_link__that_is_none_is_not_there(void **state)
{
    struct visitor v = person(), guest = { 0 };
    const char *link = event_link(v.user_id);
    char *bad = arena_dup(arena, link);
    struct answer a;

    (void)state;
    bad[8] = bad[8] == 'x' ? 'y' : 'x';
    a = webtest_get(public, &guest, bad);
    assert_true(answer_has(&a, "This link no longer works"));
    assert_int_equal(webtest_post_bare(public, &guest, bad, "").status, 404);
    assert_int_equal(is_never(v.user_id), 0);
}

static struct answer undo(struct visitor *guest, const char *link, const char *body)
{
    return webtest_post(public, guest, link, arena_printf(arena, "%s/undo", link), body);
}

static void test_link__can_be_taken_back(void **state)
{
    struct visitor v = person(), guest = { 0 };
    const char *link = event_link(v.user_id);

    (void)state;
    webtest_post_bare(public, &guest, link, "");
    assert_int_equal(undo(&guest, link, "was=daily").status, 303);
    assert_int_equal(
        fixture_number(public,
                       "SELECT COUNT(*) AS n FROM notification_preference WHERE user_id = ? AND"
                       " event = 'deal.returned' AND mail = 'daily'",
                       v.user_id),
        1);
}

static void test_link__takes_nothing_back_for_another_site(void **state)
{
    struct visitor v = person(), guest = { .origin = "https://evil.example" };
    const char *link = event_link(v.user_id);

    (void)state;
    webtest_post_bare(public, &guest, link, "");
    assert_int_equal(
        webtest_post_bare(public, &guest, arena_printf(arena, "%s/undo", link), "was=now").status,
        403);
    assert_int_equal(is_never(v.user_id), 1);
}

static int64_t is_muted(int64_t user_id)
{
    return fixture_number(
        public, "SELECT COUNT(*) AS n FROM notification_mute WHERE user_id = ? AND object_id = 77",
        user_id);
}

static void test_link__mutes_a_record_and_unmutes_it(void **state)
{
    struct visitor v = person(), guest = { 0 };
    const char *link = link_of(&(struct mail_link){
        .kind = MAIL_LINK_RECORD, .user_id = v.user_id, .record_kind = "deal", .object_id = 77 });
    struct answer a = webtest_post_bare(public, &guest, link, "List-Unsubscribe=One-Click");

    (void)state;
    assert_true(answer_has(&a, "You get no more mails about DR-77."));
    assert_int_equal(is_muted(v.user_id), 1);
    assert_int_equal(undo(&guest, link, "").status, 303);
    assert_int_equal(is_muted(v.user_id), 0);
}

static void test_link__ends_the_mail_of_the_day_and_gives_it_back(void **state)
{
    struct visitor v = person(), guest = { 0 };
    const char *link =
        link_of(&(struct mail_link){ .kind = MAIL_LINK_DIGEST, .user_id = v.user_id });
    struct answer a;

    (void)state;
    fixture_run(
        public,
        "INSERT INTO notification_preference (user_id, event, mail) SELECT ?, 'deal.returned',"
        " 'daily' FROM DUAL",
        v.user_id);
    a = webtest_post_bare(public, &guest, link, "");
    assert_true(answer_has(&a, "name=\"event\" value=\"deal.returned\""));
    assert_false(answer_has(&a, "value=\"deal.approved\""));
    assert_int_equal(is_never(v.user_id), 1);
    assert_int_equal(undo(&guest, link, "event=deal.returned").status, 303);
    assert_int_equal(is_never(v.user_id), 0);
}

static int open_all(void **state)
{
    static db_stmt_table *const tables[] = { mail_link_statements, mail_key_statements, NULL };

    (void)state;
    public = webtest_open(&program_public, NULL);
    partner = webtest_open(&program_partner, public);
    assert_ok(testdb_connect_as(webtest_schema(public), "worker", tables, &worker));
    arena = arena_new(4096);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    arena_free(arena);
    db_close(worker);
    webtest_close(partner);
    webtest_close(public);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_link__asks_and_changes_nothing_by_get),
        cmocka_unit_test(test_link__ends_mails_by_one_post_without_a_log_in),
        cmocka_unit_test(test_link__changes_nothing_of_anybody_else),
        cmocka_unit_test(test_link__sent_twice_ends_once),
        cmocka_unit_test(test_link__that_is_none_is_not_there),
        cmocka_unit_test(test_link__can_be_taken_back),
        cmocka_unit_test(test_link__takes_nothing_back_for_another_site),
        cmocka_unit_test(test_link__mutes_a_record_and_unmutes_it),
        cmocka_unit_test(test_link__ends_the_mail_of_the_day_and_gives_it_back),
    };

    return cmocka_run_group_tests_name("mail links", tests, open_all, close_all);
}
