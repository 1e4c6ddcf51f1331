/* support/folder.h - a folder of its own for a test that needs files. */
#pragma once

enum { FOLDER_PATH_BYTES = 512 };

struct folder {
    char path[64];
};

/* Made anew in the system's folder for such; the test fails when that cannot be. */
void folder_make(struct folder *folder);
/* Writes TEXT to NAME below it; folders in NAME are made. */
void folder_write(const struct folder *folder, const char *name, const char *text);
/* Removes it with all that is in it. */
void folder_remove(const struct folder *folder);
