/* bench/page_cost.c - what a list page of 25 rows costs the template engine, without the database:
 *
 *     page_cost PAGES         values and rendering of that many pages, microseconds and bytes of
 * one valgrind --tool=callgrind page_cost 20 and 120: the difference is a hundred pages'
 * instructions
 *
 * The worker's budget for a page is 750,000 instructions. */
#include "base/clock.h"
#include "view/template.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 25, MENU_ITEMS = 12 };

static void set_frame(struct view *page)
{
    struct view *me = view_at(page, "Me");
    struct view *at = view_at(page, "Page");
    struct view *group = view_row(page, "Nav");

    view_text(at, "Title", "Deal registrations");
    view_text(at, "Lang", "en");
    view_text(at, "Theme", "light");
    view_text(at, "Home", "/partner/");
    view_text(at, "Path", "/partner/deals");
    view_text(at, "Vendor", "Halden Compute");
    view_text(at, "Zone", "Asia/Shanghai");
    view_text(view_at(at, "OtherLang"), "Href", "?lang=zh");
    view_text(view_at(at, "OtherLang"), "Label", "简体中文");
    view_text(view_at(at, "OtherLang"), "Code", "zh-CN");
    view_text(me, "Name", "Lin Xiaowen");
    view_text(me, "Account", "Huaxin");
    view_text(me, "Initials", "LX");
    view_text(me, "Audience", "partner");
    view_text(view_at(page, "Form"), "Token", "bm90IGEgdG9rZW4gYnV0IGFzIGxvbmc");
    for (int i = 0; i < MENU_ITEMS; i++) {
        struct view *item = view_row(group, "Items");
        view_text(item, "Label", "Deal registrations");
        view_text(item, "Href", "/partner/deals");
        view_text(item, "Icon", "shield-check");
    }
}

static void set_rows(struct view *page)
{
    struct view *list = view_at(page, "List");

    view_text(list, "Older", "/partner/deals?before=10400");
    for (int i = 0; i < ROWS; i++) {
        struct view *row = view_row(list, "Rows");
        struct view *status = view_at(row, "Status");
        view_text(row, "Number", "DR-10447");
        view_text(row, "Customer", "Blue Harbor Shipping Pte. Ltd.");
        view_text(row, "Value", "238,000.00");
        view_text(status, "Tone", "info");
        view_text(status, "Icon", "send");
        view_text(status, "Label", "Submitted");
    }
}

static struct err *run(long pages)
{
    struct templates *t;
    struct view *values = view_new();
    int64_t began;
    struct buf out;

    TRY(templates_new("templates", "tests/data/view/manifest.txt", false, &t));
    TRY(template_load(t, "guide/list.cs"));
    buf_init(&out, 64 * 1024, 0);
    began = clock_monotonic_us();
    for (long i = 0; i < pages; i++) {
        buf_reset(&out);
        view_reset(values);
        set_frame(values);
        set_rows(values);
        TRY(template_render(t, "guide/list.cs", LANG_EN, values, &out));
    }
    printf("%.1f us a page, %zu bytes\n", (double)(clock_monotonic_us() - began) / (double)pages,
           out.len);
    buf_free(&out);
    view_free(values);
    templates_free(t);
    return NULL;
}

int main(int argc, char **argv)
{
    long pages = argc > 1 ? atol(argv[1]) : 1000;
    struct err *e = run(pages > 0 ? pages : 1);

    if (e == NULL)
        return EXIT_SUCCESS;
    fprintf(stderr, "page_cost: %s\n", err_message(e));
    err_free(e);
    return EXIT_FAILURE;
}
