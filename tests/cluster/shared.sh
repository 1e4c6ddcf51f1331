# shellcheck shell=bash
# What servers of tests/cluster share: settings of production that are the same on each, and certificates.

# Of server N at ADDRESS: what conf/mariadb.cnf says, without its sizes, and where this one's files are.
server_settings() { # FOLDER N ADDRESS PORT TLS
    cat <<END
[mariadbd]
datadir = $1/db
socket = $1/run/db.sock
pid-file = $1/run/db.pid
log-error = $1/log/db.log
tmpdir = $1/tmp
user = $(id -un)
bind-address = $3
port = $4
server_id = $2
skip-name-resolve
local-infile = 0
symbolic-links = 0
secure-file-priv = $1/tmp
max_connections = 200
max_allowed_packet = 16M

character-set-server = utf8mb4
collation-server = utf8mb4_nopad_bin
default-time-zone = +00:00
sql_mode = STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY
explicit_defaults_for_timestamp = 1
event_scheduler = OFF
innodb_lock_wait_timeout = 5
innodb_ft_min_token_size = 2
innodb_buffer_pool_size = 256M
innodb_log_file_size = 96M
log_bin = $1/binlog/binlog
log_bin_trust_function_creators = 1

ssl_ca = $5/ca.pem
ssl_cert = $5/node.pem
ssl_key = $5/node.key
END
}

# One certificate for all servers and for the address under which programs reach them.
make_certificates() { # TLS ADDRESS...
    local tls=$1 address names=()

    shift
    [[ ! -s $tls/node.pem ]] || return 0
    for address; do names+=("IP:$address"); done
    (umask 077 && mkdir -p "$tls" && cd "$tls" &&
        quietly openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=test' \
            -keyout ca.key -out ca.pem &&
        quietly openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=node' -keyout node.key \
            -out node.csr &&
        (IFS=, && printf 'subjectAltName=%s\n' "${names[*]}") >node.ext &&
        quietly openssl x509 -req -in node.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile node.ext \
            -out node.pem) || fail "the servers' certificate could not be made"
}

# An empty server's files, whose administrator is whoever calls.
make_empty_data() { # FOLDER
    rm -rf "$1"
    quietly mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$1" --skip-test-db \
        --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" ||
        fail "mariadb-install-db failed: see its words above"
}
