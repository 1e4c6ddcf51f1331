-- Stages and closing reasons are set up by staff.
ALTER TABLE opportunity_stage ADD row_version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE opportunity_reason ADD row_version BIGINT NOT NULL DEFAULT 1;

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'opportunity.setup' FROM role WHERE audience = 'staff' AND code = 'administrator';
