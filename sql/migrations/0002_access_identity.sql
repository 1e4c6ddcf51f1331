-- Accounts, people, what they may do, how they prove who they are, and the record of what they did.

-- Any company: partner, customer, prospect.  group_id is the root of the companies that people have
-- declared to be one end customer (its own id when it stands alone).
CREATE TABLE account (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
    name VARCHAR(200) NOT NULL,
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    region VARCHAR(80) NOT NULL DEFAULT '',
    city VARCHAR(80) NOT NULL DEFAULT '',
    address VARCHAR(300) NOT NULL DEFAULT '',
    website VARCHAR(200) NOT NULL DEFAULT '',
    tax_number VARCHAR(40) NOT NULL DEFAULT '',
    phone VARCHAR(40) NOT NULL DEFAULT '',
    parent_id BIGINT NULL,
    group_id BIGINT NULL,
    tier_id BIGINT NULL,
    zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'UTC',
    currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'USD',
    named TINYINT(1) NOT NULL DEFAULT 0,
    owner_user_id BIGINT NULL,
    department_id BIGINT NULL,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    deleted_at DATETIME(6) NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY account_kind (kind, name(40), id),
    KEY account_updated (updated_at DESC, id DESC),
    KEY account_group (group_id),
    KEY account_parent (parent_id),
    KEY account_department (department_id, updated_at DESC, id DESC),
    CONSTRAINT account_tier FOREIGN KEY (tier_id) REFERENCES tier (id),
    CONSTRAINT account_department FOREIGN KEY (department_id) REFERENCES department (id)
        ON UPDATE CASCADE
) ENGINE=InnoDB;

-- scope (staff): own, team, department, all.  counters: what waits for this person, kept by whoever
-- changes it.
CREATE TABLE user (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id BIGINT NULL,
    email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    email_key VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    name VARCHAR(120) NOT NULL,
    title VARCHAR(120) NOT NULL DEFAULT '',
    phone VARCHAR(40) NOT NULL DEFAULT '',
    lang VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'en',
    zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'UTC',
    theme TINYINT NOT NULL DEFAULT 0,
    status VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'invited',
    department_id BIGINT NULL,
    manager_id BIGINT NULL,
    scope VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'own',
    second_factor_needed TINYINT(1) NOT NULL DEFAULT 0,
    counter_notifications INT NOT NULL DEFAULT 0,
    counter_deals INT NOT NULL DEFAULT 0,
    last_login_at DATETIME(6) NULL,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    UNIQUE KEY user_email (email_key),
    KEY user_account (account_id, name(40), id),
    KEY user_audience (audience, name(40), id),
    KEY user_department (department_id),
    CONSTRAINT user_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT user_department FOREIGN KEY (department_id) REFERENCES department (id)
        ON UPDATE CASCADE
) ENGINE=InnoDB;

CREATE TABLE role (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name_en VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL,
    builtin TINYINT(1) NOT NULL DEFAULT 0,
    row_version BIGINT NOT NULL DEFAULT 1,
    UNIQUE KEY role_code (audience, code)
) ENGINE=InnoDB;

CREATE TABLE role_permission (
    role_id BIGINT NOT NULL,
    permission VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (role_id, permission),
    CONSTRAINT role_permission_role FOREIGN KEY (role_id) REFERENCES role (id)
) ENGINE=InnoDB;

CREATE TABLE user_role (
    user_id BIGINT NOT NULL,
    role_id BIGINT NOT NULL,
    PRIMARY KEY (user_id, role_id),
    KEY user_role_role (role_id),
    CONSTRAINT user_role_user FOREIGN KEY (user_id) REFERENCES user (id),
    CONSTRAINT user_role_role FOREIGN KEY (role_id) REFERENCES role (id)
) ENGINE=InnoDB;

-- The tables that only public.fcgi may read.
CREATE TABLE credential (
    user_id BIGINT NOT NULL PRIMARY KEY,
    password_hash VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    changed_at DATETIME(6) NOT NULL,
    CONSTRAINT credential_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- last_step: the newest time step that was accepted; an older or equal one is a replay.
CREATE TABLE second_factor (
    user_id BIGINT NOT NULL PRIMARY KEY,
    secret VARBINARY(64) NOT NULL,
    confirmed_at DATETIME(6) NULL,
    last_step BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT second_factor_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

CREATE TABLE recovery_code (
    user_id BIGINT NOT NULL,
    code_hash BINARY(32) NOT NULL,
    used_at DATETIME(6) NULL,
    PRIMARY KEY (user_id, code_hash),
    CONSTRAINT recovery_code_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- Single-use links of mails (reset, invite, login step): only the hash of the token stands here.
CREATE TABLE link_token (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_id BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    used_at DATETIME(6) NULL,
    KEY link_token_user (user_id, kind),
    KEY link_token_expires (expires_at),
    CONSTRAINT link_token_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- Browsers that a person has used: a log-in from another one is told by mail.
CREATE TABLE known_device (
    user_id BIGINT NOT NULL,
    device_hash BINARY(32) NOT NULL,
    first_seen_at DATETIME(6) NOT NULL,
    PRIMARY KEY (user_id, device_hash),
    CONSTRAINT known_device_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- What a page needs to know of its reader travels with the row, so that a page costs one look-up.
-- permissions: bit n of byte n/8 is the permission with number n of access/permissions.def; audience: its
-- number in access/permission.h.
CREATE TABLE session (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    token_hash BINARY(32) NOT NULL,
    user_id BIGINT NOT NULL,
    audience TINYINT NOT NULL,
    account_id BIGINT NOT NULL DEFAULT 0,
    department_id BIGINT NOT NULL DEFAULT 0,
    department_low BIGINT NOT NULL DEFAULT 0,
    department_high BIGINT NOT NULL DEFAULT 0,
    permissions BINARY(32) NOT NULL,
    user_name VARCHAR(120) NOT NULL,
    email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    account_name VARCHAR(200) NOT NULL DEFAULT '',
    tier_name_en VARCHAR(60) NOT NULL DEFAULT '',
    tier_name_zh VARCHAR(60) NOT NULL DEFAULT '',
    lang VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    theme TINYINT NOT NULL,
    counter_notifications INT NOT NULL DEFAULT 0,
    counter_deals INT NOT NULL DEFAULT 0,
    second_factor TINYINT(1) NOT NULL DEFAULT 0,
    idle_seconds INT NOT NULL,
    remote_addr VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_agent VARCHAR(300) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    last_seen_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    proved_at DATETIME(6) NOT NULL,
    ended_at DATETIME(6) NULL,
    UNIQUE KEY session_token (token_hash),
    KEY session_user (user_id, ended_at),
    KEY session_expires (expires_at),
    CONSTRAINT session_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- Hits of a subject in a window; subject is a hash, so that no address or mail stands here.
CREATE TABLE rate_bucket (
    subject BINARY(16) NOT NULL,
    window_at DATETIME NOT NULL,
    hits INT NOT NULL,
    PRIMARY KEY (subject, window_at),
    KEY rate_bucket_window (window_at)
) ENGINE=InnoDB;

-- A form token that acted, with its result: the same token gives the same answer, and acts once.
CREATE TABLE form_use (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    route VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    body_hash BINARY(32) NOT NULL,
    result VARCHAR(500) NOT NULL,
    used_at DATETIME(6) NOT NULL,
    KEY form_use_used (used_at)
) ENGINE=InnoDB;

-- Append-only by grant: nobody but the owner may change or delete a row.  (kind, object_id, seq) is each record's own chain.
CREATE TABLE audit_event (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BIGINT NOT NULL,
    seq INT NOT NULL,
    at DATETIME(6) NOT NULL,
    user_id BIGINT NOT NULL,
    for_user_id BIGINT NOT NULL DEFAULT 0,
    audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    action VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    before_json TEXT NULL,
    after_json TEXT NULL,
    prev_hash BINARY(32) NOT NULL,
    hash BINARY(32) NOT NULL,
    UNIQUE KEY audit_event_chain (kind, object_id, seq),
    KEY audit_event_at (at, id),
    KEY audit_event_user (user_id, id)
) ENGINE=InnoDB;

-- Who decides while a reviewer is away: dated, with both names in the audit.
CREATE TABLE delegate (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id BIGINT NOT NULL,
    delegate_id BIGINT NOT NULL,
    from_at DATETIME(6) NOT NULL,
    until_at DATETIME(6) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    KEY delegate_user (user_id, until_at),
    KEY delegate_delegate (delegate_id, until_at),
    CONSTRAINT delegate_user FOREIGN KEY (user_id) REFERENCES user (id),
    CONSTRAINT delegate_delegate FOREIGN KEY (delegate_id) REFERENCES user (id)
) ENGINE=InnoDB;
