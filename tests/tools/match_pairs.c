/* tests/tools/match_pairs.c - match_pairs_run() from standard input to standard output. */
#include "account/match_pairs.h"

int main(void)
{
    struct err *e = match_pairs_run(stdin, stdout);
    char trace[1024];

    if (e == NULL)
        return 0;
    err_trace(e, trace, sizeof(trace));
    fprintf(stderr, "%s\n", trace);
    err_free(e);
    return 1;
}
