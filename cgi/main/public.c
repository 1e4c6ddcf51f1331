/* main/public.c - starts public.fcgi. */
#include "program/program.h"

int main(int argc, char **argv)
{
    return server_main(&program_public, argc, argv);
}
