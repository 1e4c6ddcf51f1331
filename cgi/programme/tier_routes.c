/* programme/tier_routes.c - what partner.fcgi and staff.fcgi serve of tiers. */
#include "programme/tier_inside.h"

const struct route tier_partner_routes[] = {
    { .name = "tier.page",
      .method = HTTP_GET,
      .path = "/partner/programme/tier",
      .audience = AUD_PARTNER,
      .permission = PERM_PROGRAMME_VIEW,
      .query = &tier_what_if_query,
      .handler = tier_show,
      .page = "programme/tier.cs" },
    { .name = "certificate.own",
      .method = HTTP_GET,
      .path = "/partner/programme/certificates",
      .audience = AUD_PARTNER,
      .permission = PERM_PROGRAMME_VIEW,
      .query = &certificate_query,
      .handler = certificate_own_show,
      .page = "programme/certificates.cs" },
    { 0 },
};

#define STAFF(name_, method_, path_, perm) \
    .name = name_, .method = method_, .path = path_, .audience = AUD_STAFF, .permission = perm
#define OF_PARTNER .object = &programme_account_object
#define SHOWN      .retry = partner_show, .retry_page = "programme/partner.cs"

const struct route tier_staff_routes[] = {
    { STAFF("certificate.list", HTTP_GET, "/staff/certificates", PERM_PROGRAMME_VIEW),
      .query = &certificate_query, .handler = certificate_list_show,
      .page = "programme/certificates.cs" },
    { STAFF("certificate.add", HTTP_POST, "/staff/partners/:id/certificates",
            PERM_PROGRAMME_MANAGE),
      OF_PARTNER, SHOWN, .form = &certificate_form, .handler = certificate_add_post },
    { STAFF("certificate.gone", HTTP_POST, "/staff/partners/:id/certificates/remove",
            PERM_PROGRAMME_MANAGE),
      OF_PARTNER, .form = &certificate_gone_form, .handler = certificate_gone_post },
    { STAFF("rating.add", HTTP_POST, "/staff/partners/:id/ratings", PERM_PROGRAMME_MANAGE),
      OF_PARTNER, SHOWN, .form = &rating_form, .handler = rating_add_post },
    { STAFF("tier_review.list", HTTP_GET, "/staff/tier-reviews", PERM_PROGRAMME_VIEW),
      .query = &tier_review_query, .handler = tier_review_list_show,
      .page = "programme/tier_reviews.cs" },
    { STAFF("tier_review.decide", HTTP_POST, "/staff/tier-reviews/:id", PERM_PROGRAMME_MANAGE),
      .object = &tier_review_object, .form = &tier_review_form, .handler = tier_review_post },
    { 0 },
};
