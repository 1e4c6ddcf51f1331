#!/usr/bin/env bash
# tests/run in a tree of its own, with programs that behave in each way a test program can.
set -euo pipefail
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

unset B TIMEOUT
top=$(cd "$(dirname "$0")/../.." && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/{conf,sql} "$tree"/tests/{unit/x,support} "$tree"/build/tests/unit/x
cp -r "$top/conf/scripts" "$tree/conf/"
cp "$top/tests/run" "$tree/tests/"
cp "$top/tests/support/port.sh" "$tree/tests/support/"

program() { # NAME SHELL-TEXT
    : >"$tree/tests/unit/x/test_$1.c"
    printf '#!/bin/sh\n%s\n' "$2" >"$tree/build/tests/unit/x/test_$1"
    chmod +x "$tree/build/tests/unit/x/test_$1"
}

run() { # PATH... -> $said, $status
    status=0
    said=$("$tree/tests/run" "$@" 2>&1) || status=$?
}

last() { [[ ${said##*$'\n'} == "$1" ]]; }
says() { [[ $said == *"$1"* ]]; }
status_is() { [[ $status == "$1" ]]; }

run
check "no test at all is a failure" status_is 1
check "and is said" last "0 passed, 0 failed, 0 skipped"

program good 'echo 1..2; echo "ok 1 - a"; echo "ok 2 - b"'
run
check "passed tests are counted" last "2 passed, 0 failed, 0 skipped"
check "and give status 0" status_is 0

program skips 'echo 1..2; echo "ok 1 - a"; echo "not ok 2 # SKIP no reason"'
run
check "cmocka's skipped test is no failure" last "3 passed, 0 failed, 1 skipped"

program bad 'echo 1..2; echo "ok 1 - a"; echo "not ok 2 - it_breaks"; echo "# because" ; exit 1'
run
check "a failed test is counted once" last "4 passed, 1 failed, 1 skipped"
check "gives status 1" status_is 1
check "and shows its words" says "# because"

program bad 'echo 1..3; echo "ok 1 - a"; kill -SEGV $$'
run tests/unit/x/test_bad.c
check "what a crash kept from running has failed" last "1 passed, 2 failed, 0 skipped"

program bad 'echo 1..1; echo "ok 1 - a"; exit 23'
run tests/unit/x/test_bad
check "a bad end after good tests, such as a leak, has failed" last "1 passed, 1 failed, 0 skipped"

program bad 'exit 0'
run tests/unit/x/test_bad
check "a program that tests nothing has failed" last "0 passed, 1 failed, 0 skipped"

for n in 1 2 3 4 5 6 7 8; do program "turn$n" "sleep 0.1; echo ran >>$tree/ran; echo 1..1; echo 'ok 1 - a'"; done
run tests/unit/x/test_turn
check "each program runs once, whichever lane takes it" last "8 passed, 0 failed, 0 skipped"
check "and no program twice" test "$(wc -l <"$tree/ran")" = 8

program bad 'echo 1..1; sleep 60'
TIMEOUT=1 run tests/unit/x/test_bad
check "a program that hangs is ended" says "took longer than 1 s"
check "and has failed" last "0 passed, 1 failed, 0 skipped"

rm "$tree/build/tests/unit/x/test_bad"
run tests/unit/x/test_bad
check "a program that was not built has failed" last "0 passed, 1 failed, 0 skipped"

run tests/unit/x/test_good
check "a path chooses one program" last "2 passed, 0 failed, 0 skipped"
run tests/unit/nowhere
check "a path that chooses nothing is a failure" status_is 1
tap_end
