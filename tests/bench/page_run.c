/* tests/bench/page_run.c - a page from request to answer in this process, without nginx, socket and
 * sandbox, so that valgrind can count what a worker does:
 *
 *     page_run PROGRAM PATH COOKIES PAGES
 *
 * PROGRAM is partner or staff; its environment is that of the program.  Prints status and bytes of
 * the last page.  valgrind --tool=callgrind --toggle-collect=count_pages* leaves out what a worker
 * does once: start-up, and the first page, with which libraries load what they need. */
#include "base/str.h"
#include "program/program.h"
#include "web/load.h"
#include "web/serve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static __attribute__((noinline)) void count_pages(struct server_state *state,
                                                  const struct http_in *in, struct http_out *out,
                                                  long pages)
{
    for (long i = 0; i < pages; i++)
        serve(state, in, out);
}

static struct err *serve_pages(struct server_state *state, const struct http_in *in, long pages)
{
    struct http_out out = { 0 };

    buf_init(&out.headers, 2048, 0);
    buf_init(&out.body, 65536, 0);
    serve(state, in, &out);
    count_pages(state, in, &out, pages);
    printf("%d %zu\n", out.status, out.body.len);
    buf_free(&out.headers);
    buf_free(&out.body);
    return out.status == 200 ? NULL : err_raise(ERR_NOT_FOUND, "the page answers %d", out.status);
}

static struct err *run(const struct program *program, const struct http_in *in, long pages)
{
    struct server_state *state = NULL;
    struct loaded *loaded;
    struct db *db = NULL;
    struct err *e;

    TRY(loaded_new(program, false, &loaded));
    TRY_TO(done, e, db_open_conf(&loaded->conf, program->name, program->statements, &db));
    TRY_TO(done, e,
           server_state_new(program, &loaded->conf, db, loaded->templates, loaded->rooms, &state));
    TRY_TO(done, e, serve_pages(state, in, pages));
done:
    server_state_free(state);
    db_close(db);
    loaded_free(loaded);
    return e;
}

int main(int argc, char **argv)
{
    const struct program *program;
    struct http_in in = { .method = "GET", .query = "", .remote_addr = "127.0.0.1" };
    struct err *e;

    if (argc != 5 || atol(argv[4]) < 1) {
        fprintf(stderr, "page_run PROGRAM PATH COOKIES PAGES\n");
        return EXIT_FAILURE;
    }
    program = str_eq(argv[1], "staff") ? &program_staff : &program_partner;
    in.path = strsep(&argv[2], "?");
    in.query = argv[2] != NULL ? argv[2] : "";
    in.cookie = argv[3];
    e = run(program, &in, atol(argv[4]));
    if (e == NULL)
        return EXIT_SUCCESS;
    fprintf(stderr, "page_run: %s\n", err_message(e));
    err_free(e);
    return EXIT_FAILURE;
}
