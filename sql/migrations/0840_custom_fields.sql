-- Fields that the vendor adds to its records.  A definition is a row; so is each choice of a list.  Neither is ever
-- deleted, since values name them: it is no longer offered.  `used` is set with the first value, and a type changes
-- only while it is not, by one guarded update each.
CREATE TABLE custom_field (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    code VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    type VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name_en VARCHAR(80) NOT NULL,
    name_zh VARCHAR(80) NOT NULL,
    hint_en VARCHAR(200) NOT NULL DEFAULT '',
    hint_zh VARCHAR(200) NOT NULL DEFAULT '',
    required TINYINT NOT NULL DEFAULT 0,
    least VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    most VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    audience VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'staff',
    filterable TINYINT NOT NULL DEFAULT 0,
    sort SMALLINT NOT NULL DEFAULT 1,
    active TINYINT NOT NULL DEFAULT 1,
    used TINYINT NOT NULL DEFAULT 0,
    row_version BIGINT NOT NULL DEFAULT 1,
    UNIQUE KEY custom_field_code (kind, code),
    CONSTRAINT custom_field_type CHECK (type IN ('text', 'lines', 'int', 'amount', 'day', 'flag', 'choice')),
    CONSTRAINT custom_field_audience CHECK (audience IN ('staff', 'reads', 'edits'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_uca1400_as_ci;

CREATE TABLE custom_option (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    field_id BIGINT NOT NULL,
    code VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name_en VARCHAR(80) NOT NULL,
    name_zh VARCHAR(80) NOT NULL,
    sort SMALLINT NOT NULL DEFAULT 1,
    active TINYINT NOT NULL DEFAULT 1,
    row_version BIGINT NOT NULL DEFAULT 1,
    UNIQUE KEY custom_option_code (field_id, code),
    CONSTRAINT custom_option_field FOREIGN KEY (field_id) REFERENCES custom_field (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_uca1400_as_ci;

-- A value is a row, in the column of its type: a yes or no is 1 or 0, a choice the id of its option.
CREATE TABLE custom_value (
    kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BIGINT NOT NULL,
    field_id BIGINT NOT NULL,
    text_value VARCHAR(4000) NULL,
    number_value DECIMAL(19,4) NULL,
    day_value DATE NULL,
    PRIMARY KEY (kind, object_id, field_id),
    KEY custom_value_text (field_id, text_value(40), object_id),
    KEY custom_value_number (field_id, number_value, object_id),
    KEY custom_value_day (field_id, day_value, object_id),
    CONSTRAINT custom_value_field FOREIGN KEY (field_id) REFERENCES custom_field (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_uca1400_as_ci;

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'fields.manage' FROM role WHERE audience = 'staff' AND code = 'administrator';
