/* support/folder.c - see folder.h. */
#include "support/folder.h"

#include "support/test.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>

void folder_make(struct folder *folder)
{
    snprintf(folder->path, sizeof(folder->path), "/tmp/fairway-test-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
}

void folder_write(const struct folder *folder, const char *name, const char *text)
{
    char path[FOLDER_PATH_BYTES];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", folder->path, name);
    for (char *slash = strchr(path + strlen(folder->path) + 1, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700); /* there already is as good; the file tells */
        *slash = '/';
    }
    file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static int remove_one(const char *path, const struct stat *seen, int kind, struct FTW *place)
{
    (void)seen;
    (void)kind;
    (void)place;
    return remove(path);
}

void folder_remove(const struct folder *folder)
{
    nftw(folder->path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
