#!/usr/bin/env bash
# SECURITY.md names a test for each requirement, and each test that it names is there.
set -euo pipefail
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
cd "$(dirname "$0")/../.."

rows=$(sed -n 's/^| \([0-9][0-9., ]*\) | .* | \(.*\) |$/\1|\2/p' SECURITY.md)

# shellcheck disable=SC2016  # JavaScript
# Each is "`FILE` NAME", "`make attack` POINT" or "not yet: WHY".
names_a_test() { # WORDS
    node -e '
        const words = process.argv[1], [, place, name] = /^`([^`]+)` (.+)$/.exec(words) ?? [];
        if (/^not yet: \S+ \S+/.test(words)) process.exit(0);
        if (!place) process.exit(1);
        if (place !== "make attack")
            import("./tests/attack/report.mjs").then(({ isTest }) => process.exit(isTest(place, name) ? 0 : 1));
        else
            process.exit(new RegExp(`report\\.check\\(${name},`).test(["checklist", "tools", "browser"]
                .map((file) => require("fs").readFileSync(`tests/attack/${file}.mjs`, "utf8")).join("")) ? 0 : 1);
    ' -- "$1"
}
refuses() { ! names_a_test "$1"; }
many() { [[ $(wc -l <<<"$rows") -gt 60 ]]; }

check "the table of requirements is read" many
while IFS='|' read -r numbers tests; do
    while read -r words; do
        check "$numbers: $words" names_a_test "$words"
    done <<<"${tests//; /$'\n'}"
done <<<"$rows"
# shellcheck disable=SC2016  # quotes of Markdown
{
    check "a test that is not there is found" refuses '`tests/tables/test_routes.c` test_routes__nobody_wrote_this'
    check "a point that is not tried is found" refuses '`make attack` 63'
    check "a requirement without a test is found" refuses ''
}
tap_end
