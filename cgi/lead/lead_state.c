/* lead/lead_state.c - the state machine of leads, as one table (spec: Lead).  Whatever is not in it
 * is refused; tests walk every pair of state and verb. */
#include "lead/lead.h"

#include <string.h>

#define AT(state) (1u << LEAD_##state)
#define FREE      (AT(NEW) | AT(DECLINED) | AT(TIMED_OUT) | AT(RECALLED))
#define IN_WORK   (AT(ACCEPTED) | AT(CONTACTED) | AT(QUALIFIED))

static const struct lead_move moves[LEAD_VERB_COUNT] = {
    [LEAD_CREATE] = { .from = 0,
                      .to = LEAD_NEW,
                      .who = LEAD_BY_STAFF | LEAD_BY_GUEST,
                      .action = "lead.create" },
    [LEAD_ASSIGN] = { .from = FREE,
                      .to = LEAD_ASSIGNED,
                      .who = LEAD_BY_STAFF | LEAD_BY_WORKER,
                      .action = "lead.assign",
                      .clock = LEAD_CLOCK_ANSWER,
                      .begins_offer = true,
                      .event = "lead.offered" },
    [LEAD_ACCEPT] = { .from = AT(ASSIGNED),
                      .to = LEAD_ACCEPTED,
                      .who = LEAD_BY_PARTNER,
                      .action = "lead.accept",
                      .outcome = "accepted",
                      .clock = LEAD_CLOCK_WORK,
                      .answers = true },
    [LEAD_DECLINE] = { .from = AT(ASSIGNED),
                       .to = LEAD_DECLINED,
                       .who = LEAD_BY_PARTNER,
                       .action = "lead.decline",
                       .outcome = "declined",
                       .answers = true,
                       .ends_offer = true,
                       .routes_again = true,
                       .needs_reason = true },
    [LEAD_TIME_OUT] = { .from = AT(ASSIGNED),
                        .to = LEAD_TIMED_OUT,
                        .who = LEAD_BY_WORKER,
                        .action = "lead.time_out",
                        .outcome = "timed_out",
                        .ends_offer = true,
                        .routes_again = true,
                        .event = "lead.timed_out" },
    [LEAD_TAKE] = { .from = FREE,
                    .to = LEAD_ACCEPTED,
                    .who = LEAD_BY_PARTNER,
                    .action = "lead.take",
                    .outcome = "accepted",
                    .clock = LEAD_CLOCK_WORK,
                    .begins_offer = true },
    [LEAD_CONTACT] = { .from = AT(ACCEPTED),
                       .to = LEAD_CONTACTED,
                       .who = LEAD_BY_PARTNER,
                       .action = "lead.contact",
                       .clock = LEAD_CLOCK_WORK },
    [LEAD_QUALIFY] = { .from = AT(CONTACTED),
                       .to = LEAD_QUALIFIED,
                       .who = LEAD_BY_PARTNER,
                       .action = "lead.qualify",
                       .clock = LEAD_CLOCK_WORK },
    [LEAD_DISQUALIFY] = { .from = IN_WORK | FREE,
                          .to = LEAD_DISQUALIFIED,
                          .who = LEAD_BY_PARTNER | LEAD_BY_STAFF,
                          .action = "lead.disqualify",
                          .outcome = "disqualified",
                          .ends_offer = true,
                          .needs_reason = true },
    [LEAD_CONVERT] = { .from = AT(QUALIFIED),
                       .to = LEAD_CONVERTED,
                       .who = LEAD_BY_PARTNER,
                       .action = "lead.convert",
                       .outcome = "converted",
                       .ends_offer = true },
    [LEAD_RECALL] = { .from = AT(ASSIGNED) | IN_WORK,
                      .to = LEAD_RECALLED,
                      .who = LEAD_BY_STAFF | LEAD_BY_WORKER,
                      .action = "lead.recall",
                      .outcome = "recalled",
                      .ends_offer = true,
                      .routes_again = true,
                      .needs_reason = true,
                      .event = "lead.recalled" },
    [LEAD_REOPEN] = { .from = AT(DISQUALIFIED),
                      .to = LEAD_NEW,
                      .who = LEAD_BY_STAFF,
                      .action = "lead.reopen" },
};

static const struct {
    const char *code;
    enum lead_phase phase;
} states[LEAD_STATE_COUNT] = {
#define X(id, code, phase, tone, icon, word) [LEAD_##id] = { code, (enum lead_phase)(phase) },
    LEAD_STATES(X)
#undef X
};

const struct lead_move *lead_move(enum lead_verb verb)
{
    return &moves[verb];
}

bool lead_can(enum lead_state state, enum lead_verb verb, enum lead_who who)
{
    return state < LEAD_STATE_COUNT && verb < LEAD_VERB_COUNT &&
           (moves[verb].from & (1u << state)) != 0 && (moves[verb].who & who) != 0;
}

const char *lead_state_code(enum lead_state state)
{
    return state < LEAD_STATE_COUNT ? states[state].code : "";
}

enum lead_state lead_state_find(const char *code)
{
    for (size_t i = 0; i < LEAD_STATE_COUNT; i++)
        if (strcmp(states[i].code, code) == 0)
            return (enum lead_state)i;
    return LEAD_STATE_COUNT;
}

enum lead_phase lead_state_phase(enum lead_state state)
{
    return state < LEAD_STATE_COUNT ? states[state].phase : LEAD_CLOSED;
}
