/* admin/demo_stage.h - the play of the demo company's registrations: what its clock, its steps and
 * the play itself share. */
#pragma once

#include "account/account.h"
#include "account/match_find.h"
#include "admin/demo_inside.h"
#include "approval/business_clock.h"
#include "deal/deal.h"

enum {
    DEMO_COUNTRIES = 24,
    DEMO_HEAD_OF_CHANNEL = 102 /* decides in the name of who is away */
};

struct person {
    int64_t id, account_id, manager_id;
    const char *name, *audience, *email, *lang, *currency;
};

struct product {
    int64_t id;
    const char *code;
};

struct office {
    char country[3];
    struct business_calendar calendar;
};

/* One registration as it goes on. */
struct play {
    const struct demo_deal *row;
    size_t number; /* of the row: what varies by it is the same in every run */
    const struct account *customer;
    const char *plot; /* what is left of it */
    size_t word;
    int64_t deal_id, at; /* of the next step */
};

struct stage {
    struct db *db;
    struct arena *a;    /* for the whole play */
    struct arena *step; /* cleared after each step */
    struct match_names *names;
    struct text_ctx *text;
    int64_t now, at;
    struct person *people;
    size_t person_count;
    struct product *products;
    size_t product_count;
    struct office offices[DEMO_COUNTRIES];
    size_t office_count;
};

/* -- demo_deals.c */

/* NULL: nobody of that number. */
const struct person *demo_person(const struct stage *s, int64_t id);

/* -- demo_deals_clock.c */

/* A number below MOST that varies by row and PLACE and is the same in every run. */
unsigned demo_vary(const struct play *p, unsigned place, unsigned most);
/* When the first step of P comes, and the next one, FROM_AT on: into P->at. */
struct err *demo_set_first(struct stage *s, struct play *p);
struct err *demo_set_next(struct stage *s, struct play *p, int64_t from_at);

/* -- demo_deals_steps.c */

/* Does the step that P's plot begins with, at S->at. DEAL is NULL before there is one. */
struct err *demo_step(struct stage *s, struct play *p, struct deal *deal);
