/* opportunity/opportunity_files.h - files of an opportunity. */
#pragma once

#include "deal/deal_files.h"
#include "opportunity/opportunity.h"

/* V.Files.n.{Name,Size,Href,Scan,At}; the form is deal_attach_form. */
struct err *opportunity_show_files(struct request *req, struct view *v,
                                   const struct opportunity *o);
struct err *opportunity_attach_post(struct request *req);
struct err *opportunity_file_show(struct request *req);
