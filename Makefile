# Fairway.  Read from top to bottom: flags, objects, programs, assets, tests, checks, running.
# A new file in a folder of cgi/, templates/, static/ or tests/ needs no edit here.
#
#   make            builds programs, assets and catalogues into build/
#   make run        sets the machine up, builds, and starts a whole portal in ./var; make stop ends it
#   make reload     builds, and swaps programs, templates, texts and options without dropping a request
#   make test       everything that tests; T=tests/unit/base only a part
#   make lint asan fuzz bench messages      see README.md
#   make demo       loads the demo company into the running portal; SCALE= is how large
#
# PORT=8081 FAIRWAY_VAR=./var2 give a second portal.  V=1 shows every command.

B       ?= build
CC       = gcc
SAN     ?=
V       ?=
Q        = $(if $(V),,@)
comma   := ,
SAY      = $(if $(V),@:,@printf '  %-5s %s\n')
export B
# Said on the command line they reach the scripts; make would hand on what nobody said as empty.
$(foreach name,FAIRWAY_VAR PORT SCALE,$(if $($(name)),$(eval export $(name))))

WARN     = -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wvla
CPPFLAGS = -Icgi -D_GNU_SOURCE -isystem /usr/include/ClearSilver -isystem /usr/include/mariadb
CFLAGS   = -std=gnu11 -O2 -g $(WARN) -fstack-protector-strong -fPIE -ffunction-sections \
           -fdata-sections $(if $(SAN),$(SAN),-D_FORTIFY_SOURCE=2)
LDFLAGS  = -pie -Wl,-z,relro,-z,now -Wl,--gc-sections -Wl,--as-needed $(SAN)
LDLIBS   = -lfcgi $(NEO) -lz -lzip -lexpat -lxlsxwriter -lminizip -lmariadb -lssl -lcrypto -largon2 \
           -lqrencode -licui18n -licuuc -licudata -ljansson -lcurl -lseccomp -lmagic -lm

# ClearSilver's libraries with other names for malloc and its family, so that a page's values live in a
# region (cgi/view/memory.h), and for what the engine does most often (cgi/view/engine.c).  Sanitizers
# watch the libraries as they are.
NEO_OURS   = $(if $(SAN),,$(B)/libneo_cs.a $(B)/libneo_utl.a)
NEO        = $(if $(NEO_OURS),-Wl$(comma)--undefined=view_lib_var_escape $(NEO_OURS),-lneo_cs -lneo_utl)
NEO_RENAME = $(foreach name,malloc calloc realloc free strdup,--redefine-sym $(name)=view_lib_$(name))

# Only the engine's calls get the other names: its own functions stay what they are.
$(B)/libneo_cs.a: NEO_RENAME += --redefine-sym neos_var_escape=view_lib_var_escape \
    --redefine-sym hdf_get_value=view_lib_get_value --redefine-sym hdf_get_obj=view_lib_get_obj

$(B)/libneo_%.a: Makefile
	@mkdir -p $(@D)
	$(Q)objcopy $(NEO_RENAME) $(shell $(CC) -print-file-name=libneo_$*.a) $@

all: programs static locale

# Objects.  ROOMS narrows a build to some rooms, in a build folder of its own:
#   make B=x ROOMS="base crypt" x/tests/unit/crypt/test_hash
ROOMS    = $(filter-out main,$(notdir $(patsubst %/,%,$(wildcard cgi/*/))))
LIB_SRC  = $(foreach room,$(ROOMS),$(wildcard cgi/$(room)/*.c))
LIB_OBJ  = $(LIB_SRC:%.c=$(B)/%.o)
LIB      = $(B)/libfairway.a

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(SAY) CC $<
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

# An archive is made anew, lest it keep the object of a file that is gone.
$(LIB): $(LIB_OBJ) | $(NEO_OURS)
	@rm -f $@
	$(Q)ar rcs $@ $^

# Programs: FastCGI ones are named PROGRAM.fcgi.
MAIN_SRC = $(wildcard cgi/main/*.c)
MAINS    = $(MAIN_SRC:cgi/main/%.c=%)
PROGRAMS = $(patsubst %,$(B)/bin/%.fcgi,$(filter-out worker ctl,$(MAINS))) \
           $(if $(filter worker,$(MAINS)),$(B)/bin/fairway-worker) \
           $(if $(filter ctl,$(MAINS)),$(B)/bin/fairwayctl)

$(B)/bin/%.fcgi: $(B)/cgi/main/%.o $(LIB)
	@mkdir -p $(@D)
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) $< $(LIB) $(LDLIBS) -o $@

$(B)/bin/fairway-worker: $(B)/cgi/main/worker.o $(LIB)
	@mkdir -p $(@D)
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) $< $(LIB) $(LDLIBS) -o $@

$(B)/bin/fairwayctl: $(B)/cgi/main/ctl.o $(LIB)
	@mkdir -p $(@D)
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) $< $(LIB) $(LDLIBS) -o $@

programs: $(PROGRAMS)

# Assets: names with content hashes, and a manifest of them.  What a style sheet keeps depends on the
# classes that templates and programs use.
STATIC_IN = $(shell find static templates -type f -not -name '*.po' -not -path 'static/vendor/*' 2>/dev/null)

static: $(if $(wildcard static/build.mjs),$(B)/static/manifest.txt)

$(B)/static/manifest.txt: $(STATIC_IN) package-lock.json
	$(Q)conf/scripts/npm run
	@rm -rf $(B)/static.new
	$(SAY) NODE static/build.mjs
	$(Q)node static/build.mjs $(B)/static.new
	$(Q)conf/scripts/keep-assets $(B)/static $(B)/static.new
	@rm -rf $(B)/static && mv $(B)/static.new $(B)/static

# Locales of our own, so that it does not matter which ones the machine has, and message catalogues.
CATALOGUES = $(patsubst templates/po/%.po,$(B)/locale/%/LC_MESSAGES/fairway.mo,$(wildcard templates/po/*.po))

locale: $(B)/locale/en_US.UTF-8/LC_CTYPE $(B)/locale/zh_CN.UTF-8/LC_CTYPE $(CATALOGUES)

$(B)/locale/%.UTF-8/LC_CTYPE:
	@mkdir -p $(B)/locale
	$(Q)localedef -i $* -f UTF-8 $(B)/locale/$*.UTF-8
	@touch $@

$(B)/locale/%/LC_MESSAGES/fairway.mo: templates/po/%.po
	@mkdir -p $(@D)
	$(Q)msgfmt --check-format -o $@ $<

# Tests: each file with a main(), linked with a library that can be told to fail (base/fault.h).
TEST_SRC      = $(wildcard tests/unit/*/test_*.c tests/db/*/test_*.c tests/web/*/test_*.c \
                           tests/tables/test_*.c tests/fault/test_*.c)
TESTS         = $(TEST_SRC:%.c=$(B)/%)
TEST_CPPFLAGS = $(CPPFLAGS) -Itests -DFAIRWAY_FAULTS
TEST_LIB_SRC  = $(LIB_SRC) $(wildcard tests/support/*.c tests/match/variants.c tests/fixture/*.c)
TEST_LIB_OBJ  = $(TEST_LIB_SRC:%.c=$(B)/faults/%.o)
TEST_LIB      = $(B)/faults/libfairway-test.a

$(B)/faults/%.o: %.c
	@mkdir -p $(@D)
	$(SAY) CC $<
	$(Q)$(CC) $(TEST_CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

$(TEST_LIB): $(TEST_LIB_OBJ) | $(NEO_OURS)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(B)/tests/%: $(B)/faults/tests/%.o $(TEST_LIB)
	@mkdir -p $(@D)
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) $< $(TEST_LIB) -lcmocka $(LDLIBS) -o $@

tests: $(TESTS)

# Tools that tests and measurements call: tests/bench/x.c, tests/match/bench_x.c, tests/tools/x.c with a main().
TOOL_SRC = $(wildcard tests/bench/*.c tests/match/bench_*.c tests/tools/*.c)
TOOLS    = $(TOOL_SRC:%.c=$(B)/%)
tools: $(TOOLS)

# What is measured is what runs: no faults in it.
BENCH    = $(patsubst %.c,$(B)/%,$(wildcard tests/bench/*.c))
$(BENCH): $(B)/tests/bench/%: $(B)/tests/bench/%.o $(LIB)
	@mkdir -p $(@D)
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) $< $(LIB) $(LDLIBS) -o $@

# Fuzzers: clang's libFuzzer with a library of its own, in $(B)/fuzz.
FUZZ_SRC = $(wildcard tests/fuzz/fuzz_*.c)
FUZZERS  = $(FUZZ_SRC:%.c=$(B)/%)

$(B)/tests/fuzz/%: LDFLAGS += -fsanitize=fuzzer

fuzzers: $(FUZZERS)

# clang-tidy, one file at a time and only after a change; tests/lint calls it.  The analyzer follows a
# function a third as far as it does by default: the rest of the way took most of the time.
TIDY_SRC = $(LIB_SRC) $(MAIN_SRC) $(TEST_LIB_SRC) $(TEST_SRC) $(TOOL_SRC) $(FUZZ_SRC)
TIDY     = $(patsubst %.c,$(B)/tidy/%.ok,$(sort $(TIDY_SRC)))
TIDY_DEPTH = -Xclang -analyzer-config -Xclang max-nodes=75000

$(B)/tidy/%.ok: %.c .clang-tidy tests/.clang-tidy
	@mkdir -p $(@D)
	$(Q)clang-tidy --quiet $< -- $(TEST_CPPFLAGS) -std=gnu11 $(TIDY_DEPTH) 2>$@.log || { cat $@.log; exit 1; }
	@clang $(TEST_CPPFLAGS) -std=gnu11 -MM -MP -MT $@ -MF $(@:.ok=.d) $< && touch $@

tidy: $(TIDY)

-include $(TIDY:.ok=.d) $(LIB_OBJ:.o=.d) $(MAIN_SRC:%.c=$(B)/%.d) $(TEST_LIB_OBJ:.o=.d) \
         $(patsubst %.c,$(B)/faults/%.d,$(TEST_SRC) $(TOOL_SRC) $(FUZZ_SRC)) \
         $(BENCH:%=%.d)

# Checks.  A part that needs no portal is built alone.
CHOSEN = $(filter $(patsubst %,$(B)/%%,$(T:%.c=%)),$(TESTS))
ALONE  = $(and $(T),$(if $(filter-out tests/unit tests/unit/%,$(T)),,yes))

test:
	@conf/scripts/packages run test
	@$(if $(ALONE),:,conf/scripts/npm test)
	@conf/scripts/build $(if $(ALONE),locale $(CHOSEN),all tests tools)
	@tests/run $(T)

# The same tests with every memory access and every undefined operation watched.
asan:
	@conf/scripts/packages run test check
	@B=$(B)/asan conf/scripts/build SAN="-fsanitize=address,undefined -fno-sanitize-recover=undefined" \
	    all tests
	@B=$(B)/asan TIMEOUT=1800 tests/run $(or $(T),tests/unit tests/db tests/web tests/tables tests/fault)

SECONDS ?= 30
fuzz:
	@conf/scripts/packages run test check
	@B=$(B)/fuzz conf/scripts/build CC=clang \
	    SAN="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined" fuzzers
	@B=$(B)/fuzz SECONDS_EACH=$(SECONDS) tests/fuzz/run

lint:
	@conf/scripts/packages run test check
	@tests/lint

bench:
	@conf/scripts/packages run test bench
	@conf/scripts/build all tools
	@tests/bench/run

# People use a portal while its processes are killed: a thousand times, where make test kills thirty.
KILLS ?= 1000
test-kill:
	@conf/scripts/packages run test
	@conf/scripts/npm test
	@conf/scripts/build all
	@KILLS=$(KILLS) node tests/kill/run.mjs

# A portal behind TLS as in production, attacked: the points of tests/attack/checklist.mjs.
attack:
	@conf/scripts/packages run test attack
	@conf/scripts/npm test
	@conf/scripts/build all tools
	@node tests/attack/run.mjs

# The database as a cluster of three nodes behind HAProxy, on this machine.
test-cluster:
	@conf/scripts/packages run test cluster
	@conf/scripts/npm test
	@conf/scripts/build all tests
	@tests/cluster/run

# A long time at 80 % of what the portal can do, reloaded every minute; then far more than that.
MINUTES ?= 30
soak:
	@conf/scripts/packages run test bench
	@conf/scripts/npm test
	@conf/scripts/build all
	@MINUTES=$(MINUTES) node tests/soak/run.mjs

# Texts to translate, collected from templates and programs.
messages:
	@conf/scripts/packages run
	@node templates/po/update.mjs

# Running.
setup:
	@conf/scripts/packages run
	@conf/scripts/npm run

run: setup
	@conf/scripts/build all
	@conf/scripts/portal start

stop demo:
	@conf/scripts/portal $@

reload:
	@conf/scripts/build all
	@conf/scripts/portal reload

# What production needs, in one folder: programs, and what they and nginx read (conf/README.md).
PREFIX ?= /opt/fairway
DEST    = $(DESTDIR)$(PREFIX)
install: all
	install -d $(DEST)/bin $(DEST)/share
	install -m 755 $(PROGRAMS) $(DEST)/bin/
	rm -rf $(DEST)/share.new
	install -d $(DEST)/share.new
	cp -r $(B)/static $(B)/locale templates sql conf/cluster $(DEST)/share.new/
	rm -rf $(DEST)/share.old
	! [ -e $(DEST)/share ] || mv $(DEST)/share $(DEST)/share.old
	mv $(DEST)/share.new $(DEST)/share
	rm -rf $(DEST)/share.old

clean:
	@for db in $(B)/lanes/*/db; do [ ! -d $$db ] || conf/scripts/db stop $$db; done
	rm -rf $(B)

.PHONY: all programs static locale tests tools fuzzers tidy test test-kill soak test-cluster attack asan fuzz lint bench messages setup run stop reload demo install clean
.DELETE_ON_ERROR:
.SECONDARY:
