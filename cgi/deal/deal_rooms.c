/* deal/deal_rooms.c */
#include "deal/deal_rooms.h"

#include <stdlib.h>

struct err *deal_rooms_open(const struct conf *conf, void **rooms_out)
{
    struct deal_rooms *rooms = calloc(1, sizeof(*rooms));
    struct err *e;

    (void)conf;
    if (rooms == NULL)
        return err_raise(ERR_CONFIG, "no memory for the text tools");
    e = text_ctx_new(&rooms->text);
    if (e == NULL)
        e = match_names_new(rooms->text, &rooms->names);
    if (e != NULL) {
        deal_rooms_close(rooms);
        return err_pass(e);
    }
    *rooms_out = rooms;
    return NULL;
}

void deal_rooms_close(void *rooms)
{
    struct deal_rooms *r = rooms;

    match_names_free(r->names);
    text_ctx_free(r->text);
    free(r);
}

struct deal_actor deal_actor_of(const struct request *req, enum deal_who as)
{
    const struct deal_rooms *rooms = req->rooms;

    return (struct deal_actor){ .who = { .actor = req->actor, .address = req->remote_addr },
                                .as = as,
                                .for_user_name = "",
                                .names = rooms->names,
                                .text = rooms->text };
}
