/* view/memory.c - a region per set of values: allocation moves a mark, freeing does nothing,
 * dropping sets the mark back.
 *
 * The two file globals are unavoidable: malloc and free have no argument for them.  A worker is one
 * thread. */
#include "view/memory.h"

#include "base/log.h"
#include "view/hdf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    ALIGN = 16,
    REGION_BYTES = 64 * 1024 * 1024, /* address space; memory is taken as it is touched */
    KEPT_BYTES = 2 * 1024 * 1024,    /* what a region may keep from page to page */
};

struct view_memory {
    char *base;
    size_t used;
    struct view_memory *next;
};

static struct view_memory *regions; /* to tell whose memory is given back */
static struct view_memory *current; /* between enter and leave */

/* The names that the build gives to malloc and its family within ClearSilver's libraries. */
void *view_lib_malloc(size_t size);
void *view_lib_calloc(size_t count, size_t size);
void *view_lib_realloc(void *old, size_t size);
void view_lib_free(void *p);
char *view_lib_strdup(const char *text);

struct view_memory *view_memory_new(void)
{
    struct view_memory *memory = calloc(1, sizeof(*memory));

    if (memory == NULL)
        log_die("no memory for a page's values");
    memory->base = mmap(NULL, REGION_BYTES, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory->base == MAP_FAILED)
        log_die("no address space for a page's values");
    memory->next = regions;
    regions = memory;
    return memory;
}

void view_memory_free(struct view_memory *memory)
{
    struct view_memory **link = &regions;

    while (*link != memory)
        link = &(*link)->next;
    *link = memory->next;
    munmap(memory->base, REGION_BYTES);
    free(memory);
}

void view_memory_enter(struct view_memory *memory)
{
    current = memory;
}

void view_memory_leave(void)
{
    current = NULL;
}

bool view_memory_is_entered(void)
{
    return current != NULL;
}

bool view_memory_is_used(const struct view_memory *memory)
{
    return memory->used != 0;
}

void view_memory_drop(struct view_memory *memory, HDF **root)
{
    /* Nothing came from here: the build left the libraries' names as they are. */
    if (memory->used == 0)
        hdf_destroy(root);
    *root = NULL;
    if (memory->used > KEPT_BYTES)
        madvise(memory->base + KEPT_BYTES, REGION_BYTES - KEPT_BYTES, MADV_DONTNEED);
    memory->used = 0;
}

static struct view_memory *owner_of(const void *p)
{
    for (struct view_memory *memory = regions; memory != NULL; memory = memory->next)
        if ((uintptr_t)p - (uintptr_t)memory->base < REGION_BYTES)
            return memory;
    return NULL;
}

/* NULL when a page's values outgrow the region; the engine makes an error of it. */
static void *take(struct view_memory *memory, size_t size)
{
    size_t rounded = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    void *p = memory->base + memory->used;

    if (size > REGION_BYTES || rounded > REGION_BYTES - memory->used)
        return NULL;
    memory->used += rounded;
    return p;
}

void *view_lib_malloc(size_t size)
{
    return current != NULL ? take(current, size) : malloc(size);
}

void *view_lib_calloc(size_t count, size_t size)
{
    void *p;

    if (current == NULL)
        return calloc(count, size);
    if (size != 0 && count > REGION_BYTES / size)
        return NULL;
    p = take(current, count * size);
    return p != NULL ? memset(p, 0, count * size) : NULL;
}

void *view_lib_realloc(void *old, size_t size)
{
    struct view_memory *memory = old != NULL ? owner_of(old) : current;
    size_t known;
    void *p;

    if (memory == NULL)
        return realloc(old, size);
    p = take(memory, size);
    if (p == NULL || old == NULL)
        return p;
    /* How long the old piece was is not written down: whatever follows it is ours to read too. */
    known = (size_t)((char *)p - (char *)old);
    return memcpy(p, old, size < known ? size : known);
}

/* What is given back between enter and leave came from there, or is lent. */
void view_lib_free(void *p)
{
    if (p != NULL && current == NULL && owner_of(p) == NULL)
        free(p);
}

char *view_lib_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = view_lib_malloc(size);

    return copy != NULL ? memcpy(copy, text, size) : NULL;
}
