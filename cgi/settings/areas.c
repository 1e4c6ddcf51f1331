/* settings/areas.c */
#include "settings/areas.h"

#include "base/str.h"
#include "text/format.h"

#include <ctype.h>
#include <string.h>

enum { CODE_LEN = 2 };

static bool is_twice(const struct area *areas, size_t count, const struct area *one)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(areas[i].country, one->country) && str_eq(areas[i].region, one->region))
            return true;
    return false;
}

/* "cn  上海" is country CN, region 上海. */
static bool read_line(struct arena *a, const char *line, struct area *out)
{
    char code[CODE_LEN + 1] = "";

    for (size_t i = 0; i < CODE_LEN && line[i] != '\0'; i++)
        code[i] = (char)toupper((unsigned char)line[i]);
    if (strlen(line) < CODE_LEN || (line[CODE_LEN] != '\0' && line[CODE_LEN] != ' ') ||
        !text_country_valid(code))
        return false;
    *out = (struct area){ .country = arena_dup(a, code), .region = str_trim(a, line + CODE_LEN) };
    return true;
}

static bool refuse(struct area_fault *fault, int kind, const char *line)
{
    *fault = (struct area_fault){ .kind = kind, .line = line };
    return false;
}

bool areas_read(struct arena *a, const char *text, struct area **areas_out, size_t *count_out,
                struct area_fault *fault_out)
{
    size_t lines, count = 0;
    char **line = str_split(a, text, '\n', &lines);
    struct area *areas = arena_array(a, lines + 1, sizeof(*areas));

    *areas_out = areas;
    for (size_t i = 0; i < lines; i++) {
        const char *trimmed = str_trim(a, line[i]);

        if (*trimmed == '\0')
            continue;
        if (count == AREAS_MOST)
            return refuse(fault_out, AREA_MANY, trimmed);
        if (!read_line(a, trimmed, &areas[count]))
            return refuse(fault_out, AREA_NO_COUNTRY, trimmed);
        if (utf8_count(areas[count].region) > AREA_REGION_MOST)
            return refuse(fault_out, AREA_LONG, trimmed);
        if (is_twice(areas, count, &areas[count]))
            return refuse(fault_out, AREA_TWICE, trimmed);
        count++;
    }
    *count_out = count;
    return true;
}

char *areas_text(struct arena *a, const struct area *areas, size_t count)
{
    char *text = arena_dup(a, "");

    for (size_t i = 0; i < count; i++)
        text = arena_join(a, text, i > 0 ? "\n" : "", areas[i].country,
                          *areas[i].region != '\0' ? " " : "", areas[i].region, NULL);
    return text;
}
