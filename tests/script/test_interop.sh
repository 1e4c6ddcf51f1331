#!/usr/bin/env bash
# Our notes, proofs and tiles are read by other people's code (golang.org/x/mod/sumdb), and theirs by ours.
set -euo pipefail
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

top=$(cd "$(dirname "$0")/../.." && pwd)
build=${B:-$top/build}
tool=$build/tests/tools/receipt_interop
go_path=/usr/share/gocode

if ! command -v go >/dev/null; then
    skip "Go reads our proofs and we read Go's" "go is not installed (golang-go)"
    tap_end
fi
if [[ ! -d $go_path/src/golang.org/x/mod/sumdb/note ]]; then
    skip "Go reads our proofs and we read Go's" "golang-golang-x-mod-dev is not installed"
    tap_end
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

build_other() {
    (cd "$top/tests/interop/checklog" &&
        GO111MODULE=off GOPATH=$go_path GOFLAGS='' GOCACHE=$build/gocache \
            go build -o "$folder/checklog" main.go)
}

check "our tool writes a key, proofs and tiles" "$tool" write "$folder"
check "the other half is built" build_other
check "Go's note and tlog accept all of them" "$folder/checklog" "$folder"
check "we accept a key, a note and a proof made by Go" "$tool" read "$folder"
sed -i 's/^index 3$/index 2/' "$folder/other.tlog-proof"
refused() { ! "$@" 2>"$folder/said" && grep -q inclusion "$folder/said"; }
check "but not for another leaf" refused "$tool" read "$folder"
tap_end
