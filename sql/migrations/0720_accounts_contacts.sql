-- The people of a company that the vendor knows of, whether or not they may log in; and what the page of a
-- company reads.

-- lang: the language that he is written to in.  name_key sorts (text/latin.h).  deleted_at: in the bin.
CREATE TABLE contact (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    name VARCHAR(120) NOT NULL,
    name_key VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    title VARCHAR(120) NOT NULL DEFAULT '',
    email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    phone VARCHAR(40) NOT NULL DEFAULT '',
    lang VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'en',
    note VARCHAR(2000) NOT NULL DEFAULT '',
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    deleted_at DATETIME(6) NULL,
    deleted_by BIGINT NULL,
    deleted_name VARCHAR(120) NOT NULL DEFAULT '',
    deleted_reason VARCHAR(300) NOT NULL DEFAULT '',
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY contact_account (account_id, deleted_at, name_key, id),
    KEY contact_bin (deleted_at, id),
    CONSTRAINT contact_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

-- Leads of a partner, last changed first; its decisions and its sums, with what a reader's scope asks for.
ALTER TABLE lead
    ADD KEY lead_account_updated (account_id, updated_at DESC, id DESC);
ALTER TABLE deal
    ADD KEY deal_account_decided (account_id, decided_at, protected_from_at, department_id, reviewer_id);
ALTER TABLE opportunity
    ADD KEY opportunity_account_sums (account_id, state, closed_at, department_id, owner_user_id, amount_report),
    DROP KEY opportunity_account;
ALTER TABLE account
    ADD KEY account_parent_name (parent_id, deleted_at, name(40), id),
    DROP KEY account_parent;

-- Whoever changes who stands below whom writes this row first: two at once cannot make a circle.
INSERT INTO counter (name, value) VALUES ('account.tree', 1);
