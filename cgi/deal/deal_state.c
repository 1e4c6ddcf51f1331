/* deal/deal_state.c - the state machine of deal registrations, as one table (spec: States).
 * Whatever is not in it is refused; tests walk every pair of state and verb. */
#include "deal/deal.h"
#include "base/str.h"

#include <string.h>

#define AT(state) (1u << DEAL_##state)

static const struct deal_move moves[DEAL_VERB_COUNT] = {
    [DEAL_CREATE] = { .from = 0,
                      .to = DEAL_DRAFT,
                      .who = BY_PARTNER | BY_STAFF,
                      .action = "deal.create" },
    [DEAL_SUBMIT] = { .from = AT(DRAFT),
                      .to = DEAL_SUBMITTED,
                      .who = BY_PARTNER | BY_STAFF,
                      .action = "deal.submit",
                      .receipt = "submitted" },
    [DEAL_ANSWER] = { .from = AT(RETURNED),
                      .to = DEAL_SUBMITTED,
                      .who = BY_PARTNER | BY_STAFF,
                      .action = "deal.answer",
                      .receipt = "answered" },
    [DEAL_TAKE] = { .from = AT(SUBMITTED),
                    .to = DEAL_REVIEW,
                    .who = BY_STAFF,
                    .action = "deal.take" },
    [DEAL_RETURN] = { .from = AT(SUBMITTED) | AT(REVIEW),
                      .to = DEAL_RETURNED,
                      .who = BY_STAFF,
                      .action = "deal.return",
                      .needs_reason = true,
                      .event = "deal.returned" },
    [DEAL_APPROVE] = { .from = AT(SUBMITTED) | AT(REVIEW),
                       .to = DEAL_APPROVED,
                       .who = BY_STAFF | BY_RULE,
                       .action = "deal.approve",
                       .takes_claims = true,
                       .receipt = "approved",
                       .event = "deal.approved" },
    [DEAL_REJECT] = { .from = AT(SUBMITTED) | AT(REVIEW),
                      .to = DEAL_REJECTED,
                      .who = BY_STAFF | BY_RULE,
                      .action = "deal.reject",
                      .needs_reason = true,
                      .receipt = "rejected",
                      .event = "deal.rejected" },
    [DEAL_MARK_DUPLICATE] = { .from = AT(SUBMITTED) | AT(REVIEW),
                              .to = DEAL_DUPLICATE,
                              .who = BY_STAFF,
                              .action = "deal.duplicate",
                              .receipt = "duplicate",
                              .event = "deal.duplicate" },
    [DEAL_APPEAL] = { .from = AT(REJECTED) | AT(DUPLICATE),
                      .to = DEAL_REVIEW,
                      .who = BY_PARTNER,
                      .action = "deal.appeal",
                      .receipt = "appealed" },
    [DEAL_WITHDRAW] = { .from = AT(DRAFT) | AT(SUBMITTED) | AT(REVIEW) | AT(RETURNED),
                        .to = DEAL_WITHDRAWN,
                        .who = BY_PARTNER,
                        .action = "deal.withdraw" },
    [DEAL_EXPIRE_UNANSWERED] = { .from = AT(RETURNED),
                                 .to = DEAL_EXPIRED,
                                 .who = BY_WORKER,
                                 .action = "deal.unanswered",
                                 .receipt = "expired",
                                 .event = "deal.unanswered" },
    [DEAL_END] = { .from = AT(APPROVED),
                   .to = DEAL_ENDED,
                   .who = BY_PARTNER,
                   .action = "deal.end",
                   .frees_claims = true },
    [DEAL_EXPIRE] = { .from = AT(APPROVED),
                      .to = DEAL_EXPIRED,
                      .who = BY_WORKER,
                      .action = "deal.expire",
                      .frees_claims = true,
                      .receipt = "expired",
                      .event = "deal.expired" },
    [DEAL_CONVERT] = { .from = AT(APPROVED),
                       .to = DEAL_CONVERTED,
                       .who = BY_PARTNER | BY_STAFF,
                       .action = "deal.convert",
                       .event = "deal.converted" },
    [DEAL_WIN] = { .from = AT(CONVERTED),
                   .to = DEAL_WON,
                   .who = BY_PARTNER | BY_STAFF | BY_WORKER,
                   .action = "deal.win" },
    [DEAL_LOSE] = { .from = AT(CONVERTED),
                    .to = DEAL_LOST,
                    .who = BY_PARTNER | BY_STAFF | BY_WORKER,
                    .action = "deal.lose",
                    .frees_claims = true },
    [DEAL_EXPIRE_IDLE] = { .from = AT(CONVERTED),
                           .to = DEAL_EXPIRED,
                           .who = BY_WORKER,
                           .action = "deal.idle",
                           .frees_claims = true,
                           .receipt = "expired",
                           .event = "deal.expired" },
    [DEAL_REVOKE] = { .from = AT(APPROVED) | AT(CONVERTED),
                      .to = DEAL_REVOKED,
                      .who = BY_STAFF,
                      .action = "deal.revoke",
                      .needs_reason = true,
                      .frees_claims = true,
                      .receipt = "revoked",
                      .event = "deal.revoked" },
};

static const struct {
    const char *code;
    enum deal_phase phase;
} states[DEAL_STATE_COUNT] = {
#define X(id, code, phase, tone, icon, word) [DEAL_##id] = { code, (enum deal_phase)(phase) },
    DEAL_STATES(X)
#undef X
};

const struct deal_move *deal_move(enum deal_verb verb)
{
    return &moves[verb];
}

bool deal_can(enum deal_state state, enum deal_verb verb, enum deal_who who)
{
    return state < DEAL_STATE_COUNT && verb < DEAL_VERB_COUNT &&
           (moves[verb].from & (1u << state)) != 0 && (moves[verb].who & who) != 0;
}

const char *deal_state_code(enum deal_state state)
{
    return state < DEAL_STATE_COUNT ? states[state].code : "";
}

enum deal_state deal_state_find(const char *code)
{
    for (size_t i = 0; i < DEAL_STATE_COUNT; i++)
        if (strcmp(states[i].code, code) == 0)
            return (enum deal_state)i;
    return DEAL_STATE_COUNT;
}

enum deal_phase deal_state_phase(enum deal_state state)
{
    return state < DEAL_STATE_COUNT ? states[state].phase : DEAL_CLOSED;
}
