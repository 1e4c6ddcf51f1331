/* accounts/accounts_routes.c - what staff may ask of accounts. */
#include "accounts/accounts_inside.h"
#include "accounts/accounts_parts.h"
#include "deal/deal_files.h"

#define AT_(name_, method_, path_, perm)                                                      \
    .name = name_, .method = method_, .path = "/staff/accounts" path_, .audience = AUD_STAFF, \
    .permission = perm

/* Everything at once: once in a while. */
static const struct rate sheets = { "accounts.sheet", 60, 3600 };
#define SHEET(name_, ending)                                                           \
    {                                                                                  \
        AT_(name_, HTTP_GET, ending, PERM_ACCOUNT_EXPORT),                             \
            .query = &accounts_query_form, .handler = accounts_export, .rate = &sheets \
    }

#define PART(code)                                                        \
    {                                                                     \
        AT_("accounts." code, HTTP_GET, "/:id/" code, PERM_ACCOUNT_VIEW), \
            .object = &accounts_kind, .query = &accounts_part_query,      \
            .handler = accounts_part_show, .page = "account/part.cs"      \
    }
/* What changes one account; a refusal shows PAGE again. */
#define POST_(name_, path_, form_, handler_, retry_, page_)                                \
    {                                                                                      \
        AT_(name_, HTTP_POST, "/:id/" path_, PERM_ACCOUNT_EDIT),                           \
            .object = &accounts_kind, .form = form_, .handler = handler_, .retry = retry_, \
            .retry_page = page_                                                            \
    }

/* What becomes of one that lies in the bin. */
#define BINNED(verb, perm, handler_)                                                           \
    {                                                                                          \
        AT_("accounts." verb, HTTP_POST, "/:id/" verb, perm),                                  \
            .object = &accounts_any_kind, .form = &accounts_version_form, .handler = handler_, \
            .retry = accounts_binned_show, .retry_page = "account/binned.cs"                   \
    }
#define BINNED_CONTACT(verb, perm, handler_)                                                 \
    {                                                                                        \
        AT_("accounts.contact_" verb, HTTP_POST, "/:id/contacts/:contact/" verb, perm),      \
            .object = &accounts_kind, .form = &accounts_version_form, .handler = handler_,   \
            .retry = accounts_contact_binned_show, .retry_page = "account/binned_contact.cs" \
    }

const struct route accounts_staff_routes[] = {
    { AT_("accounts.list", HTTP_GET, "", PERM_ACCOUNT_VIEW), .query = &accounts_query_form,
      .handler = accounts_list_show, .page = "account/list.cs" },
    SHEET("accounts.csv", ".csv"),
    SHEET("accounts.xlsx", ".xlsx"),
    { AT_("accounts.new_page", HTTP_GET, "/new", PERM_ACCOUNT_EDIT), .query = &accounts_copy_query,
      .handler = accounts_new_show, .page = "account/edit.cs" },
    { AT_("accounts.new", HTTP_POST, "/new", PERM_ACCOUNT_EDIT), .form = &accounts_new_form,
      .handler = accounts_new_post, .retry = accounts_new_show, .retry_page = "account/edit.cs" },
    { AT_("accounts.bin", HTTP_GET, "/bin", PERM_ACCOUNT_EDIT), .query = &accounts_bin_query,
      .handler = accounts_bin_show, .page = "account/bin.cs" },
    { AT_("accounts.page", HTTP_GET, "/:id", PERM_ACCOUNT_VIEW), .object = &accounts_any_kind,
      .handler = accounts_show, .page = "account/show.cs" },
    { AT_("accounts.delete_page", HTTP_GET, "/:id/delete", PERM_ACCOUNT_DELETE),
      .object = &accounts_kind, .handler = accounts_delete_show, .page = "account/delete.cs" },
    { AT_("accounts.delete", HTTP_POST, "/:id/delete", PERM_ACCOUNT_DELETE),
      .object = &accounts_kind, .form = &accounts_delete_form, .handler = accounts_delete_post,
      .retry = accounts_delete_show, .retry_page = "account/delete.cs" },
    { AT_("accounts.merge_page", HTTP_GET, "/:id/merge", PERM_ACCOUNT_MERGE),
      .object = &accounts_kind, .query = &accounts_merge_query, .handler = accounts_merge_show,
      .page = "account/merge.cs" },
    { AT_("accounts.merge", HTTP_POST, "/:id/merge", PERM_ACCOUNT_MERGE),
      .object = &accounts_any_kind, .form = &accounts_merge_form, .handler = accounts_merge_post,
      .retry = accounts_merge_retry, .retry_page = "account/merge.cs" },
    BINNED("restore", PERM_ACCOUNT_DELETE, accounts_restore_post),
    BINNED("purge", PERM_ACCOUNT_PURGE, accounts_purge_post),
    { AT_("accounts.edit_page", HTTP_GET, "/:id/edit", PERM_ACCOUNT_EDIT), .object = &accounts_kind,
      .handler = accounts_edit_show, .page = "account/edit.cs" },
    { AT_("accounts.edit", HTTP_POST, "/:id/edit", PERM_ACCOUNT_EDIT), .object = &accounts_kind,
      .form = &accounts_edit_form, .handler = accounts_edit_post, .retry = accounts_edit_show,
      .retry_page = "account/edit.cs" },
    { AT_("accounts.pair", HTTP_POST, "/:id/pair", PERM_ACCOUNT_MERGE), .object = &accounts_kind,
      .form = &accounts_pair_form, .handler = accounts_pair_post, .retry = accounts_show,
      .retry_page = "account/show.cs" },
    PART("deals"),
    PART("opportunities"),
    PART("leads"),
    PART("contacts"),
    PART("users"),
    POST_("accounts.parent", "parent", &accounts_parent_form, accounts_parent_post, accounts_show,
          "account/show.cs"),
    POST_("accounts.tag", "tags", &accounts_tag_form, accounts_tag_post, accounts_show,
          "account/show.cs"),
    POST_("accounts.tag_off", "tags/:tag/delete", &form_empty, accounts_tag_off_post, accounts_show,
          "account/show.cs"),
    POST_("accounts.files", "files", &deal_attach_form, accounts_files_post, accounts_show,
          "account/show.cs"),
    { AT_("accounts.file", HTTP_GET, "/:id/files/:file", PERM_ACCOUNT_VIEW),
      .object = &accounts_kind, .handler = accounts_file_show },
    POST_("accounts.file_drop", "files/:file/delete", &form_empty, accounts_file_drop_post,
          accounts_show, "account/show.cs"),
    { AT_("accounts.contact_new_page", HTTP_GET, "/:id/contacts/new", PERM_ACCOUNT_EDIT),
      .object = &accounts_kind, .handler = accounts_contact_new_show,
      .page = "account/contact.cs" },
    POST_("accounts.contact_new", "contacts/new", &accounts_contact_form, accounts_contact_new_post,
          accounts_contact_new_show, "account/contact.cs"),
    { AT_("accounts.contact", HTTP_GET, "/:id/contacts/:contact", PERM_ACCOUNT_VIEW),
      .object = &accounts_kind, .handler = accounts_contact_show, .page = "account/contact.cs" },
    POST_("accounts.contact_edit", "contacts/:contact", &accounts_contact_form,
          accounts_contact_post, accounts_contact_show, "account/contact.cs"),
    POST_("accounts.contact_delete", "contacts/:contact/delete", &accounts_contact_drop_form,
          accounts_contact_drop_post, accounts_contact_show, "account/contact.cs"),
    BINNED_CONTACT("restore", PERM_ACCOUNT_EDIT, accounts_contact_restore_post),
    BINNED_CONTACT("purge", PERM_ACCOUNT_PURGE, accounts_contact_purge_post),
    { 0 },
};
