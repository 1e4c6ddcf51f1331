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
    /* Fills CARD: rows by home_row(), facts by home_fact(), and home_empty() when there are none.
     */
    struct err *(*fill)(struct request *req, struct view *card);
};

/* A line of work: where it leads, a line below it, and its status set by page_status(row,
 * "Status"). */
struct view *home_row(struct view *card, const char *title, const char *address, const char *text);
/* A fact: label and finished text. */
struct view *home_fact(struct view *card, const char *label, const char *text);
void home_empty(struct view *card, const char *icon, const char *title, const char *text);
/* The link in the card's foot. */
void home_link(struct view *card, const char *label, const char *address);
