/* program/programs.c - all programs that serve pages: for tests and tools that walk their tables.
 */
#include "program/program.h"

const struct program *const programs[] = { &program_public, &program_partner, &program_customer,
                                           &program_staff, NULL };
