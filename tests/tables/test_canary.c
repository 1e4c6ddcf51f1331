/* What another company writes is nowhere for anybody else: not on a page, not in a count, a list, a
 * search, a sheet, a bell, an error, nor in the place of a page that would differ without it. */
#include "support/test.h"
#include "fixture/portal.h"

#include "account/account.h"
#include "base/log.h"
#include "base/str.h"
#include "comment/comment.h"
#include "opportunity/opportunity.h"
#include "opportunity/opportunity_convert.h"
#include "deal/deal_extension.h"
#include "web/form.h"

#include <ctype.h>
#include <stdio.h>

#define CANARY "Zaunkoenig" /* in every text of the stranger */

static struct portal portal;
static int faults;

/* Nothing is printed; what people wrote has no business there. */
static int lines, lines_with_words;

static void watch_log(const char *line)
{
    lines++;
    lines_with_words += strcasestr(line, CANARY) != NULL;
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(watch_log);
    portal_open(&portal);
    portal_run(&portal, "INSERT INTO custom_field (kind, code, type, name_en, name_zh, audience,"
                        " filterable) VALUES ('opportunity', 'planted', 'text', 'P', 'P', 'edits',"
                        " 1), ('deal', 'planted', 'text', 'P', 'P', 'edits', 1)");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

/* -- the stranger: south, with everything that a partner can have -------------------------------
 */

static void say(struct deal_world *w, int64_t id)
{
    int64_t comment;

    assert_ok(comment_add(w->db, &w->south.actor, "deal", id, CANARY " wrote this", &comment));
}

static struct deal *strangers(const char *company)
{
    struct deal_world *w = &portal.world;
    struct deal *d = deal_world_submitted(w, &w->south, company, 2);

    say(w, d->id);
    return d;
}

static struct deal *strangers_decided(const char *company, enum deal_verb verb, const char *reason)
{
    struct deal_world *w = &portal.world;
    struct deal *d = strangers(company);

    assert_ok(deal_decide(w->db, w->a, &w->vendor.by, d,
                          &(struct deal_decision){ .verb = verb,
                                                   .reason_code = reason,
                                                   .reason_text = CANARY " reason" }));
    return deal_world_reload(w, d);
}

static int64_t deals[8], leads[2], opportunity, person;

/* The vendor's own sales, on the lines of what strangers and the partner itself register. */
static void make_direct_sale(void)
{
    struct deal_world *w = &portal.world;
    struct opportunity_line sold[] = { { .product_line_id = w->line[0], .quantity = 97531 },
                                       { .product_line_id = w->line[1], .quantity = 97531 } };
    struct opportunity o = { .customer_name = CANARY " alpha",
                             .customer_country = "CN",
                             .name = CANARY,
                             .currency = "USD",
                             .expected_close = 25000,
                             .owner_name = CANARY,
                             .competitors = CANARY,
                             .next_step = CANARY,
                             .next_step_on = DAY_NONE,
                             .lines = sold,
                             .line_count = ARRAY_LEN(sold) };

    assert_ok(opportunity_create(w->db, w->a, &w->vendor.by, &o));
}

static void make_stranger(void)
{
    static const struct deal_extension_ask ask = { .progress = CANARY, .days = "30" };
    struct deal_world *w = &portal.world;
    struct deal *d;

    assert_ok(db_begin_write(w->db));
    deals[0] = deal_world_draft(w, &w->south, CANARY " draft", 2)->id;
    deals[1] = strangers(CANARY " alpha")->id;
    deals[2] = strangers_decided("Hartwell " CANARY, DEAL_RETURN, "other_return")->id;
    d = strangers_decided("Okuda " CANARY " Seiki", DEAL_APPROVE, "");
    assert_ok(deal_extension_ask(w->db, w->a, &w->south.by, d, &ask));
    deals[3] = d->id;
    d = strangers_decided("Brixham " CANARY " Dredging", DEAL_APPROVE, "");
    assert_ok(deal_convert(w->db, w->a, &w->south.by, d));
    deals[4] = d->id;
    opportunity = d->opportunity_id;
    deals[5] = strangers_decided("Vesterhav " CANARY, DEAL_REJECT, "other_reject")->id;
    make_direct_sale();
    person = fixture_user(w->db, &(struct fixture_user){ .audience = AUD_PARTNER,
                                                         .account_id = w->south.account,
                                                         .name = CANARY " Person",
                                                         .email = "zaunkoenig@example.com" });
    assert_ok(db_commit(w->db));
}

/* One that waits for his answer, and one that he works on. */
static void make_stranger_leads(void)
{
    const long long account = portal.world.south.account;

    for (int phase = 2; phase <= 3; phase++) {
        portal_run(&portal,
                   arena_printf(
                       portal.world.a,
                       "INSERT INTO lead (state, phase, account_id, company_name, country, region,"
                       " city, website, person_name, person_title, email, phone, note, campaign,"
                       " due_at, created_at, updated_at) VALUES ('%s', %d, %lld, '" CANARY
                       " Lead', 'DE', '" CANARY "', '" CANARY "', '" CANARY "', '" CANARY
                       "', '" CANARY "', 'zaunkoenig@x.example', '" CANARY "', '" CANARY
                       "', '" CANARY "', UTC_TIMESTAMP(6) + INTERVAL 1 DAY, UTC_TIMESTAMP(6),"
                       " UTC_TIMESTAMP(6));"
                       "INSERT INTO lead_staff (lead_id) SELECT MAX(id) FROM lead;"
                       "INSERT INTO lead_offer (lead_id, account_id, offered_at) SELECT MAX(id),"
                       " %lld, UTC_TIMESTAMP(6) FROM lead;"
                       "INSERT INTO lead_step (lead_id, seq, state, action, at, user_name,"
                       " audience, account_id, account_name, reason_text) SELECT MAX(id), 1, 'new',"
                       " 'lead.assign', UTC_TIMESTAMP(6), '" CANARY "', 'partner', %lld, '" CANARY
                       "', '" CANARY "' FROM lead",
                       phase == 2 ? "assigned" : "accepted", phase, account, account, account));
        leads[phase - 2] = portal_number(&portal, "SELECT MAX(id) FROM lead");
    }
    portal_run(&portal, arena_printf(portal.world.a,
                                     "INSERT INTO lead_share (account_id, open, offers, accepted)"
                                     " VALUES (%lld, 97531, 97531, 97531)",
                                     account));
}

/* Every text that a company's rows can hold, and no code of ours among them. */
static void plant(void)
{
    static const char *const sql[] = {
        "UPDATE deal SET region = '" CANARY "', city = '" CANARY "', address = '" CANARY
        "', website = 'https://zaunkoenig.example', tax_number = '" CANARY "', phone = '" CANARY
        "', contact_name = '" CANARY "', contact_title = '" CANARY "', contact_email = '" CANARY
        "@x.example', contact_phone = '" CANARY "', project_name = '" CANARY
        "', description = '" CANARY "', competitors = '" CANARY "', done_so_far = '" CANARY
        "', distributor = '" CANARY "', sales_name = '" CANARY "', reviewer_name = '" CANARY
        "', reason_text = '" CANARY "' WHERE account_id = ",
        "UPDATE account SET name = '" CANARY " Partners', region = '" CANARY "', city = '" CANARY
        "', address = '" CANARY "', website = '" CANARY "', tax_number = '" CANARY
        "', phone = '" CANARY "' WHERE id = ",
        "UPDATE account SET region = '" CANARY "', city = '" CANARY "', address = '" CANARY
        "', tax_number = '" CANARY "' WHERE id IN (SELECT end_customer_id FROM deal WHERE"
        " account_id = ",
        "UPDATE user SET name = '" CANARY "', title = '" CANARY "', phone = '" CANARY
        "' WHERE account_id = ",
        "UPDATE opportunity SET name = '" CANARY "', close_reason = '" CANARY
        "' WHERE account_id = ",
        "UPDATE deal_step SET user_name = '" CANARY "', for_user_name = '" CANARY
        "', reason_text = '" CANARY "' WHERE deal_id IN (SELECT id FROM deal WHERE account_id = ",
        "UPDATE deal_extension SET progress = '" CANARY "' WHERE deal_id IN (SELECT id FROM deal"
        " WHERE account_id = ",
        "INSERT INTO notification (user_id, event, kind, object_id, values_json, created_at)"
        " SELECT id, 'deal.approved', 'deal', 1, '[{\"n\":\"company\",\"v\":\"" CANARY
        "\"}]', UTC_TIMESTAMP(6) FROM user WHERE account_id = ",
        "INSERT INTO saved_view (user_id, list, name, query, created_at) SELECT id,"
        " '/partner/deals', '" CANARY "', 'q=" CANARY "', UTC_TIMESTAMP(6) FROM user"
        " WHERE account_id = ",
        "INSERT INTO deal_check (account_id, user_id, company_name, country, answer_json, at)"
        " SELECT account_id, id, '" CANARY "', 'DE', '[]', UTC_TIMESTAMP(6) FROM user WHERE"
        " account_id = ",
        "INSERT INTO contact (account_id, name, name_key, title, email, note, created_at, updated_at)"
        " SELECT id, '" CANARY "', 'z', '" CANARY "', '" CANARY "', '" CANARY
        "', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM account WHERE id = ",
        "INSERT INTO staff_note (kind, object_id, user_id, user_name, body, created_at) SELECT"
        " 'deal', id, 1, '" CANARY "', '" CANARY
        "', UTC_TIMESTAMP(6) FROM deal WHERE account_id = ",
        "INSERT INTO opportunity_activity (opportunity_id, kind, at, people, body, user_id, user_name,"
        " audience, account_id, created_at) SELECT id, 'call', UTC_TIMESTAMP(6), '" CANARY
        "', '" CANARY "', 1, '" CANARY
        "', 'partner', account_id, UTC_TIMESTAMP(6) FROM opportunity WHERE account_id = ",
        "INSERT INTO opportunity_task (opportunity_id, title, due_on, owner_user_id, owner_name,"
        " owner_account_id, user_id, user_name, account_id, created_at) SELECT id, '" CANARY
        "', CURRENT_DATE, (SELECT MIN(id) FROM user), '" CANARY "', account_id, 1, '" CANARY
        "', account_id, UTC_TIMESTAMP(6) FROM opportunity WHERE account_id = ",
        "INSERT INTO opened (kind, object_id, user_id, day, user_name, first_at, last_at) SELECT"
        " 'deal', id, 1, CURRENT_DATE, '" CANARY "', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM deal"
        " WHERE account_id = ",
        "INSERT INTO deal_figure (account_id, month, submitted, approved, made_at) SELECT id,"
        " DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-01'), 97531, 86420, UTC_TIMESTAMP(6) FROM account"
        " WHERE id = ",
        "INSERT INTO custom_value (kind, object_id, field_id, text_value) SELECT f.kind, o.id, f.id,"
        " '" CANARY "' FROM opportunity o JOIN custom_field f ON f.kind = 'opportunity' AND"
        " f.code = 'planted' WHERE o.account_id = ",
        "INSERT INTO custom_value (kind, object_id, field_id, text_value) SELECT f.kind, d.id, f.id,"
        " '" CANARY "' FROM deal d JOIN custom_field f ON f.kind = 'deal' AND f.code = 'planted'"
        " WHERE d.account_id = ",
    };
    char text[1600];

    for (size_t i = 0; i < ARRAY_LEN(sql); i++) {
        const bool nested = strstr(sql[i], "(SELECT end_customer_id") != NULL ||
                            strstr(sql[i], "IN (SELECT id") != NULL;

        snprintf(text, sizeof(text), "%s%lld%s", sql[i], (long long)portal.world.south.account,
                 nested ? ")" : "");
        portal_run(&portal, text);
    }
}

/* -- own rows, made before the stranger comes ----------------------------------------------------
 */

struct own {
    const struct object_kind *kind;
    enum audience audience;
    int64_t ids[8];
    size_t count;
};

static struct own own[16];
static size_t own_count;

static struct own *own_rows(struct portal_route *at)
{
    for (size_t i = 0; i < own_count; i++)
        if (own[i].kind == at->route->object && own[i].audience == at->audience)
            return &own[i];
    assert_true(own_count < ARRAY_LEN(own));
    own[own_count] = (struct own){ .kind = at->route->object, .audience = at->audience };
    while (own[own_count].count < ARRAY_LEN(own[0].ids)) {
        const int64_t id = portal_object(at, (int)own[own_count].count);

        if (id == 0)
            break;
        own[own_count].ids[own[own_count].count++] = id;
    }
    return &own[own_count++];
}

/* He comes for the same companies, too, and staff join them.  Not for that of a draft: there the
 * live check says that a person will look, as it must. */
static void want_the_same(void)
{
    struct deal_world *w = &portal.world;

    assert_ok(db_begin_write(w->db));
    for (size_t i = 0; i < own_count; i++)
        for (size_t j = 0; j < own[i].count && str_eq(own[i].kind->name, "deal"); j++) {
            int64_t kept, gone;
            struct deal *mine, *his;

            assert_ok(deal_of_worker(w->db, w->a, own[i].ids[j], &mine));
            if (mine->state == DEAL_DRAFT)
                continue;
            his = strangers(mine->company_name);
            if (mine->end_customer_id != 0)
                assert_ok(account_decide_pair(w->db, w->a, &w->vendor.by.who, mine->end_customer_id,
                                              his->end_customer_id, PAIR_SAME, &kept, &gone));
        }
    assert_ok(db_commit(w->db));
}

static bool is_outsider(const struct portal_route *at)
{
    return at->audience != AUD_STAFF;
}

static void make_own(struct portal_route *at)
{
    if (is_outsider(at) && at->route->object != NULL)
        own_rows(at);
}

/* -- looking -------------------------------------------------------------------------------------
 */

static void complain(struct portal_route *at, const char *what, const char *path, const char *text)
{
    print_error("%s %s: %s: %.300s\n", at->route->name, path, what, text);
    faults++;
}

/* The stranger's figure where it stands alone: a moment's fractions of a second are digits too. */
static const char *find_figure(const char *text, const char *figure)
{
    const size_t size = strlen(figure);
    const char *hit = text;

    while ((hit = strstr(hit, figure)) != NULL) {
        if (!isdigit((unsigned char)hit[size]) && (hit == text || !isdigit((unsigned char)hit[-1])))
            return hit;
        hit += size;
    }
    return NULL;
}

static const char *find_canary(const char *text)
{
    static const char *const figures[] = { "97531", "97,531" };
    const char *hit = strcasestr(text, CANARY);

    for (size_t i = 0; hit == NULL && i < sizeof figures / sizeof *figures; i++)
        hit = find_figure(text, figures[i]);
    return hit;
}

static void test_a_figure_is_found_alone_and_not_in_a_moment(void **state)
{
    (void)state;
    assert_non_null(find_canary("<td>97531</td>"));
    assert_non_null(find_canary("<td>97,531</td>"));
    assert_null(find_canary("datetime=\"2026-11-29T00:09:13.975314Z\""));
    assert_null(find_canary("datetime=\"2026-11-29T00:09:13.897531Z\""));
}

static void look(struct portal_route *at, const struct answer *a, const char *path, bool asked)
{
    const char *hit = find_canary(a->body);

    if (!asked && hit != NULL)
        complain(at, "the stranger is in the page", path,
                 hit - (hit - a->body > 80 ? 80 : hit - a->body));
    if (!asked && find_canary(a->headers) != NULL)
        complain(at, "the stranger is in the headers", path, a->headers);
    if (a->status >= 500)
        complain(at, "it failed", path, "");
}

/* A page without what changes by itself: tokens, and what the clock says. */
static char *steady(struct arena *a, const char *body)
{
    char *out = arena_dup(a, body), *to = out;

    for (const char *c = body; *c != '\0';) {
        if (str_starts(c, "name=\"form_token\" value=\"") ||
            str_starts(c, "name=\"shown\" value=\"") || str_starts(c, "datetime=\"") ||
            str_starts(c, "<time") || str_starts(c, "Reference ") || str_starts(c, "Checked ") ||
            str_starts(c, "min=\"20")) {
            c += strcspn(c, "<>");
            c += *c == '<'; /* the end of a reference */
            continue;
        }
        *to++ = *c++;
    }
    *to = '\0';
    return out;
}

struct page {
    const char *key, *body;
    struct page *next;
};

static struct page *pages;
static bool first_look;

static void keep_or_compare(struct portal_route *at, const char *path, const struct answer *a)
{
    struct arena *arena = portal.world.a;
    const char *key = arena_printf(arena, "%d %s", (int)at->audience, path);
    char *body = steady(arena, a->body);
    size_t same = 0;

    if (first_look) {
        struct page *page = arena_alloc(arena, sizeof(*page));

        *page = (struct page){ key, body, pages };
        pages = page;
        return;
    }
    for (struct page *page = pages; page != NULL; page = page->next) {
        if (!str_eq(page->key, key))
            continue;
        while (body[same] != '\0' && body[same] == page->body[same])
            same++;
        if (!str_eq(page->body, body)) {
            complain(at, "differs since the stranger came, before", path,
                     page->body + (same > 100 ? same - 100 : 0));
            complain(at, "and now", path, body + (same > 100 ? same - 100 : 0));
        }
        return;
    }
}

static void visit(struct portal_route *at, const char *path)
{
    struct answer a = webtest_get(at->w, at->v, path);

    look(at, &a, path, false);
    keep_or_compare(at, path, &a);
}

static void look_at_own(struct portal_route *at)
{
    char path[PORTAL_PATH_BYTES];
    struct own *rows;

    if (at->route->method != HTTP_GET || !is_outsider(at))
        return;
    if (at->route->object == NULL) {
        portal_path_of(at->route, 0, path);
        visit(at, path);
        return;
    }
    rows = own_rows(at);
    for (size_t i = 0; i < rows->count; i++) {
        portal_path_of(at->route, rows->ids[i], path);
        visit(at, path);
    }
}

static void look_twice(struct portal_route *at)
{
    portal_forget_rates(&portal);
    look_at_own(at);
}

/* -- his ids, from outside
 * ------------------------------------------------------------------------- */

static void ask_for(struct portal_route *at, int64_t id)
{
    char path[PORTAL_PATH_BYTES], body[200];
    struct answer a;

    portal_forget_rates(&portal);
    portal_path_of(at->route, id, path);
    snprintf(body, sizeof(body), "form_token=%s", portal_token(at));
    a = at->route->method == HTTP_GET ? webtest_get(at->w, at->v, path)
                                      : webtest_post_bare(at->w, at->v, path, body);
    look(at, &a, path, false);
    if (a.status != 404)
        complain(at, "a row of the stranger was found", path, "");
}

static void ask_for_his_rows(struct portal_route *at)
{
    if (!is_outsider(at) || at->route->object == NULL)
        return;
    if (str_eq(at->route->object->name, "deal"))
        for (size_t i = 0; i < 6; i++)
            ask_for(at, deals[i]);
    else if (str_eq(at->route->object->name, "lead"))
        for (size_t i = 0; i < ARRAY_LEN(leads); i++)
            ask_for(at, leads[i]);
    else if (str_eq(at->route->object->name, "opportunity"))
        ask_for(at, opportunity);
    else if (str_eq(at->route->object->name, "user"))
        ask_for(at, person);
}

/* -- his words, as questions: every text of every query, and his ids in every field
 * ------------------- */

/* What was typed comes back in its field; nothing else may come with it. */
static void look_for_more(struct portal_route *at, const struct answer *a, const char *path,
                          const char *typed)
{
    for (const char *hit = find_canary(a->body); hit != NULL; hit = find_canary(hit + 1))
        if (strncasecmp(hit, typed, strlen(typed)) != 0 ||
            isalnum((unsigned char)hit[strlen(typed)]) || hit[strlen(typed)] == ' ')
            complain(at, "more than what was typed", path, hit);
    look(at, a, path, true);
}

static void ask_in_words(struct portal_route *at)
{
    char path[PORTAL_PATH_BYTES], address[PORTAL_PATH_BYTES + 200];

    if (!is_outsider(at) || at->route->method != HTTP_GET || at->route->query == NULL ||
        at->route->object != NULL)
        return;
    for (const struct field *f = at->route->query->fields; f->name != NULL; f++) {
        const bool number = f->kind == FIELD_ID || f->kind == FIELD_INT;
        struct answer a;

        portal_forget_rates(&portal);
        portal_path_of(at->route, 0, path);
        if (number)
            snprintf(address, sizeof(address), "%s?%s=%lld", path, f->name,
                     (long long)portal.world.south.user);
        else
            snprintf(address, sizeof(address), "%s?%s=" CANARY, path, f->name);
        a = webtest_get(at->w, at->v, address);
        look_for_more(at, &a, address, CANARY);
    }
}

static void test_c24__nobody_outside_sees_that_a_stranger_is_there(void **state)
{
    (void)state;
    faults = 0;
    portal_each(&portal, make_own);
    portal_each(&portal, look_twice); /* makes what a first visit makes */
    first_look = true;
    portal_each(&portal, look_twice);
    first_look = false;
    make_stranger();
    make_stranger_leads();
    want_the_same();
    plant();
    portal_each(&portal, look_twice);
    assert_true(pages != NULL);
    assert_int_equal(faults, 0);
}

static void test_c20__rows_of_a_stranger_are_nowhere_in_any_state(void **state)
{
    (void)state;
    faults = 0;
    portal_each(&portal, ask_for_his_rows);
    assert_int_equal(faults, 0);
}

static void test_c24__questions_with_his_words_bring_nothing_of_his(void **state)
{
    (void)state;
    faults = 0;
    portal_each(&portal, ask_in_words);
    assert_int_equal(faults, 0);
}

/* The walk must be able to see him: staff do. */
static int staff_saw;

static void look_as_staff(struct portal_route *at)
{
    char path[PORTAL_PATH_BYTES];
    struct answer a;

    if (at->audience != AUD_STAFF || at->route->method != HTTP_GET ||
        (at->route->object != NULL && !str_eq(at->route->object->name, "deal")))
        return;
    portal_path_of(at->route, deals[1], path);
    a = webtest_get(at->w, at->v, path);
    staff_saw += find_canary(a.body) != NULL;
}

static void test_canary__is_seen_where_it_may_be_seen(void **state)
{
    (void)state;
    portal_each(&portal, look_as_staff);
    assert_true(staff_saw > 5);
}

/* Mails and notifications lie as values; whose they are stands beside them. */
#define OF_OTHERS(table, texts)                                                         \
    "SELECT COUNT(*) AS n FROM " table                                                  \
    " t JOIN user u ON u.id = t.user_id WHERE CONCAT_WS(' ', " texts ") LIKE '%" CANARY \
    "%' AND u.audience <> 'staff' AND u.account_id <> "
#define MAIL_TEXTS "t.values_json, t.reason, t.subject, t.to_name"

static int64_t rows_with_words(const char *sql)
{
    char text[600];

    snprintf(text, sizeof(text), "%s%lld", sql, (long long)portal.world.south.account);
    return portal_number(&portal, text);
}

static void test_c24__mails_and_notifications_of_others_have_nothing_of_his(void **state)
{
    (void)state;
    assert_int_equal(rows_with_words(OF_OTHERS("outbox", MAIL_TEXTS)), 0);
    assert_int_equal(rows_with_words(OF_OTHERS("notification", "t.values_json")), 0);
    assert_true(portal_number(&portal,
                              "SELECT COUNT(*) AS n FROM outbox WHERE values_json LIKE '%" CANARY
                              "%'") > 0);
}

static void test_c24__no_log_has_what_people_wrote(void **state)
{
    (void)state;
    assert_true(lines > 200);
    assert_int_equal(lines_with_words, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_figure_is_found_alone_and_not_in_a_moment),
        cmocka_unit_test(test_c24__nobody_outside_sees_that_a_stranger_is_there),
        cmocka_unit_test(test_c20__rows_of_a_stranger_are_nowhere_in_any_state),
        cmocka_unit_test(test_c24__questions_with_his_words_bring_nothing_of_his),
        cmocka_unit_test(test_canary__is_seen_where_it_may_be_seen),
        cmocka_unit_test(test_c24__mails_and_notifications_of_others_have_nothing_of_his),
        cmocka_unit_test(test_c24__no_log_has_what_people_wrote),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
