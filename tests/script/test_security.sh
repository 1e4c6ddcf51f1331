#!/usr/bin/env bash
# SECURITY.md names a test for each requirement of ASVS 5.0.0, levels 1 and 2, and each test that it names is there.
set -euo pipefail
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
cd "$(dirname "$0")/../.."

rows=$(sed -n 's/^| \([0-9][0-9., ]*\) | .* | \(.*\) |$/\1|\2/p' <(sed '/^### What does not apply/,$d' SECURITY.md))

# shellcheck disable=SC2016  # JavaScript
# Each is "`FILE` NAME", "`make attack` POINT" or "not yet: WHY".
names_a_test() { # WORDS
    node -e '
        const fs = require("fs"), words = process.argv[1], [, place, name] = /^`([^`]+)` (.+)$/.exec(words) ?? [];
        if (/^not yet: \S+ \S+/.test(words)) process.exit(0);
        if (!place) process.exit(1);
        if (place !== "make attack")
            import("./tests/attack/report.mjs").then(({ isTest }) => process.exit(isTest(place, name) ? 0 : 1));
        else
            process.exit(new RegExp(`report\\.(?:check|held)\\(${name},|^    \\[${name}, `, "m").test(fs.readdirSync("tests/attack")
                .map((file) => fs.readFileSync(`tests/attack/${file}`, "utf8")).join("")) ? 0 : 1);
    ' -- "$1"
}
refuses() { ! names_a_test "$1"; }

# Requirements of levels 1 and 2: chapter.section.number, a chapter alone stands for all of it.
levels_1_and_2() {
    local sections='1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4
        5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1
        8.4:1 9.1:3 9.2:4 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2
        14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3' section
    for section in $sections; do
        seq -f "${section%:*}.%.0f" "${section#*:}"
    done
    printf '10\n17\n'
}
listed() { sed -n 's/^| \([0-9][0-9., ]*\) | .*/\1/p' SECURITY.md | tr -d ' ' | tr ',' '\n'; }
once() { [[ -z $(listed | sort | uniq -d) ]] || ! listed | sort | uniq -d | sed 's/^/# /'; }
complete() { [[ -z $(comm -23 <(levels_1_and_2 | sort) <(listed | sort)) ]] || ! comm -23 <(levels_1_and_2 | sort) <(listed | sort) | sed 's/^/# /'; }
many() { [[ $(wc -l <<<"$rows") -gt 60 ]]; }

check "the table of requirements is read" many
check "every requirement of levels 1 and 2 stands in a table" complete
check "and in one row" once
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
