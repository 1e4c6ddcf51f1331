/* web/listen.c: how many may wait. */
#include "support/test.h"

#include "support/folder.h"
#include "web/listen.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { WAITING = 4, MOST = 64 };

/* As nginx does: without waiting.  -1: refused. */
static int join_queue(const char *path)
{
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);

    snprintf(name.sun_path, sizeof(name.sun_path), "%s", path);
    if (connect(fd, (struct sockaddr *)&name, sizeof(name)) == 0)
        return fd;
    assert_int_equal(errno, EAGAIN);
    close(fd);
    return -1;
}

static void test_listen__who_finds_no_room_is_refused_at_once(void **state)
{
    int fds[MOST + 1], count = 0, listening = -1;
    struct folder folder;
    char path[128];

    (void)state;
    folder_make(&folder);
    snprintf(path, sizeof(path), "%s/x.sock", folder.path);
    assert_ok(listen_open(path, WAITING, &listening));
    while (count < MOST && (fds[count] = join_queue(path)) >= 0)
        count++;
    /* The kernel lets one more in than it was told. */
    assert_in_range(count, WAITING, WAITING + 1);
    close(accept(listening, NULL, NULL));
    fds[count] = join_queue(path);
    assert_true(fds[count++] >= 0); /* there is room again at once */
    while (count > 0)
        close(fds[--count]);
    close(listening);
    folder_remove(&folder);
}

static void test_listen__nobody_but_the_group_may_connect(void **state)
{
    struct folder folder;
    struct stat st;
    char path[128];
    int fd = -1;

    (void)state;
    folder_make(&folder);
    snprintf(path, sizeof(path), "%s/x.sock", folder.path);
    assert_ok(listen_open(path, WAITING, &fd));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0660);
    close(fd);
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_listen__who_finds_no_room_is_refused_at_once),
        cmocka_unit_test(test_listen__nobody_but_the_group_may_connect),
    };

    return cmocka_run_group_tests_name("web/listen", tests, NULL, NULL);
}
