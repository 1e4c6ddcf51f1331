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

static struct err *open_with_files(const struct conf *conf, const char *program, void **rooms_out)
{
    struct deal_rooms *rooms;

    TRY(deal_rooms_open(conf, rooms_out));
    rooms = *rooms_out;
    rooms->files = attachment_store_new(conf, program);
    return NULL;
}

struct err *deal_rooms_open_partner(const struct conf *conf, void **rooms_out)
{
    return err_pass(open_with_files(conf, "partner", rooms_out));
}

struct err *deal_rooms_open_staff(const struct conf *conf, void **rooms_out)
{
    return err_pass(open_with_files(conf, "staff", rooms_out));
}

void deal_rooms_close(void *rooms)
{
    struct deal_rooms *r = rooms;

    attachment_store_free(r->files);

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
