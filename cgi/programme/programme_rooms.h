/* programme/programme_rooms.h - what public.fcgi keeps between requests: where the files of
 * applicants go. */
#pragma once

#include "attachment/attachment.h"
#include "base/conf.h"

struct programme_rooms {
    struct attachment_store *files;
};

/* For struct program: rooms_open and rooms_close. */
struct err *programme_rooms_open(const struct conf *conf, void **rooms_out);
void programme_rooms_close(void *rooms);
