/* text/lang.h - the languages people read, and the translation of messages that are made in C.
 *
 * English text is the message id, so a missing catalogue or message gives English and nothing
 * fails. Catalogues are gettext (LOCALE_DIR/zh_CN/LC_MESSAGES/fairway.mo), and the two C locales
 * they need are compiled privately into the same folder (LOCALE_DIR/zh_CN.UTF-8,
 * LOCALE_DIR/en_US.UTF-8): nothing depends on what the host has installed.  Messages of templates
 * are replaced when a page is loaded and never come here. */
#pragma once

#include "base/err.h"

#include <stdbool.h>

enum lang { LANG_EN, LANG_ZH, LANG_COUNT };

/* Opens the locales and binds the catalogues, once, at start-up, before the first request and
 * before a sandbox closes the file system.  Sets LOCPATH.  A locale or catalogue that cannot be
 * opened is no error: that language then reads English, with one warning in the log. */
struct err *lang_init(const char *locale_dir);
/* Gives the locales back. */
void lang_end(void);

/* TEXT in LANG; TEXT itself when there is no translation.  Lives as long as the catalogues. */
const char *lang_tr(enum lang lang, const char *text) __attribute__((format_arg(2)));
/* The form of a message that fits the number N: ONE and MANY are the English forms. */
const char *lang_trn(enum lang lang, const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(2), format_arg(3)));
/* Marks a text for extraction in a constant table; lang_tr() translates it where it is used. */
#define LANG_N(text) text

/* "en", "zh-CN": the attribute of a page, and how a language is stored. */
const char *lang_code(enum lang lang);
/* Its own name, "English", "简体中文". */
const char *lang_name(enum lang lang);
/* False when CODE is none of ours; "zh", "zh-cn", "zh-Hans" and "en-GB" are understood. */
bool lang_from_code(const char *code, enum lang *lang_out);
/* The best of ours for an Accept-Language header with its q-values (RFC 9110, 12.5.4); English when
 * nothing fits or HEADER is NULL or malformed. */
enum lang lang_from_accept(const char *header);
