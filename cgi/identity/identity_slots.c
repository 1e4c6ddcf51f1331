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

static bool slot_lock(int slot, short type)
{
    struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = slot, .l_len = 1 };

    return fcntl(slots_fd, F_SETLK, &lock) == 0;
}

struct err *identity_slot_take(const struct conf *conf, int *slot_out)
{
    const struct timespec pause = { .tv_nsec = PAUSE_US * 1000L };
    int slots = conf->workers < 4 ? 1 : (int)(conf->workers / 2);

    TRY(identity_slots_open());
    for (int64_t until = clock_monotonic_us() + WAIT_US;;) {
        for (int i = 0; i < slots; i++) {
            if (slot_lock(i, F_WRLCK)) {
                *slot_out = i;
                return NULL;
            }
        }
        if (clock_monotonic_us() >= until)
            return err_raise(ERR_UNAVAILABLE, "every password slot is busy");
        nanosleep(&pause, NULL);
    }
}

void identity_slot_give(int slot)
{
    /* Cannot fail for a lock that this process holds; if it did, the slot would return at its end.
     */
    (void)slot_lock(slot, F_UNLCK);
}
