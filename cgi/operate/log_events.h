/* operate/log_events.h - every event that a program writes to its log (base/log.h), for those who
 * read it.  Each line also has at, level, program, pid and event. */
#pragma once

struct log_event_row {
    const char *name;   /* NULL ends the list */
    const char *levels; /* "warn, error" */
    const char *fields; /* "job kind"; not every line has all of them */
    const char *when;
};
extern const struct log_event_row log_event_rows[];
