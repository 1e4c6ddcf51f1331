/* web/master.h - the parts of server_main() that tests look at one by one. */
#pragma once

/* How long to wait before the next fork, in milliseconds, after DEATHS early deaths in a row:
 * nothing for the first few, then twice as long each time, up to half a minute. */
int master_fork_wait_ms(int deaths);
