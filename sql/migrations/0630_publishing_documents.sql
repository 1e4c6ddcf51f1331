-- Documents and marketing material for partners: by tier and country, in versions, each download noted.

-- category: datasheet, brochure, presentation, prices, training, brand, other.  lang '' is every language;
-- tier_id is the lowest tier that gets it, NULL is every partner; countries are codes with commas between,
-- '' is everywhere.  published_at is that of the newest version.
CREATE TABLE document (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'draft',
    category VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    lang VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    tier_id BIGINT NULL,
    product_line_id BIGINT NULL,
    countries VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    name_en VARCHAR(160) NOT NULL,
    name_zh VARCHAR(160) NOT NULL,
    text_en VARCHAR(1000) NOT NULL DEFAULT '',
    text_zh VARCHAR(1000) NOT NULL DEFAULT '',
    version_no INT NOT NULL DEFAULT 0,
    published_at DATETIME(6) NULL,
    created_name VARCHAR(120) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY document_published (state, published_at DESC, id DESC),
    KEY document_changed (state, updated_at DESC, id DESC),
    KEY document_tier (tier_id),
    KEY document_product_line (product_line_id),
    CONSTRAINT document_tier FOREIGN KEY (tier_id) REFERENCES tier (id),
    CONSTRAINT document_product_line FOREIGN KEY (product_line_id) REFERENCES product_line (id)
) ENGINE=InnoDB;

-- Its file is the attachment of kind 'document' whose object_id is the version's id.
CREATE TABLE document_version (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    document_id BIGINT NOT NULL,
    no INT NOT NULL,
    note VARCHAR(400) NOT NULL DEFAULT '',
    downloads BIGINT NOT NULL DEFAULT 0,
    created_name VARCHAR(120) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY document_version_no (document_id, no),
    CONSTRAINT document_version_document FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB;

-- Names stand in the row: who it was then.  at is when the file was asked for, so that noting it again after a lost
-- answer of the database finds the row.
CREATE TABLE document_download (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    document_id BIGINT NOT NULL,
    version_no INT NOT NULL,
    account_id BIGINT NOT NULL,
    account_name VARCHAR(200) NOT NULL,
    user_id BIGINT NOT NULL,
    user_name VARCHAR(120) NOT NULL,
    at DATETIME(6) NOT NULL,
    KEY document_download_document (document_id, id DESC),
    UNIQUE KEY document_download_once (document_id, user_id, at),
    CONSTRAINT document_download_document FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB;

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'library.view' FROM role WHERE audience = 'partner'
    OR (audience = 'staff' AND code IN ('administrator', 'channel_manager', 'sales', 'auditor'));
INSERT INTO role_permission (role_id, permission)
    SELECT id, 'library.manage' FROM role WHERE audience = 'staff' AND code IN ('administrator', 'channel_manager');
