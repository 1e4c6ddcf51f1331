/* support/smtp.h - a mail server on the loopback that behaves as badly as it is told to. */
#pragma once

#include <sys/types.h>

enum smtp_mood {
    SMTP_TAKES,            /* everything */
    SMTP_IS_BUSY,          /* 421 instead of a greeting */
    SMTP_PUTS_OFF,         /* 451 to every receiver */
    SMTP_REFUSES,          /* 550 to every receiver */
    SMTP_REFUSES_MAIL,     /* 554 after the mail was read */
    SMTP_DROPS_AFTER_DATA, /* reads the mail, keeps it, and is gone before it answers */
    SMTP_HANGS             /* greets and then says nothing */
};

struct smtp_sink {
    pid_t pid;
    int fd;       /* what it has read */
    char url[64]; /* "smtp://127.0.0.1:34567" */
};

void smtp_sink_start(struct smtp_sink *sink, enum smtp_mood mood);
void smtp_sink_stop(struct smtp_sink *sink);
/* How many mails it has read whole, answered or not. */
int smtp_sink_count(const struct smtp_sink *sink);
/* All that it has read, envelopes first, in static memory. */
const char *smtp_sink_text(const struct smtp_sink *sink);
