-- The product lines of a registration beside its total: a list of registrations names them without looking
-- each up.  Written with the content, as the total is.
ALTER TABLE deal ADD COLUMN line_ids VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
UPDATE deal d SET d.line_ids =
    COALESCE((SELECT GROUP_CONCAT(l.product_line_id ORDER BY l.id) FROM deal_line l WHERE l.deal_id = d.id), '');
