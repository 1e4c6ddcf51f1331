/* deal/deal_rooms.h - what the programs of deal registration keep between requests: req->rooms. */
#pragma once

#include "account/match_name.h"
#include "attachment/attachment.h"
#include "base/conf.h"
#include "deal/deal.h"
#include "web/request.h"

struct deal_rooms {
    struct text_ctx *text;
    struct match_names *names;
    struct attachment_store *files; /* NULL where none are taken */
};

/* For struct program: rooms_open and rooms_close. */
struct err *deal_rooms_open_partner(const struct conf *conf, void **rooms_out);
struct err *deal_rooms_open_staff(const struct conf *conf, void **rooms_out);
/* Without files: for the worker. */
struct err *deal_rooms_open(const struct conf *conf, void **rooms_out);
void deal_rooms_close(void *rooms);

/* The visitor as one who acts on registrations: as BY_PARTNER or BY_STAFF. */
struct deal_actor deal_actor_of(const struct request *req, enum deal_who as);
