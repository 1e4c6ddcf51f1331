/* account/tag.c */
#include "account/tag.h"

#include "base/str.h"
#include "text/norm.h"

const char *tag_key(struct arena *a, const char *name)
{
    const char *key = text_fold(a, name);

    return *key == '\0' || utf8_count(key) > TAG_KEY_MOST ? NULL : key;
}
