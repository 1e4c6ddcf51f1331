-- Imports: a file is read into rows, each row is judged, and written when its person says so, in batches under
-- the import's number, so that all of it can be taken back as one.
--
-- transfer.state: mapping, reading, checking, preview, running, done, undoing, undone, dropped, refused (the file
-- cannot be read: message), stopped (who brought it may no longer).  place: the line of the file that was done
-- last in this state.  mode: all or good, once it is chosen; twins: rows like one that is there are written, too.
CREATE TABLE transfer (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    dataset VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_id BIGINT NOT NULL DEFAULT 0,
    user_name VARCHAR(120) NOT NULL DEFAULT '',
    file_name VARCHAR(200) NOT NULL,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'mapping',
    mode VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    twins TINYINT(1) NOT NULL DEFAULT 0,
    heads_json TEXT NOT NULL,
    sample_json MEDIUMTEXT NOT NULL,
    columns_json VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '[]',
    heads_hash BINARY(32) NOT NULL,
    message VARCHAR(2000) NOT NULL DEFAULT '',
    place BIGINT NOT NULL DEFAULT 0,
    row_count INT NOT NULL DEFAULT 0,
    good_count INT NOT NULL DEFAULT 0,
    fault_count INT NOT NULL DEFAULT 0,
    twin_count INT NOT NULL DEFAULT 0,
    made_count INT NOT NULL DEFAULT 0,
    failed_count INT NOT NULL DEFAULT 0,
    undone_count INT NOT NULL DEFAULT 0,
    kept_count INT NOT NULL DEFAULT 0,
    created_at DATETIME(6) NOT NULL,
    checked_at DATETIME(6) NULL,
    begun_at DATETIME(6) NULL,
    ended_at DATETIME(6) NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY transfer_user (user_id, id),
    KEY transfer_created (created_at)
) ENGINE=InnoDB;

-- transfer_row.state: waiting; good, twin (like one that is there, or an earlier row), fault; made, failed;
-- undone, kept (kept says why).  key_1 and key_2: what makes two rows of one file the same.
CREATE TABLE transfer_row (
    transfer_id BIGINT NOT NULL,
    line_no INT NOT NULL,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'waiting',
    cells_json MEDIUMTEXT NOT NULL,
    faults_json TEXT NOT NULL DEFAULT '',
    key_1 BIGINT NULL,
    key_2 BIGINT NULL,
    twin_id BIGINT NULL,
    twin_line INT NULL,
    object_id BIGINT NULL,
    object_version BIGINT NULL,
    kept VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    PRIMARY KEY (transfer_id, line_no),
    KEY transfer_row_state (transfer_id, state, line_no),
    KEY transfer_row_key_1 (transfer_id, key_1, line_no),
    KEY transfer_row_key_2 (transfer_id, key_2, line_no),
    CONSTRAINT transfer_row_transfer FOREIGN KEY (transfer_id) REFERENCES transfer (id)
) ENGINE=InnoDB;

-- Which column of a file is what: for the next file with the same headings.
CREATE TABLE transfer_mapping (
    dataset VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    heads_hash BINARY(32) NOT NULL,
    columns_json VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_id BIGINT NOT NULL,
    used_at DATETIME(6) NOT NULL,
    PRIMARY KEY (dataset, heads_hash)
) ENGINE=InnoDB;

-- One import a data set writes at a time; one that was checked before another wrote is checked again.
CREATE TABLE transfer_set (
    dataset VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    running_id BIGINT NULL,
    written_at DATETIME(6) NULL
) ENGINE=InnoDB;
INSERT INTO transfer_set (dataset) VALUES ('accounts'), ('leads'), ('contacts'), ('opportunities'), ('users');

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'import.view' AS permission UNION ALL SELECT 'account.import' UNION ALL
          SELECT 'account.export') p
    WHERE r.audience = 'staff' AND r.code = 'administrator';
INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'import.view' AS permission UNION ALL SELECT 'account.import' UNION ALL
          SELECT 'account.export') p
    WHERE r.audience = 'staff' AND r.code = 'channel_manager';
