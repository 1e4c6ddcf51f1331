-- Tiers with what they ask and give, what each partner has of it, certificates of people, and the yearly review.

-- measure: revenue (whole units of the reporting currency, of registrations won in twelve months), certificates
-- (valid ones), users (active ones), satisfaction (tenths of a mark, mean of twelve months).
CREATE TABLE tier_requirement (
    tier_id BIGINT NOT NULL,
    measure VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    least BIGINT NOT NULL,
    PRIMARY KEY (tier_id, measure),
    CONSTRAINT tier_requirement_tier FOREIGN KEY (tier_id) REFERENCES tier (id)
) ENGINE=InnoDB;

-- What a tier gives: the same sort is the same benefit in each tier.
CREATE TABLE tier_benefit (
    tier_id BIGINT NOT NULL,
    sort SMALLINT NOT NULL,
    name_en VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL,
    value_en VARCHAR(120) NOT NULL,
    value_zh VARCHAR(120) NOT NULL,
    PRIMARY KEY (tier_id, sort),
    CONSTRAINT tier_benefit_tier FOREIGN KEY (tier_id) REFERENCES tier (id)
) ENGINE=InnoDB;

-- Kept by the worker, so that no page adds anything up.
CREATE TABLE partner_figure (
    account_id BIGINT NOT NULL,
    measure VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    value BIGINT NOT NULL,
    made_at DATETIME(6) NOT NULL,
    PRIMARY KEY (account_id, measure),
    CONSTRAINT partner_figure_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

CREATE TABLE certificate (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    person_name VARCHAR(120) NOT NULL,
    course_en VARCHAR(120) NOT NULL,
    course_zh VARCHAR(120) NOT NULL,
    issued_on DATE NOT NULL,
    expires_on DATE NOT NULL,
    warned_at DATETIME(6) NULL,
    created_name VARCHAR(120) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    KEY certificate_account (account_id, expires_on, id),
    KEY certificate_expires (expires_on, id),
    CONSTRAINT certificate_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

CREATE TABLE partner_rating (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    day DATE NOT NULL,
    tenths SMALLINT NOT NULL,
    note VARCHAR(400) NOT NULL DEFAULT '',
    user_name VARCHAR(120) NOT NULL,
    KEY partner_rating_account (account_id, day),
    CONSTRAINT partner_rating_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

-- Proposed by the worker, decided by staff; one a partner and year.
CREATE TABLE tier_review (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    year SMALLINT NOT NULL,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
    tier_id BIGINT NULL,
    proposed_id BIGINT NULL,
    decided_id BIGINT NULL,
    decided_name VARCHAR(120) NOT NULL DEFAULT '',
    decided_at DATETIME(6) NULL,
    created_at DATETIME(6) NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    UNIQUE KEY tier_review_year (account_id, year),
    KEY tier_review_state (state, id),
    CONSTRAINT tier_review_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT tier_review_tier FOREIGN KEY (tier_id) REFERENCES tier (id),
    CONSTRAINT tier_review_proposed FOREIGN KEY (proposed_id) REFERENCES tier (id),
    CONSTRAINT tier_review_decided FOREIGN KEY (decided_id) REFERENCES tier (id)
) ENGINE=InnoDB;
