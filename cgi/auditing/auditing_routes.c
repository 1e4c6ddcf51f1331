/* auditing/auditing_routes.c - what staff may ask of the audit trail. */
#include "auditing/auditing_inside.h"

/* Everything at once: once in a while. */
static const struct rate files = { "audit.file", 60, 3600 };

#define FILE_(name_, ending)                                                                     \
    {                                                                                            \
        .name = name_, .method = HTTP_GET, .path = "/staff/audit" ending, .audience = AUD_STAFF, \
        .permission = PERM_AUDIT_EXPORT, .query = &auditing_query_form,                          \
        .handler = auditing_list_export, .rate = &files                                          \
    }

const struct route auditing_staff_routes[] = {
    { .name = "audit.list",
      .method = HTTP_GET,
      .path = "/staff/audit",
      .audience = AUD_STAFF,
      .permission = PERM_AUDIT_VIEW,
      .query = &auditing_query_form,
      .handler = auditing_list_show,
      .page = "auditing/list.cs" },
    FILE_("audit.csv", ".csv"),
    FILE_("audit.xlsx", ".xlsx"),
    { .name = "audit.check",
      .method = HTTP_POST,
      .path = "/staff/audit/check",
      .audience = AUD_STAFF,
      .permission = PERM_AUDIT_CHECK,
      .form = &form_empty,
      .handler = auditing_check_post },
    { .name = "audit.record",
      .method = HTTP_GET,
      .path = "/staff/audit/:record",
      .audience = AUD_STAFF,
      .permission = PERM_AUDIT_VIEW,
      .query = &auditing_record_query,
      .handler = auditing_record_show,
      .page = "auditing/record.cs" },
    { 0 },
};
