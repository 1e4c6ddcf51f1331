/* view/file.h - text files that are read whole: templates, the manifest of assets. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

#include <sys/stat.h>

enum { FILE_PATH_BYTES = 512, FILE_BYTES_MAX = 1024 * 1024 };

/* Appends the file's text to OUT and tells its state.  ERR_CONFIG: it cannot be opened, holds a NUL
 * byte, or is too long for OUT. */
struct err *file_read(const char *path, struct stat *seen_out, struct buf *out);
/* FOLDER/NAME.  ERR_BUG when NAME leads out of FOLDER. */
struct err *file_path(const char *folder, const char *name, char out[FILE_PATH_BYTES]);
