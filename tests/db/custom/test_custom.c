/* custom/custom_sql.c: definitions are kept, values come in one statement, and a type is held by
 * the first of them. */
#include "support/test.h"

#include "base/money.h"
#include "custom/custom_inside.h"
#include "support/testdb.h"

#include <stdlib.h>

struct world {
    struct db *db;
    struct arena *a;
};

static int make_world(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    w->db = testdb_open(NULL);
    w->a = arena_new(4096);
    *state = w;
    return 0;
}

static int end_world(void **state)
{
    struct world *w = *state;

    db_close(w->db);
    arena_free(w->a);
    free(w);
    return 0;
}

static int begin(void **state)
{
    struct world *w = *state;

    assert_ok(db_begin_write(w->db));
    return 0;
}

static int roll_back(void **state)
{
    struct world *w = *state;

    db_rollback(w->db);
    return 0;
}

static void define(struct world *w, const char *kind, const char *code, const char *type)
{
    static const struct db_stmt add = {
        .name = "test.custom",
        .sql = "INSERT INTO custom_field (kind, code, type, name_en, name_zh) VALUES (?, ?, ?, ?, "
               "'字段')",
        .binds = "ssss",
        .flags = DB_WRITE,
    };

    assert_ok(db_exec(w->db, &add, DB_ARGS(DB_S(kind), DB_S(code), DB_S(type), DB_S(code)), NULL));
}

static struct custom_set fields(struct world *w, enum custom_kind kind)
{
    struct custom_set set;

    assert_ok(custom_fields(w->db, w->a, kind, CUSTOM_STAFF, &set));
    return set;
}

static void put(struct world *w, const struct custom_field *field, struct custom_value value)
{
    const struct custom_set of = { .kind = field->kind };

    assert_ok(custom_put(w->db, &of, &(struct custom_change){ .field = field, .value = value }, 1));
}

static void test_custom_fields__are_of_their_kind_and_a_choice_has_options(void **state)
{
    struct world *w = *state;
    struct custom_set set;

    define(w, "account", "motto", "text");
    define(w, "account", "grade", "choice");
    define(w, "contact", "birthday", "day");
    set = fields(w, CUSTOM_ACCOUNT);
    assert_int_equal(set.count, 1);
    assert_string_equal(set.fields[0].code, "motto");
    assert_int_equal(fields(w, CUSTOM_CONTACT).count, 1);
}

static void test_custom_values__of_a_kind_without_fields_cost_no_statement(void **state)
{
    struct world *w = *state;
    struct custom_set set = fields(w, CUSTOM_ACCOUNT);
    struct custom_value *values;

    db_statement_count(w->db);
    assert_ok(custom_values(w->db, w->a, &set, 1, &values));
    set = fields(w, CUSTOM_CONTACT);
    assert_int_equal(db_statement_count(w->db), 0);
}

static void test_custom_values__of_a_record_are_one_statement(void **state)
{
    struct world *w = *state;
    struct custom_value *values;
    struct custom_set set;

    define(w, "account", "motto", "text");
    define(w, "account", "seats", "int");
    define(w, "account", "until", "day");
    set = fields(w, CUSTOM_ACCOUNT);
    put(w, &set.fields[0], (struct custom_value){ .object_id = 5, .field_id = 1, .text = "\"Ü\"" });
    put(w, &set.fields[2], (struct custom_value){ .object_id = 5, .field_id = 1, .day = 20000 });
    put(w, &set.fields[1], (struct custom_value){ .object_id = 6, .field_id = 1, .e4 = 30000 });
    db_statement_count(w->db);
    assert_ok(custom_values(w->db, w->a, &set, 5, &values));
    assert_int_equal(db_statement_count(w->db), 1);
    assert_string_equal(values[0].text, "\"Ü\"");
    assert_int_equal(values[1].field_id, 0);
    assert_int_equal(values[2].day, 20000);
}

static void test_custom_put__changes_what_is_there_and_removes_what_has_no_value(void **state)
{
    struct world *w = *state;
    struct custom_value *values;
    struct custom_set set;

    define(w, "account", "seats", "int");
    set = fields(w, CUSTOM_ACCOUNT);
    put(w, &set.fields[0], (struct custom_value){ .object_id = 5, .field_id = 1, .e4 = 30000 });
    set.fields[0].used = true;
    put(w, &set.fields[0], (struct custom_value){ .object_id = 5, .field_id = 1, .e4 = -40000 });
    assert_ok(custom_values(w->db, w->a, &set, 5, &values));
    assert_int_equal(values[0].e4, -4 * MONEY_SCALE);
    put(w, &set.fields[0], (struct custom_value){ .object_id = 5 });
    assert_ok(custom_values(w->db, w->a, &set, 5, &values));
    assert_int_equal(values[0].field_id, 0);
}

static void test_custom_put__a_type_that_was_changed_meanwhile_is_looked_at_again(void **state)
{
    static const struct db_stmt change = {
        .name = "test.custom_type",
        .sql = "UPDATE custom_field SET type = 'text' WHERE used = 0",
        .binds = "",
        .flags = DB_WRITE,
    };
    struct world *w = *state;
    struct custom_set set;
    struct err *e;

    define(w, "account", "seats", "int");
    set = fields(w, CUSTOM_ACCOUNT);
    assert_ok(db_exec(w->db, &change, DB_NO_ARGS, NULL));
    e = custom_put(w->db, &set,
                   &(struct custom_change){ .field = &set.fields[0],
                                            .value = { .object_id = 5, .field_id = 1 } },
                   1);
    assert_true(err_is(e, ERR_AGAIN));
    err_free(e);
}

/* Two who find nothing there: the second looks again. */
static void test_custom_add__writes_only_where_nothing_is(void **state)
{
    struct world *w = *state;
    struct custom_value *values;
    struct custom_change change;
    struct custom_set set;
    struct err *e;

    define(w, "account", "motto", "text");
    set = fields(w, CUSTOM_ACCOUNT);
    change = (struct custom_change){ .field = &set.fields[0],
                                     .value = { .object_id = 5, .field_id = 1, .text = "First" } };
    assert_ok(custom_add(w->db, &set, &change, 1));
    set.fields[0].used = true;
    change.value.text = "Second";
    e = custom_add(w->db, &set, &change, 1);
    assert_true(err_is(e, ERR_AGAIN));
    err_free(e);
    assert_ok(custom_values(w->db, w->a, &set, 5, &values));
    assert_string_equal(values[0].text, "First");
}

#define ROLLED_BACK(test) cmocka_unit_test_setup_teardown(test, begin, roll_back)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROLLED_BACK(test_custom_fields__are_of_their_kind_and_a_choice_has_options),
        ROLLED_BACK(test_custom_values__of_a_kind_without_fields_cost_no_statement),
        ROLLED_BACK(test_custom_values__of_a_record_are_one_statement),
        ROLLED_BACK(test_custom_put__changes_what_is_there_and_removes_what_has_no_value),
        ROLLED_BACK(test_custom_add__writes_only_where_nothing_is),
        ROLLED_BACK(test_custom_put__a_type_that_was_changed_meanwhile_is_looked_at_again),
    };

    return cmocka_run_group_tests(tests, make_world, end_world);
}
