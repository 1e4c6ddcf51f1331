/* programme/programme_rooms.c */
#include "programme/programme_rooms.h"

#include <stdlib.h>

struct err *programme_rooms_open(const struct conf *conf, void **rooms_out)
{
    struct programme_rooms *rooms = calloc(1, sizeof(*rooms));

    if (rooms == NULL)
        return err_raise(ERR_CONFIG, "no memory for files");
    rooms->files = attachment_store_new(conf, "public");
    *rooms_out = rooms;
    return NULL;
}

void programme_rooms_close(void *rooms)
{
    struct programme_rooms *r = rooms;

    attachment_store_free(r->files);
    free(r);
}
