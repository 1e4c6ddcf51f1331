-- The transparency log: leaves, the complete subtrees above them, its signed heads, and the public
-- keys that signed.  Rows are only ever added; cgi/crypt/RECEIPTS.md has the formats.

-- kind: audit (source_id is audit_event.id, the leaf is the event's hash) or receipt (receipt.id, the
-- leaf is its statement).  The hash is that of the leaf, H(0x00, data).
CREATE TABLE log_leaf (
    leaf_index BIGINT NOT NULL PRIMARY KEY,
    kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    source_id BIGINT NOT NULL,
    leaf_hash BINARY(32) NOT NULL,
    UNIQUE KEY log_leaf_source (kind, source_id)
) ENGINE=InnoDB;

-- Roots of complete subtrees over 2^level leaves, from level 1 on; level 0 is log_leaf.
CREATE TABLE log_node (
    level TINYINT NOT NULL,
    node_index BIGINT NOT NULL,
    hash BINARY(32) NOT NULL,
    PRIMARY KEY (level, node_index)
) ENGINE=InnoDB;

-- One row: how large the log is, and the hashes of its right edge, the largest subtree first.  Whoever
-- appends changes it under the size that it read.  audit_floor: every audit event up to this id is a
-- leaf.
CREATE TABLE log_head (
    id TINYINT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    edge VARBINARY(2016) NOT NULL,
    audit_floor BIGINT NOT NULL
) ENGINE=InnoDB;
INSERT INTO log_head (id, size, edge, audit_floor) VALUES (1, 0, '', 0);

-- key_id is the number that a signature line begins with: the first four bytes of
-- SHA-256(name, 0x0A, 0x01, public key).  Private keys stand in files alone.
CREATE TABLE sign_key (
    key_id BIGINT NOT NULL PRIMARY KEY,
    name VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    public_key BINARY(32) NOT NULL,
    valid_from DATETIME(6) NOT NULL,
    retired_at DATETIME(6) NULL
) ENGINE=InnoDB;

CREATE TABLE log_checkpoint (
    size BIGINT NOT NULL PRIMARY KEY,
    root BINARY(32) NOT NULL,
    key_id BIGINT NOT NULL,
    note TEXT NOT NULL,
    at DATETIME(6) NOT NULL,
    KEY log_checkpoint_key (key_id),
    CONSTRAINT log_checkpoint_key FOREIGN KEY (key_id) REFERENCES sign_key (key_id)
) ENGINE=InnoDB;
