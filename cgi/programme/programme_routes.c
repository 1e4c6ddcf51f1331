/* programme/programme_routes.c - what three programs serve of the programme. */
#include "programme/programme_inside.h"

/* An application is a mail and work for a person: a company sends one, an office a few. */
static const struct rate applications = { "programme.apply", 20, 3600 };

#define GET_(aud, name_, path_, perm, handler_, page_)                                           \
    .name = (name_), .method = HTTP_GET, .path = (path_), .audience = aud, .permission = (perm), \
    .handler = (handler_), .page = (page_)
#define POST_(aud, name_, path_, perm, handler_, form_)                                           \
    .name = (name_), .method = HTTP_POST, .path = (path_), .audience = aud, .permission = (perm), \
    .handler = (handler_), .form = &(form_)

const struct route programme_public_routes[] = {
    { GET_(AUD_PUBLIC, "programme.apply_page", "/apply", PERM_PUBLIC, programme_apply_show,
           "programme/apply.cs") },
    { POST_(AUD_PUBLIC, "programme.apply", "/apply", PERM_PUBLIC, programme_apply_post,
            application_form),
      .retry = programme_apply_show, .retry_page = "programme/apply.cs", .rate = &applications },
    { GET_(AUD_PUBLIC, "programme.applied", "/apply/done", PERM_PUBLIC, programme_applied_show,
           "programme/applied.cs") },
    { 0 },
};

#define PAGE "/partner/programme"

const struct route programme_partner_routes[] = {
    { GET_(AUD_PARTNER, "programme.page", PAGE, PERM_PROGRAMME_VIEW, programme_page_show,
           "programme/page.cs"),
      .query = &programme_page_query },
    { POST_(AUD_PARTNER, "programme.accept", PAGE "/accept", PERM_PROGRAMME_ACCEPT,
            programme_accept_post, agreement_accept_form),
      .retry = programme_page_show, .retry_page = "programme/page.cs" },
    { POST_(AUD_PARTNER, "programme.tick", PAGE "/tick", PERM_PROGRAMME_ACCEPT, programme_tick_post,
            programme_tick_form),
      .retry = programme_page_show, .retry_page = "programme/page.cs" },
    { 0 },
};

#define OF_APPLICATION .object = &application_object
#define AGAIN          .retry = application_show, .retry_page = "programme/application.cs"
#define OF_PARTNER     .object = &programme_account_object
#define SHOWN          .retry = partner_show, .retry_page = "programme/partner.cs"
#define OF_AGREEMENT   .object = &agreement_object

const struct route programme_staff_routes[] = {
    { GET_(AUD_STAFF, "application.list", "/staff/applications", PERM_PROGRAMME_VIEW,
           application_list_show, "programme/applications.cs"),
      .query = &application_query },
    { GET_(AUD_STAFF, "application.page", "/staff/applications/:id", PERM_PROGRAMME_VIEW,
           application_show, "programme/application.cs"),
      OF_APPLICATION },
    { POST_(AUD_STAFF, "application.take", "/staff/applications/:id/take", PERM_PROGRAMME_REVIEW,
            application_take_post, programme_version_form),
      OF_APPLICATION, AGAIN },
    { POST_(AUD_STAFF, "application.check", "/staff/applications/:id/check", PERM_PROGRAMME_REVIEW,
            application_check_post, form_empty),
      OF_APPLICATION },
    { POST_(AUD_STAFF, "application.reject", "/staff/applications/:id/reject",
            PERM_PROGRAMME_REVIEW, application_reject_post, application_reject_form),
      OF_APPLICATION, AGAIN },
    { POST_(AUD_STAFF, "application.accept", "/staff/applications/:id/accept",
            PERM_PROGRAMME_REVIEW, application_accept_post, application_accept_form),
      OF_APPLICATION, AGAIN },
    { GET_(AUD_STAFF, "application.file", "/staff/applications/:id/files/:file",
           PERM_PROGRAMME_VIEW, application_file_show, NULL),
      OF_APPLICATION },

    { GET_(AUD_STAFF, "partner.list", "/staff/partners", PERM_PROGRAMME_VIEW, partner_list_show,
           "programme/partners.cs"),
      .query = &partner_query },
    { GET_(AUD_STAFF, "partner.page", "/staff/partners/:id", PERM_PROGRAMME_VIEW, partner_show,
           "programme/partner.cs"),
      OF_PARTNER },
    { POST_(AUD_STAFF, "partner.move", "/staff/partners/:id/move", PERM_PROGRAMME_MANAGE,
            partner_move_post, partner_move_form),
      OF_PARTNER, SHOWN },
    { POST_(AUD_STAFF, "partner.step", "/staff/partners/:id/step", PERM_PROGRAMME_MANAGE,
            partner_step_post, partner_step_form),
      OF_PARTNER, SHOWN },

    { POST_(AUD_STAFF, "partner.limits", "/staff/partners/:id/limits", PERM_PROGRAMME_MANAGE,
            partner_limit_post, partner_limit_form),
      OF_PARTNER, SHOWN },

    { GET_(AUD_STAFF, "agreement.list", "/staff/agreements", PERM_PROGRAMME_VIEW,
           agreement_list_show, "programme/agreements.cs") },
    { GET_(AUD_STAFF, "agreement.new_page", "/staff/agreements/new", PERM_PROGRAMME_EDIT,
           agreement_new_show, "programme/agreement_edit.cs") },
    { POST_(AUD_STAFF, "agreement.new", "/staff/agreements/new", PERM_PROGRAMME_EDIT,
            agreement_new_post, agreement_form),
      .retry = agreement_new_show, .retry_page = "programme/agreement_edit.cs" },
    { GET_(AUD_STAFF, "agreement.page", "/staff/agreements/:id", PERM_PROGRAMME_VIEW,
           agreement_show, "programme/agreement.cs"),
      OF_AGREEMENT },
    { POST_(AUD_STAFF, "agreement.edit", "/staff/agreements/:id", PERM_PROGRAMME_EDIT,
            agreement_edit_post, agreement_form),
      OF_AGREEMENT, .retry = agreement_show, .retry_page = "programme/agreement.cs" },
    { POST_(AUD_STAFF, "agreement.publish", "/staff/agreements/:id/publish", PERM_PROGRAMME_EDIT,
            agreement_publish_post, programme_version_form),
      OF_AGREEMENT, .retry = agreement_show, .retry_page = "programme/agreement.cs" },
    { 0 },
};
