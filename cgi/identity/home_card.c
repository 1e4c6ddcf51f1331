/* identity/home_card.c - the values of a card on a home page; templates/admin/home.cs draws them.
 */
#include "identity/home_card.h"

struct view *home_row(struct view *card, const char *title, const char *address, const char *text)
{
    struct view *row = view_row(card, "Rows");

    view_text(row, "Title", title);
    view_text(row, "Href", address);
    view_text(row, "Text", text);
    return row;
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
