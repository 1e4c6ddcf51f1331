/* deal/deal_mute.c - "no mails about this record", for who is looking at it, on either side. */
#include "deal/deal_mute.h"

#include "deal/deal.h"
#include "notification/notification.h"

struct err *deal_show_muted(struct request *req, struct view *v, const struct deal *deal)
{
    return deal->has_mutes ? err_pass(notification_show_muted(req, v, "deal", deal->id)) : NULL;
}

static struct err *back(struct request *req, const char *note, const struct deal *deal)
{
    return err_pass(reply_redirect(req, note, "%s/deals/DR-%lld",
                                   req->actor->audience == AUD_STAFF ? "/staff" : "/partner",
                                   (long long)deal->id));
}

struct err *deal_mute_post(struct request *req)
{
    const struct deal *deal = req->object;
    bool changed; /* twice is once */

    TRY(notification_mute(req->db, req->actor->user_id, "deal", deal->id, deal->company_name,
                          &changed));
    return err_pass(back(req, "muted", deal));
}

struct err *deal_unmute_post(struct request *req)
{
    const struct deal *deal = req->object;
    bool changed; /* twice is once */

    TRY(notification_unmute(req->db, req->actor->user_id, "deal", deal->id, &changed));
    return err_pass(back(req, "unmuted", deal));
}
