/* web/state.c - what a worker keeps between requests. */
#include "base/str.h"
#include "web/inside.h"
#include "web/route_check.h"

#include <stdlib.h>
#include <string.h>

enum {
    RUN_BYTES = 64 * 1024,
    KEPT_BYTES = 16 * 1024,
    BODY_FIRST_BYTES = 4096,
    ROWS_FIRST_BYTES = 4096
};

/* On every answer.  Files bring their own policy instead of the page's. */
static const char always[] = "X-Content-Type-Options: nosniff\r\n"
                             "X-Frame-Options: DENY\r\n"
                             "Referrer-Policy: same-origin\r\n"
                             "Cross-Origin-Opener-Policy: same-origin\r\n"
                             "Cross-Origin-Resource-Policy: same-origin\r\n"
                             "Permissions-Policy: camera=(), geolocation=(), microphone=(), "
                             "payment=(), usb=()\r\n";

/* Two years, as browsers' lists want it.  Only over https, where it means something. */
static const char strict_transport[] =
    "Strict-Transport-Security: max-age=63072000; includeSubDomains\r\n";

static const char of_pages[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n"
    "Accept-CH: Sec-CH-Prefers-Color-Scheme\r\n"
    "Critical-CH: Sec-CH-Prefers-Color-Scheme\r\n";

/* Plain http is for one's own machine: anywhere else a session could be read on the way. */
static bool is_loopback(const char *host)
{
    static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        size_t len = strlen(names[i]);

        if (strncmp(host, names[i], len) == 0 && strchr(":/", host[len]) != NULL)
            return true;
    }
    return false;
}

static struct err *check_url(const char *option, const char *url)
{
    const char *host = strstr(url, "://");
    const bool https = str_starts(url, "https://");

    if (host == NULL || (!https && !str_starts(url, "http://")) || host[3] == '\0')
        return err_raise(ERR_CONFIG, "%s %s is no http or https address", option, url);
    if (!https && !is_loopback(host + 3))
        return err_raise(ERR_CONFIG, "%s %s: plain http is refused but on 127.0.0.1", option, url);
    if (host[3 + strcspn(host + 3, "/")] != '\0')
        return err_raise(ERR_CONFIG, "%s %s ends with its host or port, without a path", option,
                         url);
    return NULL;
}

static struct err *read_urls(struct server_state *state)
{
    const char *url = state->conf->base_url, *staff = state->conf->staff_url;

    TRY(check_url("base_url", url));
    state->https = str_starts(url, "https://");
    state->loopback = !state->https;
    state->origin = url;
    if (str_is_empty(staff) || str_eq(staff, url))
        return NULL;
    TRY(check_url("staff_url", staff));
    if (str_starts(staff, "https://") != state->https)
        return err_raise(ERR_CONFIG, "staff_url %s and base_url are both http or both https",
                         staff);
    state->staff_origin = staff;
    return NULL;
}

static bool takes_files(const struct program *program)
{
    for (const struct route *const *table = program->routes; *table != NULL; table++)
        for (const struct route *route = *table; route->name != NULL; route++) {
            if (route->form == NULL)
                continue;
            for (const struct field *field = route->form->fields; field->name != NULL; field++)
                if (field->kind == FIELD_FILES)
                    return true;
        }
    return false;
}

static struct err *fill(struct server_state *state)
{
    TRY(read_urls(state));
    TRY(route_check(state->program));
    TRY(pages_load(state->program, state->templates, false));
    if (takes_files(state->program))
        TRY(magic_set_new(&state->magic));
    state->routes = route_index_new(state->fixed, state->program->routes);
    state->health_path = arena_printf(state->fixed, "%s/healthz", state->program->prefix);
    state->headers_always =
        arena_printf(state->fixed, "%s%s", always, state->https ? strict_transport : "");
    state->headers_page = of_pages;
    return NULL;
}

struct err *server_state_new(const struct program *program, const struct conf *conf, struct db *db,
                             struct templates *templates, void *rooms, struct server_state **out)
{
    struct server_state *state = calloc(1, sizeof(*state));
    struct err *e;

    if (state == NULL)
        return err_raise(ERR_CONFIG, "no memory for the server's state");
    state->program = program;
    state->conf = conf;
    state->db = db;
    state->templates = templates;
    state->rooms = rooms;
    state->fixed = arena_new(4096);
    state->kept = arena_new(KEPT_BYTES);
    state->run = arena_new(RUN_BYTES);
    state->page = view_new();
    state->part_values = view_new();
    state->serve = calloc(1, sizeof(*state->serve));
    buf_init(&state->body_in, BODY_FIRST_BYTES, 0);
    buf_init(&state->rows, ROWS_FIRST_BYTES, 0);
    e = state->serve != NULL ? fill(state) : err_raise(ERR_CONFIG, "no memory for a request");
    if (e != NULL) {
        server_state_free(state);
        return err_pass(e);
    }
    *out = state;
    return NULL;
}

void server_state_free(struct server_state *state)
{
    if (state == NULL)
        return;
    if (state->db_is_ours)
        db_close(state->db);
    for (size_t i = 0; i < STATUSES_KEPT; i++)
        view_html_free(state->statuses[i].html);
    for (size_t i = 0; i < MENUS_KEPT; i++)
        menu_forget(&state->menus[i]);
    for (struct rows_kept *kept = state->moulds; kept->part != NULL; kept++)
        mould_free(kept->mould);
    buf_free(&state->rows);
    view_free(state->part_values);
    magic_set_free(state->magic);
    view_free(state->page);
    buf_free(&state->body_in);
    arena_free(state->run);
    arena_free(state->kept);
    arena_free(state->fixed);
    free(state->serve);
    free(state);
}
