-- Imports of opportunities: who may.
INSERT INTO role_permission (role_id, permission)
    SELECT id, 'opportunity.import' FROM role
    WHERE audience = 'staff' AND code IN ('administrator', 'channel_manager');
