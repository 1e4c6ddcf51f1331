/* deal/deal_files.c - what hangs on a registration: comments of both sides, and files. */
#include "attachment/attachment.h"
#include "base/str.h"
#include "comment/comment.h"
#include "deal/deal_files.h"
#include "deal/deal_view.h"
#include "notification/notification.h"

#define KIND "deal"

static struct err *go_back(struct request *req, const struct deal *deal, const char *note)
{
    return err_pass(reply_redirect(req, note, "/partner/deals/DR-%lld", (long long)deal->id));
}

/* -- showing -------------------------------------------------------------------------------------
 */

struct err *deal_show_files(struct request *req, struct view *v, const struct deal *deal)
{
    struct attachment *rows = NULL;
    size_t count = 0;

    if (deal->has_files)
        TRY(attachment_list(req->db, req->arena, KIND, deal->id, &rows, &count));
    attachment_show(req, v, "Files", rows, count,
                    arena_printf(req->arena, "/partner/deals/DR-%lld/files/", (long long)deal->id));
    return NULL;
}

struct err *deal_show_comments(struct request *req, struct view *v, const struct deal *deal)
{
    struct comment *rows = NULL;
    size_t count = 0;

    if (deal->has_comments)
        TRY(comment_list(req->db, req->arena, KIND, deal->id, &rows, &count));
    comment_show(req, v, "Comments", rows, count);
    form_show_as(req, "Comment", &comment_form, NULL);
    return NULL;
}

/* -- comments ------------------------------------------------------------------------------------
 */

/* Whoever reviews it hears of it; before that the vendor finds it when it is taken. */
static struct err *tell_reviewer(struct request *req, const struct deal *deal, const char *event)
{
    const struct mail_value values[] = {
        { .name = "number", .value = deal_number(req->arena, deal->id) },
        { .name = "company", .value = deal->company_name },
        { .name = "who", .value = req->actor->name },
        { 0 },
    };
    const struct notification word = {
        .event = event, .kind = KIND, .object_id = deal->id, .values = values
    };

    if (deal->reviewer_id == 0)
        return NULL;
    return err_pass(notification_send(req->db, req->arena, &word, &deal->reviewer_id, 1));
}

struct err *deal_comment_post(struct request *req)
{
    const struct comment_input *in = req->input;
    const struct deal *deal = req->object;
    int64_t id;

    TRY(comment_add(req->db, req->actor, KIND, deal->id, in->body, &id));
    TRY(request_audit(req, KIND, deal->id, NULL, NULL));
    TRY(tell_reviewer(req, deal, "deal.comment"));
    return err_pass(reply_redirect(req, "sent", "/partner/deals/DR-%lld", (long long)deal->id));
}

/* -- files ---------------------------------------------------------------------------------------
 */

static const struct field attach_fields[] = {
    { .name = "files",
      .label = N_("Attachments"),
      .kind = FIELD_FILES,
      .required = true,
      .offset = offsetof(struct deal_attach_input, files) },
    { 0 },
};
const struct form deal_attach_form = { .name = "deal_attach",
                                       .fields = attach_fields,
                                       .size_bytes = sizeof(struct deal_attach_input),
                                       .body_max_bytes = 26 * 1024 * 1024,
                                       .lists_max = 20 };

struct err *deal_add_files(struct request *req, int64_t deal_id, const struct upload_list *files)
{
    const struct attachment_owner owner = { .kind = KIND,
                                            .object_id = deal_id,
                                            .user_id = req->actor->user_id };
    const struct deal_rooms *rooms = req->rooms;

    for (size_t i = 0; i < files->count; i++)
        TRY(attachment_add(rooms->files, req->db, req->arena, &owner, &files->items[i]));
    return NULL;
}

struct err *deal_attach_post(struct request *req)
{
    const struct deal_attach_input *in = req->input;
    const struct deal *deal = req->object;

    TRY(deal_add_files(req, deal->id, &in->files));
    TRY(request_audit(req, KIND, deal->id, NULL, NULL));
    return err_pass(go_back(req, deal, "saved"));
}

struct err *deal_file_show(struct request *req)
{
    const struct deal *deal = req->object;
    struct attachment row;

    TRY(attachment_get(req->db, req->arena, KIND, deal->id, request_param(req, "file"), &row));
    return err_pass(attachment_send(req, &row));
}

/* What the vendor has seen stays where it is. */
struct err *deal_file_remove_post(struct request *req)
{
    const struct deal *deal = req->object;

    if (deal->state != DEAL_DRAFT)
        return err_pass(
            deal_refuse(req, deal, tr(req, N_("Files can be removed from a draft only."))));
    TRY(attachment_remove(req->db, KIND, deal->id, request_param(req, "file")));
    TRY(request_audit(req, KIND, deal->id, NULL, NULL));
    return err_pass(
        reply_redirect(req, "deleted", "/partner/deals/DR-%lld/edit", (long long)deal->id));
}
