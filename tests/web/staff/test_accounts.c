/* Accounts as staff find, see, make, change and join them; and registering for a partner. */
#include "support/test.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "access/audit.h"
#include "base/str.h"
#include "deal/deal_jobs.h"
#include "program/program.h"

static struct webtest *w;
static struct deal_world world;
static struct visitor manager, reader;

static int set_up(void **state)
{
    static const enum permission all[] = {
        PERM_HOME,       PERM_ACCOUNT_VIEW, PERM_ACCOUNT_EDIT,   PERM_ACCOUNT_MERGE,
        PERM_DEAL_VIEW,  PERM_DEAL_DECIDE,  PERM_DEAL_ON_BEHALF, PERM_DEAL_FIGURES,
        PERM_DEAL_RULES, PERM_USERS_VIEW,   PERM_UNSET
    };
    static const enum permission reads[] = { PERM_HOME, PERM_ACCOUNT_VIEW, PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    manager = fixture_staff(w, all);
    reader = fixture_staff(w, reads);
    deal_world_open(&world, webtest_admin(w));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    deal_world_close(&world);
    webtest_close(w);
    return 0;
}

static const char *form_of(const char *name)
{
    return arena_printf(world.a,
                        "name=%s&country=DE&region=&city=Kiel&address=&website=&tax_number=&phone="
                        "&zone=Europe%%2FBerlin&currency=EUR&tier_id=&department_id=",
                        name);
}

static int64_t made(const char *name)
{
    struct answer a = webtest_post(w, &manager, "/staff/accounts/new", "/staff/accounts/new",
                                   arena_printf(world.a, "kind=prospect&%s", form_of(name)));
    const char *location = answer_header(&a, "Location");
    int64_t id = 0;

    assert_int_equal(a.status, 303);
    for (const char *c = location + strlen("/staff/accounts/"); *c >= '0' && *c <= '9'; c++)
        id = id * 10 + (*c - '0');
    return id;
}

static const char *page_of(int64_t id)
{
    return arena_printf(world.a, "/staff/accounts/%lld", (long long)id);
}

static struct answer edit(struct visitor *v, int64_t id, int64_t version, const char *name)
{
    return webtest_post(
        w, v, page_of(id), arena_printf(world.a, "%s/edit", page_of(id)),
        arena_printf(world.a, "row_version=%lld&%s", (long long)version, form_of(name)));
}

static int64_t version_of(int64_t id)
{
    return fixture_number(w, "SELECT row_version AS n FROM account WHERE id = ?", id);
}

static int64_t group_of(int64_t id)
{
    return fixture_number(w, "SELECT group_id AS n FROM account WHERE id = ?", id);
}

static struct answer pair(int64_t id, int64_t other, const char *mark)
{
    return webtest_post(w, &manager, page_of(id), arena_printf(world.a, "%s/pair", page_of(id)),
                        arena_printf(world.a, "other=%lld&mark=%s", (long long)other, mark));
}

static void test_accounts__are_made_found_and_shown(void **state)
{
    int64_t id = made("Zaunkoenig+Optik+GmbH");
    struct answer a;

    (void)state;
    a = webtest_get(w, &manager, "/staff/accounts?view=prospect&q=Zaunk");
    assert_true(answer_has(&a, "Zaunkoenig Optik GmbH"));
    a = webtest_get(w, &manager, page_of(id));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Kiel"));
    a = webtest_get(w, &manager, arena_printf(world.a, "/staff/accounts?q=%lld", (long long)id));
    assert_string_equal(answer_header(&a, "Location"), page_of(id));
}

static void test_accounts__are_searched_under_the_filters_that_are_chosen(void **state)
{
    const char *found = "/staff/accounts?view=all&q=Rohrdommel&country=";
    struct answer a;

    (void)state;
    made("Rohrdommel+Papier+GmbH");
    a = webtest_get(w, &manager, arena_printf(world.a, "%sDE", found));
    assert_true(answer_has(&a, "Rohrdommel Papier GmbH"));
    a = webtest_get(w, &manager, arena_printf(world.a, "%sCN", found));
    assert_false(answer_has(&a, "Rohrdommel Papier GmbH"));
    a = webtest_get(w, &manager, arena_printf(world.a, "%sDE&tier=1", found));
    assert_false(answer_has(&a, "Rohrdommel Papier GmbH"));
}

static void test_accounts__what_other_rooms_did_to_one_is_told_in_words(void **state)
{
    const struct audit_who system = { .address = "" };
    const struct audit_change suspended = { .kind = "account",
                                            .object_id = world.north.account,
                                            .action = "programme.suspend" };
    struct answer a;

    (void)state;
    assert_ok(db_begin_write(world.db));
    assert_ok(audit_write(world.db, world.a, &system, &suspended));
    assert_ok(db_commit(world.db));
    a = webtest_get(w, &manager, page_of(world.north.account));
    assert_true(answer_has(&a, "Partner suspended"));
    assert_false(answer_has(&a, "programme.suspend"));
}

static void test_accounts__every_view_can_be_read_with_filters(void **state)
{
    static const char *const views[] = { "partner", "customer", "prospect", "all" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(views); i++) {
        assert_int_equal(
            webtest_get(w, &manager, arena_printf(world.a, "/staff/accounts?view=%s", views[i]))
                .status,
            200);
        assert_int_equal(
            webtest_get(
                w, &manager,
                arena_printf(world.a, "/staff/accounts?view=%s&country=DE&tier=1", views[i]))
                .status,
            200);
    }
}

static void test_accounts__are_changed_under_their_version(void **state)
{
    int64_t id = made("Rotmilan+Druck+GmbH"), version = version_of(id);

    (void)state;
    assert_int_equal(edit(&manager, id, version, "Rotmilan+Print+GmbH").status, 303);
    assert_int_equal(version_of(id), version + 1);
}

static int64_t owner_of(int64_t id)
{
    return fixture_number(w, "SELECT IFNULL(owner_user_id, 0) AS n FROM account WHERE id = ?", id);
}

static struct answer given_to(int64_t id, int64_t version, const char *owner)
{
    const char *path = arena_printf(world.a, "/staff/accounts/%lld/edit", (long long)id);

    return webtest_post(w, &manager, path, path,
                        arena_printf(world.a, "row_version=%lld&owner_user_id=%s&%s",
                                     (long long)version, owner, form_of("Owned")));
}

static void test_accounts__have_an_owner_who_is_chosen_shown_and_audited(void **state)
{
    const int64_t id = made("Owned");
    const char *self = arena_printf(world.a, "%lld", (long long)manager.user_id);
    struct answer a;

    (void)state;
    fixture_run(w, "UPDATE user SET name = 'Odile Owner' WHERE id = ?", manager.user_id);
    assert_int_equal(given_to(id, 1, self).status, 303);
    assert_int_equal(owner_of(id), manager.user_id);
    a = webtest_get(w, &manager, arena_printf(world.a, "/staff/accounts/%lld", (long long)id));
    assert_true(answer_has(&a, "Odile Owner"));
    assert_int_equal(
        fixture_number(w,
                       "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'account' AND object_id "
                       "= ? AND before_json LIKE '%\"owner\":\"\"%' AND after_json LIKE "
                       "'%\"owner\":\"Odile Owner\"%'",
                       id),
        1);
    assert_int_equal(given_to(id, 2, "").status, 303);
    assert_int_equal(owner_of(id), 0);
}

static void test_accounts__keep_an_owner_who_has_left_and_get_no_other_like_him(void **state)
{
    const int64_t id = made("Owned"), other = made("Other");
    const struct fixture_person gone = fixture_person(w, AUD_STAFF, 0, "sales", true);
    const char *him = arena_printf(world.a, "%lld", (long long)gone.id);
    struct answer a;

    (void)state;
    fixture_run(w, "UPDATE user SET name = 'Leon Left' WHERE id = ?", gone.id);
    assert_int_equal(given_to(id, 1, him).status, 303);
    fixture_run(w, "UPDATE user SET status = 'disabled' WHERE id = ?", gone.id);
    a = webtest_get(w, &manager, arena_printf(world.a, "/staff/accounts/%lld/edit", (long long)id));
    assert_true(answer_has(&a, "Leon Left"));
    assert_int_equal(given_to(id, 2, him).status, 303);
    assert_int_equal(owner_of(id), gone.id);
    a = given_to(other, 1, him);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "owner_user_id-err"));
}

static void test_accounts__an_old_version_changes_nothing_and_keeps_what_was_typed(void **state)
{
    int64_t id = made("Seeadler+Netz+GmbH"), version = version_of(id);
    struct answer a;

    (void)state;
    assert_int_equal(edit(&manager, id, version, "Seeadler+Eins+GmbH").status, 303);
    a = edit(&manager, id, version, "Seeadler+Zwei+GmbH");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Seeadler Zwei GmbH"));
    assert_int_equal(version_of(id), version + 1);
}

static void test_accounts__a_reader_changes_nothing(void **state)
{
    int64_t id = made("Kranich+Bau+GmbH"), version = version_of(id);

    (void)state;
    assert_int_equal(webtest_get(w, &reader, page_of(id)).status, 200);
    assert_int_equal(edit(&reader, id, version, "Kranich+Neu+GmbH").status, 404);
    assert_int_equal(version_of(id), version);
}

static void test_accounts__become_one_customer(void **state)
{
    int64_t first = made("Bussard+Stahl+GmbH"), second = made("Habicht+Holz+GmbH");

    (void)state;
    assert_int_equal(pair(second, first, "same").status, 303);
    assert_int_equal(group_of(second), group_of(first));
}

static void test_accounts__stay_two_for_good(void **state)
{
    int64_t first = made("Sperber+Glas+GmbH"), second = made("Falke+Papier+GmbH");
    struct answer a;

    (void)state;
    assert_int_equal(pair(second, first, "different").status, 303);
    assert_int_not_equal(group_of(second), group_of(first));
    a = webtest_get(w, &manager, page_of(first));
    assert_true(answer_has(&a, "Falke Papier GmbH"));
}

static void test_accounts__are_paired_with_nothing_that_is_not_there(void **state)
{
    int64_t id = made("Uhu+Licht+GmbH");

    (void)state;
    assert_int_equal(pair(id, id, "same").status, 422);
    assert_int_equal(pair(id, 99999999, "same").status, 422);
    assert_int_equal(pair(id, world.north.account, "same").status, 422);
}

/* -- everything on one page ---------------------------------------------------------------- */

static const char *contact_form(const char *name)
{
    return arena_printf(world.a,
                        "name=%s&title=Buyer&email=ana%%40kiel.example&phone=%%2B49+431+555+01&"
                        "language=en&remark=Prefers+mornings",
                        name);
}

static int64_t contact_made(int64_t account, const char *name)
{
    const char *path = arena_printf(world.a, "%s/contacts/new", page_of(account));

    assert_int_equal(webtest_post(w, &manager, path, path, contact_form(name)).status, 303);
    return fixture_number(w, "SELECT MAX(id) AS n FROM contact WHERE account_id = ?", account);
}

static const char *contact_path(int64_t account, int64_t contact, const char *rest)
{
    return arena_printf(world.a, "%s/contacts/%lld%s", page_of(account), (long long)contact, rest);
}

static struct answer contact_edit(int64_t account, int64_t contact, int64_t version,
                                  const char *name)
{
    return webtest_post(
        w, &manager, page_of(account), contact_path(account, contact, ""),
        arena_printf(world.a, "row_version=%lld&%s", (long long)version, contact_form(name)));
}

static void test_contacts__are_entered_found_on_the_page_and_changed(void **state)
{
    const int64_t account = made("Wiedehopf+Garten+GmbH"), id = contact_made(account, "Ana+Ruiz");
    struct answer a = webtest_get(w, &manager, page_of(account));

    (void)state;
    assert_true(answer_has(&a, "Ana Ruiz"));
    assert_int_equal(contact_edit(account, id, 1, "Ana+Ruiz-Gomez").status, 303);
    a = webtest_get(w, &manager, arena_printf(world.a, "%s/contacts", page_of(account)));
    assert_true(answer_has(&a, "Ana Ruiz-Gomez"));
    a = webtest_get(w, &reader, contact_path(account, id, ""));
    assert_true(answer_has(&a, "Prefers mornings"));
    assert_false(answer_has(&a, "<textarea"));
}

static void test_contacts__an_old_version_changes_nothing_and_keeps_what_was_typed(void **state)
{
    const int64_t account = made("Pirol+Garten+GmbH"), id = contact_made(account, "Bo+Lind");
    struct answer a;

    (void)state;
    assert_int_equal(contact_edit(account, id, 1, "Bo+Eins").status, 303);
    a = contact_edit(account, id, 1, "Bo+Zwei");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Bo Zwei"));
    assert_int_equal(fixture_number(w, "SELECT row_version AS n FROM contact WHERE id = ?", id), 2);
}

static void test_contacts__are_nobody_else_s(void **state)
{
    const int64_t account = made("Grasmuecke+GmbH"), other = made("Zaunammer+GmbH");
    const int64_t id = contact_made(account, "Cy+Moss");

    (void)state;
    assert_int_equal(webtest_get(w, &manager, contact_path(other, id, "")).status, 404);
    assert_int_equal(contact_edit(other, id, 1, "Stolen").status, 404);
    assert_int_equal(webtest_post(w, &reader, page_of(account),
                                  contact_path(account, id, "/delete"), "row_version=1")
                         .status,
                     404);
}

static void test_contacts__that_are_deleted_are_shown_no_more(void **state)
{
    const int64_t account = made("Rohrammer+GmbH"), id = contact_made(account, "Dee+Vanish");
    struct answer a;

    (void)state;
    assert_int_equal(webtest_post(w, &manager, page_of(account),
                                  contact_path(account, id, "/delete"), "row_version=1")
                         .status,
                     303);
    a = webtest_get(w, &manager, page_of(account));
    assert_false(answer_has(&a, "Dee Vanish"));
    a = webtest_get(w, &manager, contact_path(account, id, ""));
    assert_true(answer_has(&a, "It lies in the bin"));
    assert_int_equal(contact_edit(account, id, 2, "Back").status, 404);
}

static void test_contacts__without_a_name_or_with_a_bad_address_are_refused(void **state)
{
    const int64_t account = made("Goldammer+GmbH");
    const char *path = arena_printf(world.a, "%s/contacts/new", page_of(account));
    struct answer a = webtest_post(w, &manager, path, path, "name=&email=nowhere&language=xx");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Enter the person’s name."));
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM contact WHERE account_id = ?", account), 0);
}

static struct answer place(int64_t id, int64_t version, const char *parent)
{
    return webtest_post(
        w, &manager, page_of(id), arena_printf(world.a, "%s/parent", page_of(id)),
        arena_printf(world.a, "row_version=%lld&parent=%s", (long long)version, parent));
}

static const char *digits(int64_t n)
{
    return arena_printf(world.a, "%lld", (long long)n);
}

static int64_t parent_of(int64_t id)
{
    return fixture_number(w, "SELECT COALESCE(parent_id, 0) AS n FROM account WHERE id = ?", id);
}

static void test_tree__shows_who_stands_above_and_below(void **state)
{
    const int64_t top = made("Adler+Holding+GmbH"), mid = made("Adler+Nord+GmbH"),
                  low = made("Adler+Kiel+GmbH");
    struct answer a;

    (void)state;
    assert_int_equal(place(mid, version_of(mid), digits(top)).status, 303);
    assert_int_equal(place(low, version_of(low), digits(mid)).status, 303);
    a = webtest_get(w, &manager, page_of(low));
    assert_true(answer_has(&a, "Adler Holding GmbH"));
    a = webtest_get(w, &manager, page_of(top));
    assert_true(answer_has(&a, "Adler Nord GmbH"));
    assert_int_equal(place(low, version_of(low), "").status, 303);
    assert_int_equal(parent_of(low), 0);
}

static void test_tree__has_no_circles_and_no_mixtures(void **state)
{
    const int64_t top = made("Milan+Holding+GmbH"), low = made("Milan+Kiel+GmbH");
    struct answer a;

    (void)state;
    assert_int_equal(place(low, version_of(low), digits(top)).status, 303);
    a = place(top, version_of(top), digits(low));
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "stands below it"));
    assert_int_equal(place(top, version_of(top), digits(top)).status, 422);
    assert_int_equal(place(top, version_of(top), digits(world.north.account)).status, 422);
    assert_int_equal(place(top, version_of(top), "99999999").status, 422);
    assert_int_equal(place(top, version_of(top) - 1, "").status, 422);
    assert_int_equal(parent_of(top), 0);
}

static void test_page__shows_and_counts_nothing_of_other_departments(void **state)
{
    struct visitor near = fixture_staff(
        w, (const enum permission[]){ PERM_HOME, PERM_ACCOUNT_VIEW, PERM_DEAL_VIEW,
                                      PERM_OPPORTUNITY_VIEW, PERM_LEAD_VIEW, PERM_UNSET });
    struct deal *deal;
    struct answer a;
    const char *page = page_of(world.north.account);

    (void)state;
    assert_ok(db_begin_write(world.db));
    deal = deal_world_submitted(&world, &world.north, "Far Away Castings GmbH", 1);
    assert_ok(db_commit(world.db));
    fixture_run(w,
                "INSERT IGNORE INTO department (id, last_id, name_en, name_zh) VALUES (?, 799, "
                "'Far', '远')",
                700);
    fixture_run(w,
                "UPDATE deal SET department_id = 700, decided_at = UTC_TIMESTAMP(6), "
                "protected_from_at = UTC_TIMESTAMP(6) WHERE id = ?",
                deal->id);
    fixture_run(w,
                "UPDATE session SET department_low = 500, department_high = 599 WHERE user_id = ?",
                near.user_id);
    a = webtest_get(w, &near, page);
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "Far Away Castings"));
    assert_true(answer_has(&a, "of 0 registrations decided"));
    a = webtest_get(w, &near, arena_printf(world.a, "%s/deals", page));
    assert_false(answer_has(&a, "Far Away Castings"));
    a = webtest_get(w, &manager, arena_printf(world.a, "%s/deals", page));
    assert_true(answer_has(&a, "Far Away Castings"));
}

static void test_page__shows_no_part_that_the_reader_may_not_see(void **state)
{
    struct answer a = webtest_get(w, &reader, page_of(world.north.account));

    (void)state;
    assert_false(answer_has(&a, "id=\"deals\""));
    assert_false(answer_has(&a, "id=\"users\""));
    assert_true(answer_has(&a, "id=\"contacts\""));
    assert_int_equal(
        webtest_get(w, &reader, arena_printf(world.a, "%s/deals", page_of(world.north.account)))
            .status,
        404);
}

/* -- tags, copies --------------------------------------------------------------------------- */

static struct answer tag_on(struct visitor *v, int64_t id, const char *tag)
{
    return webtest_post(w, v, page_of(id), arena_printf(world.a, "%s/tags", page_of(id)),
                        arena_printf(world.a, "tag=%s", tag));
}

static int64_t tags_of(int64_t id)
{
    return fixture_number(w, "SELECT COUNT(*) AS n FROM account_tag WHERE account_id = ?", id);
}

static int64_t last_tag_of(int64_t id)
{
    return fixture_number(w, "SELECT MAX(tag_id) AS n FROM account_tag WHERE account_id = ?", id);
}

static void test_tags__are_put_on_once_however_they_are_spelled(void **state)
{
    const int64_t id = made("Etikett+GmbH"), other = made("Etikett+Zwei+GmbH");

    (void)state;
    assert_int_equal(tag_on(&manager, id, "Key+Account").status, 303);
    assert_int_equal(tag_on(&manager, id, "KEY+ACCOUNT").status, 303);
    assert_int_equal(tag_on(&manager, other, "key+account").status, 303);
    assert_int_equal(tags_of(id), 1);
    assert_int_equal(last_tag_of(id), last_tag_of(other));
}

static void test_tags__find_the_accounts_that_bear_them(void **state)
{
    const int64_t id = made("Gefunden+GmbH");
    struct answer a;
    const char *query;

    (void)state;
    made("Nicht+Markiert+GmbH");
    assert_int_equal(tag_on(&manager, id, "Fair+2026").status, 303);
    query = arena_printf(world.a, "view=all&tag=%lld", (long long)last_tag_of(id));
    a = webtest_get(w, &manager, arena_printf(world.a, "/staff/accounts?%s", query));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Gefunden GmbH"));
    assert_false(answer_has(&a, "Nicht Markiert GmbH"));
    a = webtest_get(w, &manager, "/staff/accounts?view=partner&country=DE&tag=nonsense");
    assert_int_equal(a.status, 200);
}

static void test_tags__are_taken_off(void **state)
{
    const int64_t id = made("Abgenommen+GmbH");
    const char *off;

    (void)state;
    assert_int_equal(tag_on(&manager, id, "For+a+while").status, 303);
    off = arena_printf(world.a, "%s/tags/%lld/delete", page_of(id), (long long)last_tag_of(id));
    assert_int_equal(webtest_post(w, &reader, page_of(id), off, "").status, 404);
    assert_int_equal(tags_of(id), 1);
    assert_int_equal(webtest_post(w, &manager, page_of(id), off, "").status, 303);
    assert_int_equal(tags_of(id), 0);
}

static void test_tags__are_refused_empty_from_readers_and_beyond_twenty(void **state)
{
    const int64_t id = made("Zuviel+GmbH");

    (void)state;
    assert_int_equal(tag_on(&manager, id, "").status, 422);
    /* One sign, eighteen letters when it is folded: ten of them are more than a key holds. */
    assert_int_equal(tag_on(&manager, id,
                            "%EF%B7%BA%EF%B7%BA%EF%B7%BA%EF%B7%BA%EF%B7%BA%EF%B7%BA%EF%B7%BA"
                            "%EF%B7%BA%EF%B7%BA%EF%B7%BA")
                         .status,
                     422);
    assert_int_equal(tag_on(&reader, id, "Mine").status, 404);
    fixture_run(w,
                "INSERT INTO tag (name, name_key) SELECT CONCAT('many ', seq), CONCAT('many ', "
                "seq) FROM seq_1_to_20 WHERE ? > 0",
                id);
    /* One by one: the count of a tag is held by a trigger, which a look at tags would bar. */
    for (int64_t n = 1; n <= 20; n++) {
        const int64_t tag =
            fixture_number(w, "SELECT id AS n FROM tag WHERE name = CONCAT('many ', ?)", n);

        fixture_run(w,
                    arena_printf(world.a,
                                 "INSERT INTO account_tag (account_id, tag_id) VALUES (?, %lld)",
                                 (long long)tag),
                    id);
    }
    assert_int_equal(tag_on(&manager, id, "One+more").status, 422);
    assert_int_equal(tags_of(id), 20);
}

static void test_copy__fills_the_form_of_a_new_account(void **state)
{
    const int64_t id = made("Vorlage+GmbH");
    struct answer a = webtest_get(
        w, &manager, arena_printf(world.a, "/staff/accounts/new?from=%lld", (long long)id));

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "value=\"Vorlage GmbH\""));
    assert_true(answer_has(&a, "value=\"Kiel\""));
    a = webtest_get(w, &manager, "/staff/accounts/new?from=99999999");
    assert_int_equal(a.status, 200);
}

/* -- for a partner -------------------------------------------------------------------- */

static const char *registration(int64_t partner, const char *company)
{
    return arena_printf(world.a,
                        "partner_id=%lld&company_name=%s&country=DE&contact_name=Eva&"
                        "contact_email=eva%%40customer.example&line=%lld&quantity=2&value=5000&"
                        "currency=EUR&expected_close=2029-12-31&deal_type=new&do=submit",
                        (long long)partner, company, (long long)world.line[0]);
}

static struct answer register_for(int64_t partner, const char *company)
{
    return webtest_post(w, &manager, "/staff/deals/new", "/staff/deals/new",
                        registration(partner, company));
}

static void test_behalf__submits_for_the_partner_with_the_name_of_who_did(void **state)
{
    struct answer a;

    (void)state;
    fixture_run(w, "INSERT IGNORE INTO currency (code, active, sort) VALUES ('EUR', ? > 0, 1)", 1);
    a = register_for(world.north.account, "Eisvogel+Werft+GmbH");
    assert_int_equal(a.status, 303);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM deal WHERE account_id = ? AND state "
                                    "= 'submitted' AND on_behalf_by IS NOT NULL AND rank_no > 0",
                                    world.north.account),
                     1);
}

static void test_behalf__is_refused_for_what_is_no_partner(void **state)
{
    (void)state;
    assert_int_equal(register_for(made("Reiher+Tuch+GmbH"), "Storch+GmbH").status, 404);
}

static void test_behalf__names_what_is_missing(void **state)
{
    struct answer a = register_for(world.north.account, "");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "eva@customer.example"));
}

/* -- pages to read -------------------------------------------------------------------- */

static void test_desk__figures_rules_questions_and_home_can_be_read(void **state)
{
    static const char *const pages[] = { "/staff/deals/figures", "/staff/deals/rules",
                                         "/staff/deals/checks", "/staff/", "/staff/deals/new" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pages); i++)
        assert_int_equal(webtest_get(w, &manager, pages[i]).status, 200);
    assert_int_equal(webtest_get(w, &reader, "/staff/deals/figures").status, 404);
    assert_int_equal(webtest_get(w, &reader, "/staff/deals/new").status, 404);
}

static void test_desk__figures_add_up_over_partners(void **state)
{
    struct answer a;

    (void)state;
    fixture_run(w,
                "INSERT INTO deal_scope_figure (account_id, product_line_id, month, department_id, "
                "submitted, approved, rejected, won, lost, median_minutes) VALUES (0, ? * 0, "
                "LAST_DAY(UTC_DATE() - INTERVAL 1 MONTH) + INTERVAL 1 DAY, 0, 4321, 30, 10, 3, 1, "
                "120)",
                0);
    a = webtest_get(w, &manager, "/staff/deals/figures");
    assert_true(answer_has(&a, "4,321"));
    assert_true(answer_has(&a, "75%"));
}

static void test_desk__figures_of_reviewers_lead_to_what_they_decided(void **state)
{
    struct answer a;
    struct deal *deal;

    (void)state;
    assert_ok(db_begin_write(world.db));
    deal = deal_world_submitted(&world, &world.north, "Reviewed Harbour GmbH", 1);
    assert_ok(db_commit(world.db));
    fixture_run(w,
                arena_printf(world.a,
                             "UPDATE deal SET state = 'rejected', phase = 4, reviewer_id = %lld,"
                             " decided_at = UTC_TIMESTAMP(6), decision_minutes = 125 WHERE id = ?",
                             (long long)world.vendor.user),
                deal->id);
    assert_ok(deal_figures_make(world.db, 2));
    a = webtest_get(w, &manager, "/staff/deals/figures");
    assert_true(answer_has(&a, arena_printf(world.a, "/staff/deals/decided?person=%lld",
                                            (long long)world.vendor.user)));
    assert_true(answer_has(&a, "2 h 05 m"));
    a = webtest_get(
        w, &manager,
        arena_printf(world.a, "/staff/deals/decided?person=%lld", (long long)world.vendor.user));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Reviewed Harbour GmbH"));
    a = webtest_get(w, &manager, "/staff/deals/reviewers.csv");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, ",125,125,"));
    assert_int_equal(webtest_get(w, &reader, "/staff/deals/decided").status, 404);
    assert_int_equal(webtest_get(w, &reader, "/staff/deals/reviewers.csv").status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accounts__are_made_found_and_shown),
        cmocka_unit_test(test_accounts__are_searched_under_the_filters_that_are_chosen),
        cmocka_unit_test(test_accounts__what_other_rooms_did_to_one_is_told_in_words),
        cmocka_unit_test(test_accounts__every_view_can_be_read_with_filters),
        cmocka_unit_test(test_accounts__are_changed_under_their_version),
        cmocka_unit_test(test_accounts__have_an_owner_who_is_chosen_shown_and_audited),
        cmocka_unit_test(test_accounts__keep_an_owner_who_has_left_and_get_no_other_like_him),
        cmocka_unit_test(test_accounts__an_old_version_changes_nothing_and_keeps_what_was_typed),
        cmocka_unit_test(test_accounts__a_reader_changes_nothing),
        cmocka_unit_test(test_accounts__become_one_customer),
        cmocka_unit_test(test_accounts__stay_two_for_good),
        cmocka_unit_test(test_accounts__are_paired_with_nothing_that_is_not_there),
        cmocka_unit_test(test_contacts__are_entered_found_on_the_page_and_changed),
        cmocka_unit_test(test_contacts__an_old_version_changes_nothing_and_keeps_what_was_typed),
        cmocka_unit_test(test_contacts__are_nobody_else_s),
        cmocka_unit_test(test_contacts__that_are_deleted_are_shown_no_more),
        cmocka_unit_test(test_contacts__without_a_name_or_with_a_bad_address_are_refused),
        cmocka_unit_test(test_tree__shows_who_stands_above_and_below),
        cmocka_unit_test(test_tree__has_no_circles_and_no_mixtures),
        cmocka_unit_test(test_page__shows_and_counts_nothing_of_other_departments),
        cmocka_unit_test(test_page__shows_no_part_that_the_reader_may_not_see),
        cmocka_unit_test(test_tags__are_put_on_once_however_they_are_spelled),
        cmocka_unit_test(test_tags__find_the_accounts_that_bear_them),
        cmocka_unit_test(test_tags__are_taken_off),
        cmocka_unit_test(test_tags__are_refused_empty_from_readers_and_beyond_twenty),
        cmocka_unit_test(test_copy__fills_the_form_of_a_new_account),
        cmocka_unit_test(test_behalf__submits_for_the_partner_with_the_name_of_who_did),
        cmocka_unit_test(test_behalf__is_refused_for_what_is_no_partner),
        cmocka_unit_test(test_behalf__names_what_is_missing),
        cmocka_unit_test(test_desk__figures_rules_questions_and_home_can_be_read),
        cmocka_unit_test(test_desk__figures_add_up_over_partners),
        cmocka_unit_test(test_desk__figures_of_reviewers_lead_to_what_they_decided),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
