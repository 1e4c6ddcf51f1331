/* program/ctl_deal.c - deal registration from the shell: automatic rules tried on the past. */
#include "base/str.h"
#include "deal/deal_rules.h"
#include "program/ctl.h"

struct trial {
    struct arena *a;
    const char *word; /* the rule's number; NULL: all */
    struct deal_rule *rules;
    size_t count;
    int64_t *matched, *agreed; /* of each rule; -1: not asked for */
};

/* Inactive rules too: a trial is for before they decide. */
static struct err *try_rules(struct db *db, void *arg)
{
    struct trial *t = arg;
    int64_t id = 0;
    bool found = t->word == NULL;

    if (t->word != NULL && !str_to_i64(t->word, &id))
        return err_raise(ERR_INVALID, "%s is no number of a rule", t->word);
    TRY(deal_rules_load(db, t->a, &t->rules, &t->count));
    t->matched = arena_array(t->a, t->count + 1, sizeof(*t->matched));
    t->agreed = arena_array(t->a, t->count + 1, sizeof(*t->agreed));
    for (size_t i = 0; i < t->count; i++) {
        t->matched[i] = -1;
        if (t->word != NULL && t->rules[i].id != id)
            continue;
        found = true;
        TRY(deal_rule_try(db, t->a, &t->rules[i], &t->matched[i], &t->agreed[i]));
    }
    return found ? NULL : err_raise(ERR_NOT_FOUND, "there is no rule %s", t->word);
}

static struct err *run_rules_try(struct ctl *ctl)
{
    struct trial t = { .a = ctl->a };

    if (ctl->argc > 0)
        TRY(ctl_options(ctl, (const struct ctl_option[]){ { 0 } }, &t.word));
    TRY(db_transaction(ctl->db, try_rules, &t));
    for (size_t i = 0; i < t.count; i++)
        if (t.matched[i] >= 0)
            fprintf(ctl->out, "%lld %s%s: would have decided %lld, the same way %lld\n",
                    (long long)t.rules[i].id, t.rules[i].name_en,
                    t.rules[i].active ? "" : " (not active)", (long long)t.matched[i],
                    (long long)t.agreed[i]);
    return NULL;
}

const struct ctl_command ctl_deal_commands[] = {
    { "rules try", "[ID]",
      "put each automatic rule, or one, to past registrations, and keep the result with it", true,
      run_rules_try },
    { 0 },
};
