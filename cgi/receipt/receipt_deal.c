/* receipt/receipt_deal.c - the receipts of a registration, for its partner and for staff: the list,
 * the file, and a page to print. */
#include "base/str.h"
#include "crypt/qr.h"
#include "deal/deal_partner.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"
#include "receipt/receipt_pages.h"

static const struct status_row statuses[] = {
    { "waiting", "info", "clock", N_("Being signed") },
    { "pending", "info", "clock", N_("Signed, not in the log yet") },
    { "complete", "good", "rosette-discount-check", N_("Signed and in the log") },
    { 0 },
};

static const char *status_of(const struct receipt_row *row)
{
    if (row->note == NULL)
        return "waiting";
    return row->leaf_index < 0 ? "pending" : "complete";
}

static bool is_partner(const struct request *req)
{
    return req->actor->audience == AUD_PARTNER;
}

static const char *address(struct request *req, const char *rest)
{
    return arena_printf(req->arena, "/%s/deals/DR-%lld/receipts%s",
                        is_partner(req) ? "partner" : "staff", (long long)req->object_id, rest);
}

static void crumbs(struct request *req, const struct deal *deal)
{
    if (is_partner(req))
        deal_partner_crumbs(req, deal);
    else
        deal_staff_crumbs(req, deal);
}

static struct err *receipts_show(struct request *req)
{
    struct receipt_row *rows = NULL;
    size_t count;

    crumbs(req, req->object);
    page_title(req, tr(req, N_("Receipts")));
    page_fact(req, deal_number(req->arena, req->object_id));
    TRY(receipts_of_deal(req->db, req->arena, req->object_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *v = view_row(req->page, "Receipts");
        const char *one = arena_number(req->arena, "/", rows[i].id);

        view_text(v, "Event", receipt_event_label(req, rows[i].event));
        page_at(req, v, "At", rows[i].made_at);
        page_status(req, v, "Status", statuses, status_of(&rows[i]));
        if (rows[i].note == NULL)
            continue;
        view_text(v, "Print", address(req, one));
        view_text(v, "File", address(req, arena_printf(req->arena, "%s/file", one)));
    }
    return NULL;
}

/* The receipt that the address names.  One that is not signed yet is none to show. */
static struct err *find(struct request *req, struct receipt_row **row_out, struct receipt *out)
{
    int64_t id;

    if (!str_to_i64(request_param(req, "receipt"), &id))
        return err_raise(ERR_NOT_FOUND, "no number of a receipt");
    TRY(receipt_of_deal(req->db, req->arena, req->object_id, id, row_out));
    if (*row_out == NULL || (*row_out)->note == NULL)
        return err_raise(ERR_NOT_FOUND, "no receipt %lld", (long long)id);
    return err_pass(receipt_make(req->db, req->arena, *row_out, out));
}

static struct err *file_get(struct request *req)
{
    struct receipt_row *row;
    struct receipt receipt;
    struct buf text;
    struct err *e;
    const char *data = "";
    size_t len;

    TRY(find(req, &row, &receipt));
    buf_init(&text, 4096, 0);
    e = err_pass(receipt_encode(&receipt, &text));
    len = text.len;
    if (e == NULL)
        data = arena_dup_bytes(req->arena, text.data, len);
    buf_free(&text);
    if (e != NULL)
        return e;
    return err_pass(reply_file(req, receipt_file_name(req->arena, req->object_id, row),
                               "text/plain; charset=utf-8", data, len));
}

static struct err *print_show(struct request *req)
{
    const char *link;
    struct receipt_row *row;
    struct receipt receipt;
    struct qr qr;

    TRY(find(req, &row, &receipt));
    link = arena_printf(req->arena, "%s%s", req->conf->base_url,
                        receipt_address(req->arena, &receipt));
    TRY(qr_encode(req->arena, link, &qr));
    page_title(req, tr(req, N_("Receipt")));
    view_text(view_at(req->page, "Sheet"), "Back", address(req, ""));
    receipt_show_statement(req, req->page, "States", &receipt);
    page_status(req, req->page, "Status", statuses, status_of(row));
    view_text(req->page, "Statement",
              arena_dup_bytes(req->arena, receipt.statement, receipt.statement_len));
    view_text(req->page, "Verify", arena_printf(req->arena, "%s/verify", req->conf->base_url));
    view_text(req->page, "Qr", qr.path);
    view_text(req->page, "QrBox", arena_printf(req->arena, "0 0 %d %d", qr.size, qr.size));
    return NULL;
}

#define ROUTES(audience_, prefix, kind)                       \
    { .name = "receipt.list",                                 \
      .method = HTTP_GET,                                     \
      .path = prefix "/deals/:id/receipts",                   \
      .audience = (audience_),                                \
      .permission = PERM_DEAL_VIEW,                           \
      .object = &(kind),                                      \
      .handler = receipts_show,                               \
      .page = "receipt/list.cs" },                            \
        { .name = "receipt.print",                            \
          .method = HTTP_GET,                                 \
          .path = prefix "/deals/:id/receipts/:receipt",      \
          .audience = (audience_),                            \
          .permission = PERM_DEAL_VIEW,                       \
          .object = &(kind),                                  \
          .handler = print_show,                              \
          .page = "receipt/print.cs" },                       \
        { .name = "receipt.file",                             \
          .method = HTTP_GET,                                 \
          .path = prefix "/deals/:id/receipts/:receipt/file", \
          .audience = (audience_),                            \
          .permission = PERM_DEAL_VIEW,                       \
          .object = &(kind),                                  \
          .handler = file_get },                              \
    {                                                         \
        0                                                     \
    }

const struct route receipt_partner_routes[] = { ROUTES(AUD_PARTNER, "/partner",
                                                       deal_partner_object) };
const struct route receipt_staff_routes[] = { ROUTES(AUD_STAFF, "/staff", deal_staff_object) };
