#!/usr/bin/env bash
# A portal with the demo company is backed up, changed, and put back: as it was, to its end, to a second between;
# and what must not be written over, or is damaged, is refused.
set -euo pipefail
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/port.sh
. "$(dirname "$0")/../support/port.sh"

top=$(cd "$(dirname "$0")/../.." && pwd)
portal=$top/conf/scripts/portal
dir=$(mktemp -d)
port=$(free_port)
unset FAIRWAY_BASE_URL SCALE DEMO
finish() {
    for var in "$dir"/live "$dir"/whole; do
        [[ ! -d $var ]] || FAIRWAY_VAR=$var "$portal" stop >/dev/null 2>&1 || true
    done
    ! mountpoint -q "$dir/small" || umount "$dir/small"
    rm -rf "$dir"
}
trap finish EXIT

do_portal() { # VAR WORDS... -> $said, $status
    local var=$dir/$1

    shift
    status=0
    said=$(FAIRWAY_VAR=$var PORT=$port "$portal" "$@" 2>&1) || status=$?
}
sql() { # VAR TEXT
    mariadb --no-defaults --socket="$dir/$1/run/db.sock" --database=fairway --batch --skip-column-names -e "$2"
}
show() { printf '# %s\n' "${said//$'\n'/$'\n'# }"; }
works() { [[ $status == 0 ]] || { show && return 1; }; }
fails() { [[ $status != 0 ]]; }
says() { [[ $said == *"$1"* ]] || { show && return 1; }; }
is_same() { [[ $1 == "$2" ]] || { echo "# $1, not $2" && return 1; }; }
is_private() { [[ $(stat -c %a "$1") == "$2" ]]; }
is_absent() { [[ ! -e $1 ]]; }
is_there() { [[ -e $1 ]]; }
# What people did, none of which goes on by itself.
state_of() { # VAR
    sql "$1" "SELECT COUNT(*), MAX(id) FROM deal; SELECT COUNT(*) FROM user; SELECT COUNT(*), SUM(row_version) FROM deal;
        CHECKSUM TABLE end_customer_group, deal_claim, saved_view, comment, credential" 2>/dev/null
}
note() { # TEXT: a view of a list, under this name
    sql live "INSERT INTO saved_view (user_id, list, name, query, created_at)
        SELECT MIN(id), 'deals', '$1', '', UTC_TIMESTAMP(6) FROM user"
}
notes_of() { # VAR
    sql "$1" "SELECT GROUP_CONCAT(name ORDER BY id) FROM saved_view WHERE list = 'deals' AND name LIKE 'note-%'"
}
refused() { # SQL, as the backup's account
    ! mariadb --no-defaults --socket="$dir/live/run/db.sock" --user=fw_backup --database=fairway \
        --password="$(<"$dir/live/secrets/db_backup")" -e "$1" >/dev/null 2>&1
}

do_portal live start
check "a portal with the demo company runs" works
note note-first
before=$(state_of live)
do_portal live ctl backup "$dir/full"
check "it is copied while it runs" works
check "with words on what is done" says 'copying the database'
check "into a folder that only its owner may read" is_private "$dir/full" 700
check "with the key of the log, which only its owner may read" is_private "$dir/full/keys/log.key" 600
do_portal live ctl backup "$dir/full"
check "a second one does not write over it" fails
check "and says why" says 'is there already'
check "the account that copies reads no registration" refused 'SELECT * FROM deal'
check "and changes nothing" refused 'DELETE FROM schema_migration'

note note-second
sleep 1.1
between=$(date -u +%Y-%m-%dT%H:%M:%SZ)
sleep 1.1
note note-third
do_portal live ctl backup "$dir/full" --log
check "the binary log since is brought beside it" works
note note-fourth
do_portal live ctl backup "$dir/full" --log
check "and what came after that" works
check "a program's password stands in none of it" \
    is_same "$(grep -rlF "$(<"$dir/live/secrets/db_backup")" "$dir/full" || true)" ""

cp -r "$dir/full" "$dir/alone" && rm -r "$dir/alone/binlog"
do_portal whole ctl restore "$dir/alone"
check "a backup goes into a fresh folder" works
check "which is counted" says ' tables with '
check "its foreign keys lead somewhere" says ' foreign keys, 0 rows without a parent'
check "and its audit trail is whole" says ': 0 faults'
do_portal live stop
do_portal whole start
check "the portal starts there" works
check "as it was" is_same "$(state_of whole)" "$before"
check "without what came later" is_same "$(notes_of whole)" note-first
check "its pages answer" curl -fs -o /dev/null --max-time 5 --noproxy '*' "http://127.0.0.1:$port/partner/healthz"
do_portal whole ctl audit verify
check "the trail goes on" works
do_portal whole ctl restore "$dir/full"
check "a folder that holds a portal is not written over" fails
check "with advice" says '--replace'
do_portal whole ctl restore "$dir/full" --replace
check "nor is one that runs, whatever is said" fails
check "and says that it runs" says 'stop the portal first'
do_portal whole stop

do_portal whole ctl restore "$dir/full" --replace --until "$between"
check "when it is told so it goes in the place of one that is stopped" works
check "which is moved aside" says 'what was there before is now'
do_portal whole start
check "what was done until then is there, and nothing after it" is_same "$(notes_of whole)" note-first,note-second
do_portal whole stop
do_portal whole ctl restore "$dir/full" --replace
check "without a time the log is run to its end" works
do_portal whole start
check "and everything is there" is_same "$(notes_of whole)" note-first,note-second,note-third,note-fourth
do_portal whole stop

do_portal other ctl restore "$dir/full" --until 2001-01-01T00:00:00Z
check "a time before the backup is refused" says 'the backup is newer'
do_portal other ctl restore "$dir/full" --until yesterday
check "so is what is no time" says 'a time is in UTC'
do_portal other ctl restore "$dir/alone" --until "$between"
check "and a time without a log" says 'no binary log'
printf 'x' | dd of="$dir/alone/db/ibdata1" bs=1 seek=300000 conv=notrunc status=none
do_portal other ctl restore "$dir/alone"
check "a damaged file is found before anything is copied" says 'db/ibdata1 is not what was backed up'
sed -i '/^migration/d' "$dir/alone/manifest"
do_portal other ctl restore "$dir/alone"
check "so is a damaged manifest" says 'the manifest is damaged'
check "nothing of it stays" is_absent "$dir/other/db"

do_portal live start
status=0
said=$(ulimit -f 20000 && FAIRWAY_VAR=$dir/live PORT=$port "$portal" ctl backup "$dir/cut" 2>&1) || status=$?
check "a backup that cannot be written to its end fails" fails
check "and leaves nothing behind" is_same "$(ls -d "$dir"/cut* 2>/dev/null || true)" ""
mkdir "$dir/small"
if mount -t tmpfs -o size=60m none "$dir/small" 2>/dev/null; then
    do_portal live ctl backup "$dir/small/full"
    check "a disk that is too small is seen before" says 'has room for'
    check "and nothing is left on it" is_same "$(ls "$dir/small")" ""
else
    skip "a disk that is too small is seen before" "no right to mount one"
fi
status=0
said=$(ulimit -f 20000 && FAIRWAY_VAR=$dir/other PORT=$port "$portal" ctl restore "$dir/full" 2>&1) || status=$?
check "a restore that cannot be written to its end fails" fails
check "and leaves no half database" is_same "$(ls -d "$dir"/other/db* 2>/dev/null || true)" ""
tap_end
