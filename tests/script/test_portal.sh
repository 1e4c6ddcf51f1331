#!/usr/bin/env bash
# How a whole portal is started, started again, broken and ended, with programs that stand in for the real
# ones (tests/tools/standin.c).
set -euo pipefail
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/port.sh
. "$(dirname "$0")/../support/port.sh"

top=$(cd "$(dirname "$0")/../.." && pwd)
standin=${B:-$top/build}/tests/tools/standin
dir=$(mktemp -d)
unset FAIRWAY_VAR PORT FAIRWAY_BASE_URL SCALE DEMO
finish() {
    for var in "$dir"/one "$dir"/two; do
        [[ ! -d $var ]] || FAIRWAY_VAR=$var "$portal" stop >/dev/null 2>&1 || true
    done
    rm -rf "$dir"
}
trap finish EXIT

portal=$top/conf/scripts/portal
export B=$dir/build
mkdir -p "$B/bin"
for program in public.fcgi partner.fcgi customer.fcgi staff.fcgi fairway-worker fairwayctl; do
    cp "$standin" "$B/bin/$program"
done
port=$(free_port)

do_portal() { # VAR PORT COMMAND -> $said, $status
    status=0
    said=$(FAIRWAY_VAR=$dir/$1 PORT=$2 "$portal" "$3" 2>&1) || status=$?
}
works() { [[ $status == 0 ]] || { echo "# $said" && return 1; }; }
fails() { [[ $status != 0 ]]; }
says() { [[ $said == *"$1"* ]]; }
answers() { # PORT PATH TEXT
    [[ $(curl -s --max-time 5 --noproxy '*' "http://127.0.0.1:$1$2") == "$3" ]]
}
posts() { # PORT PATH TEXT
    [[ $(curl -s --max-time 5 --noproxy '*' -d x=y "http://127.0.0.1:$1$2") == "$3" ]]
}
processes() { # VAR: how many belong to it
    local environ count=0

    for environ in /proc/[0-9]*/environ; do
        case $(readlink "${environ%environ}exe" 2>/dev/null) in
        */bash | */sh | */grep | */timeout | "") continue ;;
        esac
        grep -qzxF "FAIRWAY_VAR=$dir/$1" "$environ" 2>/dev/null && count=$((count + 1))
    done
    grep -lF -- "$dir/$1/run/nginx.conf" /proc/[0-9]*/cmdline >/dev/null 2>&1 && count=$((count + 1))
    echo "$count"
}
none_left() { [[ $(processes "$1") == 0 ]]; }
is_private() { [[ $(stat -c %a "$1") == "$2" ]]; }
is_same() { [[ $1 == "$2" ]]; }
is_absent() { [[ ! -e $1 ]]; }
quick() { ((SECONDS - began <= 5)); }
all_batch() { # VAR: database, nginx and programs, and what they started
    local file first one

    for file in "$dir/$1"/run/*.pid; do
        first=$(<"$file")
        for one in "$first" $(<"/proc/$first/task/$first/children"); do
            chrt -p "$one" | grep -q SCHED_BATCH || return 1
        done
    done
}

do_portal one "$port" start
check "a first start makes everything" works
check "shows the demo company's people" says 'ann@example.com'
check "guests reach the public program" answers "$port" / "public as fw_public"
check "partners theirs, under an account of its own" answers "$port" /partner/x "partner as fw_partner"
check "who logs in reaches processes of its own" posts "$port" /login "login as fw_public"
check "so does who sets a password" posts "$port" /password/TOKEN "login as fw_public"
check "but the page before it is a page" answers "$port" /login "public as fw_public"
check "and other forms of guests are" posts "$port" /loginx "public as fw_public"
check "passwords are the owner's alone" is_private "$dir/one/secrets/db_partner" 600
check "so is the folder" is_private "$dir/one/secrets" 700

if chrt --batch 0 true 2>/dev/null; then
    check "none of its processes takes the processor from another" all_batch one
else
    skip "none of its processes takes the processor from another" "policies are forbidden here"
fi

secret=$(<"$dir/one/secrets/db_partner")
rm "$dir/one/demo-people.csv"
began=$SECONDS
do_portal one "$port" start
check "a second start works" works
check "within five seconds" quick
check "keeps the passwords" is_same "$secret" "$(<"$dir/one/secrets/db_partner")"
check "and does not load the demo company again" is_absent "$dir/one/demo-people.csv"

do_portal two "$port" start
check "a second portal on the same port is refused" fails
check "with advice" says 'make run PORT='
do_portal two $((port + 1)) start
check "on another port and in another folder it stands beside the first" works
check "and both answer" answers "$port" /staff/x "staff as fw_staff"

do_portal one "$port" reload
check "a reload works" works
do_portal one "" reload
check "a reload that names no port keeps the portal's" says "127.0.0.1:$port"
check "and the portal still answers" answers "$port" /customer/x "customer as fw_customer"
STANDIN_BREAKS=staff.fcgi do_portal one "$port" reload
check "a reload with a program that cannot start is refused" fails
check "shows its words" says 'broken on purpose'
check "and says that all goes on as before" says 'serves as before'
check "which it does" answers "$port" /staff/x "staff as fw_staff"

kill -KILL "$(<"$dir/one/run/staff.pid")"
rm "$dir/one/run/public.pid" "$dir/one/run/nginx.pid"
do_portal one "$port" stop
check "a stop works after a crash and with pid files lost" works
check "and leaves no process" none_left one
check "nor touches the portal beside" answers $((port + 1)) / "public as fw_public"

echo $$ >"$dir/one/run/partner.pid"
do_portal one "$port" start
check "a pid file that names somebody else's process does no harm" works

for breaks in staff.fcgi public.fcgi fairway-worker; do
    began=$SECONDS
    STANDIN_BREAKS=$breaks do_portal one "$port" start
    check "a start with a $breaks that does not fit fails" fails
    check "at once" quick
    check "with its last words" says 'broken on purpose'
    check "and how to go on" says 'then: make run'
done
do_portal one "$port" stop
check "and can be stopped" none_left one
do_portal one "$port" stop
check "stopping what is stopped is fine" works

long=$(printf 'a%.0s' {1..90})
do_portal "$long" $((port + 2)) start
check "a folder whose sockets have too long paths is refused" fails
check "with advice, too" says 'FAIRWAY_VAR=/'
check "before anything is made" is_absent "$dir/$long"
tap_end
