/* deal/deal_names.c */
#include "deal/deal_names.h"

#include <string.h>

struct name_row {
    int64_t id;
    const char *name_en, *name_zh;
};
static const struct db_field name_fields[] = {
    DB_FIELD(struct name_row, id, DB_I64, 0),
    DB_FIELD(struct name_row, name_en, DB_TEXT, 240),
    DB_FIELD(struct name_row, name_zh, DB_TEXT, 240),
    { 0 },
};
/* In the order in which a registration's lines are named. */
static const struct db_stmt product_lines = {
    .name = "deal.names.lines",
    .sql = "SELECT id, name_en, name_zh FROM product_line ORDER BY sort, id",
    .binds = "",
    .fields = name_fields,
    .row_bytes = sizeof(struct name_row),
};
static const struct db_stmt tiers = {
    .name = "deal.names.tiers",
    .sql = "SELECT id, name_en, name_zh FROM tier",
    .binds = "",
    .fields = name_fields,
    .row_bytes = sizeof(struct name_row),
};
db_stmt_table deal_name_statements[] = { &product_lines, &tiers, NULL };

struct deal_names {
    const struct name_row *lines, *tiers;
    size_t line_count, tier_count;
};

struct err *deal_names_read(struct request *req, const struct deal_names **names_out)
{
    struct deal_names *names = arena_alloc(req->arena, sizeof(*names));

    TRY(db_kept(req->db, &product_lines, &names->lines, &names->line_count));
    TRY(db_kept(req->db, &tiers, &names->tiers, &names->tier_count));
    *names_out = names;
    return NULL;
}

static const char *name_of(const struct request *req, const struct name_row *row)
{
    return text_locale_lang(req->locale) == LANG_ZH ? row->name_zh : row->name_en;
}

const char *deal_names_tier(const struct request *req, const struct deal_names *names, int64_t id)
{
    for (size_t i = 0; i < names->tier_count; i++)
        if (names->tiers[i].id == id)
            return name_of(req, &names->tiers[i]);
    return "";
}

void deal_names_options(struct request *req, const struct deal_names *names, struct view *v,
                        int64_t chosen)
{
    for (size_t i = 0; i < names->line_count; i++) {
        struct view *option = view_row(v, "Lines");

        view_int(option, "Value", names->lines[i].id);
        view_text(option, "Label", name_of(req, &names->lines[i]));
        view_flag(option, "Chosen", names->lines[i].id == chosen);
    }
}

static const struct choice *choices_of(struct request *req, const char *all,
                                       const struct name_row *rows, size_t count)
{
    struct choice *list = arena_array(req->arena, count + 2, sizeof(*list));

    list[0] = (struct choice){ "", all };
    for (size_t i = 0; i < count; i++)
        list[i + 1] =
            (struct choice){ arena_number(req->arena, "", rows[i].id), name_of(req, &rows[i]) };
    return list;
}

const struct choice *deal_names_line_choices(struct request *req, const struct deal_names *names)
{
    return choices_of(req, tr(req, N_("All product lines")), names->lines, names->line_count);
}

const struct choice *deal_names_tier_choices(struct request *req, const struct deal_names *names)
{
    return choices_of(req, tr(req, N_("All tiers")), names->tiers, names->tier_count);
}

/* The numbers of a list such as "3,17"; how many. */
static size_t read_ids(struct arena *a, const char *text, int64_t **ids_out)
{
    size_t count = 0;

    *ids_out = arena_array(a, strlen(text) + 1, sizeof(**ids_out));
    while (*text != '\0') {
        int64_t id = 0;

        for (; *text >= '0' && *text <= '9'; text++)
            id = id * 10 + (*text - '0');
        (*ids_out)[count++] = id;
        text += *text != '\0';
    }
    return count;
}

static bool is_among(const int64_t *ids, size_t count, int64_t id)
{
    size_t i = 0;

    while (i < count && ids[i] != id)
        i++;
    return i < count;
}

const char *deal_names_lines(const struct request *req, struct arena *a,
                             const struct deal_names *names, const char *ids)
{
    const char *between = text_locale_lang(req->locale) == LANG_ZH ? "、" : ", ";
    const char *text = "";
    int64_t *numbers;
    const size_t count = read_ids(a, ids, &numbers);

    for (size_t i = 0; i < names->line_count; i++)
        if (is_among(numbers, count, names->lines[i].id))
            text = *text == '\0'
                       ? name_of(req, &names->lines[i])
                       : arena_join(a, text, between, name_of(req, &names->lines[i]), NULL);
    return text;
}
