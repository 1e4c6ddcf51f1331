/* base/build_id.c - the note of the first object that is loaded, which is the program itself. */
#include "base/build_id.h"

#include "base/str.h"

#include <link.h>
#include <string.h>

struct wanted {
    char *out;
    size_t size;
};

static size_t padded(size_t len)
{
    return (len + 3) / 4 * 4;
}

/* True when the note was found. */
static bool read_notes(const char *at, const char *end, const struct wanted *w)
{
    while (at + sizeof(ElfW(Nhdr)) <= end) {
        const ElfW(Nhdr) *note = (const void *)at;
        const char *name = at + sizeof(*note), *id = name + padded(note->n_namesz);

        if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && memcmp(name, "GNU", 4) == 0) {
            str_hex(id, note->n_descsz < w->size / 2 ? note->n_descsz : (w->size - 1) / 2, w->out);
            return true;
        }
        at = id + padded(note->n_descsz);
    }
    return false;
}

static int look_at(struct dl_phdr_info *info, size_t size, void *arg)
{
    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        const char *at = (const char *)(uintptr_t)(info->dlpi_addr + part->p_vaddr);

        if (part->p_type == PT_NOTE && read_notes(at, at + part->p_memsz, arg))
            break;
    }
    return 1; /* libraries are of no interest */
}

void build_id(char *out, size_t size)
{
    struct wanted w = { out, size };

    out[0] = '\0';
    dl_iterate_phdr(look_at, &w);
}
