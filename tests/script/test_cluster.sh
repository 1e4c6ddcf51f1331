#!/usr/bin/env bash
# The files of a cluster: servers take them, and a node that does not serve says so.  The cluster itself is tried by
# make test-cluster.
set -euo pipefail
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
PATH=$PATH:/usr/sbin:/sbin

top=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# MariaDB says what it makes of its options, and starts nothing.
taken() { # NAME VALUE FILE...
    local name=$1 value=$2 file

    shift 2
    for file; do printf '!include %s\n' "$top/conf/$file"; done >"$dir/my.cnf"
    # it ends badly where a node's own address is missing, having said all the same
    mariadbd --defaults-file="$dir/my.cnf" --user="$(id -un)" --datadir="$dir" --verbose --help >"$dir/said" 2>/dev/null || true
    grep -qE "^$name +$value\$" "$dir/said"
}

haproxy_takes() { # FILE
    sed -e 's/@PROXY@/127.0.0.1/; s/@SQL@/3306/g; s/@SPREAD@/3307/; s/@CHECK@/9200/g' -e '/^    \(user\|group\|log\|stats\)/d' \
        "$top/conf/cluster/$1" >"$dir/haproxy.cfg"
    haproxy -c -f "$dir/haproxy.cfg" >/dev/null 2>&1
}

refused() {
    printf 'GET / HTTP/1.0\r\n\r\n' | "$top/conf/cluster/node-check" --socket="$dir/nobody.sock" >"$dir/answer"
    grep -q '^HTTP/1.0 503' "$dir/answer" && grep -q '^Content-Length: ' "$dir/answer"
}

check 'MariaDB takes the settings of a node' taken wsrep-max-ws-size 16777216 mariadb.cnf cluster/galera.cnf
check 'a node takes in one change after another, lest a migration meets one behind it' taken wsrep-slave-threads 1 \
    mariadb.cnf cluster/galera.cnf
check 'a node that is gone is missed after two seconds' taken wsrep-provider-options '.*;evs.suspect_timeout=PT2S;.*' \
    mariadb.cnf cluster/galera.cnf
check 'MariaDB takes the settings of a primary and its replica' taken rpl-semi-sync-master-wait-point AFTER_SYNC \
    mariadb.cnf cluster/replica.cnf
check 'a node whose server is away does not serve' refused
if command -v haproxy >/dev/null; then
    check 'HAProxy takes its file before a cluster' haproxy_takes haproxy.cfg
    check 'HAProxy takes its file before a primary and its replica' haproxy_takes haproxy-replica.cfg
else
    skip 'HAProxy takes its files' 'HAProxy is not installed'
fi
tap_end
