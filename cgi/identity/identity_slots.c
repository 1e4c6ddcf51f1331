/* identity/identity_slots.c - slots are byte locks on one nameless file: a lock belongs to a
 * process, so a worker that dies gives its slot back without anybody's help. */
#include "identity/identity_slots.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_US = 2000000, PAUSE_US = 20000 };

/* The one descriptor that master and workers share; set once before the first fork, never changed.
 */
static int slots_fd = -1;

struct err *identity_slots_open(void)
{
    if (slots_fd >= 0)
        return NULL;
    slots_fd = memfd_create("password-slots", MFD_CLOEXEC);
    if (slots_fd < 0)
        return err_raise(ERR_IO, "cannot make the password slots: %s", strerror(errno));
    return NULL;
}

/* Places of those who wait lie behind the slots. */
enum { FIRST_PLACE = 1024 };

static bool byte_lock(int at, short type)
{
    struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = at, .l_len = 1 };

    return fcntl(slots_fd, F_SETLK, &lock) == 0;
}

static bool take_one(int first, int count, int *at_out)
{
    for (int i = 0; i < count; i++) {
        if (byte_lock(first + i, F_WRLCK)) {
            *at_out = first + i;
            return true;
        }
    }
    return false;
}

static bool wait_for_slot(int slots, int *slot_out)
{
    const struct timespec pause = { .tv_nsec = PAUSE_US * 1000L };
    const int64_t until = clock_monotonic_us() + WAIT_US;

    while (clock_monotonic_us() < until) {
        if (take_one(0, slots, slot_out))
            return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

/* Of three workers or more one is left that neither hashes nor waits: a burst of log-ins must not
 * hold up pages that cost nothing. */
struct err *identity_slot_take(const struct conf *conf, int *slot_out)
{
    const int workers = (int)conf->workers;
    const int slots = workers < 4 ? 1 : workers / 2;
    const int places = workers - slots > 1 ? workers - slots - 1 : 1;
    bool taken;
    int place;

    TRY(identity_slots_open());
    if (take_one(0, slots, slot_out))
        return NULL;
    if (!take_one(FIRST_PLACE, places, &place))
        return err_raise(ERR_UNAVAILABLE, "every password slot is busy, and so are those who wait");
    taken = wait_for_slot(slots, slot_out);
    (void)byte_lock(place, F_UNLCK);
    return taken ? NULL : err_raise(ERR_UNAVAILABLE, "every password slot is busy");
}

void identity_slot_give(int slot)
{
    /* Cannot fail for a lock that this process holds; if it did, the slot would return at its end.
     */
    (void)byte_lock(slot, F_UNLCK);
}
