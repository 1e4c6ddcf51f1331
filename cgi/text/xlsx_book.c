/* text/xlsx_book.c - from an archive to the parts that matter: the workbook by its relationship and
 * its content type, its first visible sheet, its texts and styles. */
#include "text/xlsx_inside.h"

#include "base/str.h"

#include <string.h>

enum { PART_BYTES_MOST = 2 * 1024 * 1024, NAME_BYTES_MOST = 400 };

/* -- names of parts ------------------------------------------------------------------------------
 */

/* TARGET as it stands in the relationships of the part OF; NULL: it leads out of the archive. */
static const char *resolve(struct arena *a, const char *of, const char *target)
{
    const char *slash = strrchr(of, '/');
    const char *whole = *target == '/' || slash == NULL
                            ? arena_dup(a, target)
                            : arena_printf(a, "%.*s/%s", (int)(slash - of), of, target);
    size_t count;
    char **steps = str_split(a, whole, '/', &count), *path = arena_dup(a, "");

    for (size_t i = 0; i < count; i++) {
        char *up = strrchr(path, '/');

        if (*steps[i] == '\0' || str_eq(steps[i], "."))
            continue;
        if (!str_eq(steps[i], ".."))
            path = arena_join(a, path, *path != '\0' ? "/" : "", steps[i], NULL);
        else if (*path == '\0')
            return NULL;
        else
            *(up != NULL ? up : path) = '\0';
    }
    return path;
}

static const char *relationships_of(struct arena *a, const char *part)
{
    const char *slash = strrchr(part, '/');
    const int folder = slash != NULL ? (int)(slash - part) + 1 : 0;

    return arena_printf(a, "%.*s_rels/%s.rels", folder, part, part + folder);
}

/* -- relationships -------------------------------------------------------------------------------
 */

struct sheet {
    const char *id, *name, *path;
};

struct reading {
    struct text_xlsx *x;
    const char *of; /* whose relationships these are */
    struct sheet sheets[XLSX_SHEETS_MOST];
    size_t sheet_count;
    const char *type; /* of the workbook */
    bool has_override;
};

static void end_nothing(struct xlsx_part *part, const char *name)
{
    (void)part, (void)name;
}

static void note_sheet(struct reading *r, const char *id, const char *path)
{
    for (size_t i = 0; i < r->sheet_count; i++)
        if (str_eq(r->sheets[i].id, id))
            r->sheets[i].path = path;
}

/* Types differ between transitional and strict files but for their last word. */
static void note_target(struct reading *r, const char *type, const char *id, const char *path)
{
    struct text_xlsx *x = r->x;

    if (str_ends(type, "/officeDocument"))
        x->book_path = path;
    else if (str_ends(type, "/sharedStrings"))
        x->strings_path = path;
    else if (str_ends(type, "/styles"))
        x->styles_path = path;
    else
        note_sheet(r, id, path);
}

static bool is_wanted(const char *type)
{
    static const char *const types[] = { "/officeDocument", "/sharedStrings", "/styles",
                                         "/worksheet" };

    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_ends(type, types[i]))
            return true;
    return false;
}

static void start_relationship(struct xlsx_part *part, const char *name, const char **attributes)
{
    const char *type = xlsx_attribute(attributes, "Type"), *id = xlsx_attribute(attributes, "Id");
    const char *target = xlsx_attribute(attributes, "Target");
    struct reading *r = part->arg;
    const char *path;

    if (!str_eq(name, "Relationship") || type == NULL || id == NULL || target == NULL ||
        !is_wanted(type))
        return;
    if (strlen(target) > NAME_BYTES_MOST) {
        xlsx_part_refuse(part, SHEET_TOO_LARGE);
        return;
    }
    path = resolve(r->x->arena, r->of, target);
    if (path == NULL || str_eq(xlsx_attribute(attributes, "TargetMode"), "External"))
        xlsx_part_refuse(part, SHEET_UNSAFE);
    else
        note_target(r, type, id, path);
}

static const struct xlsx_handlers relationships = { start_relationship, end_nothing, NULL,
                                                    PART_BYTES_MOST };

static struct err *read_relationships(struct reading *r, const char *of, bool *found_out)
{
    r->of = of;
    return err_pass(
        xlsx_part_read(r->x, relationships_of(r->x->arena, of), &relationships, r, found_out));
}

/* -- content types -------------------------------------------------------------------------------
 */

static bool is_part(const char *name, const char *path)
{
    return name != NULL && *name == '/' && strcasecmp(name + 1, path) == 0;
}

static void start_type(struct xlsx_part *part, const char *name, const char **attributes)
{
    const char *type = xlsx_attribute(attributes, "ContentType");
    struct reading *r = part->arg;
    const char *ending = xlsx_attribute(attributes, "Extension");

    if (type == NULL || r->has_override)
        return;
    r->has_override = str_eq(name, "Override") &&
                      is_part(xlsx_attribute(attributes, "PartName"), r->x->book_path);
    if (r->has_override || (r->type == NULL && str_eq(name, "Default") && ending != NULL &&
                            strcasecmp(ending, "xml") == 0))
        r->type = arena_dup(r->x->arena, type);
}

static const struct xlsx_handlers types = { start_type, end_nothing, NULL, PART_BYTES_MOST };

/* Workbooks, templates of them, and those with macros, which nobody runs here. */
static bool is_book_type(const char *type)
{
    return type != NULL && str_ends(type, ".main+xml") &&
           (strstr(type, "spreadsheetml.") != NULL || strstr(type, "ms-excel.") != NULL);
}

/* -- the workbook --------------------------------------------------------------------------------
 */

static void start_book(struct xlsx_part *part, const char *name, const char **attributes)
{
    const char *state = xlsx_attribute(attributes, "state");
    const char *id = xlsx_attribute(attributes, "id");
    struct reading *r = part->arg;
    struct arena *a = r->x->arena;

    if (str_eq(name, "workbookPr")) {
        const char *from = xlsx_attribute(attributes, "date1904");

        r->x->from_1904 = str_eq(from, "1") || str_eq(from, "true");
    }
    if (!str_eq(name, "sheet") || id == NULL || (state != NULL && !str_eq(state, "visible")) ||
        r->sheet_count == XLSX_SHEETS_MOST)
        return;
    r->sheets[r->sheet_count++] =
        (struct sheet){ .id = arena_dup(a, id),
                        .name = arena_dup(a, xlsx_attribute(attributes, "name")) };
}

static const struct xlsx_handlers book = { start_book, end_nothing, NULL, PART_BYTES_MOST };

/* Sheets that hold a chart alone have no rows. */
static struct err *choose_sheet(struct reading *r)
{
    struct text_xlsx *x = r->x;

    for (size_t i = 0; i < r->sheet_count; i++) {
        if (r->sheets[i].path == NULL)
            continue;
        x->sheet_count++;
        if (x->sheet_path == NULL) {
            x->sheet_path = r->sheets[i].path;
            x->sheet_name = r->sheets[i].name;
        }
    }
    return x->sheet_path != NULL ? NULL : xlsx_refuse(x, SHEET_NO_SHEET);
}

struct err *xlsx_book_read(struct text_xlsx *x)
{
    struct reading *r = arena_alloc(x->arena, sizeof(*r));
    bool found;

    r->x = x;
    TRY(read_relationships(r, "", &found));
    if (!found || x->book_path == NULL)
        return xlsx_refuse(x, SHEET_NO_WORKBOOK);
    TRY(xlsx_part_read(x, "[Content_Types].xml", &types, r, &found));
    if (!found || !is_book_type(r->type))
        return xlsx_refuse(x, SHEET_NO_WORKBOOK);
    TRY(xlsx_part_read(x, x->book_path, &book, r, &found));
    if (!found)
        return xlsx_refuse(x, SHEET_BROKEN);
    TRY(read_relationships(r, x->book_path, &found));
    return err_pass(choose_sheet(r));
}
