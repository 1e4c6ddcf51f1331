/* main/staff.c - starts staff.fcgi. */
#include "program/program.h"

int main(int argc, char **argv)
{
    return server_main(&program_staff, argc, argv);
}
