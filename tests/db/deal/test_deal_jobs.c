/* deal/deal_jobs.c: what happens to registrations without anybody at a page.  Jobs open
 * transactions of their own, so these tests work in a copy of the schema. */
#include "support/test.h"

#include "db/migrate.h"
#include "deal/deal_appeal.h"
#include "deal/deal_counts.h"
#include "deal/deal_extension.h"
#include "deal/deal_inside.h"
#include "deal/deal_jobs.h"
#include "deal/deal_resolve.h"
#include "deal/deal_rules.h"
#include "deal/deal_steps.h"
#include "fixture/fixture_deal.h"
#include "opportunity/opportunity.h"
#include "program/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct office {
    struct deal_world w;
    struct testdb schema;
    struct db *worker; /* with the worker's rights and statements */
    struct arena *job_arena;
    struct job_context ctx;
};

static int open_office(void **state)
{
    struct office *o = calloc(1, sizeof(*o));
    struct deal_world *made;
    void *slot;

    assert_int_equal(deal_world_make(&slot), 0);
    made = slot;
    o->w = *made;
    free(made);
    db_close(o->w.db);
    testdb_copy(&o->schema);
    o->w.db = testdb_connect(o->schema.name, NULL);
    o->job_arena = arena_new(65536);
    slot = &o->w;
    assert_int_equal(deal_world_begin(&slot), 0);
    assert_ok(db_commit(o->w.db));
    assert_ok(migrate_grants(o->w.db, o->job_arena, testdb_sql_dir(), o->schema.name, NULL));
    assert_ok(testdb_connect_as(o->schema.name, "worker", worker_statements, &o->worker));
    o->ctx = (struct job_context){ .db = o->worker, .arena = o->job_arena, .owner = "test" };
    *state = o;
    return 0;
}

static int close_office(void **state)
{
    struct office *o = *state;
    struct deal_world *w = malloc(sizeof(*w));
    void *slot = w;

    db_close(o->worker);
    testdb_drop(&o->schema);
    arena_free(o->job_arena);
    *w = o->w;
    assert_int_equal(deal_world_end(&slot), 0);
    free(o);
    return 0;
}

static void run(struct office *o, const char *kind, int64_t ref)
{
    static const struct job_kind *const tables[] = { deal_jobs, deal_count_jobs, deal_step_jobs };

    if (strcmp(kind, "deal.rules") == 0) {
        assert_ok(deal_rules_run(&o->ctx, &(struct job){ .kind = kind, .ref = ref, .tries = 1 },
                                 o->w.names));
        return;
    }
    if (strcmp(kind, "deal.appeal") == 0) {
        assert_ok(deal_appeal_run(&o->ctx, &(struct job){ .kind = kind, .ref = ref, .tries = 1 },
                                  o->w.names));
        return;
    }
    for (size_t i = 0; i < 3; i++)
        for (const struct job_kind *k = tables[i]; k->name != NULL; k++)
            if (strcmp(k->name, kind) == 0) {
                assert_ok(
                    k->handler(&o->ctx, &(struct job){ .kind = kind, .ref = ref, .tries = 1 }));
                return;
            }
    fail_msg("no job %s", kind);
}

/* One statement with one id, committed.  SQL must be a literal. */
static void change(struct office *o, const char *sql, int64_t id)
{
    char number[24], text[600];
    const char *place = strstr(sql, "%lld");

    snprintf(number, sizeof(number), "%lld", (long long)id);
    snprintf(text, sizeof(text), "%.*s%s%s", place == NULL ? (int)strlen(sql) : (int)(place - sql),
             sql, place == NULL ? "" : number, place == NULL ? "" : place + 4);
    assert_ok(db_begin_write(o->w.db));
    assert_ok(db_script(o->w.db, text));
    assert_ok(db_commit(o->w.db));
}

static struct deal *submit(struct office *o, struct side *side, const char *company, size_t lines)
{
    struct deal *d;

    assert_ok(db_begin_write(o->w.db));
    d = deal_world_submitted(&o->w, side, company, lines);
    assert_ok(db_commit(o->w.db));
    return d;
}

static struct deal *look(struct office *o, const struct deal *d)
{
    struct deal *again;

    assert_ok(db_begin_read(o->w.db));
    again = deal_world_reload(&o->w, d);
    assert_ok(db_commit(o->w.db));
    return again;
}

static int64_t count(struct office *o, const char *sql, int64_t id)
{
    int64_t n;

    assert_ok(db_begin_read(o->w.db));
    n = deal_world_number(&o->w, sql, id);
    assert_ok(db_commit(o->w.db));
    return n;
}

static struct deal *approve(struct office *o, struct side *side, const char *company)
{
    struct deal *d = submit(o, side, company, 1);

    assert_ok(db_begin_write(o->w.db));
    assert_ok(deal_decide(o->w.db, o->w.a, &o->w.vendor.by, d,
                          &(struct deal_decision){ .verb = DEAL_APPROVE }));
    assert_ok(db_commit(o->w.db));
    return look(o, d);
}

/* The only rule; MORE narrows it. */
static void add_rule(struct office *o, const char *outcome, const char *more)
{
    char sql[400];

    snprintf(
        sql, sizeof(sql),
        "DELETE FROM deal_rule; INSERT INTO deal_rule (position, name_en, name_zh, active, outcome, "
        "reason_code) VALUES (1, 'r', 'r', 1, '%s', 'below_minimum')",
        outcome);
    assert_ok(db_begin_write(o->w.db));
    assert_ok(db_script(o->w.db, sql));
    if (*more != '\0')
        assert_ok(db_script(o->w.db, more));
    assert_ok(db_commit(o->w.db));
}

static void test_deal_rules__an_approving_rule_approves_what_nothing_stands_against(void **state)
{
    struct office *o = *state;
    struct deal *d = submit(o, &o->w.north, "苏州衡岳精密机械有限公司", 1);

    add_rule(o, "approve", "");
    run(o, "deal.rules", d->id);
    assert_int_equal(look(o, d)->state, DEAL_APPROVED);
    assert_int_equal(count(o, "SELECT COUNT(*) AS n FROM claim WHERE deal_id = ?", d->id), 1);
}

static void test_deal_rules__an_approving_rule_leaves_a_match_to_a_person(void **state)
{
    struct office *o = *state;
    struct deal *second;

    add_rule(o, "approve", "");
    submit(o, &o->w.north, "青岛海砚冷链物流有限公司", 1);
    second = submit(o, &o->w.south, "青岛海砚冷链物流有限责任公司", 1);
    run(o, "deal.rules", second->id);
    assert_int_equal(look(o, second)->state, DEAL_SUBMITTED);
}

/* An open one of the vendor's own sales. */
static struct opportunity ours(struct office *o, const char *company)
{
    struct opportunity_line line = { .product_line_id = o->w.line[0], .quantity = 1 };
    struct opportunity sale = { .customer_name = company,
                                .customer_country = "CN",
                                .name = "Ours",
                                .currency = "USD",
                                .expected_close = 25000,
                                .next_step_on = DAY_NONE,
                                .lines = &line,
                                .line_count = 1 };

    assert_ok(db_begin_write(o->w.db));
    assert_ok(opportunity_create(o->w.db, o->w.a, &o->w.vendor.by, &sale));
    assert_ok(db_commit(o->w.db));
    return sale;
}

static void test_deal_rules__an_approving_rule_leaves_what_our_own_sales_work_on(void **state)
{
    struct office *o = *state;
    struct deal *d;

    add_rule(o, "approve", "");
    ours(o, "Wexford Quarries");
    d = submit(o, &o->w.north, "Wexford Quarries", 1);
    run(o, "deal.rules", d->id);
    assert_int_equal(look(o, d)->state, DEAL_SUBMITTED);
}

static void test_deal_rules__nor_where_a_person_said_that_it_is_the_same_customer(void **state)
{
    struct office *o = *state;
    const struct opportunity sale = ours(o, "Yarmouth Nets");
    struct deal *d = submit(o, &o->w.north, "Yarmouth Nets", 1);

    add_rule(o, "approve", "");
    assert_ok(db_begin_write(o->w.db));
    assert_ok(deal_resolve(o->w.db, o->w.a, &o->w.vendor.by, d, sale.end_customer_id, PAIR_SAME));
    assert_ok(db_commit(o->w.db));
    run(o, "deal.rules", d->id);
    assert_int_equal(look(o, d)->state, DEAL_SUBMITTED);
}

/* What a program that faces partners found, or says that it found, decides nothing. */
static void test_deal_rules__a_match_that_the_partners_program_hid_is_found_again(void **state)
{
    struct office *o = *state;
    struct deal *second;

    add_rule(o, "approve", "");
    submit(o, &o->w.north, "宁波澜石港口设备有限公司", 1);
    second = submit(o, &o->w.south, "宁波澜石港口设备有限责任公司", 1);
    change(o, "UPDATE deal SET verdict = 'different' WHERE id = %lld", second->id);
    change(o, "DELETE FROM deal_match WHERE deal_id = %lld", second->id);
    change(o, "UPDATE match_line SET live = 0 WHERE party_id > %lld", 0);
    run(o, "deal.rules", second->id);
    assert_int_equal(look(o, second)->state, DEAL_SUBMITTED);
    assert_string_not_equal(look(o, second)->verdict, "different");
    assert_int_equal(count(o,
                           "SELECT COUNT(*) AS n FROM deal_match WHERE overlap = 1 AND deal_id = ?",
                           second->id),
                     1);
}

static void test_deal_rules__a_match_with_a_false_verdict_is_judged_again(void **state)
{
    struct office *o = *state;
    struct deal *second;

    add_rule(o, "approve", "");
    submit(o, &o->w.north, "温州澄岸阀门制造有限公司", 1);
    second = submit(o, &o->w.south, "温州澄岸阀门制造有限责任公司", 1);
    change(o, "UPDATE deal SET verdict = 'different' WHERE id = %lld", second->id);
    change(o, "UPDATE deal_match SET verdict = 'different' WHERE deal_id = %lld", second->id);
    run(o, "deal.rules", second->id);
    assert_int_equal(look(o, second)->state, DEAL_SUBMITTED);
}

static void test_deal_rules__a_rule_never_rejects_on_the_verdict_alone(void **state)
{
    struct office *o = *state;
    struct deal *d = submit(o, &o->w.north, "成都岷光电子科技有限公司", 1);

    add_rule(o, "reject", "UPDATE deal_rule SET verdict = 'different'");
    run(o, "deal.rules", d->id);
    assert_int_equal(look(o, d)->state, DEAL_SUBMITTED);
}

static void test_deal_rules__a_small_amount_is_rejected_with_its_reason(void **state)
{
    struct office *o = *state;
    struct deal *d = submit(o, &o->w.north, "Kestrel Foods Ltd", 1);

    change(o, "UPDATE deal SET total_report = 500 WHERE id = %lld", d->id);
    add_rule(o, "reject", "UPDATE deal_rule SET amount_most = 1000");
    run(o, "deal.rules", d->id);
    d = look(o, d);
    assert_int_equal(d->state, DEAL_REJECTED);
    assert_string_equal(d->reason_code, "below_minimum");
}

static void test_deal_rules__applied_twice_they_decide_once(void **state)
{
    struct office *o = *state;
    struct deal *d = submit(o, &o->w.north, "Blue Harbor Shipping Pte. Ltd.", 1);

    add_rule(o, "approve", "");
    run(o, "deal.rules", d->id);
    run(o, "deal.rules", d->id);
    assert_int_equal(
        count(o, "SELECT COUNT(*) AS n FROM receipt WHERE event = 'approved' AND deal_id = ?",
              d->id),
        1);
}

static void test_deal_rules__what_no_rule_decides_is_given_to_a_reviewer(void **state)
{
    struct office *o = *state;
    struct deal *d = submit(o, &o->w.north, "上海澄远医疗管理有限公司", 1);

    change(o, "DELETE FROM deal_rule", 0);
    change(
        o,
        "INSERT IGNORE INTO department (id, last_id, name_en, name_zh) VALUES (1, 999, 'V', 'V')",
        0);
    change(o, "UPDATE user SET department_id = 1 WHERE id = %lld", o->w.vendor.user);
    run(o, "deal.rules", d->id);
    assert_int_equal(look(o, d)->reviewer_id, o->w.vendor.user);
}

/* Refused by the vendor's person, who had it, and appealed against. */
static struct deal *appeal(struct office *o, const char *company)
{
    struct deal *d = submit(o, &o->w.north, company, 1);

    change(o,
           "INSERT IGNORE INTO department (id, last_id, name_en, name_zh) VALUES"
           " (1, 999, 'V', 'V')",
           0);
    change(o, "UPDATE user SET department_id = 1 WHERE id = %lld", o->w.vendor.user);
    change(o, "UPDATE deal SET department_id = 1 WHERE id = %lld", d->id);
    d = look(o, d);
    assert_ok(db_begin_write(o->w.db));
    assert_ok(deal_decide(o->w.db, o->w.a, &o->w.vendor.by, d,
                          &(struct deal_decision){ .verb = DEAL_TAKE }));
    assert_ok(
        deal_decide(o->w.db, o->w.a, &o->w.vendor.by, d,
                    &(struct deal_decision){ .verb = DEAL_REJECT, .reason_code = "other_reject" }));
    assert_ok(deal_appeal(o->w.db, o->w.a, &o->w.north.by, d, "They have a budget now"));
    assert_ok(db_commit(o->w.db));
    return look(o, d);
}

static int64_t colleague(struct office *o)
{
    int64_t id;

    assert_ok(db_begin_write(o->w.db));
    id = fixture_user(o->w.db, &(struct fixture_user){ .audience = AUD_STAFF, .scope = "all" });
    assert_ok(db_commit(o->w.db));
    change(o, "UPDATE user SET department_id = 1 WHERE id = %lld", id);
    return id;
}

static void test_deal_appeal__waits_for_everybody_where_nobody_else_decides(void **state)
{
    struct office *o = *state;
    struct deal *d;

    change(o, "UPDATE user SET status = 'disabled' WHERE audience = 'staff' AND id <> %lld",
           o->w.vendor.user);
    d = appeal(o, "Ravnholt Tekstil");
    run(o, "deal.appeal", d->id);
    assert_int_equal(look(o, d)->reviewer_id, 0);
}

static void test_deal_appeal__leaves_its_department_where_nobody_else_is_in_it(void **state)
{
    struct office *o = *state;
    struct deal *d = appeal(o, "Kittelsen Notbod");
    const int64_t other = colleague(o);

    change(o, "UPDATE user SET department_id = NULL WHERE id = %lld", other);
    run(o, "deal.appeal", d->id);
    assert_int_equal(look(o, d)->reviewer_id, other);
    change(o, "UPDATE user SET status = 'disabled' WHERE id = %lld", other);
}

static void test_deal_appeal__goes_to_another_and_tells_both_sides_once(void **state)
{
    struct office *o = *state;
    struct deal *d = appeal(o, "Oystermouth Boats");
    const int64_t other = colleague(o);

    run(o, "deal.appeal", d->id);
    run(o, "deal.appeal", d->id);
    assert_int_equal(look(o, d)->reviewer_id, other);
    assert_int_equal(count(o,
                           "SELECT COUNT(*) AS n FROM notification WHERE event = 'deal.appealed'"
                           " AND object_id = ?",
                           d->id),
                     1);
    assert_int_equal(count(o,
                           "SELECT COUNT(*) AS n FROM notification WHERE event ="
                           " 'deal.appeal_review' AND object_id = ?",
                           d->id),
                     1);
    assert_int_equal(count(o,
                           "SELECT COUNT(*) AS n FROM deal_assignment WHERE until_at IS NULL"
                           " AND deal_id = ?",
                           d->id),
                     1);
}

static void test_deal_appeal__that_is_late_is_not_told_to_who_refused_it(void **state)
{
    struct office *o = *state;
    struct deal *d;

    change(o, "UPDATE user SET status = 'disabled' WHERE audience = 'staff' AND id <> %lld",
           o->w.vendor.user);
    d = appeal(o, "Tregarron Quarry");
    run(o, "deal.appeal", d->id);
    change(o, "UPDATE deal SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR WHERE id = %lld", d->id);
    run(o, "deal.clocks", 0);
    assert_int_equal(
        count(o, "SELECT COUNT(*) AS n FROM deal WHERE id = ? AND escalated_at IS NOT NULL", d->id),
        1);
    assert_int_equal(count(o,
                           "SELECT COUNT(*) AS n FROM notification WHERE event = 'deal.late'"
                           " AND object_id = ?",
                           d->id),
                     0);
}

/* Its reviewer is asked for the second time; his manager hears of what is late. */
static void test_deal_steps__an_open_step_is_reminded_of_and_escalated_once(void **state)
{
    struct office *o = *state;
    struct deal *d = submit(o, &o->w.north, "Llanbedr Slate", 1);
    const int64_t boss = colleague(o), other = colleague(o);

    change(o, "UPDATE user SET manager_id = %lld WHERE audience = 'staff'", boss);
    change(o, "UPDATE user SET manager_id = NULL WHERE id = %lld", boss);
    change(o,
           "DELETE FROM deal_rule; DELETE FROM deal_plan_step; DELETE FROM deal_plan;"
           "INSERT INTO deal_plan (id, position, name_en, name_zh, active) VALUES (1, 1, 'P', 'P',"
           " 1); INSERT INTO deal_plan_step (plan_id, stage, hours, title_en, deciders) VALUES (1,"
           " 1, 8, 'One', 'user_%lld')",
           other);
    run(o, "deal.rules", d->id);
    change(o, "DELETE FROM deal_plan_step; DELETE FROM deal_plan", 0);
    assert_int_equal(look(o, d)->reviewer_id, other);
    change(o,
           "UPDATE approval_step SET half_at = UTC_TIMESTAMP(6), due_at = UTC_TIMESTAMP(6)"
           " WHERE object_id = %lld",
           d->id);
    change(o,
           "UPDATE deal SET half_at = UTC_TIMESTAMP(6), due_at = UTC_TIMESTAMP(6) WHERE id ="
           " %lld",
           d->id);
    for (int i = 0; i < 2; i++) {
        run(o, "deal.steps", 0);
        run(o, "deal.clocks", 0);
    }
    assert_int_equal(count(o,
                           "SELECT COUNT(*) AS n FROM notification WHERE event = 'deal.half' AND"
                           " object_id = ?",
                           d->id),
                     1);
    assert_int_equal(count(o,
                           "SELECT COUNT(*) AS n FROM notification WHERE event = 'deal.late' AND"
                           " object_id = ?",
                           d->id),
                     2);
}

static void test_deal_appeal__that_comes_back_answered_is_decided_by_no_rule(void **state)
{
    struct office *o = *state;
    struct deal *d = appeal(o, "Pendrick Slate");
    struct deal_actor by = o->w.vendor.by;
    struct actor actor = o->w.vendor.actor;

    actor.user_id = colleague(o);
    by.who.actor = &actor;
    run(o, "deal.appeal", d->id);
    d = look(o, d);
    assert_ok(db_begin_write(o->w.db));
    assert_ok(
        deal_decide(o->w.db, o->w.a, &by, d,
                    &(struct deal_decision){ .verb = DEAL_RETURN, .reason_code = "other_return" }));
    assert_ok(deal_submit(o->w.db, o->w.a, &o->w.north.by, d));
    assert_ok(db_commit(o->w.db));
    add_rule(o, "reject", "");
    run(o, "deal.rules", d->id);
    assert_string_equal(look(o, d)->state_code, "submitted");
    change(o, "DELETE FROM deal_rule", 0);
}

static void test_deal_ends__a_protection_that_is_over_expires_and_frees_its_claims(void **state)
{
    struct office *o = *state;
    struct deal *d = approve(o, &o->w.north, "Marlow Textiles plc");

    change(
        o,
        "UPDATE deal SET protected_until_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = %lld",
        d->id);
    run(o, "deal.ends", 0);
    assert_int_equal(look(o, d)->state, DEAL_EXPIRED);
    assert_int_equal(count(o, "SELECT COUNT(*) AS n FROM claim WHERE deal_id = ?", d->id), 0);
}

static void test_deal_ends__a_protection_that_is_not_over_stays(void **state)
{
    struct office *o = *state;
    struct deal *d = approve(o, &o->w.north, "Tern Robotics Inc.");

    run(o, "deal.ends", 0);
    assert_int_equal(look(o, d)->state, DEAL_APPROVED);
}

static void test_deal_ends__a_won_one_keeps_its_claims_to_the_end_of_its_protection(void **state)
{
    static const char held[] = "SELECT COUNT(*) AS n FROM claim WHERE deal_id = ?";
    struct office *o = *state;
    struct deal *d = approve(o, &o->w.north, "Avocet Instruments BV");

    change(o, "UPDATE deal SET state = 'won', phase = 4 WHERE id = %lld", d->id);
    run(o, "deal.ends", 0);
    assert_int_equal(count(o, held, d->id), 1);
    change(
        o,
        "UPDATE deal SET protected_until_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = %lld",
        d->id);
    run(o, "deal.ends", 0);
    assert_int_equal(count(o, held, d->id), 0);
}

static void test_deal_ends__a_returned_one_that_is_not_answered_expires(void **state)
{
    struct office *o = *state;
    struct deal *d = submit(o, &o->w.north, "Osprey Marine GmbH", 1);

    assert_ok(db_begin_write(o->w.db));
    assert_ok(deal_decide(
        o->w.db, o->w.a, &o->w.vendor.by, d,
        &(struct deal_decision){ .verb = DEAL_RETURN, .reason_code = "value_unclear" }));
    assert_ok(db_commit(o->w.db));
    change(o,
           "UPDATE deal SET answer_due_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = %lld",
           d->id);
    run(o, "deal.ends", 0);
    assert_int_equal(look(o, d)->state, DEAL_EXPIRED);
}

static void test_deal_warnings__each_stage_is_said_once(void **state)
{
    static const char said[] =
        "SELECT COUNT(*) AS n FROM notification WHERE event = 'deal.expiring' "
        "AND object_id = ?";
    struct office *o = *state;
    struct deal *d = approve(o, &o->w.north, "Petrel Optics KK");

    change(
        o,
        "UPDATE deal SET protected_until_at = UTC_TIMESTAMP(6) + INTERVAL 20 DAY WHERE id = %lld",
        d->id);
    run(o, "deal.warnings", 0);
    run(o, "deal.warnings", 0);
    assert_int_equal(count(o, said, d->id), 1);
    change(o,
           "UPDATE deal SET protected_until_at = UTC_TIMESTAMP(6) + INTERVAL 5 DAY WHERE id = %lld",
           d->id);
    run(o, "deal.warnings", 0);
    assert_int_equal(count(o, said, d->id), 2);
}

static void test_deal_clocks__a_late_decision_is_escalated_once(void **state)
{
    static const char said[] = "SELECT COUNT(*) AS n FROM notification WHERE event = 'deal.late' "
                               "AND object_id = ?";
    struct office *o = *state;
    struct deal *d = submit(o, &o->w.north, "Dunlin Energy AB", 1);

    change(o, "UPDATE deal SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = %lld",
           d->id);
    assert_ok(db_begin_write(o->w.db));
    d = deal_world_reload(&o->w, d);
    assert_ok(deal_decide(o->w.db, o->w.a, &o->w.vendor.by, d,
                          &(struct deal_decision){ .verb = DEAL_TAKE }));
    assert_ok(db_commit(o->w.db));
    run(o, "deal.clocks", 0);
    run(o, "deal.clocks", 0);
    assert_int_equal(count(o, said, d->id), 1);
}

static const char told_late[] = "SELECT COUNT(*) AS n FROM notification WHERE event = 'deal.late' "
                                "AND object_id = ?";

/* In department 1, overdue, and with the vendor's person, whose manager is MANAGER (0: nobody). */
static struct deal *late_with_manager(struct office *o, const char *company, int64_t manager)
{
    struct deal *d = submit(o, &o->w.north, company, 1);

    change(o,
           "INSERT IGNORE INTO department (id, last_id, name_en, name_zh) VALUES"
           " (1, 999, 'V', 'V')",
           0);
    change(o, "UPDATE user SET status = 'disabled' WHERE audience = 'staff' AND id <> %lld",
           o->w.vendor.user);
    change(o, "UPDATE user SET department_id = 1 WHERE id = %lld", o->w.vendor.user);
    change(o, "UPDATE user SET manager_id = NULLIF(%lld, 0) WHERE audience = 'staff'", manager);
    change(o, "UPDATE deal SET department_id = 1 WHERE id = %lld", d->id);
    change(o, "UPDATE deal SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = %lld",
           d->id);
    assert_ok(db_begin_write(o->w.db));
    d = deal_world_reload(&o->w, d);
    assert_ok(deal_decide(o->w.db, o->w.a, &o->w.vendor.by, d,
                          &(struct deal_decision){ .verb = DEAL_TAKE }));
    assert_ok(db_commit(o->w.db));
    return d;
}

static void test_deal_clocks__where_the_reviewer_has_no_manager_his_colleagues_are_told(
    void **state)
{
    struct office *o = *state;
    struct deal *d = late_with_manager(o, "Fulmar Cables AB", 0);

    colleague(o);
    colleague(o);
    run(o, "deal.clocks", 0);
    assert_int_equal(count(o, told_late, d->id), 3);
}

static void test_deal_clocks__a_manager_who_has_left_is_none(void **state)
{
    struct office *o = *state;
    const int64_t boss = colleague(o);
    struct deal *d = late_with_manager(o, "Gannet Pipes AB", boss);

    colleague(o);
    run(o, "deal.clocks", 0);
    assert_int_equal(count(o, told_late, d->id), 2);
}

static void test_deal_clocks__where_there_is_a_manager_colleagues_are_not_told(void **state)
{
    struct office *o = *state;
    const int64_t boss = colleague(o);
    struct deal *d = late_with_manager(o, "Petrel Wires AB", boss);

    change(o, "UPDATE user SET status = 'active' WHERE id = %lld", boss);
    colleague(o);
    run(o, "deal.clocks", 0);
    assert_int_equal(count(o, told_late, d->id), 2);
}

static void test_deal_free__what_a_partner_ended_is_freed_and_the_next_in_rank_told(void **state)
{
    struct office *o = *state;
    struct deal *first = approve(o, &o->w.north, "武汉长歌生物有限公司");
    struct deal *second = submit(o, &o->w.south, "武汉长歌生物有限公司", 1);

    change(
        o,
        "UPDATE account SET group_id = (SELECT group_id FROM (SELECT MIN(group_id) AS group_id FROM "
        "account WHERE name = '武汉长歌生物有限公司') x) WHERE name = '武汉长歌生物有限公司'",
        0);
    assert_ok(db_begin_write(o->w.db));
    first = deal_world_reload(&o->w, first);
    assert_ok(deal_decide(o->w.db, o->w.a, &o->w.north.by, first,
                          &(struct deal_decision){ .verb = DEAL_END }));
    assert_ok(db_commit(o->w.db));
    run(o, "deal.free", first->id);
    assert_int_equal(count(o, "SELECT COUNT(*) AS n FROM claim WHERE deal_id = ?", first->id), 0);
    run(o, "deal.freed", first->id);
    assert_int_equal(count(o,
                           "SELECT COUNT(*) AS n FROM notification WHERE event = 'deal.line_free' "
                           "AND object_id = ?",
                           second->id),
                     1);
}

/* The partner asks through the same verb as its page; the job is the row that this leaves. */
static void ask_extension(struct office *o, struct deal *d)
{
    const struct deal_extension_ask ask = { "The tender was moved to spring.", "30" };

    assert_ok(db_begin_write(o->w.db));
    d = deal_world_reload(&o->w, d);
    assert_ok(deal_extension_ask(o->w.db, o->w.a, &o->w.north.by, d, &ask));
    assert_ok(db_commit(o->w.db));
    assert_int_equal(
        count(o, "SELECT COUNT(*) AS n FROM job WHERE kind = 'deal.extension' AND ref = ?", d->id),
        1);
}

#define TOLD_OF_EXTENSION(o, id)                                                   \
    count(o,                                                                       \
          "SELECT COALESCE(SUM(user_id), 0) AS n FROM notification WHERE event = " \
          "'deal.extension_asked' AND object_id = ?",                              \
          id)

static void test_deal_extension__who_decided_it_is_told_once_by_word_and_mail(void **state)
{
    struct office *o = *state;
    struct deal *d = approve(o, &o->w.north, "Larkspur Mills Ltd");
    const int64_t mails =
        count(o, "SELECT COUNT(*) AS n FROM outbox WHERE user_id = ?", o->w.vendor.user);

    change(o,
           "UPDATE deal SET reviewer_id = (SELECT id FROM user WHERE audience = 'staff' "
           "ORDER BY id DESC LIMIT 1) WHERE id = %lld",
           d->id);
    ask_extension(o, d);
    run(o, "deal.extension", d->id);
    run(o, "deal.extension", d->id);
    assert_int_equal(TOLD_OF_EXTENSION(o, d->id), look(o, d)->reviewer_id);
    assert_int_equal(
        count(o, "SELECT COUNT(*) AS n FROM outbox WHERE user_id = ?", look(o, d)->reviewer_id) -
            mails,
        1);
}

static void test_deal_extension__of_what_a_rule_approved_goes_to_who_could_take_it(void **state)
{
    struct office *o = *state;
    struct deal *d = approve(o, &o->w.north, "Merriweather Docks Ltd");

    change(
        o,
        "INSERT IGNORE INTO department (id, last_id, name_en, name_zh) VALUES (1, 999, 'V', 'V')",
        0);
    change(o, "UPDATE deal SET reviewer_id = NULL, department_id = 1 WHERE id = %lld", d->id);
    change(o, "UPDATE user SET department_id = 1 WHERE id = %lld", o->w.vendor.user);
    ask_extension(o, d);
    run(o, "deal.extension", d->id);
    assert_int_not_equal(TOLD_OF_EXTENSION(o, d->id), 0);
}

static void test_deal_figures__they_agree_with_the_registrations(void **state)
{
    struct office *o = *state;

    run(o, "deal.figures", 0);
    assert_int_equal(
        count(o, "SELECT SUM(submitted) AS n FROM deal_figure WHERE account_id = ?",
              o->w.north.account),
        count(o, "SELECT COUNT(*) AS n FROM deal WHERE rank_no IS NOT NULL AND account_id = ?",
              o->w.north.account));
    assert_int_equal(
        count(o, "SELECT SUM(rejected) AS n FROM deal_figure WHERE account_id = ?",
              o->w.north.account),
        count(o, "SELECT COUNT(*) AS n FROM deal WHERE state = 'rejected' AND account_id = ?",
              o->w.north.account));
}

/* -- counts of the menu -------------------------------------------------------------------------
 */

#define COUNTED "SELECT counter_deals AS n FROM session WHERE user_id = ?"

static struct deal *draft(struct office *o, struct side *side, const char *company)
{
    struct deal *d;

    assert_ok(db_begin_write(o->w.db));
    d = deal_world_draft(&o->w, side, company, 1);
    assert_ok(db_commit(o->w.db));
    return d;
}

static void test_counts__of_a_partner_are_what_needs_its_company_and_no_others(void **state)
{
    struct office *o = *state;
    struct deal *d;
    int64_t before;

    run(o, "deal.counts", 0);
    run(o, "deal.counts_all", 0);
    before = count(o, COUNTED, o->w.south.user);
    assert_int_equal(count(o, COUNTED, o->w.north.user),
                     count(o, "SELECT COUNT(*) AS n FROM deal WHERE phase = 1 AND account_id = ?",
                           o->w.north.account));
    draft(o, &o->w.south, "Tolvara Press");
    d = submit(o, &o->w.south, "Tolvara Foods", 1);
    run(o, "deal.counts", 0);
    assert_int_equal(count(o, COUNTED, o->w.south.user), before + 1);
    change(o,
           "UPDATE deal SET state = 'returned', phase = 1, updated_at = UTC_TIMESTAMP(6)"
           " WHERE id = %lld",
           d->id);
    run(o, "deal.counts", 0);
    assert_int_equal(count(o, COUNTED, o->w.south.user), before + 2);
    assert_int_equal(count(o, "SELECT counter_deals AS n FROM user WHERE id = ?", o->w.south.user),
                     before + 2);
}

static void test_counts__of_staff_are_their_work_and_what_nobody_has(void **state)
{
    struct office *o = *state;
    const int64_t me = o->w.vendor.user;
    struct deal *mine, *theirs;
    int64_t before;

    change(o,
           "UPDATE session SET permissions = RPAD(UNHEX('00000000000010'), 32, CHAR(0)),"
           " department_low = 0, department_high = 9223372036854775807 WHERE user_id = %lld",
           me);
    run(o, "deal.counts", 0);
    before = count(o, COUNTED, me);
    mine = submit(o, &o->w.north, "Ostrava Cables", 1);
    theirs = submit(o, &o->w.north, "Ostrava Optics", 1);
    run(o, "deal.counts", 0);
    assert_int_equal(count(o, COUNTED, me), before + 2);
    change(o, "UPDATE deal SET reviewer_id = 999999 WHERE id = %lld", theirs->id);
    assert_ok(db_begin_write(o->w.db));
    assert_ok(deal_assign(o->w.db, o->w.a, &o->w.vendor.by, mine, me, "Me"));
    assert_ok(db_commit(o->w.db));
    run(o, "deal.counts", 0);
    assert_int_equal(count(o, COUNTED, me), before + 1);
}

static void test_counts__of_staff_who_decide_nothing_are_none(void **state)
{
    struct office *o = *state;

    change(o, "UPDATE session SET permissions = RPAD('', 32, CHAR(0)) WHERE user_id = %lld",
           o->w.vendor.user);
    submit(o, &o->w.north, "Karelia Pumps", 1);
    run(o, "deal.counts", 0);
    assert_int_equal(count(o, COUNTED, o->w.vendor.user), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts__of_a_partner_are_what_needs_its_company_and_no_others),
        cmocka_unit_test(test_counts__of_staff_are_their_work_and_what_nobody_has),
        cmocka_unit_test(test_counts__of_staff_who_decide_nothing_are_none),
        cmocka_unit_test(test_deal_rules__an_approving_rule_approves_what_nothing_stands_against),
        cmocka_unit_test(test_deal_rules__an_approving_rule_leaves_a_match_to_a_person),
        cmocka_unit_test(test_deal_rules__a_match_that_the_partners_program_hid_is_found_again),
        cmocka_unit_test(test_deal_rules__a_match_with_a_false_verdict_is_judged_again),
        cmocka_unit_test(test_deal_rules__a_rule_never_rejects_on_the_verdict_alone),
        cmocka_unit_test(test_deal_rules__a_small_amount_is_rejected_with_its_reason),
        cmocka_unit_test(test_deal_rules__applied_twice_they_decide_once),
        cmocka_unit_test(test_deal_rules__an_approving_rule_leaves_what_our_own_sales_work_on),
        cmocka_unit_test(test_deal_rules__nor_where_a_person_said_that_it_is_the_same_customer),
        cmocka_unit_test(test_deal_rules__what_no_rule_decides_is_given_to_a_reviewer),
        cmocka_unit_test(test_deal_ends__a_protection_that_is_over_expires_and_frees_its_claims),
        cmocka_unit_test(test_deal_ends__a_protection_that_is_not_over_stays),
        cmocka_unit_test(test_deal_ends__a_won_one_keeps_its_claims_to_the_end_of_its_protection),
        cmocka_unit_test(test_deal_ends__a_returned_one_that_is_not_answered_expires),
        cmocka_unit_test(test_deal_warnings__each_stage_is_said_once),
        cmocka_unit_test(test_deal_clocks__a_late_decision_is_escalated_once),
        cmocka_unit_test(test_deal_free__what_a_partner_ended_is_freed_and_the_next_in_rank_told),
        cmocka_unit_test(test_deal_extension__who_decided_it_is_told_once_by_word_and_mail),
        cmocka_unit_test(test_deal_extension__of_what_a_rule_approved_goes_to_who_could_take_it),
        cmocka_unit_test(test_deal_figures__they_agree_with_the_registrations),
        cmocka_unit_test(test_deal_appeal__waits_for_everybody_where_nobody_else_decides),
        cmocka_unit_test(test_deal_appeal__leaves_its_department_where_nobody_else_is_in_it),
        cmocka_unit_test(test_deal_appeal__goes_to_another_and_tells_both_sides_once),
        cmocka_unit_test(test_deal_appeal__that_comes_back_answered_is_decided_by_no_rule),
        cmocka_unit_test(test_deal_appeal__that_is_late_is_not_told_to_who_refused_it),
        cmocka_unit_test(test_deal_steps__an_open_step_is_reminded_of_and_escalated_once),
        cmocka_unit_test(
            test_deal_clocks__where_the_reviewer_has_no_manager_his_colleagues_are_told),
        cmocka_unit_test(test_deal_clocks__a_manager_who_has_left_is_none),
        cmocka_unit_test(test_deal_clocks__where_there_is_a_manager_colleagues_are_not_told),
    };

    return cmocka_run_group_tests_name("deal jobs", tests, open_office, close_office);
}
