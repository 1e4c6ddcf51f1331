-- How the vendor's portal looks: its name, its colours, its logo.  One row; '' is Fairway's own.
CREATE TABLE brand (
    id BIGINT NOT NULL PRIMARY KEY,
    name_en VARCHAR(40) NOT NULL DEFAULT '',
    name_zh VARCHAR(40) NOT NULL DEFAULT '',
    accent_light VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    accent_dark VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    logo_light VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    logo_dark VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    logo_alone TINYINT NOT NULL DEFAULT 0,
    updated_at DATETIME(6) NULL,
    row_version BIGINT NOT NULL DEFAULT 1
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_uca1400_as_ci;
INSERT INTO brand (id) VALUES (1);

-- Pictures by their content, so that an address never shows another one.  Those that were only looked at in
-- a preview go after some days.
CREATE TABLE brand_logo (
    hash CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    mime VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    width INT NOT NULL,
    height INT NOT NULL,
    content MEDIUMBLOB NOT NULL,
    used_at DATETIME(6) NOT NULL,
    KEY brand_logo_used (used_at)
) ENGINE = InnoDB;

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'branding.manage' FROM role WHERE audience = 'staff' AND code = 'administrator';
