/* opportunity/opportunity_files.c - files that hang on an opportunity: read by everybody who sees
 * it. */
#include "opportunity/opportunity_files.h"

#include "attachment/attachment.h"
#include "opportunity/opportunity_view.h"

#define KIND "opportunity"

struct err *opportunity_show_files(struct request *req, struct view *v, const struct opportunity *o)
{
    struct attachment *rows;
    size_t count;

    TRY(attachment_list(req->db, req->arena, KIND, o->id, &rows, &count));
    attachment_show(req, v, "Files", rows, count,
                    arena_join(req->arena, opportunity_href(req, o->id), "/files/", NULL));
    return NULL;
}

struct err *opportunity_attach_post(struct request *req)
{
    const struct deal_attach_input *in = req->input;
    const struct opportunity *o = req->object;
    const struct attachment_owner owner = { .kind = KIND,
                                            .object_id = o->id,
                                            .user_id = req->actor->user_id };
    const struct deal_rooms *rooms = req->rooms;

    TRY(opportunity_let_write(req, o));
    for (size_t i = 0; i < in->files.count; i++)
        TRY(attachment_add(rooms->files, req->db, req->arena, &owner, &in->files.items[i]));
    TRY(request_audit(req, KIND, o->id, NULL, NULL));
    return err_pass(
        reply_redirect(req, "saved", "%s/OP-%lld", opportunity_base(req), (long long)o->id));
}

struct err *opportunity_file_show(struct request *req)
{
    const struct opportunity *o = req->object;
    struct attachment row;

    TRY(attachment_get(req->db, req->arena, KIND, o->id, request_param(req, "file"), &row));
    return err_pass(attachment_send(req, &row));
}
