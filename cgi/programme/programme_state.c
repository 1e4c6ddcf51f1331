/* programme/programme_state.c - the two state machines of the programme, as tables.  Whatever is
 * not in them is refused; tests walk every pair of state and verb. */
#include "programme/programme.h"

#include "base/str.h"

#define AT_(state) (1u << (state))

static const struct programme_move application_moves[APPLICATION_VERB_COUNT] = {
    [APPLICATION_TAKE] = { .from = AT_(APPLICATION_APPLIED) | AT_(APPLICATION_REVIEW),
                           .to = APPLICATION_REVIEW,
                           .who = BY_VENDOR,
                           .code = "take",
                           .action = "application.take" },
    [APPLICATION_ACCEPT] = { .from = AT_(APPLICATION_REVIEW),
                             .to = APPLICATION_ACCEPTED,
                             .who = BY_VENDOR,
                             .code = "accept",
                             .action = "application.accept" },
    [APPLICATION_REJECT] = { .from = AT_(APPLICATION_APPLIED) | AT_(APPLICATION_REVIEW),
                             .to = APPLICATION_REJECTED,
                             .who = BY_VENDOR,
                             .code = "reject",
                             .action = "application.reject",
                             .needs_reason = true },
    [APPLICATION_ABANDON] = { .from = AT_(APPLICATION_APPLIED) | AT_(APPLICATION_REVIEW),
                              .to = APPLICATION_ABANDONED,
                              .who = BY_TIME,
                              .code = "abandon",
                              .action = "application.purge" },
};

static const struct programme_move partner_moves[PARTNER_VERB_COUNT] = {
    [PARTNER_ACCEPT] = { .from = AT_(PARTNER_AGREEMENT),
                         .to = PARTNER_ONBOARDING,
                         .who = BY_COMPANY,
                         .code = "accept",
                         .action = "programme.accept" },
    [PARTNER_ACTIVATE] = { .from = AT_(PARTNER_ONBOARDING),
                           .to = PARTNER_ACTIVE,
                           .who = BY_VENDOR,
                           .code = "activate",
                           .action = "programme.activate" },
    [PARTNER_SUSPEND] = { .from = AT_(PARTNER_ACTIVE),
                          .to = PARTNER_SUSPENDED,
                          .who = BY_VENDOR,
                          .code = "suspend",
                          .action = "programme.suspend",
                          .needs_reason = true },
    [PARTNER_RESUME] = { .from = AT_(PARTNER_SUSPENDED),
                         .to = PARTNER_ACTIVE,
                         .who = BY_VENDOR,
                         .code = "resume",
                         .action = "programme.resume" },
    [PARTNER_END] = { .from = AT_(PARTNER_AGREEMENT) | AT_(PARTNER_ONBOARDING) |
                              AT_(PARTNER_ACTIVE) | AT_(PARTNER_SUSPENDED),
                      .to = PARTNER_ENDED,
                      .who = BY_VENDOR,
                      .code = "end",
                      .action = "programme.end",
                      .needs_reason = true },
};

static const char *const application_codes[APPLICATION_STATE_COUNT] = {
#define X(id, code, tone, icon, word) [APPLICATION_##id] = (code),
    APPLICATION_STATES(X)
#undef X
};

static const char *const partner_codes[PARTNER_STATE_COUNT] = {
#define X(id, code, tone, icon, word) [PARTNER_##id] = (code),
    PARTNER_STATES(X)
#undef X
};

static bool can(const struct programme_move *move, unsigned state, enum programme_who who)
{
    return (move->from & AT_(state)) != 0 && (move->who & who) != 0;
}

const struct programme_move *application_move(enum application_verb verb)
{
    return &application_moves[verb];
}

const struct programme_move *partner_move(enum partner_verb verb)
{
    return &partner_moves[verb];
}

bool application_can(enum application_state state, enum application_verb verb,
                     enum programme_who who)
{
    return state < APPLICATION_STATE_COUNT && verb < APPLICATION_VERB_COUNT &&
           can(&application_moves[verb], state, who);
}

bool partner_can(enum partner_state state, enum partner_verb verb, enum programme_who who)
{
    return state < PARTNER_STATE_COUNT && verb < PARTNER_VERB_COUNT &&
           can(&partner_moves[verb], state, who);
}

const char *application_state_code(enum application_state state)
{
    return state < APPLICATION_STATE_COUNT ? application_codes[state] : "";
}

const char *partner_state_code(enum partner_state state)
{
    return state < PARTNER_STATE_COUNT ? partner_codes[state] : "";
}

enum application_state application_state_find(const char *code)
{
    for (unsigned i = 0; i < APPLICATION_STATE_COUNT; i++)
        if (str_eq(application_codes[i], code))
            return (enum application_state)i;
    return APPLICATION_STATE_COUNT;
}

enum partner_state partner_state_find(const char *code)
{
    for (unsigned i = 0; i < PARTNER_STATE_COUNT; i++)
        if (str_eq(partner_codes[i], code))
            return (enum partner_state)i;
    return PARTNER_STATE_COUNT;
}

enum partner_verb partner_verb_find(const char *code)
{
    for (unsigned i = 0; i < PARTNER_VERB_COUNT; i++)
        if (str_eq(partner_moves[i].code, code))
            return (enum partner_verb)i;
    return PARTNER_VERB_COUNT;
}
