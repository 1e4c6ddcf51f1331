/* opportunity/opportunity_staff.c - comments that never leave the vendor.  The partner's program
 * refuses them, and its database account cannot read them. */
#include "base/str.h"
#include "comment/comment.h"
#include "opportunity/opportunity_pages.h"
#include "opportunity/opportunity_view.h"

#define KIND "opportunity"

/* The same words as a comment, under another name: two forms stand on one page. */
struct err *opportunity_show_staff_notes(struct request *req, struct view *v, int64_t id)
{
    struct comment *rows;
    size_t count;

    TRY(comment_list_notes(req->db, req->arena, KIND, id, &rows, &count));
    comment_show(req, v, "Notes", rows, count);
    form_show_as(req, "Inside", &opportunity_note_form, NULL);
    return NULL;
}

struct note_input {
    const char *note;
};
static const struct field note_fields[] = {
    { .name = "inside",
      .label = N_("Note"),
      .kind = FIELD_LINES,
      .required = true,
      .needed = N_("Write the note."),
      .min = 1,
      .max = COMMENT_MAX_CHARS,
      .offset = offsetof(struct note_input, note) },
    { 0 },
};
const struct form opportunity_note_form = { .name = "opportunity_note",
                                            .fields = note_fields,
                                            .size_bytes = sizeof(struct note_input) };

struct err *opportunity_staff_note_post(struct request *req)
{
    const struct opportunity *o = req->object;
    const struct note_input *in = req->input;

    TRY(comment_add_note(req->db, req->actor, KIND, o->id, in->note));
    TRY(request_audit(req, KIND, o->id, NULL, NULL));
    return err_pass(
        reply_redirect(req, "saved", "%s/OP-%lld", opportunity_base(req), (long long)o->id));
}
