/* web/saved_view.h - a list's filters under a name, each person's own: chips beside the list's own
 * views, a small form to save what is shown, and one to delete it. */
#pragma once

#include "web/list.h"

extern db_stmt_table saved_view_statements[];

struct saved_view_input {
    const char *name, *here; /* here: the query of the list, as List.Here gave it */
};
struct saved_view_gone_input {
    int64_t view_id;
};
extern const struct form saved_view_form, saved_view_gone_form;

/* After list_show(): adds to List.Views, and List.Saved.Id and .Name when what is shown is one of
 * the visitor's views. */
struct err *saved_view_show(struct request *req, const struct list *list);
/* Handlers' whole work: writes, and redirects to the list at ADDRESS.  A name that is used already
 * gets the new filters. */
struct err *saved_view_save(struct request *req, const char *address);
struct err *saved_view_delete(struct request *req, const char *address);
