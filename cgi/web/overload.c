/* web/overload.c */
#include "web/overload.h"

#include "base/log.h"

enum { DRAINED_SHARE = 6 };

static void begin(struct overload *o, int64_t waited_us)
{
    o->refuses = true;
    o->sent_away = 0;
    log_event(LOG_WARN, "overload.began", LOG_I("waited_us", waited_us));
}

void overload_end(struct overload *o)
{
    o->late_since_us = o->late = 0;
    if (!o->refuses)
        return;
    o->refuses = false;
    log_event(LOG_WARN, "overload.ended", LOG_I("sent_away", o->sent_away));
}

static bool stands(const struct overload *o, int64_t now_us)
{
    return o->late >= OVERLOAD_LATE_LEAST && now_us - o->late_since_us >= OVERLOAD_STANDS_US;
}

bool overload_sends_away(struct overload *o, int64_t waited_us, int64_t now_us)
{
    if (o->most_us == 0)
        return false;
    if (waited_us <= o->most_us / DRAINED_SHARE)
        overload_end(o);
    if (waited_us < o->most_us)
        return false;
    if (o->late++ == 0)
        o->late_since_us = now_us;
    if (!o->refuses && stands(o, now_us))
        begin(o, waited_us);
    o->sent_away += o->refuses;
    return o->refuses;
}
