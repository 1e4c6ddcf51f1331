/* transfer/transfer_routes.c - what staff may ask of imports.  Which data set somebody may import
 * its own permission says, when an import is loaded and when a file comes. */
#include "transfer/transfer_inside.h"

#define ADDRESS "/staff/imports"

/* A file is work for a while. */
static const struct rate files = { "transfer.file", 60, 3600 };
static const struct rate sheets = { "transfer.sheet", 60, 3600 };

#define AT_(name_, method_, path_)                                                  \
    .name = name_, .method = method_, .path = ADDRESS path_, .audience = AUD_STAFF, \
    .permission = PERM_IMPORT_VIEW
#define SHEET(name_, path_, handler_, query_)                                              \
    {                                                                                      \
        AT_(name_, HTTP_GET, path_), .handler = handler_, .query = query_, .rate = &sheets \
    }
#define FAULTS(name_, path_)                                                                 \
    {                                                                                        \
        AT_(name_, HTTP_GET, path_), .handler = transfer_faulty, .object = &transfer_object, \
                                     .rate = &sheets                                         \
    }

const struct route transfer_staff_routes[] = {
    { AT_("transfer.list", HTTP_GET, ""), .query = &transfer_list_query,
      .handler = transfer_list_show, .page = "transfer/list.cs" },
    { AT_("transfer.new", HTTP_GET, "/new"), .query = &transfer_new_query,
      .handler = transfer_new_show, .page = "transfer/new.cs" },
    { AT_("transfer.upload", HTTP_POST, "/new"), .form = &transfer_new_form,
      .handler = transfer_new_post, .retry = transfer_new_show, .retry_page = "transfer/new.cs",
      .rate = &files },
    SHEET("transfer.template", "/template.csv", transfer_template, &transfer_template_query),
    SHEET("transfer.template_xlsx", "/template.xlsx", transfer_template, &transfer_template_query),
    { AT_("transfer.show", HTTP_GET, "/:id"), .object = &transfer_object,
      .query = &transfer_show_query, .handler = transfer_show, .page = "transfer/show.cs" },
    { AT_("transfer.map", HTTP_POST, "/:id/map"), .object = &transfer_object,
      .form = &transfer_map_form, .handler = transfer_map_post, .retry = transfer_show,
      .retry_page = "transfer/show.cs" },
    { AT_("transfer.choose", HTTP_POST, "/:id/choose"), .object = &transfer_object,
      .form = &transfer_choose_form, .handler = transfer_choose_post, .retry = transfer_show,
      .retry_page = "transfer/show.cs" },
    { AT_("transfer.undo", HTTP_POST, "/:id/undo"), .object = &transfer_object,
      .form = &transfer_undo_form, .handler = transfer_undo_post, .retry = transfer_show,
      .retry_page = "transfer/show.cs" },
    FAULTS("transfer.faults", "/:id/faults.csv"),
    FAULTS("transfer.faults_xlsx", "/:id/faults.xlsx"),
    { 0 },
};
