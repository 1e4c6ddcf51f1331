-- Approvals that a record waits for, or did, are a bit of record_part too: 64.  Its page asked six subqueries about
-- them to find none.  That there are some, and how many, a partner may know; of whom and why is not here.
CREATE TRIGGER approval_step_part AFTER INSERT ON approval_step FOR EACH ROW
    INSERT INTO record_part (kind, object_id, parts) VALUES (NEW.kind, NEW.object_id, 64)
    ON DUPLICATE KEY UPDATE parts = parts | 64;
INSERT INTO record_part (kind, object_id, parts)
    SELECT kind, object_id, 64 FROM approval_step GROUP BY kind, object_id
    ON DUPLICATE KEY UPDATE parts = parts | 64;

-- A join, since a condition with a subquery is planned anew each time.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW custom_value_shared AS
    SELECT v.kind, v.object_id, v.field_id, v.text_value, v.number_value, v.day_value
    FROM custom_value v JOIN custom_field f ON f.id = v.field_id AND f.active = 1 AND f.audience <> 'staff';
