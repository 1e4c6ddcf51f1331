/* program/ctl_operate.c - what an operator, or a monitor in his place, asks again and again. */
#include "base/buf.h"
#include "base/str.h"
#include "operate/check.h"
#include "operate/log_events.h"
#include "operate/metrics.h"
#include "operate/retention.h"
#include "program/ctl.h"
#include "program/worker.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

static void print_line(FILE *out, const struct check_line *line)
{
    fprintf(out, "%-5s %-12s %s\n", check_level_name(line->level), line->name, line->found);
    if (*line->todo != '\0')
        fprintf(out, "%-18s -> %s\n", "", line->todo);
}

static void print_text(FILE *out, const struct check *c)
{
    for (size_t i = 0; i < c->count; i++)
        print_line(out, &c->lines[i]);
}

static void add_member(struct buf *out, const char *before, const char *name, const char *value)
{
    buf_printf(out, "%s\"%s\":", before, name);
    buf_json(out, value);
}

static void print_json(FILE *out, const struct check *c)
{
    struct buf text;

    buf_init(&text, 4096, 0);
    add_member(&text, "{", "level", check_level_name(check_worst(c)));
    buf_puts(&text, ",\"lines\":[");
    for (size_t i = 0; i < c->count; i++) {
        add_member(&text, i == 0 ? "{" : ",{", "name", c->lines[i].name);
        add_member(&text, ",", "level", check_level_name(c->lines[i].level));
        add_member(&text, ",", "found", c->lines[i].found);
        add_member(&text, ",", "todo", c->lines[i].todo);
        buf_putc(&text, '}');
    }
    fprintf(out, "%s]}\n", text.data);
    buf_free(&text);
}

static struct err *run_check(struct ctl *ctl)
{
    const char *json = NULL;
    const struct ctl_option options[] = { { "json", &json, true }, { 0 } };
    static struct check c; /* too large for the stack, and there is one */
    struct err *away;

    TRY(ctl_options(ctl, options, NULL));
    away = db_open_conf(&ctl->conf, "owner", NULL, &ctl->db);
    c = (struct check){ .a = ctl->a, .conf = &ctl->conf, .db = ctl->db };
    check_all(&c, away);
    err_free(away);
    (json != NULL ? print_json : print_text)(ctl->out, &c);
    ctl->status = (int)check_worst(&c);
    return NULL;
}

static struct err *run_retention(struct ctl *ctl)
{
    TRY(ctl_options(ctl, (const struct ctl_option[]){ { 0 } }, NULL));
    for (const struct retention *r = retention_rows; r->table != NULL; r++)
        fprintf(ctl->out, "%-24s %-7s %s\n", r->table, retention_kind_name(r->kind), r->how);
    return NULL;
}

static struct err *run_events(struct ctl *ctl)
{
    TRY(ctl_options(ctl, (const struct ctl_option[]){ { 0 } }, NULL));
    for (const struct log_event_row *r = log_event_rows; r->name != NULL; r++)
        fprintf(ctl->out, "%-20s %-11s %s\n%-20s %s\n", r->name, r->levels, r->fields, "", r->when);
    return NULL;
}

/* -- metrics -------------------------------------------------------------------------------------
 */

/* The account may read what the figures need and nothing else; without a database the rest of it is
 * there all the same. */
static void write_metrics(struct ctl *ctl, struct buf *out)
{
    struct metrics_place place = { .conf = &ctl->conf,
                                   .kinds = job_kind_names(ctl->a, worker_jobs) };
    struct err *e = db_open_conf(&ctl->conf, "metrics", metrics_statements, &ctl->db);

    if (e != NULL)
        fprintf(stderr, "fairwayctl: %s\n", err_message(e));
    err_free(e);
    place.db = ctl->db;
    metrics_write(&place, ctl->a, out);
}

/* A request is read to its empty line, lest it be answered by a reset; what it asks for does not
 * matter. */
static void skip_request(void)
{
    enum { WAIT_MS = 2000, REQUEST_BYTES = 8192 };
    struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
    char request[REQUEST_BYTES + 1] = "";
    size_t len = 0;

    while (len < REQUEST_BYTES && strstr(request, "\r\n\r\n") == NULL &&
           poll(&in, 1, WAIT_MS) == 1) {
        const ssize_t got = read(STDIN_FILENO, request + len, REQUEST_BYTES - len);

        if (got <= 0)
            break;
        len += (size_t)got;
        request[len] = '\0';
    }
}

static struct err *run_metrics(struct ctl *ctl)
{
    const char *http = NULL;
    const struct ctl_option options[] = { { "http", &http, true }, { 0 } };
    struct buf out;

    TRY(ctl_options(ctl, options, NULL));
    if (http != NULL)
        skip_request();
    buf_init(&out, 64 * 1024, 0);
    write_metrics(ctl, &out);
    if (http != NULL)
        fprintf(ctl->out,
                "HTTP/1.0 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
                "Content-Length: %zu\r\nConnection: close\r\n\r\n",
                out.len);
    fwrite(out.data, 1, out.len, ctl->out);
    buf_free(&out);
    return NULL;
}

const struct ctl_command ctl_operate_commands[] = {
    { "check", "[--json]",
      "say whether this portal is well, and what to do; exit status 0 ok, 1 warn, 2 fail", false,
      run_check },
    { "metrics", "[--http]",
      "print what Prometheus asks for; --http: as the answer to a request on standard input", false,
      run_metrics },
    { "events", "", "print every event of the log: its levels, its fields, and when it is written",
      false, run_events },
    { "retention", "", "print how long the rows of each table are kept", false, run_retention },
    { 0 },
};
