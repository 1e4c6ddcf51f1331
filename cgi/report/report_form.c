/* report/report_form.c - what is typed of a report.  Its choices depend on the data set, which the
 * address names or the report that is open has. */
#include "report/report_inside.h"

#include "base/str.h"
#include "web/form_fields.h"

#include <string.h>

const struct report_set *report_asked_set(struct request *req)
{
    const struct report *r = req->object;
    const struct report_set *set = r != NULL ? r->set : report_set_find(request_param(req, "set"));

    return set != NULL && report_set_may(req->actor, set) ? set : NULL;
}

/* -- choices -------------------------------------------------------------------------------------
 */

struct choices {
    struct choice *items;
    size_t count;
};

static void add(struct choices *c, const char *value, const char *label)
{
    c->items[c->count++] = (struct choice){ value, label };
}

/* Begins with what stands for none. */
static struct choices begin(struct request *req, size_t most, const char *none)
{
    struct choices c = { .items = arena_array(req->arena, most + 2, sizeof(struct choice)) };

    add(&c, "", none);
    return c;
}

static const struct choice *fields_where(struct request *req,
                                         bool (*fits)(const struct report_field *field))
{
    const struct report_set *set = report_asked_set(req);
    struct choices c = begin(req, REPORT_FIELDS_MOST, "–");

    if (set == NULL)
        return c.items;
    for (const struct report_field *f = set->fields; f->name != NULL; f++)
        if (report_field_may(req->actor, f) && (fits == NULL || fits(f)))
            add(&c, f->name, tr(req, f->label));
    return c.items;
}

static const struct choice *all_fields(struct request *req)
{
    return fields_where(req, NULL);
}

static bool groups(const struct report_field *field)
{
    return !report_is_number(field);
}

static const struct choice *group_fields(struct request *req)
{
    return fields_where(req, groups);
}

static const struct choice *op_choices(struct request *req)
{
    struct choices c = begin(req, 32, "–");

    for (const struct report_op *op = report_ops; op->code != NULL; op++)
        add(&c, op->code, tr(req, op->label));
    return c.items;
}

static const struct choice *span_choices(struct request *req)
{
    struct choices c = begin(req, 8, tr(req, N_("each value")));

    for (const struct report_span *span = report_spans; span->code != NULL; span++)
        add(&c, span->code, tr(req, span->label));
    return c.items;
}

static const struct choice *figure_choices(struct request *req)
{
    const struct report_set *set = report_asked_set(req);
    struct choices c = begin(req, (size_t)2 * REPORT_FIELDS_MOST + 1, "–");

    add(&c, "count", tr(req, N_("Number of records")));
    if (set == NULL)
        return c.items;
    for (const struct report_field *f = set->fields; f->name != NULL; f++) {
        const char *label = tr(req, f->label);

        if (!report_is_number(f) || !report_field_may(req->actor, f))
            continue;
        add(&c, arena_join(req->arena, "sum ", f->name, NULL), trf(req, N_("Sum: %s"), label));
        add(&c, arena_join(req->arena, "average ", f->name, NULL),
            trf(req, N_("Average: %s"), label));
    }
    return c.items;
}

static const struct choice *sort_choices(struct request *req)
{
    static const char *const groups_of[] = { "group1", "group2" };
    static const char *const figures_of[] = { "figure1", "figure2", "figure3" };
    const char *const words[] = { tr(req, N_("First group")), tr(req, N_("Second group")),
                                  tr(req, N_("First figure")), tr(req, N_("Second figure")),
                                  tr(req, N_("Third figure")) };
    const struct report_set *set = report_asked_set(req);
    struct choices c = begin(req, REPORT_FIELDS_MOST + 6, tr(req, N_("as it fits")));
    size_t word = 0;

    for (size_t i = 0; i < REPORT_GROUPS; i++)
        add(&c, groups_of[i], words[word++]);
    for (size_t i = 0; i < REPORT_FIGURES; i++)
        add(&c, figures_of[i], words[word++]);
    for (const struct report_field *f = set != NULL ? set->fields : NULL;
         f != NULL && f->name != NULL; f++)
        if (report_field_may(req->actor, f))
            add(&c, arena_join(req->arena, "field ", f->name, NULL), tr(req, f->label));
    return c.items;
}

static const struct choice orders[] = {
    { "", N_("largest or newest first") },
    { "up", N_("smallest or oldest first") },
    { 0 },
};
static const struct choice charts[] = {
    { "", N_("None") },
    { "bars", N_("Bars") },
    { "line", N_("Line") },
    { 0 },
};
static const struct choice shares[] = {
    { "private", N_("Only me") },
    { "roles", N_("Everybody with one of these roles") },
    { "staff", N_("All staff") },
    { 0 },
};

/* -- the form ------------------------------------------------------------------------------------
 */

#define AT(member) .offset = offsetof(struct report_input, member)
#define CHOSEN(name_, label_, of, member)                                       \
    {                                                                           \
        .name = name_, .label = (label_), .kind = FIELD_CHOICE, .wanted = true, \
        .choices_of = (of), AT(member),                                         \
    }
#define CHOICE(name_, label_, of, member)                                                        \
    {                                                                                            \
        .name = name_, .label = (label_), .kind = FIELD_CHOICE, .wanted = true, .choices = (of), \
        AT(member),                                                                              \
    }
#define COLUMN(n, i) CHOSEN("column" n, N_("Column"), all_fields, column[i])
#define FILTER(n, i)                                                                             \
    CHOSEN("filter" n, N_("Field"), all_fields, filter_field[i]),                                \
        CHOSEN("op" n, N_("Comparison"), op_choices, filter_op[i]),                              \
    {                                                                                            \
        .name = "value" n, .label = N_("Value"), .kind = FIELD_TEXT, .wanted = true, .max = 120, \
        AT(filter_value[i]),                                                                     \
    }
#define GROUP(n, i)                                            \
    CHOSEN("group" n, N_("Group by"), group_fields, group[i]), \
        CHOSEN("span" n, N_("Dates by"), span_choices, span[i])
#define FIGURE(n, i) CHOSEN("figure" n, N_("Figure"), figure_choices, figure[i])

static const struct field fields[] = {
    FORM_VERSION(struct report_input),
    { .name = "name",
      .label = N_("Name"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter a name."),
      .min = 1,
      .max = 120,
      AT(name) },
    { .name = "description",
      .label = N_("Description"),
      .kind = FIELD_LINES,
      .max = 500,
      AT(description) },
    COLUMN("1", 0),
    COLUMN("2", 1),
    COLUMN("3", 2),
    COLUMN("4", 3),
    COLUMN("5", 4),
    COLUMN("6", 5),
    COLUMN("7", 6),
    COLUMN("8", 7),
    FILTER("1", 0),
    FILTER("2", 1),
    FILTER("3", 2),
    FILTER("4", 3),
    FILTER("5", 4),
    GROUP("1", 0),
    GROUP("2", 1),
    FIGURE("1", 0),
    FIGURE("2", 1),
    FIGURE("3", 2),
    CHOSEN("sort", N_("Sorted by"), sort_choices, sort),
    CHOICE("order", N_("Direction"), orders, order),
    CHOICE("chart", N_("Chart"), charts, chart),
    CHOICE("share", N_("Who may see it"), shares, share),
    { .name = "roles",
      .label = N_("Roles"),
      .kind = FIELD_ID,
      .list = true,
      .wanted = true,
      AT(roles) },
    { 0 },
};

static void check(struct request *req, void *data)
{
    struct report_input *in = data;
    const struct report_set *set = report_asked_set(req);
    struct report_def def;

    if (str_eq(in->share, "roles") && in->roles.count == 0)
        form_fault(req, "roles", -1, tr(req, N_("Choose at least one role.")));
    if (set != NULL)
        report_def_read(req, set, in, true, &def);
}

const struct form report_form = {
    .name = "report", .fields = fields, .size_bytes = sizeof(struct report_input), .check = check
};

static const struct field gone_fields[] = {
    FORM_VERSION(struct report_gone_input),
    { 0 },
};
const struct form report_gone_form = { .name = "report_gone",
                                       .fields = gone_fields,
                                       .size_bytes = sizeof(struct report_gone_input) };

/* -- stored and read again -----------------------------------------------------------------------
 */

/* What stands in the report's own row, not among its parts. */
static bool is_part(const struct field *field)
{
    static const char *const own[] = { "row_version", "name", "description", "share", "roles" };

    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (str_eq(own[i], field->name))
            return false;
    return true;
}

static const char **member_of(struct report_input *in, const struct field *field)
{
    return (const char **)(void *)((char *)in + field->offset);
}

struct err *report_parts_save(struct request *req, int64_t id, struct report_input *in)
{
    TRY(db_exec(req->db, &report_sql_parts_gone, DB_ARGS(DB_I(id)), NULL));
    for (const struct field *f = fields; f->name != NULL; f++) {
        const char *value = is_part(f) ? *member_of(in, f) : "";

        if (*value != '\0')
            TRY(db_exec(req->db, &report_sql_part_add,
                        DB_ARGS(DB_I(id), DB_S(f->name), DB_S(value)), NULL));
    }
    return NULL;
}

static void set_part(struct report_input *in, const struct report_part *part)
{
    for (const struct field *f = fields; f->name != NULL; f++)
        if (is_part(f) && str_eq(f->name, part->name))
            *member_of(in, f) = part->value;
}

struct err *report_load_input(struct request *req, const struct report *r,
                              struct report_input *in_out)
{
    struct report_part *parts;
    size_t count;

    for (const struct field *f = fields; f->name != NULL; f++)
        if (is_part(f))
            *member_of(in_out, f) = "";
    in_out->row_version = r->row_version;
    in_out->name = report_name(req, r);
    in_out->description = report_description(req, r);
    in_out->share = r->share;
    TRY(db_list(req->db, req->arena, &report_sql_parts, DB_ARGS(DB_I(r->id)), &parts, &count));
    for (size_t i = 0; i < count; i++)
        set_part(in_out, &parts[i]);
    return NULL;
}
