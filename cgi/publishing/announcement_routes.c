/* publishing/announcement_routes.c - what three programs serve of announcements. */
#include "publishing/announcement_inside.h"

#define READ(name_, prefix, audience_)                                                          \
    { .name = name_ ".announcement.list",                                                       \
      .method = HTTP_GET,                                                                       \
      .path = prefix "/announcements",                                                          \
      .audience = (audience_),                                                                  \
      .permission = PERM_HOME,                                                                  \
      .query = &announcement_query,                                                             \
      .handler = announcement_list_show,                                                        \
      .page = "publishing/announcements.cs" },                                                  \
        { .name = name_ ".announcement.page",                                                   \
          .method = HTTP_GET,                                                                   \
          .path = prefix "/announcements/:id",                                                  \
          .audience = (audience_),                                                              \
          .permission = PERM_HOME,                                                              \
          .object = &announcement_object,                                                       \
          .handler = announcement_show,                                                         \
          .noted = announcement_noted,                                                          \
          .page = "publishing/announcement.cs" },                                               \
        { .name = name_ ".announcement.file",                                                   \
          .method = HTTP_GET,                                                                   \
          .path = prefix "/announcements/:id/files/:file",                                      \
          .audience = (audience_),                                                              \
          .permission = PERM_HOME,                                                              \
          .object = &announcement_object,                                                       \
          .handler = announcement_file_show },                                                  \
    {                                                                                           \
        .name = name_ ".announcement.read_all", .method = HTTP_POST,                            \
        .path = prefix "/announcements/read", .audience = (audience_), .permission = PERM_HOME, \
        .form = &form_empty, .handler = announcement_all_read,                                  \
    }

const struct route announcement_partner_routes[] = { READ("partner", "/partner", AUD_PARTNER),
                                                     { 0 } };
const struct route announcement_customer_routes[] = { READ("customer", "/customer", AUD_CUSTOMER),
                                                      { 0 } };

#define WRITE(name_, method_, path_)                                                             \
    .name = "announcement." name_, .method = method_, .path = "/staff/announcements/desk" path_, \
    .audience = AUD_STAFF, .permission = PERM_ANNOUNCEMENTS_MANAGE
#define ONE   .object = &announcement_desk_object
#define SHOWN .retry = announcement_edit_show, .retry_page = "publishing/announcement_edit.cs"

const struct route announcement_staff_routes[] = {
    READ("staff", "/staff", AUD_STAFF),
    { WRITE("desk", HTTP_GET, ""), .query = &announcement_desk_query,
      .handler = announcement_desk_show, .page = "publishing/announcement_desk.cs" },
    { WRITE("new_page", HTTP_GET, "/new"), .handler = announcement_new_show,
      .page = "publishing/announcement_new.cs" },
    { WRITE("new", HTTP_POST, "/new"), .form = &announcement_form, .handler = announcement_new_post,
      .retry = announcement_new_show, .retry_page = "publishing/announcement_new.cs" },
    { WRITE("edit_page", HTTP_GET, "/:id"), ONE, .handler = announcement_edit_show,
      .page = "publishing/announcement_edit.cs" },
    { WRITE("edit", HTTP_POST, "/:id"), ONE, SHOWN, .form = &announcement_form,
      .handler = announcement_edit_post },
    { WRITE("move", HTTP_POST, "/:id/move"), ONE, SHOWN, .form = &announcement_move_form,
      .handler = announcement_move_post },
    { WRITE("files", HTTP_POST, "/:id/files"), ONE, SHOWN, .form = &announcement_files_form,
      .handler = announcement_files_post },
    { WRITE("desk_file", HTTP_GET, "/:id/files/:file"), ONE, .handler = announcement_file_show },
    { WRITE("file_gone", HTTP_POST, "/:id/files/:file/remove"), ONE, .form = &form_empty,
      .handler = announcement_file_gone_post },
    { 0 },
};
