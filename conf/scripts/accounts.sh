# shellcheck shell=bash
# The database's accounts, one a program, with generated passwords: shared by conf/scripts/db, whose server is
# reached through a socket, and by a cluster, whose nodes are reached over TCP.

# shellcheck disable=SC2034  # used by the scripts that read this file
accounts=(public partner customer staff api worker backup metrics)

# A password that nobody types: 32 random bytes.
make_password() { # FILE
    [[ -s $1 ]] || (umask 077 && head -c 32 /dev/urandom | base64 | tr '+/' '-_' >"$1.new" && mv "$1.new" "$1")
}

make_passwords() { # FOLDER
    local account

    for account in owner "${accounts[@]}"; do
        make_password "$1/db_$account"
    done
}

# The accounts have no right to anything yet: sql/grants gives it, applied by the owner.
accounts_sql() { # DATABASE FOLDER HOST
    local account

    printf "CREATE DATABASE IF NOT EXISTS \`%s\` CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;\n" "$1"
    for account in owner "${accounts[@]}"; do
        printf "CREATE USER IF NOT EXISTS 'fw_%s'@'%s';\n" "$account" "$3"
        # The binary log is copied to elsewhere, and passwords are not.
        printf "SET sql_log_bin = 0;\nALTER USER 'fw_%s'@'%s' IDENTIFIED BY '%s';\n" "$account" "$3" \
            "$(<"$2/db_$account")"
        printf "SET sql_log_bin = 1;\n"
    done
    # CREATE USER lets the owner take back what a grant file no longer gives.
    printf "GRANT ALL ON \`%s\`.* TO 'fw_owner'@'%s' WITH GRANT OPTION;\n" "$1" "$3"
    printf "GRANT CREATE USER ON *.* TO 'fw_owner'@'%s';\n" "$3"
    printf "GRANT SELECT ON mysql.* TO 'fw_owner'@'%s';\n" "$3"
    # What a copy of the running server needs; what it reads in the schema stands in sql/grants.
    printf "GRANT RELOAD, PROCESS, LOCK TABLES, BINLOG MONITOR ON *.* TO 'fw_backup'@'%s';\n" "$3"
}
