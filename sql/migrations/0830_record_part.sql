-- What hangs on a record, a bit each, so that its page need not look into six tables to find most of them empty:
-- comments 1, files 2, openings 4, mutes 8, an appeal 16, amendments 32.  Triggers set a bit with the first row of
-- its kind; none is ever taken back, since a look that finds nothing any more does no harm.  What only staff may
-- know has no bit here.

CREATE TABLE record_part (
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BIGINT NOT NULL,
    parts TINYINT UNSIGNED NOT NULL,
    PRIMARY KEY (kind, object_id)
) ENGINE=InnoDB;

INSERT INTO record_part (kind, object_id, parts)
    SELECT kind, object_id, BIT_OR(part) FROM (
        SELECT kind, object_id, 1 AS part FROM comment GROUP BY kind, object_id
        UNION ALL SELECT kind, object_id, 2 FROM attachment GROUP BY kind, object_id
        UNION ALL SELECT kind, object_id, 4 FROM opened GROUP BY kind, object_id
        UNION ALL SELECT kind, object_id, 8 FROM notification_mute GROUP BY kind, object_id
        UNION ALL SELECT 'deal', deal_id, 16 FROM deal_appeal
        UNION ALL SELECT 'deal', deal_id, 32 FROM deal_amendment GROUP BY deal_id) x
    GROUP BY kind, object_id;

CREATE TRIGGER comment_part AFTER INSERT ON comment FOR EACH ROW
    INSERT INTO record_part (kind, object_id, parts) VALUES (NEW.kind, NEW.object_id, 1)
    ON DUPLICATE KEY UPDATE parts = parts | 1;
CREATE TRIGGER attachment_part AFTER INSERT ON attachment FOR EACH ROW
    INSERT INTO record_part (kind, object_id, parts) VALUES (NEW.kind, NEW.object_id, 2)
    ON DUPLICATE KEY UPDATE parts = parts | 2;
CREATE TRIGGER attachment_part_moved AFTER UPDATE ON attachment FOR EACH ROW
    INSERT INTO record_part (kind, object_id, parts) SELECT NEW.kind, NEW.object_id, 2 FROM DUAL
        WHERE NEW.object_id <> OLD.object_id
    ON DUPLICATE KEY UPDATE parts = parts | 2;
CREATE TRIGGER opened_part AFTER INSERT ON opened FOR EACH ROW
    INSERT INTO record_part (kind, object_id, parts) VALUES (NEW.kind, NEW.object_id, 4)
    ON DUPLICATE KEY UPDATE parts = parts | 4;
CREATE TRIGGER notification_mute_part AFTER INSERT ON notification_mute FOR EACH ROW
    INSERT INTO record_part (kind, object_id, parts) VALUES (NEW.kind, NEW.object_id, 8)
    ON DUPLICATE KEY UPDATE parts = parts | 8;
CREATE TRIGGER deal_appeal_part AFTER INSERT ON deal_appeal FOR EACH ROW
    INSERT INTO record_part (kind, object_id, parts) VALUES ('deal', NEW.deal_id, 16)
    ON DUPLICATE KEY UPDATE parts = parts | 16;
CREATE TRIGGER deal_amendment_part AFTER INSERT ON deal_amendment FOR EACH ROW
    INSERT INTO record_part (kind, object_id, parts) VALUES ('deal', NEW.deal_id, 32)
    ON DUPLICATE KEY UPDATE parts = parts | 32;
