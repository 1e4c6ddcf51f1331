-- What failed is found newest first, and may be run again by people with this permission.

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'operations.manage' FROM role WHERE audience = 'staff' AND code = 'administrator';
