/* program/ctl_operate.c - what an operator, or a monitor in his place, asks again and again. */
#include "base/buf.h"
#include "base/str.h"
#include "operate/check.h"
#include "operate/retention.h"
#include "program/ctl.h"

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

const struct ctl_command ctl_operate_commands[] = {
    { "check", "[--json]",
      "say whether this portal is well, and what to do; exit status 0 ok, 1 warn, 2 fail", false,
      run_check },
    { "retention", "", "print how long the rows of each table are kept", false, run_retention },
    { 0 },
};
