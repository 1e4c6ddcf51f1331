/* view/file.c */
#include "view/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct err *file_read(const char *path, struct stat *seen_out, struct buf *out)
{
    char piece[16 * 1024];
    struct err *e = NULL;
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return err_raise(ERR_CONFIG, "%s: %s", path, strerror(errno));
    if (fstat(fd, seen_out) != 0) {
        e = err_raise(ERR_IO, "%s: %s", path, strerror(errno));
        goto done;
    }
    while ((n = read(fd, piece, sizeof(piece))) > 0)
        buf_add(out, piece, (size_t)n);
    if (n < 0)
        e = err_raise(ERR_IO, "%s: %s", path, strerror(errno));
    else if (out->failed || strlen(out->data) != out->len)
        e = err_raise(ERR_CONFIG, "%s: too long, or no text", path);
done:
    close(fd);
    return e;
}

struct err *file_path(const char *folder, const char *name, char out[FILE_PATH_BYTES])
{
    int len = snprintf(out, FILE_PATH_BYTES, "%s/%s", folder, name);

    if (name[0] == '/' || strstr(name, "..") != NULL || len >= FILE_PATH_BYTES)
        return err_raise(ERR_BUG, "\"%s\" is no name of a template", name);
    return NULL;
}
