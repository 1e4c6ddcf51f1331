/* main/customer.c - starts customer.fcgi. */
#include "program/program.h"

int main(int argc, char **argv)
{
    return server_main(&program_customer, argc, argv);
}
