/* db/param.c - what goes in: the arguments of a call in the form that the connector reads. */
#include "db/inside.h"

#include "base/money.h"

#include <string.h>

struct db_arg db_arg_text(const char *text)
{
    return (struct db_arg){ .kind = 's', .data = text, .len = text != NULL ? strlen(text) : 0 };
}

struct err *db_params_make(struct prepared *p)
{
    const struct db_stmt *st = p->st;

    p->param_count = mysql_stmt_param_count(p->handle);
    if (p->param_count != strlen(st->binds))
        return err_raise(ERR_CONFIG, "statement %s: %zu parameters, binds is \"%s\"", st->name,
                         p->param_count, st->binds);
    if (strspn(st->binds, "isbtdm") != p->param_count)
        return err_raise(ERR_CONFIG, "statement %s: unknown letter in binds \"%s\"", st->name,
                         st->binds);
    p->params = arena_array(p->memory, p->param_count + 1, sizeof(*p->params));
    p->values = arena_array(p->memory, p->param_count + 1, sizeof(*p->values));
    return NULL;
}

static MYSQL_BIND bind_instant(union param_value *value, int64_t at_us)
{
    struct civil c = civil_from_us(at_us);

    value->time = (MYSQL_TIME){ .year = (unsigned)c.year,
                                .month = (unsigned)c.month,
                                .day = (unsigned)c.day,
                                .hour = (unsigned)c.hour,
                                .minute = (unsigned)c.minute,
                                .second = (unsigned)c.second,
                                .second_part = (unsigned long)c.microsecond,
                                .time_type = MYSQL_TIMESTAMP_DATETIME };
    return (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_DATETIME, .buffer = &value->time };
}

static MYSQL_BIND bind_day(union param_value *value, int32_t day)
{
    int year, month, mday;

    day_to_civil(day, &year, &month, &mday);
    value->time = (MYSQL_TIME){ .year = (unsigned)year,
                                .month = (unsigned)month,
                                .day = (unsigned)mday,
                                .time_type = MYSQL_TIMESTAMP_DATE };
    return (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_DATE, .buffer = &value->time };
}

static MYSQL_BIND bind_bytes(enum enum_field_types type, const void *data, size_t len)
{
    /* The connector only reads it. */
    return (
        MYSQL_BIND){ .buffer_type = type, .buffer = (void *)(uintptr_t)data, .buffer_length = len };
}

static MYSQL_BIND bind_arg(union param_value *value, const struct db_arg *arg)
{
    static const MYSQL_BIND null = { .buffer_type = MYSQL_TYPE_NULL };

    switch (arg->kind) {
    case 'i':
        value->number = arg->i;
        return (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &value->number };
    case 's':
        return arg->data == NULL ? null : bind_bytes(MYSQL_TYPE_STRING, arg->data, arg->len);
    case 'b':
        return arg->data == NULL ? null : bind_bytes(MYSQL_TYPE_BLOB, arg->data, arg->len);
    case 't':
        return arg->i == 0 ? null : bind_instant(value, arg->i);
    case 'd':
        return arg->i == DAY_NONE ? null : bind_day(value, (int32_t)arg->i);
    case 'm':
        money_text(arg->i, 4, value->decimal);
        return bind_bytes(MYSQL_TYPE_STRING, value->decimal, strlen(value->decimal));
    default:
        return null;
    }
}

struct err *db_params_bind(struct prepared *p, const struct db_arg *args)
{
    for (size_t i = 0; i < p->param_count; i++) {
        if (args[i].kind == 0 || (args[i].kind != 'n' && args[i].kind != p->st->binds[i]))
            return err_raise(ERR_BUG, "statement %s: argument %zu is '%c', not '%c'", p->st->name,
                             i + 1, args[i].kind == 0 ? '-' : args[i].kind, p->st->binds[i]);
        p->params[i] = bind_arg(&p->values[i], &args[i]);
    }
    if (args[p->param_count].kind != 0)
        return err_raise(ERR_BUG, "statement %s: more than %zu arguments", p->st->name,
                         p->param_count);
    if (p->param_count != 0 && mysql_stmt_bind_param(p->handle, p->params) != 0)
        return err_raise(ERR_DB, "statement %s: %s", p->st->name, mysql_stmt_error(p->handle));
    return NULL;
}
