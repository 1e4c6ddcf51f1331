/* access/actor.h - who is asking.  Never NULL; anonymous visitors are actors too.  Read-only to
 * features: only access/ makes one, from the session row alone. */
#pragma once

#include "access/permission.h"
#include "text/lang.h"

/* What a person's company lets him do, whatever his roles say.  Zero is the strict one. */
enum standing {
    STANDING_AGREEMENT, /* nothing but accept the agreement */
    STANDING_LIMITED,   /* reads and finishes, begins nothing */
    STANDING_FULL,      /* also whoever has no company */
};

enum theme { THEME_DEVICE, THEME_LIGHT, THEME_DARK, THEME_COUNT };

enum { ACTOR_COUNTERS = 8 };

struct actor {
    enum audience audience; /* AUD_PUBLIC until signed in */
    int64_t user_id;        /* 0: nobody */
    int64_t account_id;     /* partner or customer account; 0 for staff and for nobody */
    int64_t session_id;     /* 0: none */
    /* Staff: the range of departments in scope, beside what is the person's own: low > high is
     * none, 0 to INT64_MAX is everything. */
    int64_t department_low, department_high;
    int64_t department_id; /* staff: the person's own */
    enum standing standing;
    struct permission_set permissions; /* what his roles and his company's standing allow */
    /* The member of staff who sees the portal as this person does, and may change nothing; 0: it is
     * the person himself. */
    int64_t seen_by;
    bool unseen;       /* last_seen_at is due: session_touch() has something to do */
    int64_t proved_at; /* last password or second factor, UTC; 0: never */
    const char *name;  /* "Lin Xiaowen" */
    const char *email;
    const char *account_name;           /* "" without an account */
    const char *tier_names[LANG_COUNT]; /* "" without one */
    enum lang lang;
    const char *zone; /* "Asia/Shanghai" */
    enum theme theme;
    int32_t counters[ACTOR_COUNTERS]; /* what waits for this person, for the menu: enum counter */
};

/* Kept in the session row by whoever changes them (access/counter.h); never counted for a page. */
enum counter { COUNTER_NOTIFICATIONS, COUNTER_DEALS, COUNTER_ANNOUNCEMENTS, COUNTER_USED };

bool actor_may(const struct actor *actor, enum permission permission);
bool actor_is_signed_in(const struct actor *actor);
/* The tier of the actor's account in LANG, the language of the page: "" without one. */
const char *actor_tier(const struct actor *actor, enum lang lang);
/* The anonymous actor, in LANG; static text only. */
struct actor actor_nobody(enum lang lang);
