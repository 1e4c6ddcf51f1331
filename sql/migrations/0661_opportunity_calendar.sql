-- A secret address at which a person's calendar program reads his next steps and tasks.

-- One a person: the token itself stands nowhere.
CREATE TABLE ical_link (
    user_id BIGINT NOT NULL PRIMARY KEY,
    token_hash BINARY(32) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY ical_link_token (token_hash),
    CONSTRAINT ical_link_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- What the public program reads for whoever has an address, and nothing else: it has no right on what lies
-- behind.  Of a partner's person what his company takes part in, while it may.
CREATE SQL SECURITY DEFINER VIEW ical_person AS
    SELECT l.token_hash, u.id AS user_id, u.audience
    FROM ical_link l JOIN user u ON u.id = l.user_id AND u.status = 'active'
    LEFT JOIN account a ON a.id = u.account_id
    WHERE (u.audience = 'staff' OR a.status IN ('active', 'onboarding', 'suspended'))
        AND EXISTS (SELECT 1 FROM user_role r JOIN role_permission p ON p.role_id = r.role_id
            WHERE r.user_id = u.id AND p.permission = 'opportunity.view');
CREATE SQL SECURITY DEFINER VIEW ical_step AS
    SELECT l.token_hash, o.id AS opportunity_id, o.name, o.customer_name, o.next_step, o.next_step_on,
        o.updated_at
    FROM ical_link l JOIN user u ON u.id = l.user_id
    JOIN opportunity o ON o.owner_user_id = u.id AND o.state = 'open' AND o.next_step_on IS NOT NULL
    WHERE u.audience = 'staff' OR EXISTS (SELECT 1 FROM opportunity_share s WHERE s.opportunity_id = o.id
        AND s.account_id = u.account_id AND s.standing = 'accepted');
-- Of a task its title alone: staff may be given work on what lies outside their departments.
CREATE SQL SECURITY DEFINER VIEW ical_task AS
    SELECT l.token_hash, t.id, t.opportunity_id, t.title, t.due_on, t.created_at
    FROM ical_link l JOIN user u ON u.id = l.user_id
    JOIN opportunity_task t ON t.owner_user_id = u.id AND t.done = 0
    WHERE u.audience = 'staff' OR (t.inside = 0 AND EXISTS (SELECT 1 FROM opportunity_share s
        WHERE s.opportunity_id = t.opportunity_id AND s.account_id = u.account_id AND s.standing = 'accepted'));
