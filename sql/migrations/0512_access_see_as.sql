-- Staff see the portal as a given person does, and change nothing: a session of that person which says who
-- looks, and ends with the session of the member of staff.

ALTER TABLE session
    ADD COLUMN seen_by BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN seen_session BIGINT NOT NULL DEFAULT 0;

-- The way from staff's program to the one that makes sessions: single use, for two minutes.
CREATE TABLE see_as (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    by_id BIGINT NOT NULL,
    by_session BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    used_at DATETIME(6) NULL,
    KEY see_as_expires (expires_at),
    KEY see_as_user (user_id),
    CONSTRAINT see_as_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- How far somebody with this role sees; '' leaves it to what is set at the person.  The widest counts.
ALTER TABLE role ADD COLUMN scope VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'users.see_as' AS permission UNION ALL SELECT 'who_sees.view' UNION ALL
          SELECT 'departments.view' UNION ALL SELECT 'departments.manage') p
    WHERE r.audience = 'staff' AND r.code = 'administrator';
INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'who_sees.view' AS permission UNION ALL SELECT 'departments.view') p
    WHERE r.audience = 'staff' AND r.code = 'auditor';
INSERT INTO role_permission (role_id, permission)
    SELECT id, 'users.see_as' FROM role WHERE audience = 'staff' AND code = 'channel_manager';

-- Each change of the tree is made against the tree that was seen.  A department keeps its number when it
-- moves to other ids.
INSERT INTO counter (name, value) VALUES ('department.tree', 1);
ALTER TABLE department ADD COLUMN number BIGINT NOT NULL AUTO_INCREMENT, ADD UNIQUE KEY department_number (number);

-- What names a department follows it.
ALTER TABLE deal_rule ADD CONSTRAINT deal_rule_department FOREIGN KEY (assign_department_id)
    REFERENCES department (id) ON UPDATE CASCADE;
