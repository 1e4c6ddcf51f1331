-- How reviewers decided in the last twelve months, made anew by the worker: no page counts rows.
CREATE TABLE deal_reviewer_figure (
    user_id BIGINT NOT NULL PRIMARY KEY,
    decisions INT NOT NULL DEFAULT 0,
    approved INT NOT NULL DEFAULT 0,
    median_minutes INT NULL,
    slow_minutes INT NULL,
    overruled INT NOT NULL DEFAULT 0,
    appealed INT NOT NULL DEFAULT 0,
    reversed INT NOT NULL DEFAULT 0,
    made_at DATETIME(6) NOT NULL
) ENGINE=InnoDB;

-- What a reviewer decided, newest first.
ALTER TABLE deal ADD KEY deal_decided_by (reviewer_id, decided_at, id);
