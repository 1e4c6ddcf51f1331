/* deal/: a registration's way from draft to decision, and who may have the same customer. */
#include "support/test.h"

#include "account/account.h"
#include "comment/comment.h"
#include "deal/deal.h"
#include "deal/deal_sql.h"
#include "fixture/fixture_deal.h"

static struct err *decide(struct deal_world *w, struct deal *d, enum deal_verb verb)
{
    return deal_decide(w->db, w->a, &w->vendor.by, d,
                       &(struct deal_decision){ .verb = verb,
                                                .reason_code = "other_reject",
                                                .reason_text = "Too early" });
}

static void test_deal__a_draft_has_its_number_at_once(void **state)
{
    struct deal_world *w = *state;

    assert_true(deal_world_draft(w, &w->north, "华为技术有限公司", 1)->id > 10000);
}

static void test_deal__a_submission_takes_a_rank_and_a_due_time(void **state)
{
    struct deal_world *w = *state;
    struct deal *d = deal_world_submitted(w, &w->north, "华为技术有限公司", 2);

    assert_int_equal(d->state, DEAL_SUBMITTED);
    assert_true(d->rank_no > 0);
    assert_true(d->due_at > d->submitted_at);
    assert_int_equal(d->total, 2000 * MONEY_SCALE);
    assert_string_equal(d->verdict, "different");
}

static void test_deal__a_submission_leaves_a_receipt_and_a_job(void **state)
{
    struct deal_world *w = *state;
    struct deal *d = deal_world_submitted(w, &w->north, "苏州衡岳精密机械有限公司", 1);

    assert_int_equal(
        deal_world_number(
            w, "SELECT COUNT(*) AS n FROM receipt WHERE event = 'submitted' AND deal_id = ?",
            d->id),
        1);
    assert_int_equal(
        deal_world_number(w, "SELECT COUNT(*) AS n FROM job WHERE kind = 'deal.rules' AND ref = ?",
                          d->id),
        1);
}

static void test_deal__a_record_says_what_hangs_on_it_to_those_who_may_see_it(void **state)
{
    struct deal_world *w = *state;
    struct deal *d = deal_world_submitted(w, &w->north, "无锡霁川光学有限公司", 1), *seen;
    int64_t id;

    assert_ok(deal_of_account(w->db, w->a, w->north.account, d->id, &seen));
    assert_false(seen->has_comments || seen->has_notes || seen->has_files || seen->has_opened);
    assert_ok(comment_add(w->db, &w->vendor.actor, "deal", d->id, "Which site?", &id));
    assert_ok(comment_add_note(w->db, &w->vendor.actor, "deal", d->id, "Call them"));
    assert_ok(deal_of_account(w->db, w->a, w->north.account, d->id, &seen));
    assert_true(seen->has_comments && !seen->has_notes);
    assert_ok(deal_of_staff(w->db, w->a, 0, INT64_MAX, w->vendor.user, d->id, &seen));
    assert_true(seen->has_comments && seen->has_notes && !seen->has_files);
}

static void test_deal__ranks_follow_the_order_of_submission(void **state)
{
    struct deal_world *w = *state;
    struct deal *first = deal_world_submitted(w, &w->north, "青岛海砚冷链物流有限公司", 1);
    struct deal *second = deal_world_submitted(w, &w->south, "Aurora Logistics AG", 1);

    assert_true(second->rank_no > first->rank_no);
}

static void test_deal__an_incomplete_draft_is_not_submitted(void **state)
{
    struct deal_world *w = *state;
    struct deal *d = deal_world_reload(w, deal_world_draft(w, &w->north, "", 1));

    assert_err_kind(deal_submit(w->db, w->a, &w->north.by, d), ERR_INVALID);
    assert_int_equal(deal_world_reload(w, d)->state, DEAL_DRAFT);
}

static void test_deal__approval_begins_protection_and_takes_a_claim_a_line(void **state)
{
    struct deal_world *w = *state;
    struct deal *d = deal_world_submitted(w, &w->north, "成都岷光电子科技有限公司", 2);

    assert_ok(decide(w, d, DEAL_APPROVE));
    d = deal_world_reload(w, d);
    assert_int_equal(d->state, DEAL_APPROVED);
    assert_true(d->protected_until_at > d->decided_at);
    assert_int_equal(
        deal_world_number(w, "SELECT COUNT(*) AS n FROM claim WHERE deal_id = ?", d->id), 2);
}

static void test_deal__a_latin_spelling_of_a_chinese_company_is_flagged(void **state)
{
    struct deal_world *w = *state;
    struct deal *second;

    deal_world_submitted(w, &w->north, "华为技术有限公司", 2);
    second = deal_world_submitted(w, &w->south, "Huawei Technologies Co., Ltd.", 1);
    assert_string_not_equal(second->verdict, "different");
    assert_int_equal(
        deal_world_number(w,
                          "SELECT COUNT(*) AS n FROM deal_match WHERE overlap = 1 AND deal_id = ?",
                          second->id),
        1);
}

static void test_deal__an_unresolved_match_forbids_approval(void **state)
{
    struct deal_world *w = *state;
    struct deal *second;

    deal_world_submitted(w, &w->north, "华为技术有限公司", 2);
    second = deal_world_submitted(w, &w->south, "Huawei Technologies Co., Ltd.", 1);
    assert_err_kind(decide(w, second, DEAL_APPROVE), ERR_CONFLICT);
    assert_int_equal(deal_world_reload(w, second)->state, DEAL_SUBMITTED);
}

static void join(struct deal_world *w, const struct deal *x, const struct deal *y,
                 enum pair_decision what)
{
    int64_t kept, gone;

    assert_ok(account_decide_pair(w->db, w->a, &w->vendor.by.who, x->end_customer_id,
                                  y->end_customer_id, what, &kept, &gone));
}

static void test_deal__customers_marked_different_may_both_be_approved(void **state)
{
    struct deal_world *w = *state;
    struct deal *first = deal_world_submitted(w, &w->north, "华为技术有限公司", 1);
    struct deal *second = deal_world_submitted(w, &w->south, "Huawei Technologies Co., Ltd.", 1);

    join(w, first, second, PAIR_DIFFERENT);
    assert_ok(decide(w, first, DEAL_APPROVE));
    assert_ok(decide(w, second, DEAL_APPROVE));
}

static void test_deal__a_later_rank_waits_for_an_earlier_one(void **state)
{
    struct deal_world *w = *state;
    struct deal *first = deal_world_submitted(w, &w->north, "华为技术有限公司", 1);
    struct deal *second = deal_world_submitted(w, &w->south, "Huawei Technologies Co., Ltd.", 1);
    struct err *e;

    join(w, first, second, PAIR_SAME);
    e = decide(w, second, DEAL_APPROVE);
    assert_string_equal(err_detail(e), "rank");
    assert_err_kind(e, ERR_CONFLICT);
}

static void test_deal__a_taken_claim_forbids_approval(void **state)
{
    struct deal_world *w = *state;
    struct deal *first = deal_world_submitted(w, &w->north, "华为技术有限公司", 1);
    struct deal *second = deal_world_submitted(w, &w->south, "Huawei Technologies Co., Ltd.", 1);
    struct err *e;

    join(w, first, second, PAIR_SAME);
    assert_ok(decide(w, first, DEAL_APPROVE));
    e = decide(w, second, DEAL_APPROVE);
    assert_string_equal(err_detail(e), "claim");
    assert_err_kind(e, ERR_CONFLICT);
}

static void test_deal__other_lines_of_the_same_customer_may_be_approved(void **state)
{
    struct deal_world *w = *state;
    struct deal *first = deal_world_submitted(w, &w->north, "华为技术有限公司", 1);
    struct deal *second = deal_world_draft(w, &w->south, "华为技术有限公司", 1);

    second->lines[0].product_line_id = w->line[2];
    second = deal_world_reload(w, second);
    second->lines[0].product_line_id = w->line[2];
    assert_ok(deal_update(w->db, w->a, &w->south.by, second));
    assert_ok(deal_submit(w->db, w->a, &w->south.by, second));
    assert_ok(decide(w, first, DEAL_APPROVE));
    assert_ok(decide(w, deal_world_reload(w, second), DEAL_APPROVE));
}

static void overrule_shown(struct deal_world *w, struct deal *d, struct deal_obstacle **shown,
                           size_t *count)
{
    assert_ok(deal_obstacles(w->db, w->a, d, shown, count));
    assert_true(*count > 0);
}

static void test_deal__overruling_takes_the_claim_and_revokes_a_registration_without_lines(
    void **state)
{
    struct deal_world *w = *state;
    struct deal *first = deal_world_submitted(w, &w->north, "华为技术有限公司", 1);
    struct deal *second = deal_world_submitted(w, &w->south, "Huawei Technologies Co., Ltd.", 1);
    struct deal_overrule over = { .reason_code = "customer_choice", .reason_text = "In writing" };
    struct deal_obstacle *shown;

    join(w, first, second, PAIR_SAME);
    assert_ok(decide(w, first, DEAL_APPROVE));
    overrule_shown(w, second, &shown, &over.count);
    over.shown = shown;
    assert_ok(deal_overrule(w->db, w->a, &w->vendor.by, second, &over));
    assert_int_equal(deal_world_reload(w, first)->state, DEAL_REVOKED);
    assert_int_equal(deal_world_reload(w, second)->state, DEAL_APPROVED);
    assert_int_equal(deal_world_number(
                         w, "SELECT deal_id AS n FROM claim WHERE product_line_id = ?", w->line[0]),
                     second->id);
}

static void test_deal__overruling_one_line_leaves_the_others_protected(void **state)
{
    struct deal_world *w = *state;
    struct deal *first = deal_world_submitted(w, &w->north, "华为技术有限公司", 2);
    struct deal *second = deal_world_submitted(w, &w->south, "Huawei Technologies Co., Ltd.", 1);
    struct deal_overrule over = { .reason_code = "customer_choice", .reason_text = "In writing" };
    struct deal_obstacle *shown;

    join(w, first, second, PAIR_SAME);
    assert_ok(decide(w, first, DEAL_APPROVE));
    overrule_shown(w, second, &shown, &over.count);
    over.shown = shown;
    assert_ok(deal_overrule(w->db, w->a, &w->vendor.by, second, &over));
    assert_int_equal(deal_world_reload(w, first)->state, DEAL_APPROVED);
    assert_int_equal(
        deal_world_number(w, "SELECT COUNT(*) AS n FROM claim WHERE deal_id = ?", first->id), 1);
}

static void test_deal__overruling_an_old_version_of_a_claim_is_refused(void **state)
{
    struct deal_world *w = *state;
    struct deal *first = deal_world_submitted(w, &w->north, "华为技术有限公司", 1);
    struct deal *second = deal_world_submitted(w, &w->south, "Huawei Technologies Co., Ltd.", 1);
    struct deal_overrule over = { .reason_code = "customer_choice", .reason_text = "In writing" };
    struct deal_obstacle *shown;

    join(w, first, second, PAIR_SAME);
    assert_ok(decide(w, first, DEAL_APPROVE));
    overrule_shown(w, second, &shown, &over.count);
    shown[0].claim_version--;
    over.shown = shown;
    assert_err_kind(deal_overrule(w->db, w->a, &w->vendor.by, second, &over), ERR_CONFLICT);
}

static void test_deal__a_returned_one_keeps_its_rank_when_answered(void **state)
{
    struct deal_world *w = *state;
    struct deal *d = deal_world_submitted(w, &w->north, "上海澄远医疗管理有限公司", 1);
    const int64_t rank = d->rank_no;

    assert_ok(decide(w, d, DEAL_RETURN));
    d = deal_world_reload(w, d);
    assert_true(d->answer_due_at > 0);
    assert_ok(deal_submit(w->db, w->a, &w->north.by, d));
    assert_int_equal(deal_world_reload(w, d)->rank_no, rank);
}

static void test_deal__a_decision_on_an_old_version_is_refused(void **state)
{
    struct deal_world *w = *state;
    struct deal *d = deal_world_submitted(w, &w->north, "上海澄远医疗管理有限公司", 1);
    struct deal *seen_before = deal_world_reload(w, d);

    assert_ok(decide(w, d, DEAL_TAKE));
    seen_before->state = DEAL_REVIEW;
    assert_err_kind(decide(w, seen_before, DEAL_REJECT), ERR_CONFLICT);
}

static void test_deal__an_equal_tax_number_joins_two_customers(void **state)
{
    struct deal_world *w = *state;
    struct deal *first = deal_world_draft(w, &w->north, "苏州衡岳精密机械有限公司", 1);
    struct deal *second = deal_world_draft(w, &w->south, "HY Precision", 1);
    int64_t group;

    first->tax_number = second->tax_number = "91320594MA1X7QK30T";
    assert_ok(deal_update(w->db, w->a, &w->north.by, first));
    assert_ok(deal_update(w->db, w->a, &w->south.by, second));
    first = deal_world_reload(w, first);
    second = deal_world_reload(w, second);
    assert_ok(deal_submit(w->db, w->a, &w->north.by, first));
    assert_ok(deal_submit(w->db, w->a, &w->south.by, second));
    group = deal_world_number(w, "SELECT group_id AS n FROM account WHERE id = ?",
                              first->end_customer_id);
    assert_int_equal(deal_world_number(w, "SELECT group_id AS n FROM account WHERE id = ?",
                                       second->end_customer_id),
                     group);
    assert_string_equal(second->verdict, "same");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, deal_world_begin, deal_world_roll_back)
    const struct CMUnitTest tests[] = {
        T(test_deal__a_draft_has_its_number_at_once),
        T(test_deal__a_submission_takes_a_rank_and_a_due_time),
        T(test_deal__a_submission_leaves_a_receipt_and_a_job),
        T(test_deal__a_record_says_what_hangs_on_it_to_those_who_may_see_it),
        T(test_deal__ranks_follow_the_order_of_submission),
        T(test_deal__an_incomplete_draft_is_not_submitted),
        T(test_deal__approval_begins_protection_and_takes_a_claim_a_line),
        T(test_deal__a_latin_spelling_of_a_chinese_company_is_flagged),
        T(test_deal__an_unresolved_match_forbids_approval),
        T(test_deal__customers_marked_different_may_both_be_approved),
        T(test_deal__a_later_rank_waits_for_an_earlier_one),
        T(test_deal__a_taken_claim_forbids_approval),
        T(test_deal__other_lines_of_the_same_customer_may_be_approved),
        T(test_deal__overruling_takes_the_claim_and_revokes_a_registration_without_lines),
        T(test_deal__overruling_one_line_leaves_the_others_protected),
        T(test_deal__overruling_an_old_version_of_a_claim_is_refused),
        T(test_deal__a_returned_one_keeps_its_rank_when_answered),
        T(test_deal__a_decision_on_an_old_version_is_refused),
        T(test_deal__an_equal_tax_number_joins_two_customers),
    };

    return cmocka_run_group_tests_name("deal flow", tests, deal_world_make, deal_world_end);
}
