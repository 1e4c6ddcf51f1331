/* base/build_id.h - which binary this is: the number that the linker made of its contents, as
 * `file` shows it. */
#pragma once

#include <stddef.h>

/* In hexadecimal, cut to SIZE with the end mark; "" when the linker made none. */
void build_id(char *out, size_t size);
