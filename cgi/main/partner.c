/* main/partner.c - starts partner.fcgi. */
#include "program/program.h"

int main(int argc, char **argv)
{
    return server_main(&program_partner, argc, argv);
}
