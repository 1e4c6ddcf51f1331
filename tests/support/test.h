/* support/test.h - what every test program includes first: cmocka with the headers that it wants
 * before it, and checks of struct err *. */
#pragma once

/* cmocka.h uses these without including them; the order is its own rule. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/err.h"

/* The runner asks for TAP by the environment, which a test may clear before cmocka looks there
 * again. */
__attribute__((constructor)) static void test_remember_output(void)
{
    const char *wanted = getenv("CMOCKA_MESSAGE_OUTPUT");

    if (wanted != NULL && strcmp(wanted, "TAP") == 0)
        cmocka_set_message_output(CM_OUTPUT_TAP);
}

/* With the sanitizer there is no sandbox, and memory is not what it is without. */
#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN 1
#endif
#endif
#ifndef UNDER_ASAN
#define UNDER_ASAN 0
#endif

/* Fails the test with the trace of the error, unless there is none. */
#define assert_ok(e) test_assert_ok((e), __FILE__, __LINE__)

/* Fails the test unless the error is of this kind; frees it. */
#define assert_err_kind(e, kind) test_assert_err_kind((e), (kind), __FILE__, __LINE__)

static inline void test_assert_ok(struct err *e, const char *file, int line)
{
    char trace[1024];

    if (e == NULL)
        return;
    err_trace(e, trace, sizeof(trace));
    err_free(e);
    print_error("unexpected error: %s\n", trace);
    _fail(file, line);
}

static inline void test_assert_err_kind(struct err *e, enum err_kind kind, const char *file,
                                        int line)
{
    enum err_kind got = err_kind(e);
    char trace[1024] = "no error";

    if (e != NULL)
        err_trace(e, trace, sizeof(trace));
    err_free(e);
    if (got == kind)
        return;
    print_error("expected an error of kind %s, got %s: %s\n", err_kind_name(kind),
                err_kind_name(got), trace);
    _fail(file, line);
}
