/* tools/render.c - prints a page made from a file of values, for looking at templates without a
 * portal:
 *
 *     render TEMPLATES MANIFEST LOCALES PAGE en|zh-CN VALUES...
 *
 * A page whose frame is "mail" is given as subject, text and HTML. */
#include "base/str.h"
#include "support/page_values.h"
#include "view/template.h"

#include <stdio.h>
#include <stdlib.h>

static struct err *render(struct templates *t, const char *page, enum lang lang,
                          struct view *values, struct buf *out)
{
    if (!str_starts(page, "mail/"))
        return err_pass(template_render(t, page, lang, values, out));
    TRY(template_render_mail(t, page, MAIL_SUBJECT, lang, values, out));
    buf_puts(out, "\n\n");
    TRY(template_render_mail(t, page, MAIL_TEXT, lang, values, out));
    buf_puts(out, "\n");
    return err_pass(template_render_mail(t, page, MAIL_HTML, lang, values, out));
}

static struct err *run(char **argv, struct buf *out)
{
    struct templates *t = NULL;
    struct view *values = view_new();
    enum lang lang = LANG_EN;
    struct err *e;

    TRY_TO(done, e, lang_init(argv[3]));
    TRY_TO(done, e, templates_new(argv[1], argv[2], false, &t));
    if (!lang_from_code(argv[5], &lang)) {
        e = err_raise(ERR_INVALID, "no such language: %s", argv[5]);
        goto done;
    }
    view_text(values, "Page.Lang", lang_code(lang));
    for (char **file = argv + 6; *file != NULL; file++)
        TRY_TO(done, e, page_values_read(values, *file));
    TRY_TO(done, e, page_values_menu(values, t, lang));
    e = render(t, argv[4], lang, values, out);
done:
    templates_free(t);
    view_free(values);
    lang_end();
    return e;
}

int main(int argc, char **argv)
{
    struct buf out;
    struct err *e;

    if (argc < 7) {
        fprintf(stderr, "usage: render TEMPLATES MANIFEST LOCALES PAGE en|zh-CN VALUES...\n");
        return EXIT_FAILURE;
    }
    buf_init(&out, 16 * 1024, 0);
    e = run(argv, &out);
    if (e != NULL) {
        char trace[2048];
        err_trace(e, trace, sizeof(trace));
        fprintf(stderr, "render: %s\n", trace);
        err_free(e);
        buf_free(&out);
        return EXIT_FAILURE;
    }
    fputs(out.data, stdout);
    buf_free(&out);
    return EXIT_SUCCESS;
}
