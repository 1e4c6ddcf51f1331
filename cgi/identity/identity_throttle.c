/* identity/identity_throttle.c - the limits of guessing; see identity_throttle.h. */
#include "identity/identity_throttle.h"

#include "base/str.h"

#include <arpa/inet.h>
#include <string.h>

enum { QUARTER = 15 * 60, HOUR = 60 * 60 };

const struct throttle_rules throttle_login = {
    .device = { "login.device", 10, QUARTER },
    .pair = { "login.pair", 10, QUARTER },
    .account = { "login.account", 60, HOUR },
    .address = { "login.address", 100, QUARTER },
    .tight = 3,
};
const struct throttle_rules throttle_code = {
    .device = { "code.device", 5, QUARTER },
    .pair = { "code.pair", 5, QUARTER },
    .account = { "code.account", 30, HOUR },
    .address = { "code.address", 100, QUARTER },
    .tight = 2,
};

/* Who has one IPv6 address has the 2^64 of its network: they count as one.  An IPv4 address that
 * came over an IPv6 socket is itself, or all of IPv4 would count as one. */
static const char *network_of(struct arena *a, const char *address)
{
    struct in6_addr v6;
    char text[INET6_ADDRSTRLEN];

    if (inet_pton(AF_INET6, address, &v6) != 1 || IN6_IS_ADDR_V4MAPPED(&v6))
        return address;
    memset(&v6.s6_addr[8], 0, 8);
    return arena_dup(a, inet_ntop(AF_INET6, &v6, text, sizeof(text)));
}

/* *left_out: tries left in the window, negative when this was one too many. */
static struct err *count(struct request *req, struct throttle *t, const struct rate *rate,
                         const char *subject, int *left_out, int *wait_seconds_out)
{
    TRY(rate_hit(req->db, rate, subject, left_out, wait_seconds_out));
    t->rates[t->count] = rate;
    t->subjects[t->count] = subject;
    t->count++;
    return NULL;
}

static struct err *enter_known(struct request *req, const struct throttle_rules *rules,
                               const char *account, const char *device, struct throttle *t)
{
    int wait = 0;

    TRY(count(req, t, &rules->device, arena_printf(req->arena, "%s|%s", account, device), &t->left,
              &wait));
    return t->left < 0 ? request_too_many(req, wait) : NULL;
}

struct err *throttle_enter(struct request *req, const struct throttle_rules *rules,
                           const char *account, const char *device, struct throttle *out)
{
    const char *net = network_of(req->arena, req->remote_addr);
    int address_left, account_left, wait = 0, other_wait;

    *out = (struct throttle){ 0 };
    if (device != NULL)
        return err_pass(enter_known(req, rules, account, device, out));
    TRY(count(req, out, &rules->address, net, &address_left, &wait));
    if (address_left < 0)
        return request_too_many(req, wait);
    TRY(count(req, out, &rules->account, account, &account_left, &other_wait));
    TRY(count(req, out, &rules->pair, arena_printf(req->arena, "%s|%s", account, net), &out->left,
              &wait));
    if (account_left < 0)
        out->left -= rules->pair.limit - rules->tight;
    return out->left < 0 ? request_too_many(req, wait) : NULL;
}

struct err *throttle_forgive(struct request *req, const struct throttle *t)
{
    for (size_t i = 0; i < t->count; i++)
        TRY(rate_forgive(req->db, t->rates[i], t->subjects[i]));
    return NULL;
}
