/* What becomes of a registration after its approval, and what hangs on it: extensions, conversion,
 * opportunities, files.  As requests, by its partner, the vendor, and a stranger. */
#include "support/test.h"
#include "fixture/sides.h"

#include "base/str.h"
#include "program/program.h"

#include <stdio.h>

/* -- registrations --------------------------------------------------------------------- */

static int64_t approved(void)
{
    static int count;
    static const char *const names[] = { "Aldersey Pumps", "Mirova Textil",  "Halvorsen Rederi",
                                         "Quimby Foods",   "Zhenyuan Optik", "Bellweather Dyes",
                                         "Otterbach Glas", "Ngata Timber",   "Fjordkraft Kabel",
                                         "Lumo Ceramics",  "Wexcombe Rail",  "Iskra Turbines",
                                         "Pomarola Vini",  "Dunmore Looms" };

    assert_true((size_t)count < ARRAY_LEN(names));
    return deal_approved(&portal.world.north, names[count++]);
}

#define DEAL(rest) text("/partner/deals/DR-#" rest, id)
#define OPEN(rest) text("/partner/opportunities/OP-#" rest, op)

static const char *with_version(const char *table, int64_t id, const char *rest)
{
    static char body[400];
    const bool deal = str_eq(table, "deal");

    snprintf(body, sizeof(body), "row_version=%lld%s%s",
             (long long)(deal
                             ? number("SELECT row_version AS n FROM deal WHERE id = #", id)
                             : number("SELECT row_version AS n FROM opportunity WHERE id = #", id)),
             *rest != '\0' ? "&" : "", rest);
    return body;
}

/* -- days of a protection -------------------------------------------------------------- */

/* A day has begun in one zone and not in another: the reader's zone, whichever, changes nothing. */
static void test_protection__has_the_same_days_for_readers_of_every_zone(void **state)
{
    static const char *const zones[] = { "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC" };
    const int64_t id = approved();

    (void)state;
    portal_run(&portal, text("UPDATE deal SET protected_from_at = protected_from_at - INTERVAL 48"
                             " DAY WHERE id = #",
                             id));
    for (size_t i = 0; i < ARRAY_LEN(zones); i++) {
        portal_run(&portal,
                   arena_printf(portal.world.a, "UPDATE session SET zone = '%s'", zones[i]));
        assert_true(answer_has((struct answer[]){ webtest_get(partner, member, DEAL("")) },
                               "90 of 138 days left"));
        assert_true(answer_has(
            (struct answer[]){ webtest_get(staff, manager, text("/staff/deals/DR-#", id)) },
            "90 of 138 days left"));
    }
    portal_run(&portal, "UPDATE session SET zone = 'UTC'");
}

static void test_protection__has_the_days_that_its_decision_gave(void **state)
{
    const int64_t id = approved();

    (void)state;
    assert_true(answer_has((struct answer[]){ webtest_get(partner, member, DEAL("")) },
                           "90 of 90 days left"));
    portal_run(&portal, text("UPDATE deal SET protected_until_at = UTC_TIMESTAMP(6) + INTERVAL 3"
                             " HOUR WHERE id = #",
                             id));
    assert_true(answer_has((struct answer[]){ webtest_get(partner, member, "/partner/deals") },
                           "less than a day"));
}

/* -- extensions ------------------------------------------------------------------------ */

static struct answer ask_for_more(int64_t id, const char *rest)
{
    return webtest_post(partner, member, DEAL("/extension"), DEAL("/extension"),
                        with_version("deal", id, rest));
}

static void test_extension__is_asked_and_the_registration_stays_approved(void **state)
{
    const int64_t id = approved();

    (void)state;
    assert_int_equal(ask_for_more(id, "progress=They+test+it&days=30").status, 303);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM deal_extension WHERE deal_id = # AND"
                            " state = 'asked'",
                            id),
                     1);
    assert_int_equal(number("SELECT state = 'approved' AS n FROM deal WHERE id = #", id), 1);
}

static void test_extension__is_never_asked_twice_at_a_time(void **state)
{
    const int64_t id = approved();
    const char *body = with_version("deal", id, "progress=They+test+it&days=30");
    char first[400], second[400];

    (void)state;
    /* Two windows, each with a token of its own, opened before either was sent. */
    snprintf(first, sizeof(first), "form_token=%s&%s",
             webtest_token(partner, member, DEAL("/extension")), body);
    snprintf(second, sizeof(second), "form_token=%s&%s",
             webtest_token(partner, member, DEAL("/extension")), body);
    assert_int_equal(webtest_post_bare(partner, member, DEAL("/extension"), first).status, 303);
    assert_int_equal(webtest_post_bare(partner, member, DEAL("/extension"), second).status, 409);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM deal_extension WHERE deal_id = #", id), 1);
}

static void test_extension__needs_words_and_a_length_of_the_list(void **state)
{
    const int64_t id = approved();

    (void)state;
    assert_int_equal(ask_for_more(id, "progress=&days=30").status, 422);
    assert_int_equal(ask_for_more(id, "progress=They+test+it&days=9999").status, 422);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM deal_extension WHERE deal_id = #", id), 0);
}

static struct answer answer_extension(int64_t id, const char *rest)
{
    char body[500];

    snprintf(body, sizeof(body), "row_version=%lld&extension_id=%lld&%s",
             (long long)number("SELECT row_version AS n FROM deal WHERE id = #", id),
             (long long)number("SELECT id AS n FROM deal_extension WHERE deal_id = #", id), rest);
    return webtest_post(staff, manager, text("/staff/deals/DR-#", id),
                        text("/staff/deals/DR-#/extension", id), body);
}

static void test_extension__that_is_refused_shows_its_partner_why(void **state)
{
    const int64_t id = approved();
    struct answer a;

    (void)state;
    ask_for_more(id, "progress=They+test+it&days=30");
    assert_int_equal(answer_extension(id, "answer=refuse&text=Nothing+moved+in+weeks").status, 303);
    a = webtest_get(partner, member, DEAL(""));
    assert_true(answer_has(&a, "Nothing moved in weeks"));
    assert_int_equal(number("SELECT extensions_granted AS n FROM deal WHERE id = #", id), 0);
}

/* -- conversion and opportunity -------------------------------------------------------- */

static struct answer convert(int64_t id)
{
    return webtest_post(partner, member, DEAL("/convert"), DEAL("/convert"),
                        with_version("deal", id, ""));
}

static int64_t converted(int64_t id)
{
    char body[100];

    snprintf(body, sizeof(body), "row_version=%lld",
             (long long)number("SELECT row_version AS n FROM deal WHERE id = #", id));
    assert_int_equal(webtest_post(partner, member, DEAL("/convert"), DEAL("/convert"), body).status,
                     303);
    return number("SELECT opportunity_id AS n FROM deal WHERE id = #", id);
}

static void test_conversion__copies_and_leaves_the_registration_as_it_was(void **state)
{
    const int64_t id = approved();
    const int64_t op = converted(id);

    (void)state;
    assert_int_equal(number("SELECT d.state = 'converted' AND o.deal_id = d.id AND o.amount ="
                            " d.total AND o.account_id = d.account_id AS n FROM deal d JOIN"
                            " opportunity o ON o.id = d.opportunity_id WHERE d.id = #",
                            id),
                     1);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM claim WHERE deal_id = #", id), 1);
    assert_int_equal(webtest_get(partner, member, OPEN("")).status, 200);
}

static void test_conversion__makes_one_opportunity_of_one_registration(void **state)
{
    const int64_t id = approved();

    (void)state;
    converted(id);
    assert_true(convert(id).status >= 400);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM opportunity WHERE deal_id = #", id), 1);
}

static void test_opportunity__is_kept_alive_by_a_note(void **state)
{
    const int64_t op = converted(approved());

    (void)state;
    portal_run(&portal, text("UPDATE opportunity SET worked_at = '2020-01-01' WHERE id = #", op));
    assert_int_equal(webtest_post(partner, member, OPEN(""), OPEN("/note"), "body=We+met").status,
                     303);
    assert_int_equal(
        number("SELECT worked_at > '2026-01-01' AS n FROM opportunity WHERE id = #", op), 1);
}

static void test_opportunity__that_is_lost_asks_the_worker_to_free_its_claims(void **state)
{
    const int64_t id = approved();
    const int64_t op = converted(id);

    (void)state;
    assert_int_equal(webtest_post(partner, member, OPEN(""), OPEN("/stage"),
                                  with_version("opportunity", op, "stage=7&reason=price"))
                         .status,
                     303);
    assert_int_equal(number("SELECT state = 'lost' AS n FROM deal WHERE id = #", id), 1);
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM job WHERE kind = 'deal.free' AND ref = #", id), 1);
}

static void test_opportunity__is_closed_once(void **state)
{
    const int64_t id = approved();
    const int64_t op = converted(id);
    char body[400], token[200];

    (void)state;
    snprintf(body, sizeof(body), "%s",
             with_version("opportunity", op, "stage=6&reason=order_follows"));
    snprintf(token, sizeof(token), "form_token=%s&", webtest_token(partner, member, OPEN("")));
    webtest_post(partner, member, OPEN(""), OPEN("/stage"), body);
    strncat(token, with_version("opportunity", op, "stage=7&reason=price"), 100);
    assert_int_equal(webtest_post_bare(partner, member, OPEN("/stage"), token).status, 409);
    assert_int_equal(number("SELECT state = 'won' AS n FROM deal WHERE id = #", id), 1);
}

static void test_c20__an_opportunity_is_not_a_strangers(void **state)
{
    const int64_t op = converted(approved());
    const char *token = webtest_own_token(partner, &stranger, AUD_PARTNER);
    char body[300];

    (void)state;
    snprintf(body, sizeof(body), "form_token=%s&body=We+met", token);
    assert_int_equal(webtest_get(partner, &stranger, OPEN("")).status, 404);
    assert_int_equal(webtest_post_bare(partner, &stranger, OPEN("/note"), body).status, 404);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM comment WHERE kind = 'opportunity' AND"
                            " object_id = #",
                            op),
                     0);
}

/* -- files ----------------------------------------------------------------------------- */

static struct answer send_file(struct visitor *v, int64_t id, const char *name, const char *data,
                               size_t len)
{
    return portal_send_file(partner, v, AUD_PARTNER, DEAL("/files"), name, data, len);
}

static const char plain[] = "Minutes of the meeting\nNothing else.\n";

static int64_t draft(void)
{
    struct deal_world *w = &portal.world;
    int64_t id;

    assert_ok(db_begin_write(w->db));
    id = deal_world_draft(w, &w->north, "Kestrel Works", 1)->id;
    assert_ok(db_commit(w->db));
    return id;
}

/* Where the one file of a registration is. */
static const char *file_of(int64_t id, int64_t under)
{
    static char path[200];
    struct answer a = webtest_get(partner, member, DEAL(""));
    const char *at = strstr(a.body, "/files/");

    assert_non_null(at);
    snprintf(path, sizeof(path), "/partner/deals/DR-%lld/files/%.32s", (long long)under, at + 7);
    return path;
}

static int64_t draft_with(const char *name)
{
    const int64_t id = draft();

    assert_int_equal(send_file(member, id, name, plain, sizeof(plain) - 1).status, 303);
    return id;
}

static void test_file__comes_back_as_an_attachment_that_no_browser_runs(void **state)
{
    const int64_t id = draft_with("minutes.txt");
    struct answer a = webtest_get(partner, member, file_of(id, id));

    (void)state;
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body, plain, sizeof(plain) - 1);
    assert_true(str_starts(answer_header(&a, "Content-Disposition"), "attachment"));
    assert_string_equal(answer_header(&a, "X-Content-Type-Options"), "nosniff");
    assert_non_null(strstr(answer_header(&a, "Content-Security-Policy"), "sandbox"));
}

static void test_c25__a_file_is_not_a_strangers(void **state)
{
    const int64_t id = draft_with("minutes.txt");
    struct visitor guest = { 0 };

    (void)state;
    assert_int_equal(webtest_get(partner, &stranger, file_of(id, id)).status, 404);
    assert_int_equal(webtest_get(partner, &guest, file_of(id, id)).status, 303);
    assert_int_equal(send_file(&stranger, id, "a.txt", plain, sizeof(plain) - 1).status, 404);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM attachment WHERE object_id = #", id), 1);
}

static void test_c25__a_file_stands_under_its_own_registration_alone(void **state)
{
    const int64_t id = draft_with("minutes.txt"), other = draft();

    (void)state;
    assert_int_equal(webtest_get(partner, member, file_of(id, other)).status, 404);
}

static void test_c25__a_file_is_gone_with_the_membership(void **state)
{
    const int64_t id = draft_with("minutes.txt");
    const char *path = file_of(id, id);

    (void)state;
    portal_run(&portal, text("UPDATE session SET ended_at = UTC_TIMESTAMP(6) WHERE user_id = #",
                             member->user_id));
    assert_int_equal(webtest_get(partner, member, path).status, 303);
    portal_sign_in(&portal, AUD_PARTNER);
    portal_run(&portal,
               text("UPDATE session SET account_id = 0 WHERE user_id = #", member->user_id));
    assert_int_equal(webtest_get(partner, member, path).status, 404);
    portal_sign_in(&portal, AUD_PARTNER);
}

static void test_c44__what_a_browser_would_run_is_not_taken(void **state)
{
    static const char html[] = "<!DOCTYPE html><html><script>alert(1)</script></html>";
    static const char svg[] = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\""
                              " onload=\"alert(1)\"/>";
    static const char elf[] = "\x7f"
                              "ELF\x02\x01\x01";
    const int64_t id = draft();

    (void)state;
    assert_int_equal(send_file(member, id, "page.png", html, sizeof(html) - 1).status, 422);
    assert_int_equal(send_file(member, id, "drawing.png", svg, sizeof(svg) - 1).status, 422);
    assert_int_equal(send_file(member, id, "tool.pdf", elf, sizeof(elf) - 1).status, 422);
    assert_int_equal(send_file(member, id, "empty.txt", "", 0).status, 422);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM attachment WHERE object_id = #", id), 0);
}

/* An image to one reader and a page to another goes out as an image, and is not shown. */
static void test_c44__two_kinds_in_one_file_leave_as_the_harmless_one(void **state)
{
    static const char both[] = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!"
                               "<script>alert(1)</script>;";
    const int64_t id = draft();
    struct answer a = send_file(member, id, "both.html", both, sizeof(both) - 1);

    (void)state;
    if (a.status == 422)
        return;
    assert_int_equal(a.status, 303);
    a = webtest_get(partner, member, file_of(id, id));
    assert_string_equal(answer_header(&a, "Content-Type"), "image/gif");
    assert_true(str_starts(answer_header(&a, "Content-Disposition"), "attachment"));
    assert_string_equal(answer_header(&a, "X-Content-Type-Options"), "nosniff");
}

static void test_c43__more_than_the_limit_is_413(void **state)
{
    const size_t len = 27 * 1024 * 1024;
    char *large = calloc(1, len);
    const int64_t id = draft();

    (void)state;
    assert_non_null(large);
    memset(large, 'a', len);
    assert_int_equal(send_file(member, id, "large.txt", large, len).status, 413);
    free(large);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM attachment WHERE object_id = #", id), 0);
}

static void test_c46__names_of_files_make_no_header_and_no_path(void **state)
{
    static const char *const names[] = {
        "../../etc/passwd",    "C:\\\\temp\\\\x.txt",   "a\\\"; filename=evil.html",
        "\xe2\x80\xaegnp.exe", "%0d%0aSet-Cookie: x=1", "\xe6\x8a\xa5\xe4\xbb\xb7.txt"
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const int64_t id = draft();
        struct answer a = send_file(member, id, names[i], plain, sizeof(plain) - 1);
        const char *name;

        if (a.status != 303) {
            assert_true(a.status == 400 || a.status == 422);
            continue;
        }
        a = webtest_get(partner, member, file_of(id, id));
        name = answer_header(&a, "Content-Disposition");
        assert_null(strstr(name, ".."));
        assert_null(strstr(name, "/"));
        assert_null(strstr(name, "\\"));
        assert_null(strstr(name, "filename=evil"));
        assert_null(strstr(name, "%E2%80%AE"));
        assert_null(answer_header(&a, "Set-Cookie"));
    }
}

/* -- approvals of several ---------------------------------------------------------------- */

static void test_steps__the_partner_reads_how_many_are_given_and_nothing_else(void **state)
{
    const int64_t id = deal_sent(&portal.world.north, "Vantaa Steelworks"),
                  other = deal_sent(&portal.world.north, "Porvoo Mills");
    struct answer a;

    (void)state;
    portal_run(&portal,
               text("INSERT INTO approval_step (kind, object_id, round, stage, need, title_en,"
                    " title_zh, hours, state) VALUES ('deal', #, 1, 1, 'all', 'Old look', '',"
                    " 8, 'void'), ('deal', #, 2, 1, 'all', 'First look', '', 8, 'approved'),"
                    " ('deal', #, 2, 2, 'all', 'Second look', '', 8, 'open'), ('deal', #, 2,"
                    " 3, 'all', 'Third look', '', 8, 'waiting')",
                    id));
    a = webtest_get(partner, member, DEAL(""));
    assert_true(answer_has(&a, "1 of 3 approvals are given"));
    assert_false(answer_has(&a, "look"));
    a = webtest_get(partner, member, text("/partner/deals/DR-#", other));
    assert_false(answer_has(&a, "approvals are given"));
    portal_run(&portal, text("UPDATE approval_step SET state = 'void' WHERE object_id = #", id));
    a = webtest_get(partner, member, DEAL(""));
    assert_false(answer_has(&a, "approvals are given"));
}

static void test_steps__who_waits_for_approvals_can_still_withdraw(void **state)
{
    const int64_t id = deal_sent(&portal.world.north, "Lahti Foundry");

    (void)state;
    portal_run(&portal,
               text("INSERT INTO approval_step (kind, object_id, round, stage, need, title_en,"
                    " title_zh, hours, state) VALUES ('deal', #, 1, 1, 'all', 'Look', '', 8,"
                    " 'open')",
                    id));
    assert_int_equal(webtest_post(partner, member, DEAL("/withdraw"), DEAL("/withdraw"),
                                  with_version("deal", id, ""))
                         .status,
                     303);
    assert_int_equal(portal_number(&portal, text("SELECT state = 'withdrawn' FROM deal WHERE"
                                                 " id = #",
                                                 id)),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_protection__has_the_same_days_for_readers_of_every_zone),
        cmocka_unit_test(test_steps__the_partner_reads_how_many_are_given_and_nothing_else),
        cmocka_unit_test(test_steps__who_waits_for_approvals_can_still_withdraw),
        cmocka_unit_test(test_protection__has_the_days_that_its_decision_gave),
        cmocka_unit_test(test_extension__is_asked_and_the_registration_stays_approved),
        cmocka_unit_test(test_extension__is_never_asked_twice_at_a_time),
        cmocka_unit_test(test_extension__needs_words_and_a_length_of_the_list),
        cmocka_unit_test(test_extension__that_is_refused_shows_its_partner_why),
        cmocka_unit_test(test_conversion__copies_and_leaves_the_registration_as_it_was),
        cmocka_unit_test(test_conversion__makes_one_opportunity_of_one_registration),
        cmocka_unit_test(test_opportunity__is_kept_alive_by_a_note),
        cmocka_unit_test(test_opportunity__that_is_lost_asks_the_worker_to_free_its_claims),
        cmocka_unit_test(test_opportunity__is_closed_once),
        cmocka_unit_test(test_c20__an_opportunity_is_not_a_strangers),
        cmocka_unit_test(test_file__comes_back_as_an_attachment_that_no_browser_runs),
        cmocka_unit_test(test_c25__a_file_is_not_a_strangers),
        cmocka_unit_test(test_c25__a_file_stands_under_its_own_registration_alone),
        cmocka_unit_test(test_c25__a_file_is_gone_with_the_membership),
        cmocka_unit_test(test_c44__what_a_browser_would_run_is_not_taken),
        cmocka_unit_test(test_c44__two_kinds_in_one_file_leave_as_the_harmless_one),
        cmocka_unit_test(test_c43__more_than_the_limit_is_413),
        cmocka_unit_test(test_c46__names_of_files_make_no_header_and_no_path),
    };

    return cmocka_run_group_tests(tests, sides_open, sides_close);
}
