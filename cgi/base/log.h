/* base/log.h - one JSON object a line on standard error.  Values are escaped, so no visitor can
 * write a line of his own.  Never log secrets: ids, counts and kinds are enough. */
#pragma once

#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_value {
    const char *key; /* NULL ends a list */
    const char *text;
    int64_t number;
};

#define LOG_S(k, v) ((struct log_value){ .key = (k), .text = (v) != NULL ? (v) : "" })
#define LOG_I(k, v) ((struct log_value){ .key = (k), .number = (v) })
/* log_event(LOG_WARN, "mail.refused", LOG_I("outbox", id), LOG_S("host", host)) */
#define log_event(level, event, ...) \
    log_values((level), (event), (const struct log_value[]){ __VA_ARGS__, { 0 } })
#define log_plain(level, event) log_values((level), (event), (const struct log_value[]){ { 0 } })

void log_values(enum log_level level, const char *event, const struct log_value *values);
void log_set_level(enum log_level least);
/* The name that stands in each line, "partner"; kept as a pointer. */
void log_set_program(const char *name);
/* Tests: lines go to FN instead; NULL restores standard error. */
void log_set_sink(void (*fn)(const char *line));

/* For what cannot happen or cannot be survived: one line, then exit with 70. */
_Noreturn void log_die(const char *why);
