/* identity/identity.c - the rules: who may enter, where to, and which passwords are taken.  No SQL,
 * no HTML. */
#include "identity/identity_inside.h"

#include "base/buf.h"
#include "base/str.h"
#include "text/norm.h"

#include <string.h>

const struct status_row identity_user_status[] = {
    { "invited", "info", "mail", N_("Invited") },
    { "active", "good", "circle-check", N_("Active") },
    { "disabled", "off", "user-off", N_("Disabled") },
    { 0 },
};

char *identity_email_key(struct arena *a, const char *email)
{
    return text_fold(a, email);
}

bool identity_may_enter(const struct identity_user *user)
{
    return str_eq(user->status, "active") && !user->account_ended;
}

/* A browser reads "\" as "/", drops tabs and line breaks, and takes "//host" for another site. */
static bool is_local(const char *address)
{
    if (address[0] != '/' || address[1] == '/')
        return false;
    for (const char *c = address; *c != '\0'; c++) {
        if ((unsigned char)*c <= ' ' || *c == '\\' || *c == 0x7f)
            return false;
    }
    return true;
}

const char *identity_next(const char *next)
{
    static const char *const roots[] = { "/partner/", "/customer/", "/staff/", "/account" };

    if (str_is_empty(next) || !is_local(next))
        return "";
    for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
        if (str_starts(next, roots[i]))
            return next;
    }
    return "";
}

const char *identity_home(enum audience audience)
{
    static const char *const homes[AUD_COUNT] = {
        [AUD_PARTNER] = "/partner/",
        [AUD_CUSTOMER] = "/customer/",
        [AUD_STAFF] = "/staff/",
    };

    return audience < AUD_COUNT && homes[audience] != NULL ? homes[audience] : "/";
}

const char *identity_judge(const struct request *req, const struct identity_user *user,
                           const char *password)
{
    static const char *const words[PASSWORD_VERDICT_COUNT] = {
        [PASSWORD_TOO_SHORT] = N_("Too short: use 8 characters or more."),
        [PASSWORD_TOO_LONG] = N_("Too long: at most 1,024 bytes are kept."),
        [PASSWORD_COMMON] = N_("Too well known: this password is on every list of guesses."),
        [PASSWORD_PERSONAL] = N_("Too easy to guess: it is your address or your company’s name."),
    };
    enum password_verdict verdict =
        password_judge(password, strlen(password), user->email, user->account_name);

    return verdict == PASSWORD_OK ? NULL : tr(req, words[verdict]);
}

int64_t identity_attempt_id(const char *email_key)
{
    unsigned char hash[SHA256_BYTES];
    uint64_t id = 0;

    sha256(email_key, strlen(email_key), hash);
    /* Few enough bits for a JSON number, as which it enters the audit's hash. */
    for (int i = 0; i < 6; i++)
        id = id << 8 | hash[i];
    return (int64_t)id;
}

/* The first that is found names it: Edge and Opera also say Chrome, and Chrome says Safari. */
static const struct word_row {
    const char *mark, *label;
} browsers[] = {
    { "Edg", "Edge" },       { "OPR/", "Opera" },        { "MicroMessenger", "WeChat" },
    { "Firefox/", "Firefox" }, { "FxiOS", "Firefox" },   { "CriOS", "Chrome" },
    { "Chrome/", "Chrome" }, { "Safari/", "Safari" },    { "curl/", "curl" },
}, systems[] = {
    { "Android", "Android" }, { "HarmonyOS", "HarmonyOS" }, { "iPhone", "iPhone" },
    { "iPad", "iPad" },       { "Windows", "Windows" },     { "Mac OS X", "macOS" },
    { "CrOS", "ChromeOS" },   { "Linux", "Linux" },
};

static const char *first_word(const struct word_row *rows, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(text, rows[i].mark) != NULL)
            return rows[i].label;
    }
    return "";
}

const char *identity_browser_label(struct arena *a, const char *user_agent)
{
    const char *browser = first_word(browsers, ARRAY_LEN(browsers), user_agent);
    const char *system = first_word(systems, ARRAY_LEN(systems), user_agent);

    if (*browser == '\0' || *system == '\0')
        return *browser != '\0' ? browser : system;
    return arena_printf(a, "%s, %s", browser, system);
}

char *identity_json(struct arena *a, const struct json_pair *pairs)
{
    struct buf b;
    char *text;

    buf_init(&b, 256, 0);
    buf_putc(&b, '{');
    for (const struct json_pair *p = pairs; p->name != NULL; p++) {
        if (p != pairs)
            buf_putc(&b, ',');
        buf_json(&b, p->name);
        buf_putc(&b, ':');
        buf_json(&b, p->value != NULL ? p->value : "");
    }
    buf_putc(&b, '}');
    text = arena_dup(a, b.data);
    buf_free(&b);
    return text;
}

void identity_tabs(struct request *req)
{
    static const struct {
        const char *label, *address;
    } tabs[] = {
        { N_("Profile"), "/account" },
        { N_("Password"), "/account/password" },
        { N_("Second factor"), "/account/second-factor" },
        { N_("Sessions"), "/account/sessions" },
    };

    for (size_t i = 0; i < ARRAY_LEN(tabs); i++) {
        struct view *tab = view_row(req->page, "Tabs");
        size_t len = strlen(tabs[i].address);

        view_text(tab, "Label", tr(req, tabs[i].label));
        view_text(tab, "Href", tabs[i].address);
        view_flag(tab, "Current",
                  i == 0 ? str_eq(req->path, tabs[i].address)
                         : strncmp(req->path, tabs[i].address, len) == 0);
    }
}
