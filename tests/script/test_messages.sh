#!/usr/bin/env bash
# Every message of templates and programs has its Chinese translation, and no translation has lost or
# gained a placeholder.
set -euo pipefail
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
cd "$(dirname "$0")/../.."

catalogue=templates/po/zh_CN.po
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What a checker refuses shows that it looks: the same check over a catalogue with one fault.
refuses() { # SED-SCRIPT
    sed "$1" "$catalogue" >"$work/bad.po"
    ! msgfmt --check -o /dev/null "$work/bad.po" 2>"$work/why"
}

none_of() { # MSGATTRIB-CHOICE
    [[ -z $(msgattrib "$1" --no-obsolete "$catalogue") ]]
}

check "all messages are translated, and their placeholders agree" node templates/po/update.mjs --check
check "no translation is a guess" none_of --only-fuzzy
check "a lost placeholder is found" refuses 's/^msgstr "参考号 %s"/msgstr "参考号"/'
check "another placeholder is found" refuses 's/^msgstr "参考号 %s"/msgstr "参考号 %d"/'
tap_end
