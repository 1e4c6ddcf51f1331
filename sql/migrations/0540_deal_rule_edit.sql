-- Automatic rules are changed by staff.  A deleted one stays, since registrations name the rule that decided
-- them; tried_count is how many past registrations the last trial asked.
ALTER TABLE deal_rule
    ADD COLUMN tried_count INT NULL,
    ADD COLUMN deleted_at DATETIME(6) NULL;

-- What was decided last, whoever decided it: trials of rules, and figures of reviewers.
ALTER TABLE deal ADD KEY deal_decided (decided_at, id);

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'deal.rules_edit' FROM role
    WHERE audience = 'staff' AND code IN ('administrator', 'channel_manager');
