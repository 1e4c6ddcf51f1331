/* deal/deal_files.h - comments and files of a registration on the partner's pages. */
#pragma once

#include "deal/deal_partner.h"

struct deal_attach_input {
    struct upload_list files;
};
extern const struct form deal_attach_form;

/* V.Files.n.{Name,Size,Href,Scan,At} */
struct err *deal_show_files(struct request *req, struct view *v, const struct deal *deal);
/* V.Comments.n.{Who,Side,SideLabel,Text,At}, and the form Comment. */
struct err *deal_show_comments(struct request *req, struct view *v, const struct deal *deal);
/* Hangs what was sent with a form on the registration. */
struct err *deal_add_files(struct request *req, int64_t deal_id, const struct upload_list *files);

struct err *deal_comment_post(struct request *req);
struct err *deal_attach_post(struct request *req);
struct err *deal_file_show(struct request *req);
struct err *deal_file_remove_post(struct request *req);
