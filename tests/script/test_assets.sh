#!/usr/bin/env bash
# Assets of the build before: pages that are open in browsers find them after a reload, for a day.
set -euo pipefail
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

top=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

build() { # TEXT: a style sheet, as static/build.mjs leaves it
    local hash

    hash=$(printf '%s' "$1" | sha256sum | cut -c1-12)
    rm -rf "$dir/new" && mkdir "$dir/new"
    printf '%s' "$1" | tee "$dir/new/fairway.$hash.css" >"$dir/new/fairway.$hash.css.gz"
    printf 'fairway.css /static/fairway.%s.css\n' "$hash" >"$dir/new/manifest.txt"
    [[ ! -d $dir/live ]] || "$top/conf/scripts/keep-assets" "$dir/live" "$dir/new"
    rm -rf "$dir/live" && mv "$dir/new" "$dir/live"
    name=fairway.$hash.css
}
is_there() { [[ -f $dir/live/$1 && -f $dir/live/$1.gz ]]; }
is_gone() { [[ ! -e $dir/live/$1 && ! -e $dir/live/$1.gz ]]; }
is_listed() { grep -q "/$1\$" "$dir/live/manifest.txt"; }

build first && first=$name
touch -d '40 days ago' "$dir"/live/*
build second && second=$name
check 'what served until now is there beside the new' is_there "$first"
check 'the manifest names the new one' is_listed "$second"
build third
check 'also after another build within the day' is_there "$first"
touch -d '2 days ago' "$dir/live/$first" "$dir/live/$first.gz"
build fourth
check 'a day after it was replaced it is gone' is_gone "$first"
check 'what was replaced later is not' is_there "$second"
tap_end
