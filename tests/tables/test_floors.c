/* cgi/FLOORS: a room includes its own headers and those of lower rooms, and each library has its
 * room. */
#include "support/test.h"

#include "base/arena.h"
#include "base/str.h"

#include <dirent.h>
#include <stdlib.h>

enum { ROOMS_MAX = 64 };

struct floors {
    struct arena *a;
    const char *rooms[ROOMS_MAX];
    int heights[ROOMS_MAX];
    int count, height;
    int files, faults;
};

static int height_of(const struct floors *f, const char *room)
{
    for (int i = 0; i < f->count; i++)
        if (str_eq(f->rooms[i], room))
            return f->heights[i];
    return -1;
}

static void add_floor(struct floors *f, const char *line)
{
    size_t count;
    char **rooms = str_split(f->a, str_trim(f->a, line), ' ', &count);

    if (*line == '#' || str_is_empty(rooms[0]))
        return;
    f->height++;
    for (size_t i = 0; i < count; i++) {
        assert_true(f->count < ROOMS_MAX);
        f->rooms[f->count] = rooms[i];
        f->heights[f->count++] = f->height;
    }
}

static void read_floors(struct floors *f)
{
    FILE *in = fopen("cgi/FLOORS", "re");
    char line[512];

    assert_non_null(in);
    while (fgets(line, sizeof(line), in) != NULL)
        add_floor(f, line);
    fclose(in);
    assert_true(f->count > 5);
}

/* The first part of a path: the room. */
static const char *room_of(struct floors *f, const char *path)
{
    const char *slash = strchr(path, '/');

    return slash == NULL ? NULL : arena_dup_bytes(f->a, path, (size_t)(slash - path));
}

static void fault(struct floors *f, const char *file, const char *included, const char *why)
{
    print_error("%s includes %s: %s\n", file, included, why);
    f->faults++;
}

static void check_own(struct floors *f, const char *file, const char *room, const char *included)
{
    const char *other = room_of(f, included);

    if (other == NULL || height_of(f, other) < 0)
        fault(f, file, included, "its room is not in cgi/FLOORS");
    else if (!str_eq(room, other) && height_of(f, other) >= height_of(f, room))
        fault(f, file, included, "that room is not below");
}

/* Headers of libraries that one room alone may know. */
static const struct {
    const char *begins, *room;
} libraries[] = {
    { "mysql", "db" },         { "mariadb", "db" },     { "mysqld_error.h", "db" },
    { "errmsg.h", "db" },      { "openssl/", "crypt" }, { "argon2.h", "crypt" },
    { "qrencode.h", "crypt" }, { "unicode/", "text" },  { "fcgiapp.h", "web" },
    { "fcgi", "web" },         { "seccomp.h", "web" },
};

static void check_library(struct floors *f, const char *file, const char *room,
                          const char *included)
{
    for (size_t i = 0; i < ARRAY_LEN(libraries); i++)
        if (str_starts(included, libraries[i].begins) && !str_eq(room, libraries[i].room))
            fault(f, file, included, "that library belongs to another room");
}

static void check_line(struct floors *f, const char *file, const char *room, const char *line)
{
    char included[256];

    if (sscanf(line, "#include \"%255[^\"]\"", included) == 1)
        check_own(f, file, room, included);
    else if (sscanf(line, "#include <%255[^>]>", included) == 1)
        check_library(f, file, room, included);
}

static void check_file(struct floors *f, const char *room, const char *name)
{
    const char *path = arena_printf(f->a, "cgi/%s/%s", room, name);
    FILE *in = fopen(path, "re");
    char line[512];

    assert_non_null(in);
    f->files++;
    while (fgets(line, sizeof(line), in) != NULL)
        check_line(f, path, room, line);
    fclose(in);
}

static void check_room(struct floors *f, const char *room)
{
    DIR *dir = opendir(arena_printf(f->a, "cgi/%s", room));
    struct dirent *entry;

    if (dir == NULL)
        return;
    while ((entry = readdir(dir)) != NULL)
        if (str_ends(entry->d_name, ".c") || str_ends(entry->d_name, ".h") ||
            str_ends(entry->d_name, ".def"))
            check_file(f, room, entry->d_name);
    closedir(dir);
}

static void test_floors__are_one_way(void **state)
{
    struct floors f = { .a = arena_new(16384) };

    (void)state;
    read_floors(&f);
    for (int i = 0; i < f.count; i++)
        check_room(&f, f.rooms[i]);
    assert_true(f.files > 50);
    assert_int_equal(f.faults, 0);
    arena_free(f.a);
}

static void test_floors__name_every_room(void **state)
{
    struct floors f = { .a = arena_new(16384) };
    DIR *dir = opendir("cgi");
    struct dirent *entry;

    (void)state;
    assert_non_null(dir);
    read_floors(&f);
    while ((entry = readdir(dir)) != NULL)
        if (entry->d_type == DT_DIR && entry->d_name[0] != '.' &&
            height_of(&f, entry->d_name) < 0) {
            print_error("cgi/%s is not in cgi/FLOORS\n", entry->d_name);
            f.faults++;
        }
    closedir(dir);
    assert_int_equal(f.faults, 0);
    arena_free(f.a);
}

/* The test itself must be able to fail. */
static void test_floors__a_wrong_arrow_is_seen(void **state)
{
    struct floors f = { .a = arena_new(16384) };

    (void)state;
    read_floors(&f);
    check_line(&f, "cgi/db/x.c", "db", "#include \"base/err.h\"");
    check_line(&f, "cgi/db/x.c", "db", "#include \"db/db.h\"");
    check_line(&f, "cgi/db/x.c", "db", "#include <mysql.h>");
    assert_int_equal(f.faults, 0);
    check_line(&f, "cgi/db/x.c", "db", "#include \"access/actor.h\"");
    check_line(&f, "cgi/db/x.c", "db", "#include \"crypt/hash.h\"");
    check_line(&f, "cgi/web/x.c", "web", "#include <mysql.h>");
    check_line(&f, "cgi/web/x.c", "web", "#include \"nowhere/x.h\"");
    assert_int_equal(f.faults, 4);
    arena_free(f.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_floors__are_one_way),
        cmocka_unit_test(test_floors__name_every_room),
        cmocka_unit_test(test_floors__a_wrong_arrow_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
