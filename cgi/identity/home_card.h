/* identity/home_card.h - what a feature shows on a home page.  admin/home.c lists the cards of each
 * audience in their order; a card that has nothing to show says what to do instead. */
#pragma once

#include "access/permission.h"
#include "web/request.h"

enum home_column { HOME_MAIN, HOME_SIDE };

struct home_card {
    const char *id;    /* of its heading: "waits" */
    const char *title; /* English message id */
    enum home_column column;
    enum permission permission; /* shown only with it */
    /* Fills CARD: work, bars, facts, and home_empty() when there are none. */
    struct err *(*fill)(struct request *req, struct view *card);
    /* Instead of it: makes cards of its own, any number, by home_begin(). */
    struct err *(*cards)(struct request *req);
};
/* A card of the page: an empty row under Home. */
struct view *home_begin(struct request *req, enum home_column column, const char *id,
                        const char *title);

/* What a person does next: HREF does ACTION, TONE and ICON say why.  Its clock is set as "Clock".
 */
struct home_work {
    const char *tone, *icon, *title, *text, *address, *action;
};
struct view *home_work(struct view *card, const struct home_work *work);
/* A row with a bar: VALUE of MOST, a whole number; TEXT stands at its right, LABEL says it whole.
 */
struct home_bar {
    const char *tone, *title, *address, *text, *label;
    int64_t value, most;
};
struct view *home_bar(struct view *card, const struct home_bar *bar);
/* A fact: label and finished text. */
struct view *home_fact(struct view *card, const char *label, const char *text);
void home_empty(struct view *card, const char *icon, const char *title, const char *text);
/* Beside the heading: how many, and in which order. */
void home_count(struct request *req, struct view *card, size_t count, const char *order);
/* The link in the card's foot. */
void home_link(struct view *card, const char *label, const char *address);
