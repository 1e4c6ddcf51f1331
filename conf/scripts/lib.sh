# shellcheck shell=bash
# What the scripts share: where things are, how they speak, how a process is started and ended.

set -euo pipefail
umask 027
# A recipe's script must not believe itself part of make when it calls make.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES

# shellcheck disable=SC2034  # used by the scripts that read this file
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034
cores=$(nproc 2>/dev/null || echo 2)

say() { printf 'fairway: %s\n' "$*"; }
fail() {
    printf 'fairway: %s\n' "$@" >&2
    exit 1
}

absolute() {
    case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "$root" "${1#./}" ;;
    esac
}

# Runs a command quietly; shows what it said only when it fails.
quietly() {
    local log status=0

    log=$(mktemp)
    "$@" >"$log" 2>&1 </dev/null || status=$?
    [[ $status == 0 ]] || tail -n 60 "$log" >&2
    rm -f "$log"
    return "$status"
}

# A process of ours is one whose pid file names it and whose command line holds the expected text: a pid
# may have gone to somebody else since the file was written.
pid_of() { # PIDFILE TEXT
    local pid

    [[ -r $1 ]] && read -r pid <"$1" && [[ $pid =~ ^[0-9]+$ ]] || return 1
    tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$2" || return 1
    printf '%s' "$pid"
}

# What serves requests gains nothing from taking the processor from each other halfway: nginx, a program and the
# database hand one request around, and whoever wakes waits until the one that runs is done.  Needs no privilege; where
# it is forbidden, as in some containers, programs run as usual.
batch=(chrt --batch 0)
"${batch[@]}" true 2>/dev/null || batch=()

# Becomes another program, without our input and without the descriptors (locks, make's tokens, a pipe
# behind us) that somebody would otherwise wait for as long as the program lives.
become() { # LOG COMMAND...
    local fd

    exec </dev/null >>"$1" 2>&1
    shift
    for fd in /proc/self/fd/*; do
        fd=${fd##*/}
        ((fd <= 2)) || eval "exec $fd>&-"
    done
    exec "${batch[@]}" "$@"
}

# Starts a program in a session of its own.
launch() { # PIDFILE LOG COMMAND...
    local pidfile=$1 log=$2

    shift 2
    (become "$log" setsid "$@") &
    echo $! >"$pidfile"
}

gone() { # PID; a zombie that nobody reaps counts as gone
    local state

    [[ -d /proc/$1 ]] || return 0
    state=$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) || return 0
    [[ -z $state || $state == Z ]]
}

# Waits until a process is gone.
wait_gone() { # PID SECONDS
    local tries=$(($2 * 20))

    while ! gone "$1"; do
        ((tries-- > 0)) || return 1
        sleep 0.05
    done
}

# Ends a process: a polite signal, time to finish, then by force.
end_process() { # PID NAME SIGNAL SECONDS
    kill -"$3" "$1" 2>/dev/null || return 0
    wait_gone "$1" "$4" && return 0
    say "$2 does not end by itself and is killed"
    kill -KILL "$1" 2>/dev/null || return 0
    wait_gone "$1" 10 || fail "$2 (process $1) cannot be ended"
}
