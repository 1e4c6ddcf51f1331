-- What the portal counts with is set up by staff: currencies and rates, business calendars, territories,
-- product lines.  Each is changed under the version that was seen.
ALTER TABLE currency
    ADD COLUMN number BIGINT NOT NULL AUTO_INCREMENT, ADD UNIQUE KEY currency_number (number);
ALTER TABLE calendar ADD COLUMN row_version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE product_line ADD COLUMN row_version BIGINT NOT NULL DEFAULT 1;

-- The tree of territories is changed against the tree that was seen, as that of departments is.
INSERT INTO counter (name, value) VALUES ('territory.tree', 1);

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'settings.view' AS permission UNION ALL SELECT 'settings.manage') p
    WHERE r.audience = 'staff' AND r.code = 'administrator';
INSERT INTO role_permission (role_id, permission)
    SELECT id, 'settings.view' FROM role
    WHERE audience = 'staff' AND code IN ('auditor', 'channel_manager');
