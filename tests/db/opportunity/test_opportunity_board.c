/* What a board reads: no more than its cards, however many there are. */
#include "support/test.h"
#include "fixture/fixture_deal.h"

#include "opportunity/opportunity_board_sql.h"

enum { EACH = 200, CARDS = 4 };

static const struct db_stmt fill = {
    .name = "test.board_fill",
    .sql =
        "INSERT INTO opportunity (account_id, owner_user_id, name, customer_name, currency, amount, "
        "stage_id, expected_close, worked_at, created_at, updated_at) SELECT ?, ?, CONCAT('Board ', "
        "seq), 'Kiesel', 'EUR', 10, 1 + seq MOD 5, '2031-01-01' + INTERVAL seq DAY, "
        "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM seq_1_to_1000",
    .binds = "ii",
    .flags = DB_WRITE,
};

struct number_row {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number_row, n, DB_I64, 0), { 0 } };
static const struct db_stmt steps = {
    .name = "test.board_steps",
    .sql = "SELECT CAST(SUM(variable_value) AS SIGNED) AS n FROM information_schema.session_status "
           "WHERE variable_name IN ('HANDLER_READ_NEXT', 'HANDLER_READ_RND_NEXT')",
    .binds = "",
    .fields = number_fields,
    .row_bytes = sizeof(struct number_row),
};

static int64_t steps_so_far(struct deal_world *w)
{
    struct number_row row;

    assert_ok(db_get(w->db, w->a, &steps, DB_NO_ARGS, &row));
    return row.n;
}

/* Those of looking itself are the same each time. */
static int64_t steps_of(struct deal_world *w, const struct db_stmt *stmt, const struct db_arg *args,
                        struct opportunity_card **rows, size_t *count)
{
    const int64_t first = steps_so_far(w), second = steps_so_far(w);

    assert_ok(db_list(w->db, w->a, stmt, args, rows, count));
    return steps_so_far(w) - second - (second - first);
}

static void stage_args(struct db_arg *args, size_t each, const struct db_arg *scope)
{
    for (size_t stage = 1; stage <= BOARD_STAGES; stage++) {
        for (size_t i = 0; i + 2 < each; i++)
            *args++ = scope[i];
        *args++ = DB_I((int64_t)stage);
        *args++ = DB_I(CARDS);
    }
}

static void assert_reads_its_cards(struct deal_world *w, const struct db_stmt *stmt, size_t each,
                                   const struct db_arg *scope)
{
    struct db_arg args[BOARD_ARGS + 1] = { 0 };
    struct opportunity_card *rows;
    size_t count;
    int64_t read;

    stage_args(args, each, scope);
    read = steps_of(w, stmt, args, &rows, &count);
    assert_int_equal(count, BOARD_STAGES * CARDS);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(rows[i].stage_id, 1 + i / CARDS);
    assert_in_range(read, 0, BOARD_STAGES * (CARDS + 1));
}

static void test_cards__of_a_partner_are_all_that_is_read(void **state)
{
    struct deal_world *w = *state;

    assert_ok(db_exec(w->db, &fill, DB_ARGS(DB_I(w->north.account), DB_I(w->north.user)), NULL));
    assert_ok(db_exec(w->db, &fill, DB_ARGS(DB_I(w->south.account), DB_I(w->south.user)), NULL));
    assert_reads_its_cards(w, &opportunity_own_cards, 3, DB_ARGS(DB_I(w->north.account)));
}

static void test_cards__of_staff_are_all_that_is_read(void **state)
{
    struct deal_world *w = *state;

    assert_ok(db_exec(w->db, &fill, DB_ARGS(DB_I(w->north.account), DB_I(w->north.user)), NULL));
    assert_reads_its_cards(w, &opportunity_staff_cards, 5,
                           DB_ARGS(DB_I(0), DB_I(INT64_MAX), DB_I(w->vendor.user)));
}

/* The owner's own are read until there are enough of a stage. */
static void test_cards__of_an_owner_are_found_among_his(void **state)
{
    struct deal_world *w = *state;
    struct db_arg args[BOARD_ARGS + 1] = { 0 };
    struct opportunity_card *rows;
    size_t count;

    assert_ok(db_exec(w->db, &fill, DB_ARGS(DB_I(w->north.account), DB_I(w->north.user)), NULL));
    assert_ok(db_exec(w->db, &fill, DB_ARGS(DB_I(w->south.account), DB_I(w->vendor.user)), NULL));
    stage_args(args, 6,
               DB_ARGS(DB_I(0), DB_I(INT64_MAX), DB_I(w->vendor.user), DB_I(w->vendor.user)));
    assert_in_range(steps_of(w, &opportunity_staff_cards_mine, args, &rows, &count), 1,
                    BOARD_STAGES * EACH);
    assert_int_equal(count, BOARD_STAGES * CARDS);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, deal_world_begin, deal_world_roll_back)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_cards__of_a_partner_are_all_that_is_read),
        TEST(test_cards__of_staff_are_all_that_is_read),
        TEST(test_cards__of_an_owner_are_found_among_his),
    };

    return cmocka_run_group_tests(tests, deal_world_make, deal_world_end);
}
