/* crypt/password_judge.c - which new passwords are refused.  Attackers try lists and what people do
 * to the words of lists: capitals, a year behind, signs instead of letters, twice the same, rows of
 * the keyboard.  So do the rules here, and a table of some thousand words then covers far more than
 * itself. */
#include "crypt/password.h"
#include "base/str.h"
#include "crypt/password_words.h"
#include "crypt/random.h"

#include <stdlib.h>
#include <string.h>

enum {
    TEXT_BYTES = PASSWORD_MAX_BYTES + 1,
    DECORATION_MAX = 6,
    RUN_MIN = 3,
    BLOCK_MAX = 4,
    FIRST_WORD_MIN = 4
};

/* Rows of keyboards and the ways fingers wander over them, read forward and backward. */
static const char *const walks[] = {
    "qwertyuiop[]",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "yxcvbnm",
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "a1s2d3f4g5h6j7k8l9",
    "qweasdzxc",
    "147258369",
    "789456123",
    "159357",
    "!@#$%^&*()",
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static char unleet(char c)
{
    static const char from[] = "0134578@$!", to[] = "oieastbasi";
    const char *place = c == '\0' ? NULL : strchr(from, c);

    return place == NULL ? c : to[place - from];
}

/* A text that is worked on. */
struct word {
    char text[TEXT_BYTES];
    size_t len;
};

static bool in_table(const struct word *w)
{
    size_t low = 0, high = password_word_count;

    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = strcmp(w->text, password_words[middle]);

        if (order == 0)
            return strlen(w->text) == w->len; /* a zero byte ends no password */
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

static bool repeats(const struct word *w, size_t block)
{
    return w->len % block == 0 && memcmp(w->text, w->text + block, w->len - block) == 0;
}

/* A short block again and again: "aaaaaaaa", "abcabcabc". */
static bool is_pattern(const struct word *w)
{
    for (size_t block = 1; block <= BLOCK_MAX && block < w->len; block++)
        if (repeats(w, block))
            return true;
    return false;
}

/* How many bytes at TEXT follow WALK from PLACE on, in direction STEP. */
static size_t follow(const char *text, size_t len, const char *walk, size_t place, int step)
{
    const size_t walk_len = strlen(walk);
    size_t n = 0;

    while (n < len && place < walk_len && text[n] == walk[place]) {
        n++;
        place += (size_t)step; /* below zero wraps round and ends the loop */
    }
    return n;
}

static size_t longest_run(const char *text, size_t len)
{
    size_t best = 1;

    while (best < len && text[best] == text[0])
        best++;
    for (size_t i = 0; i < ARRAY_LEN(walks); i++)
        for (size_t place = 0; walks[i][place] != '\0'; place++)
            for (int step = -1; step <= 1; step += 2) {
                const size_t n = follow(text, len, walks[i], place, step);

                best = n > best ? n : best;
            }
    return best;
}

/* Runs of at least three neighbours and nothing else: "qwerty123", "aaabbbccc". */
static bool is_walk(const struct word *w)
{
    for (size_t at = 0; at < w->len;) {
        const size_t n = longest_run(w->text + at, w->len - at);

        if (n < RUN_MIN)
            return false;
        at += n;
    }
    return true;
}

static bool is_day(int year, int month, int day)
{
    return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Eight digits that are a date in one of the three usual orders. */
static bool is_date(const struct word *w)
{
    int d[8];

    if (w->len != 8)
        return false;
    for (int i = 0; i < 8; i++) {
        if (w->text[i] < '0' || w->text[i] > '9')
            return false;
        d[i] = w->text[i] - '0';
    }
    return is_day(d[0] * 1000 + d[1] * 100 + d[2] * 10 + d[3], d[4] * 10 + d[5],
                  d[6] * 10 + d[7]) ||
           is_day(d[4] * 1000 + d[5] * 100 + d[6] * 10 + d[7], d[0] * 10 + d[1],
                  d[2] * 10 + d[3]) ||
           is_day(d[4] * 1000 + d[5] * 100 + d[6] * 10 + d[7], d[2] * 10 + d[3], d[0] * 10 + d[1]);
}

static void word_set(struct word *w, const char *text, size_t len)
{
    memmove(w->text, text, len);
    w->text[len] = '\0';
    w->len = len;
}

/* Without up to six digits and signs on either side: the word that was decorated.  False when more
 * than that stands around it, or no letter. */
static bool undecorate(const struct word *w, struct word *out)
{
    size_t begin = 0, end = w->len;

    while (begin < end && !is_letter(w->text[begin]))
        begin++;
    while (end > begin && !is_letter(w->text[end - 1]))
        end--;
    if (begin == end || begin > DECORATION_MAX || w->len - end > DECORATION_MAX)
        return false;
    word_set(out, w->text + begin, end - begin);
    return true;
}

/* True when the word, or what it is a repetition of, stands in the table. */
static bool is_listed(const struct word *w)
{
    struct word block = *w;
    bool listed = false;

    for (size_t len = w->len; len >= 1 && !listed; len--) {
        if (!repeats(w, len))
            continue;
        block.text[len] = '\0';
        block.len = len;
        listed = in_table(&block);
    }
    crypt_wipe(&block, sizeof(block));
    return listed;
}

static bool is_known(const struct word *w)
{
    struct word plain = *w;
    bool known;

    for (size_t i = 0; i < plain.len; i++)
        plain.text[i] = unleet(plain.text[i]);
    known = is_listed(w) || is_listed(&plain);
    crypt_wipe(&plain, sizeof(plain));
    return known;
}

static bool is_common(const struct word *w)
{
    struct word bare;
    bool common = is_pattern(w) || is_walk(w) || is_date(w) || is_known(w);

    if (!common && undecorate(w, &bare)) {
        common = is_known(&bare);
        crypt_wipe(&bare, sizeof(bare));
    }
    return common;
}

/* True when the letters and digits of the two are the same; an empty NAME is nobody's. */
static bool same_letters(const struct word *w, const char *name, size_t name_len)
{
    size_t i = 0, j = 0, matched = 0;

    for (;;) {
        while (i < w->len && !is_letter(w->text[i]) && (w->text[i] < '0' || w->text[i] > '9'))
            i++;
        while (j < name_len && !is_letter(lower(name[j])) && (name[j] < '0' || name[j] > '9'))
            j++;
        if (i == w->len || j == name_len)
            return i == w->len && j == name_len && matched > 0;
        if (w->text[i++] != lower(name[j++]))
            return false;
        matched++;
    }
}

static bool is_name(const struct word *w, const char *name, size_t name_len)
{
    struct word bare;
    bool same = same_letters(w, name, name_len);

    if (!same && undecorate(w, &bare)) {
        same = same_letters(&bare, name, name_len);
        crypt_wipe(&bare, sizeof(bare));
    }
    return same;
}

static bool is_personal(const struct word *w, const char *mail, const char *company)
{
    if (!str_is_empty(company)) {
        const size_t first_word = strcspn(company, " ");

        if (is_name(w, company, strlen(company)) ||
            (first_word >= FIRST_WORD_MIN && is_name(w, company, first_word)))
            return true;
    }
    return !str_is_empty(mail) &&
           (is_name(w, mail, strlen(mail)) || is_name(w, mail, strcspn(mail, "@")));
}

static size_t count_points(const char *password, size_t len)
{
    size_t points = 0;

    if (!utf8_valid(password, len))
        return len;
    for (size_t i = 0; i < len; i++)
        points += ((unsigned char)password[i] & 0xc0) != 0x80;
    return points;
}

enum password_verdict password_judge(const char *password, size_t len, const char *mail,
                                     const char *company)
{
    enum password_verdict verdict = PASSWORD_OK;
    struct word w;

    if (len > PASSWORD_MAX_BYTES)
        return PASSWORD_TOO_LONG;
    if (count_points(password, len) < PASSWORD_MIN_POINTS)
        return PASSWORD_TOO_SHORT;
    word_set(&w, password, len);
    for (size_t i = 0; i < len; i++)
        w.text[i] = lower(w.text[i]);
    if (is_personal(&w, mail, company))
        verdict = PASSWORD_PERSONAL;
    else if (is_common(&w))
        verdict = PASSWORD_COMMON;
    crypt_wipe(&w, sizeof(w));
    return verdict;
}
