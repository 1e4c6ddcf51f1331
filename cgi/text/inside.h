/* text/inside.h - what format.c and choices.c share; no other file includes it. */
#pragma once

#include "text/lang.h"

/* ICU's name of a language's locale. */
const char *text_locale_id(enum lang lang);
/* Gives the lists and collators back. */
void text_choices_end(void);
