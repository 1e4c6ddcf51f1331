/* text/contrast.c */
#include "text/contrast.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)tolower((unsigned char)c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_part(const char *text, unsigned char *out)
{
    const int high = digit(text[0]), low = high < 0 ? -1 : digit(text[1]);

    *out = low < 0 ? 0 : (unsigned char)(high * 16 + low);
    return low >= 0;
}

bool colour_read(const char *text, struct colour *out)
{
    return strlen(text) == COLOUR_BYTES - 1 && text[0] == '#' && read_part(text + 1, &out->red) &&
           read_part(text + 3, &out->green) && read_part(text + 5, &out->blue);
}

void colour_write(struct colour c, char out[COLOUR_BYTES])
{
    snprintf(out, COLOUR_BYTES, "#%02x%02x%02x", c.red, c.green, c.blue);
}

static unsigned char mix(int from, int to, int parts)
{
    return (unsigned char)(from + (to - from) * parts / 256);
}

struct colour colour_mix(struct colour c, struct colour towards, int parts)
{
    return (struct colour){ mix(c.red, towards.red, parts), mix(c.green, towards.green, parts),
                            mix(c.blue, towards.blue, parts) };
}

static double linear(unsigned char part)
{
    const double share = part / 255.0;

    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

static double luminance(struct colour c)
{
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

int contrast_e2(struct colour a, struct colour b)
{
    const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;

    return (int)floor((one > other ? one / other : other / one) * 100 + 1e-9);
}
