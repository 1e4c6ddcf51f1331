/* report/report_routes.c - what staff.fcgi serves of reports. */
#include "report/report_home.h"
#include "report/report_inside.h"
#include "report/report_mail.h"

#define ROUTE(name_, method_, path_, permission_)                             \
    .name = "report." name_, .method = method_, .path = REPORT_ADDRESS path_, \
    .audience = AUD_STAFF, .permission = permission_
#define ONE .object = &report_object

/* A report may run for seconds: five a minute, on an hour's average. */
static const struct rate runs = { "report.run", 300, 3600 };
/* Everything at once: once in a while. */
static const struct rate sheets = { "report.sheet", 60, 3600 };

const struct route report_staff_routes[] = {
    { ROUTE("list", HTTP_GET, "", PERM_REPORT_VIEW), .query = &report_list_query,
      .handler = report_list_show, .page = "report/list.cs" },
    { ROUTE("new_page", HTTP_GET, "/new", PERM_REPORT_EDIT), .handler = report_new_show,
      .page = "report/new.cs" },
    { ROUTE("new_set_page", HTTP_GET, "/new/:set", PERM_REPORT_EDIT),
      .handler = report_new_set_show, .page = "report/edit.cs" },
    { ROUTE("new", HTTP_POST, "/new/:set", PERM_REPORT_EDIT), .form = &report_form,
      .handler = report_new_post, .retry = report_new_set_show, .retry_page = "report/edit.cs" },
    { ROUTE("page", HTTP_GET, "/:id", PERM_REPORT_VIEW), ONE, .handler = report_show,
      .page = "report/show.cs", .rate = &runs },
    { ROUTE("rows", HTTP_GET, "/:id/rows", PERM_REPORT_VIEW), ONE, .query = &report_rows_query,
      .handler = report_rows_show, .page = "report/show.cs", .rate = &runs },
    { ROUTE("csv", HTTP_GET, "/:id/export.csv", PERM_REPORT_VIEW), ONE, .handler = report_export,
      .rate = &sheets },
    { ROUTE("xlsx", HTTP_GET, "/:id/export.xlsx", PERM_REPORT_VIEW), ONE, .handler = report_export,
      .rate = &sheets },
    { ROUTE("edit_page", HTTP_GET, "/:id/edit", PERM_REPORT_EDIT), ONE, .handler = report_edit_show,
      .page = "report/edit.cs" },
    { ROUTE("edit", HTTP_POST, "/:id/edit", PERM_REPORT_EDIT), ONE, .form = &report_form,
      .handler = report_edit_post, .retry = report_edit_show, .retry_page = "report/edit.cs" },
    { ROUTE("copy", HTTP_POST, "/:id/copy", PERM_REPORT_EDIT), ONE, .form = &form_empty,
      .handler = report_copy_post },
    { ROUTE("mail", HTTP_POST, "/:id/mail", PERM_REPORT_VIEW), ONE, .form = &report_mail_form,
      .handler = report_mail_post, .retry = report_show, .retry_page = "report/show.cs",
      .rate = &runs },
    { ROUTE("home", HTTP_POST, "/:id/home", PERM_REPORT_VIEW), ONE, .form = &report_home_form,
      .handler = report_home_post, .retry = report_show, .retry_page = "report/show.cs",
      .rate = &runs },
    { ROUTE("home_roles", HTTP_POST, "/:id/home-roles", PERM_REPORT_MANAGE), ONE,
      .form = &report_home_roles_form, .handler = report_home_roles_post, .retry = report_show,
      .retry_page = "report/show.cs", .rate = &runs },
    { ROUTE("delete_page", HTTP_GET, "/:id/delete", PERM_REPORT_EDIT), ONE,
      .handler = report_gone_show, .page = "report/delete.cs" },
    { ROUTE("delete", HTTP_POST, "/:id/delete", PERM_REPORT_EDIT), ONE, .form = &report_gone_form,
      .handler = report_gone_post },
    { 0 },
};
