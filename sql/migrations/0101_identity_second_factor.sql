-- A second factor that is being set up, until its first code is right; and lists of people by name.

CREATE TABLE second_factor_pending (
    user_id BIGINT NOT NULL PRIMARY KEY,
    secret VARBINARY(64) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    CONSTRAINT second_factor_pending_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- One salt for the recovery codes of a person, so that checking one costs one slow hash.
ALTER TABLE second_factor ADD COLUMN recovery_salt BINARY(16) NULL;

-- Whole names, so that the index gives the order of a list.
ALTER TABLE user
    ADD KEY user_account_name (account_id, name, id),
    ADD KEY user_audience_name (audience, name, id),
    DROP KEY user_account,
    DROP KEY user_audience;
