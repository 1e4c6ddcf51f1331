/* deal/deal_mute.h - "no mails about this record", for who is looking at it, on either side. */
#pragma once

#include "deal/deal.h"
#include "web/request.h"

/* V.Muted */
struct err *deal_show_muted(struct request *req, struct view *v, const struct deal *deal);
struct err *deal_mute_post(struct request *req);
struct err *deal_unmute_post(struct request *req);
