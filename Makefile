# Fairway.  Read from top to bottom: flags, libraries, objects, programs, tests.
# A new file in a folder of cgi/ or tests/ needs no edit here.

B      ?= build
CC      = gcc
SAN    ?=

WARN     = -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wvla
CPPFLAGS = -Icgi -D_GNU_SOURCE -isystem /usr/include/ClearSilver -isystem /usr/include/mariadb
CFLAGS   = -std=gnu11 -O2 -g $(WARN) -fstack-protector-strong -fPIE -ffunction-sections \
           -fdata-sections -D_FORTIFY_SOURCE=2 $(SAN)
LDFLAGS  = -pie -Wl,-z,relro,-z,now -Wl,--gc-sections -Wl,--as-needed $(SAN)
LDLIBS   = -lfcgi -lneo_cgi -lneo_cs -lneo_utl -lz -lmariadb -lssl -lcrypto -largon2 -lqrencode \
           -licui18n -licuuc -licudata -lcurl -lseccomp -lmagic -lm

# ROOMS narrows a build to some rooms, with a build folder of its own: make B=x ROOMS="base db" ...
ROOMS    = $(filter-out main,$(notdir $(patsubst %/,%,$(wildcard cgi/*/))))
LIB_SRC  = $(foreach room,$(ROOMS),$(wildcard cgi/$(room)/*.c))
LIB_OBJ  = $(LIB_SRC:%.c=$(B)/%.o)
MAIN_SRC = $(wildcard cgi/main/*.c)
PROGRAMS = $(MAIN_SRC:cgi/main/%.c=$(B)/bin/%)
LIB      = $(B)/libfairway.a

all: $(PROGRAMS)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

$(LIB): $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(B)/bin/%: $(B)/cgi/main/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) $< $(LIB) $(LDLIBS) -o $@

# Tests: each file with a main(), linked with a library that can be told to fail (base/fault.h).
TEST_CPPFLAGS = $(CPPFLAGS) -Itests -DFAIRWAY_FAULTS
TEST_SRC      = $(wildcard tests/unit/*/test_*.c tests/db/*/test_*.c tests/web/*/test_*.c \
                           tests/tables/test_*.c tests/fault/test_*.c)
TESTS         = $(TEST_SRC:%.c=$(B)/%)
HELP_SRC      = $(wildcard tests/support/*.c tests/fixture/*.c)
TEST_LIB_OBJ  = $(LIB_SRC:%.c=$(B)/faults/%.o) $(HELP_SRC:%.c=$(B)/faults/%.o)
TEST_LIB      = $(B)/faults/libfairway-test.a

$(B)/faults/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(TEST_CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

$(TEST_LIB): $(TEST_LIB_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(B)/tests/%: $(B)/faults/tests/%.o $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) $< $(TEST_LIB) -lcmocka $(LDLIBS) -o $@

tests: $(TESTS)

-include $(LIB_OBJ:.o=.d) $(MAIN_SRC:%.c=$(B)/%.d) $(TEST_LIB_OBJ:.o=.d) \
         $(TEST_SRC:%.c=$(B)/faults/%.d)

.PHONY: all tests
.SECONDARY:
