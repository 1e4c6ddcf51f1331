-- Work that is done later, mail that leaves, and what every record may carry.
-- A record is (kind, object_id); who may see what hangs on it is decided by loading the record.

-- asked is raised by everybody who wants a job that waits already: on a cluster that write is what makes
-- the asker and the worker that takes the job just then notice each other.
CREATE TABLE job (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ref BIGINT NOT NULL DEFAULT 0,
    payload TEXT NULL,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'waiting',
    unique_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
    asked INT NOT NULL DEFAULT 1,
    due_at DATETIME(6) NOT NULL,
    tries SMALLINT NOT NULL DEFAULT 0,
    lease_owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    lease_until DATETIME(6) NULL,
    last_error VARCHAR(500) NULL,
    created_at DATETIME(6) NOT NULL,
    ended_at DATETIME(6) NULL,
    UNIQUE KEY job_unique (unique_key),
    KEY job_due (state, due_at, id),
    KEY job_lease (state, lease_until),
    KEY job_ended (ended_at)
) ENGINE=InnoDB;

-- values_json holds what the template needs and no secret; link names the kind of single-use link whose
-- token the worker makes while it sends.  While state is sending, due_at is the end of the lease.
CREATE TABLE outbox (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    template VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_id BIGINT NULL,
    to_address VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    to_name VARCHAR(120) NOT NULL DEFAULT '',
    lang VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    object_id BIGINT NOT NULL DEFAULT 0,
    reason VARCHAR(200) NOT NULL DEFAULT '',
    values_json TEXT NOT NULL,
    link VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'waiting',
    due_at DATETIME(6) NOT NULL,
    tries SMALLINT NOT NULL DEFAULT 0,
    lease_owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    last_error VARCHAR(500) NULL,
    subject VARCHAR(300) NOT NULL DEFAULT '',
    created_at DATETIME(6) NOT NULL,
    sent_at DATETIME(6) NULL,
    KEY outbox_due (state, due_at, id),
    KEY outbox_created (created_at DESC, id DESC),
    KEY outbox_user (user_id)
) ENGINE=InnoDB;

CREATE TABLE notification (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id BIGINT NOT NULL,
    event VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BIGINT NOT NULL,
    values_json TEXT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    read_at DATETIME(6) NULL,
    KEY notification_user (user_id, id DESC),
    KEY notification_unread (user_id, read_at, id DESC),
    KEY notification_created (created_at),
    CONSTRAINT notification_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- mail: now, never.  A missing row means the event's own default.
CREATE TABLE notification_preference (
    user_id BIGINT NOT NULL,
    event VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    mail VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (user_id, event),
    CONSTRAINT notification_preference_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- Files stand in rows of 1 MiB, each written in its own transaction, the owning row last.
CREATE TABLE file (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    public_id BINARY(16) NOT NULL,
    name VARCHAR(200) NOT NULL,
    mime VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size_bytes BIGINT NOT NULL,
    sha256 BINARY(32) NOT NULL,
    complete TINYINT(1) NOT NULL DEFAULT 0,
    scan VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'none',
    created_by BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY file_public (public_id),
    KEY file_incomplete (complete, created_at)
) ENGINE=InnoDB;

CREATE TABLE file_chunk (
    file_id BIGINT NOT NULL,
    part INT NOT NULL,
    data MEDIUMBLOB NOT NULL,
    PRIMARY KEY (file_id, part),
    CONSTRAINT file_chunk_file FOREIGN KEY (file_id) REFERENCES file (id)
) ENGINE=InnoDB;

CREATE TABLE attachment (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    comment_id BIGINT NULL,
    created_at DATETIME(6) NOT NULL,
    removed_at DATETIME(6) NULL,
    KEY attachment_object (kind, object_id, id),
    KEY attachment_removed (removed_at),
    UNIQUE KEY attachment_file (file_id),
    CONSTRAINT attachment_file FOREIGN KEY (file_id) REFERENCES file (id)
) ENGINE=InnoDB;

-- What both sides see.  Names stand in the row: they are what was shown at the time.
CREATE TABLE comment (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    user_name VARCHAR(120) NOT NULL,
    audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    body TEXT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    KEY comment_object (kind, object_id, id)
) ENGINE=InnoDB;

-- What only staff may read stands in a table of its own: no partner program has a right on it.
CREATE TABLE staff_note (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    user_name VARCHAR(120) NOT NULL,
    body TEXT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    KEY staff_note_object (kind, object_id, id)
) ENGINE=InnoDB;

-- Which staff opened a record, and when: shown to its partner.  One row a person, record and day.
CREATE TABLE opened (
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    day DATE NOT NULL,
    user_name VARCHAR(120) NOT NULL,
    first_at DATETIME(6) NOT NULL,
    last_at DATETIME(6) NOT NULL,
    PRIMARY KEY (kind, object_id, user_id, day)
) ENGINE=InnoDB;

-- A list with its filters under a name.
CREATE TABLE saved_view (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id BIGINT NOT NULL,
    list VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(80) NOT NULL,
    query VARCHAR(1000) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY saved_view_name (user_id, list, name),
    CONSTRAINT saved_view_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;
