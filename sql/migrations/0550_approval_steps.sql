-- Decisions of several people.  A record of any kind has rounds of steps, one after the other; in a step all
-- of its deciders, or any of them, vote side by side.  state: waiting, open, approved, void.
CREATE TABLE approval_step (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BIGINT NOT NULL,
    round SMALLINT NOT NULL,
    stage SMALLINT NOT NULL,
    need VARCHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title_en VARCHAR(120) NOT NULL,
    title_zh VARCHAR(120) NOT NULL,
    hours SMALLINT NOT NULL,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'waiting',
    opened_at DATETIME(6) NULL,
    due_at DATETIME(6) NULL,
    half_at DATETIME(6) NULL,
    reminded_at DATETIME(6) NULL,
    escalated_at DATETIME(6) NULL,
    closed_at DATETIME(6) NULL,
    UNIQUE KEY approval_step_once (kind, object_id, round, stage),
    KEY approval_step_due (state, due_at),
    KEY approval_step_half (state, half_at)
) ENGINE=InnoDB;

-- A place in a step: of a person, or of whoever has a role.  at: when it was answered.
CREATE TABLE approval_vote (
    step_id BIGINT NOT NULL,
    slot SMALLINT NOT NULL,
    who VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    role_id BIGINT NULL,
    user_id BIGINT NULL,
    at DATETIME(6) NULL,
    by_user_id BIGINT NULL,
    by_name VARCHAR(120) NOT NULL DEFAULT '',
    for_name VARCHAR(120) NOT NULL DEFAULT '',
    PRIMARY KEY (step_id, slot),
    KEY approval_vote_user (user_id, at, step_id),
    CONSTRAINT approval_vote_step FOREIGN KEY (step_id) REFERENCES approval_step (id)
) ENGINE=InnoDB;

-- Which registrations need steps: ordered conditions as those of deal_rule, the first that fits counts.
CREATE TABLE deal_plan (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    position SMALLINT NOT NULL,
    name_en VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL,
    active TINYINT(1) NOT NULL DEFAULT 0,
    tier_id BIGINT NULL,
    amount_least DECIMAL(19,4) NULL,
    amount_most DECIMAL(19,4) NULL,
    product_line_id BIGINT NULL,
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    deal_type VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    verdict VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    tried_at DATETIME(6) NULL,
    tried_count INT NULL,
    tried_matched INT NULL,
    tried_agreed INT NULL,
    deleted_at DATETIME(6) NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY deal_plan_position (active, position),
    CONSTRAINT deal_plan_tier FOREIGN KEY (tier_id) REFERENCES tier (id),
    CONSTRAINT deal_plan_product FOREIGN KEY (product_line_id) REFERENCES product_line (id)
) ENGINE=InnoDB;

-- The steps of a plan.  deciders: up to three, with a space between, of "manager" (the manager of who has the
-- registration), "role_5" and "user_104"; '' for a step that the plan does not have.  title is what the
-- partner reads of it.
CREATE TABLE deal_plan_step (
    plan_id BIGINT NOT NULL,
    stage SMALLINT NOT NULL,
    need VARCHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'all',
    hours SMALLINT NOT NULL DEFAULT 8,
    title_en VARCHAR(120) NOT NULL DEFAULT '',
    title_zh VARCHAR(120) NOT NULL DEFAULT '',
    deciders VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    PRIMARY KEY (plan_id, stage),
    CONSTRAINT deal_plan_step_plan FOREIGN KEY (plan_id) REFERENCES deal_plan (id)
) ENGINE=InnoDB;

-- Business hours that the decision may take where steps need others than the parameter's.
ALTER TABLE deal ADD COLUMN decision_hours SMALLINT NULL;
