/* base/tree.h - folders with all that is in them: sizes, copies, removal. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

#include <stdint.h>

struct tree_file {
    const char *path; /* below the folder: "mysql/db.frm" */
    int64_t size;
};

/* Every regular file below FOLDER, in the order of their paths.  What goes away meanwhile is left
 * out. */
struct err *tree_list(struct arena *a, const char *folder, struct tree_file **files_out,
                      size_t *count_out);
int64_t tree_bytes(const struct tree_file *files, size_t count);
/* Copies SIZE bytes of FROM, from byte AT on, to the same place of TO, which is made (0600) if it
 * is not there, and sees them on the disk. */
struct err *tree_copy_part(const char *from, const char *to, int64_t at, int64_t size);
/* Makes the folders in which PATH lies, those below FOLDER, for their owner alone. */
struct err *tree_make_folders(struct arena *a, const char *folder, const char *path);
/* ERR_IO when the disk under FOLDER has no room for as many bytes. */
struct err *tree_need_room(const char *folder, int64_t bytes);
/* Removes FOLDER with all that is in it; what is not there is fine. */
struct err *tree_remove(const char *folder);
/* Sees a folder's own entries on the disk. */
struct err *tree_sync(const char *folder);
