/* identity/home_card.c - the values of a card on a home page; templates/admin/home.cs draws them.
 */
#include "identity/home_card.h"

struct view *home_begin(struct request *req, enum home_column column, const char *id,
                        const char *title)
{
    static const char *const columns[] = { [HOME_MAIN] = "Main", [HOME_SIDE] = "Side" };
    struct view *card = view_row(view_at(req->page, "Home"), columns[column]);

    view_text(card, "Id", id);
    view_text(card, "Title", title);
    return card;
}

struct view *home_work(struct view *card, const struct home_work *work)
{
    struct view *row = view_row(card, "Work");

    view_text(row, "Tone", work->tone);
    view_text(row, "Icon", work->icon);
    view_text(row, "Title", work->title);
    view_text(row, "Text", work->text);
    view_text(row, "Href", work->address);
    view_text(row, "Action", work->action);
    return row;
}

struct view *home_bar(struct view *card, const struct home_bar *bar)
{
    struct view *row = view_row(card, "Bars");

    view_text(row, "Tone", bar->tone);
    view_text(row, "Title", bar->title);
    view_text(row, "Href", bar->address);
    view_text(row, "Text", bar->text);
    view_text(row, "Label", bar->label);
    view_int(row, "Value", bar->value);
    view_int(row, "Max", bar->most > 0 ? bar->most : 1);
    return row;
}

void home_count(struct request *req, struct view *card, size_t count, const char *order)
{
    if (count == 0)
        return;
    page_int(req, card, "Count", (int64_t)count);
    view_text(card, "Order", order);
}

struct view *home_fact(struct view *card, const char *label, const char *text)
{
    struct view *row = view_row(card, "Facts");

    view_text(row, "Label", label);
    view_text(row, "Value", text);
    return row;
}

void home_empty(struct view *card, const char *icon, const char *title, const char *text)
{
    struct view *empty = view_at(card, "Empty");

    view_text(empty, "Icon", icon);
    view_text(empty, "Title", title);
    view_text(empty, "Text", text);
}

void home_link(struct view *card, const char *label, const char *address)
{
    struct view *link = view_row(card, "Links");

    view_text(link, "Label", label);
    view_text(link, "Href", address);
}
