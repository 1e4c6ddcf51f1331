/* deal/deal_conditions.h - the conditions that rules about registrations share: as columns, as
 * fields of a form, in words, and put to past registrations. */
#pragma once

#include "deal/deal_forms.h"
#include "deal/deal_rules.h"
#include "deal/deal_staff.h"
#include "rule/rule.h"

extern db_stmt_table deal_condition_statements[];

/* Of a row, and of a form, which does not fill the names. */
struct deal_conditions {
    int64_t tier_id, amount_least, amount_most, product_line_id; /* 0: any */
    const char *country, *deal_type, *verdict;                   /* "": any */
    const char *tier_en, *tier_zh, *line_en, *line_zh;
};

/* Of a table r; TYPE has a struct deal_conditions when. */
#define DEAL_CONDITION_COLUMNS                                                              \
    "r.tier_id, r.amount_least, r.amount_most, r.product_line_id, r.country, r.deal_type, " \
    "r.verdict, COALESCE(t.name_en, '') AS tier_en, COALESCE(t.name_zh, '') AS tier_zh, "   \
    "COALESCE(p.name_en, '') AS line_en, COALESCE(p.name_zh, '') AS line_zh"
#define DEAL_CONDITION_JOINS                 \
    " LEFT JOIN tier t ON t.id = r.tier_id " \
    "LEFT JOIN product_line p ON p.id = r.product_line_id "
#define DEAL_CONDITION_FIELD(type, name, kind_, cap, null)                                         \
    {                                                                                              \
        .column = #name, .kind = (kind_), .offset = offsetof(type, when.name), .cap_bytes = (cap), \
        .nullable = (null)                                                                         \
    }
#define DEAL_CONDITION_FIELDS(type)                                   \
    DEAL_CONDITION_FIELD(type, tier_id, DB_I64, 0, true),             \
        DEAL_CONDITION_FIELD(type, amount_least, DB_E4, 0, true),     \
        DEAL_CONDITION_FIELD(type, amount_most, DB_E4, 0, true),      \
        DEAL_CONDITION_FIELD(type, product_line_id, DB_I64, 0, true), \
        DEAL_CONDITION_FIELD(type, country, DB_TEXT, 4, false),       \
        DEAL_CONDITION_FIELD(type, deal_type, DB_TEXT, 14, false),    \
        DEAL_CONDITION_FIELD(type, verdict, DB_TEXT, 12, false),      \
        DEAL_CONDITION_FIELD(type, tier_en, DB_TEXT, 120, false),     \
        DEAL_CONDITION_FIELD(type, tier_zh, DB_TEXT, 120, false),     \
        DEAL_CONDITION_FIELD(type, line_en, DB_TEXT, 240, false),     \
        DEAL_CONDITION_FIELD(type, line_zh, DB_TEXT, 240, false)

extern const struct choice deal_verdict_choices[];
#define DEAL_CONDITION_INPUT(type, name_, label_, kind_, ...)                                 \
    {                                                                                         \
        .name = #name_, .label = label_, .kind = kind_, .offset = offsetof(type, when.name_), \
        __VA_ARGS__                                                                           \
    }
#define DEAL_CONDITION_INPUTS(type)                                                           \
    DEAL_CONDITION_INPUT(type, tier_id, N_("Partner’s tier"), FIELD_ID, .required = false),   \
        DEAL_CONDITION_INPUT(type, product_line_id, N_("Product line"), FIELD_ID,             \
                             .required = false),                                              \
        DEAL_CONDITION_INPUT(type, country, N_("Country"), FIELD_COUNTRY, .required = false), \
        DEAL_CONDITION_INPUT(type, deal_type, N_("Deal type"), FIELD_CHOICE,                  \
                             .choices = deal_types),                                          \
        DEAL_CONDITION_INPUT(type, verdict, N_("Conflict check"), FIELD_CHOICE,               \
                             .choices = deal_verdict_choices),                                \
        DEAL_CONDITION_INPUT(type, amount_least, N_("Value, at least"), FIELD_MONEY,          \
                             .required = false),                                              \
        DEAL_CONDITION_INPUT(type, amount_most, N_("Value, at most"), FIELD_MONEY,            \
                             .required = false)

/* ROW.Conditions.n.Text */
void deal_conditions_show(struct request *req, struct view *row, const struct deal_conditions *c);
/* A rule of these conditions, without an outcome. */
struct deal_rule deal_conditions_rule(const struct deal_conditions *c);

/* Adds a fault where WRONG. */
void deal_conditions_fault(struct request *req, bool wrong, const char *field, const char *message);
/* What can never hold; what the lists do not have. */
void deal_conditions_check(struct request *req, const struct deal_conditions *c);
struct err *deal_conditions_judge(struct request *req, const struct deal_conditions *c);
/* Options of the form's lists. */
struct err *deal_conditions_options(struct request *req);
void deal_conditions_option(struct request *req, const char *field, int64_t id, const char *label);

/* A trial as struct rule_book.try_out gives it. */
void deal_conditions_tried(struct request *req, struct view *v, const struct deal_trial *trial,
                           struct rule_trial *out);
/* For struct rule_book.try_out: on registrations. */
struct err *deal_conditions_try(struct request *req, struct view *v,
                                const struct deal_trial_spec *spec, struct rule_trial *out);
/* The arguments of the columns tier_id to verdict, in the order of the form. */
#define DEAL_CONDITION_ARGS(c)                                                                   \
    DB_ID((c)->tier_id), (c)->amount_least == 0 ? DB_NULL_I : DB_M((c)->amount_least),           \
        (c)->amount_most == 0 ? DB_NULL_I : DB_M((c)->amount_most), DB_ID((c)->product_line_id), \
        DB_S((c)->country), DB_S((c)->deal_type), DB_S((c)->verdict)
#define DEAL_CONDITION_BINDS "immisss"
