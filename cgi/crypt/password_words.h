/* crypt/password_words.h - the table behind password_judge(). */
#pragma once

#include <stddef.h>

/* Lower case, in order of bytes. */
extern const char *const password_words[];
extern const size_t password_word_count;
