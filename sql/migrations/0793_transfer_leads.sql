-- Imports of leads: who may.
INSERT INTO role_permission (role_id, permission)
    SELECT id, 'lead.import' FROM role
    WHERE audience = 'staff' AND code IN ('administrator', 'channel_manager');
