/* publishing/library_routes.c - what partner.fcgi and staff.fcgi serve of the library. */
#include "publishing/library_inside.h"

const struct route library_partner_routes[] = {
    { .name = "library.list",
      .method = HTTP_GET,
      .path = "/partner/library",
      .audience = AUD_PARTNER,
      .permission = PERM_LIBRARY_VIEW,
      .query = &library_query,
      .handler = library_show,
      .page = "publishing/library.cs" },
    { .name = "library.file",
      .method = HTTP_GET,
      .path = "/partner/library/:id/file",
      .audience = AUD_PARTNER,
      .permission = PERM_LIBRARY_VIEW,
      .object = &library_partner_object,
      .handler = library_file_show,
      .noted = library_noted },
    { 0 },
};

#define STAFF(name_, method_, path_, perm) \
    .name = name_, .method = method_, .path = path_, .audience = AUD_STAFF, .permission = perm
#define DOCUMENT .object = &library_staff_object
#define SHOWN    .retry = library_staff_show, .retry_page = "publishing/document.cs"

const struct route library_staff_routes[] = {
    { STAFF("library.staff_list", HTTP_GET, "/staff/library", PERM_LIBRARY_VIEW),
      .query = &library_staff_query, .handler = library_staff_list_show,
      .page = "publishing/documents.cs" },
    { STAFF("library.new_page", HTTP_GET, "/staff/library/new", PERM_LIBRARY_MANAGE),
      .handler = library_new_show, .page = "publishing/document_new.cs" },
    { STAFF("library.new", HTTP_POST, "/staff/library/new", PERM_LIBRARY_MANAGE),
      .form = &library_new_form, .handler = library_new_post, .retry = library_new_show,
      .retry_page = "publishing/document_new.cs" },
    { STAFF("library.page", HTTP_GET, "/staff/library/:id", PERM_LIBRARY_VIEW), DOCUMENT,
      .handler = library_staff_show, .page = "publishing/document.cs" },
    { STAFF("library.edit", HTTP_POST, "/staff/library/:id", PERM_LIBRARY_MANAGE), DOCUMENT, SHOWN,
      .form = &library_edit_form, .handler = library_edit_post },
    { STAFF("library.version", HTTP_POST, "/staff/library/:id/versions", PERM_LIBRARY_MANAGE),
      DOCUMENT, SHOWN, .form = &library_version_form, .handler = library_version_post },
    { STAFF("library.move", HTTP_POST, "/staff/library/:id/move", PERM_LIBRARY_MANAGE), DOCUMENT,
      SHOWN, .form = &library_move_form, .handler = library_move_post },
    { STAFF("library.version_file", HTTP_GET, "/staff/library/:id/files/:version",
            PERM_LIBRARY_VIEW),
      DOCUMENT, .handler = library_version_file_show },
    { 0 },
};
