/* view/memory.h - where the template engine's memory comes from.
 *
 * ClearSilver allocates each name and each value of a page by itself, and frees each by itself: a
 * quarter of a page's instructions.  The build gives its two libraries other names for malloc and
 * free (see the Makefile), which land here.  Between enter and leave, memory comes from blocks that
 * are kept from page to page and dropped as a whole, and giving back is nothing; at any other time
 * it comes from malloc.  Whatever was taken between enter and leave must not be used after
 * view_memory_drop() - so parsed templates are made outside. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct view_memory;
struct _hdf;

struct view_memory *view_memory_new(void);
void view_memory_free(struct view_memory *memory);
void view_memory_enter(struct view_memory *memory);
void view_memory_leave(void);
bool view_memory_is_used(const struct view_memory *memory); /* something was taken from it */
bool view_memory_is_entered(void);
/* Gives back all values below *ROOT, which becomes NULL. */
void view_memory_drop(struct view_memory *memory, struct _hdf **root);
