# shellcheck shell=bash
# For tests written as scripts: each check is a sentence and a command, reported as TAP.

tap_count=0
tap_failed=0

check() { # SENTENCE COMMAND...
    local sentence=$1

    shift
    tap_count=$((tap_count + 1))
    if "$@"; then
        echo "ok $tap_count - $sentence"
    else
        echo "not ok $tap_count - $sentence"
        tap_failed=$((tap_failed + 1))
    fi
}

skip() { # SENTENCE REASON
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # SKIP $2"
}

# The last line of a script.
tap_end() {
    echo "1..$tap_count"
    exit $((tap_failed > 0))
}
