-- Words that staff put on companies, to find them by.

-- name_key: the name folded, so that a word is there once however it is spelled.
CREATE TABLE tag (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(40) NOT NULL,
    name_key VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    UNIQUE KEY tag_once (name_key)
) ENGINE=InnoDB;

CREATE TABLE account_tag (
    account_id BIGINT NOT NULL,
    tag_id BIGINT NOT NULL,
    PRIMARY KEY (account_id, tag_id),
    KEY account_tag_tag (tag_id, account_id),
    CONSTRAINT account_tag_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT account_tag_tag FOREIGN KEY (tag_id) REFERENCES tag (id)
) ENGINE=InnoDB;
