#!/usr/bin/env bash
# nginx takes both configurations, and answers by itself what it should: headers, limits, the page for a
# program that is away.  Needs no program of ours.
set -euo pipefail
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/port.sh
. "$(dirname "$0")/../support/port.sh"
PATH=$PATH:/usr/sbin:/sbin

top=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
pid=
finish() {
    [[ -z $pid ]] || kill "$pid" 2>/dev/null || true
    rm -rf "$dir"
}
trap finish EXIT
mkdir -p "$dir"/{run/fairway,log,tmp,build/static}
cp "$top"/conf/nginx/*.conf "$dir/run/fairway/"
cp /etc/nginx/mime.types "$dir/run/"

port=$(free_port)
user=
[[ $(id -u) != 0 ]] || user='user root;'
sed -e "s|@USER@|$user|; s|@PORT@|$port|g; s|@VAR@|$dir|g; s|@BUILD@|$dir/build|g" \
    "$top/conf/nginx/run.conf.in" >"$dir/run/nginx.conf"

# The example speaks of places that are not there or not ours: its own copy gets some.
temporary=
for kind in client_body fastcgi proxy scgi uwsgi; do
    temporary+="${kind}_temp_path $dir/tmp/example-$kind; "
done
openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=portal.example \
    -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null
sed -e "s|/etc/ssl/fairway/portal.pem|$dir/cert.pem|; s|/etc/ssl/fairway/portal.key|$dir/key.pem|" \
    -e "s|/var/log/nginx/|$dir/log/|; s|/run/nginx.pid|$dir/example.pid|; s|^user .*|$user|" \
    -e "s|^http {|http { $temporary|" \
    -e '/listen \[::\]/d; s/listen 80/listen 127.0.0.1:20080/; s/listen 443/listen 127.0.0.1:20443/' \
    "$top/nginx.conf.example" >"$dir/run/example.conf"

accepts() { # CONFIGURATION
    local said

    said=$(nginx -t -q -p "$dir/" -c "$dir/run/$1" -e "$dir/log/test.log" 2>&1) && [[ -z $said ]] && return 0
    echo "# $said"
    return 1
}
check "nginx takes the configuration of make run" accepts nginx.conf
check "nginx takes the example for production" accepts example.conf

echo 'body { color: black }' >"$dir/build/static/app.0123456789ab.css"
echo 'a page' >"$dir/build/static/503.html"
nginx -p "$dir/" -c "$dir/run/nginx.conf" -e "$dir/log/error.log"
pid=$(<"$dir/run/nginx.pid")

get() { # CURL-ARGUMENTS... -> $answer: head and body
    answer=$(curl -si --max-time 10 --noproxy '*' "$@" | tr -d '\r')
}
status_is() { [[ $answer == "HTTP/1.1 $1"* ]]; }
has() { grep -qiE -- "$1" <<<"$answer"; }
has_not() { ! grep -qiE -- "$1" <<<"$answer"; }
has_one() { [[ $(grep -ciE -- "$1" <<<"$answer") == 1 ]]; }
base=http://127.0.0.1:$port

get "$base/static/app.0123456789ab.css"
check "an asset is served" status_is 200
check "for ever" has '^cache-control: .*immutable'
check "as what it is" has '^x-content-type-options: nosniff'
check "with a policy, once" has_one '^content-security-policy: '
check "without nginx's version" has_not '^server: nginx/'

get "$base/static/none.css"
check "an asset that is not there is not found" status_is 404
check "which is not kept for ever" has_not immutable
check "and has the policy too" has_one '^content-security-policy: '
get "$base/static/"
check "folders are not listed" status_is 403
get "$base/static/manifest.txt"
check "the manifest is nobody's business" status_is 404
get --path-as-is "$base/static/../run/nginx.conf"
check "no path leads out of the assets" has_not 'worker_processes'

get "$base/partner/deals?token=SECRET"
check "a program that is away gives 503" status_is 503
check "with the calm page" has '^a page$'
check "and when to come again" has '^retry-after: 15$'
check "and it is not kept" has '^cache-control: no-store$'
rm "$dir/build/static/503.html"
get "$base/staff/"
check "also when the page was never built" status_is 503
check "as plain text" has '^content-type: text/plain'
get "$base/503.html"
check "the page has no address of its own" status_is 404

get "$base/partner"
check "an audience without its slash is sent to the one with it" has '^location: /partner/$'
check "and that has the policy, once" has_one "^content-security-policy: default-src 'none'"
check "and is not guessed at" has_one '^x-content-type-options: nosniff'
get -X TRACE "$base/"
check "TRACE is refused" status_is 405
check "with the policy" has_one "^content-security-policy: default-src 'none'"
get "$base/%00"
check "what nobody can read is refused" status_is 400
check "with the policy, too" has_one "^content-security-policy: default-src 'none'"
get -H "X-Big: $(printf 'a%.0s' {1..9000})" "$base/"
check "a header that is too large is refused" status_is 400
check "with the policy as well" has_one "^content-security-policy: default-src 'none'"
head -c 2000000 /dev/zero >"$dir/two-megabytes"
get -H 'Expect:' --data-binary "@$dir/two-megabytes" "$base/login"
check "two megabytes are too much for a form" status_is 413
check "as plain text where the page was never built" has '^content-type: text/plain'
echo 'a large page' >"$dir/build/static/413.html"
get -H 'Expect:' --data-binary "@$dir/two-megabytes" "$base/login"
check "which a page says" has '^a large page$'
get "$base/413.html"
check "that has no address of its own" status_is 404
get -H 'Expect:' --data-binary "@$dir/two-megabytes" "$base/partner/x"
check "but not where files are taken" status_is 503

get "$base/m/SECRET" && get "$base/invite/SECRET?a=SECRET" && get "$base/x?SECRET"
# Lines are written after a second at most: the last one says that all are there.
log_is_written() {
    for _ in {1..50}; do
        ! grep -q ' GET /x ' "$dir/log/nginx-access.log" || return 0
        sleep 0.1
    done
    return 1
}
check "the access log is written soon" log_is_written
log_is_clean() { ! grep -q SECRET "$dir/log/nginx-access.log"; }
check "the access log holds no secret" log_is_clean
log_has_paths() { grep -q ' /partner/deals 503 ' "$dir/log/nginx-access.log"; }
check "but the path and the status" log_has_paths
tap_end
