/* support/page_values.c - see page_values.h. */
#include "support/page_values.h"

#include "base/arena.h"
#include "base/str.h"
#include "view/hdf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct err *set_line(struct view *view, struct arena *a, const char *line, int number)
{
    const char *equals = strchr(line, '='), *name;
    char *text;

    if (line[0] == '\0' || line[0] == '#')
        return NULL;
    if (equals == NULL)
        return err_raise(ERR_PARSE, "line %d: no \"name = text\"", number);
    name = str_trim(a, arena_dup_bytes(a, line, (size_t)(equals - line)));
    text = arena_dup(a, str_trim(a, equals + 1));
    if (view_name_is_html(name))
        view_html(view, name, &(struct view_html){ text });
    else
        view_text(view, name, text);
    return NULL;
}

struct err *page_values_read(struct view *view, const char *path)
{
    FILE *file = fopen(path, "re");
    struct arena *a;
    struct err *e = NULL;
    char *line = NULL;
    size_t size = 0;

    if (file == NULL)
        return err_raise(ERR_IO, "%s: %s", path, strerror(errno));
    a = arena_new(4096);
    for (int number = 1; e == NULL && getline(&line, &size, file) >= 0; number++) {
        line[strcspn(line, "\n")] = '\0';
        e = set_line(view, a, line, number);
    }
    free(line);
    fclose(file);
    arena_free(a);
    return err_pass(e);
}

struct err *page_values_menu(struct view *view, struct templates *t, enum lang lang)
{
    static const struct {
        const char *name, *page;
    } parts[] = {
        { "NavHtml", "part/menu_side.cs" },
        { "TabsHtml", "part/menu_tabs.cs" },
        { "LinksHtml", "part/menu_links.cs" },
    };

    if (str_is_empty(view_get(view, "Nav.0.Items.0.Label")))
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        struct view_html *html = NULL;

        TRY(template_part(t, parts[i].page, lang, view, &html));
        view_html(view, parts[i].name, html);
        view_html_free(html);
    }
    return NULL;
}
