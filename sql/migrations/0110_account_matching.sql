-- What the conflict check reads, and all that a partner's program may read of other accounts: keys,
-- a normalised name, its group, whether policy keeps it out.  No partner, no owner, no date.

-- id is the account's; packed is the name taken apart (text/company_name.h); core_hash its FNV-1a.
CREATE TABLE match_party (
    id BIGINT NOT NULL PRIMARY KEY,
    group_id BIGINT NOT NULL,
    named TINYINT(1) NOT NULL DEFAULT 0,
    customer TINYINT(1) NOT NULL DEFAULT 0,
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    packed VARCHAR(1200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    core_hash BIGINT NOT NULL,
    tax_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    domain VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    phone VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    address VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    KEY match_party_group (group_id),
    KEY match_party_core (core_hash),
    KEY match_party_tax (tax_id),
    KEY match_party_domain (domain),
    KEY match_party_phone (phone)
) ENGINE=InnoDB;

-- gram: FNV-1a of a word, a pair of characters, a word without one letter (account/match_keys.h).
CREATE TABLE match_gram (
    gram INT UNSIGNED NOT NULL,
    party_id BIGINT NOT NULL,
    PRIMARY KEY (gram, party_id)
) ENGINE=InnoDB;

-- How many parties hold a gram; counted by a job, so that no registration waits for a hot row.  A gram
-- that has no row yet is new, and so rare.
CREATE TABLE match_gram_df (
    gram INT UNSIGNED NOT NULL PRIMARY KEY,
    df INT UNSIGNED NOT NULL
) ENGINE=InnoDB;

-- Which product lines of a party are spoken for: undecided or protected registrations.
CREATE TABLE match_line (
    party_id BIGINT NOT NULL,
    product_line_id BIGINT NOT NULL,
    live TINYINT(1) NOT NULL,
    PRIMARY KEY (party_id, product_line_id)
) ENGINE=InnoDB;
