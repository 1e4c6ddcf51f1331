#!/usr/bin/env bash
# fairwayctl metrics, as a command and as the answer to a request.
set -euo pipefail
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

top=$(cd "$(dirname "$0")/../.." && pwd)
ctl=${B:-$top/build}/bin/fairwayctl
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
# No database: the rest of it is there all the same.
export FAIRWAY_VAR=$dir FAIRWAY_DB_SOCKET=$dir/none.sock

ask() { # REQUEST -> $dir/answer
    printf '%b' "$1" | "$ctl" metrics --http >"$dir/answer" 2>"$dir/words"
}
head_has() { sed '/^\r$/q' "$dir/answer" | grep -qxF "$1"$'\r'; }
body_bytes() { sed '1,/^\r$/d' "$dir/answer" | wc -c; }
is_whole() { head_has "Content-Length: $(body_bytes)"; }
says() { grep -qxF "$1" "$dir/answer"; }
is_quick() { ((SECONDS - began <= 4)); }
passes() { [[ $("$ctl" metrics 2>/dev/null | promtool check metrics 2>&1) == '' ]]; }
prints() { [[ $("$ctl" metrics 2>/dev/null | grep -c '^# TYPE fairway_') -gt 30 ]]; }
refuses() { ! "$ctl" metrics nonsense >/dev/null 2>&1; }

check "the command prints families" prints
ask 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n'
check "a request gets an answer" head_has 'HTTP/1.0 200 OK'
check "of the kind that Prometheus reads" head_has 'Content-Type: text/plain; version=0.0.4; charset=utf-8'
check "whose length is what it says" is_whole
check "a database that is away is a number" says 'fairway_database_up 0'
check "and words for who runs it" grep -q '^fairwayctl: ' "$dir/words"
began=$SECONDS
ask ''
check "who says nothing gets the same" is_whole
check "without a long wait" is_quick
check "a word too many is refused" refuses
if command -v promtool >/dev/null; then
    check "promtool finds nothing to say against it" passes
else
    skip "promtool finds nothing to say against it" "there is no promtool here"
fi
tap_end
