# shellcheck shell=bash

# A port of this machine at which nobody listens.  Below those that the system gives to connections that go
# out: one of these may come in between.
free_port() {
    local first=10000 above port

    above=$(cut -f1 /proc/sys/net/ipv4/ip_local_port_range 2>/dev/null) || above=32768
    ((above > first + 1000)) || above=32768
    while :; do
        port=$((first + RANDOM % (above - first)))
        (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}
