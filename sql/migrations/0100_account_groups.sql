-- End customers: which of them are one company, which are not, and under what other names they go.

-- What a person decided about two end customers: never asked again.  low_id < high_id.
CREATE TABLE account_pair (
    low_id BIGINT NOT NULL,
    high_id BIGINT NOT NULL,
    decision VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at DATETIME(6) NOT NULL,
    PRIMARY KEY (low_id, high_id),
    KEY account_pair_high (high_id),
    CONSTRAINT account_pair_low FOREIGN KEY (low_id) REFERENCES account (id),
    CONSTRAINT account_pair_high FOREIGN KEY (high_id) REFERENCES account (id)
) ENGINE=InnoDB;

-- Other names of the same company, beyond those that the program knows: both are compared folded.
CREATE TABLE account_alias (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    alias VARCHAR(200) NOT NULL,
    created_by BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY account_alias_once (name, alias)
) ENGINE=InnoDB;
