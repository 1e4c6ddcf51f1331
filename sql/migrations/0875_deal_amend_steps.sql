-- A change to an approved registration is decided in steps where a rule says so.  covers: "deal" (registrations),
-- "deal_amend" (changes to approved ones), "both".
ALTER TABLE deal_plan ADD COLUMN covers VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'deal'
    AFTER active;

-- round: of its steps, which are those of kind "deal_amend" of its registration.  The partner may take back what it
-- asked for: state "withdrawn".
ALTER TABLE deal_amendment
    MODIFY COLUMN state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ADD COLUMN round SMALLINT NULL;

-- Of what waits a partner does nothing but take it back.
/*M!100000 CREATE TRIGGER deal_amendment_back_by_partner BEFORE UPDATE ON deal_amendment FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (OLD.pending <=> 1 AND NEW.pending IS NULL AND NEW.state = 'withdrawn') THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a change is decided by the vendor';
    END IF;
END */;

-- Steps are over with what they decide, whoever ends that: the change is decided or taken back, or its registration
-- is not approved any more.
/*M!100000 CREATE TRIGGER deal_amendment_over AFTER UPDATE ON deal_amendment FOR EACH ROW
BEGIN
    IF OLD.pending = 1 AND NEW.pending IS NULL THEN
        UPDATE approval_step SET state = 'void', closed_at = UTC_TIMESTAMP(6)
            WHERE kind = 'deal_amend' AND object_id = NEW.deal_id AND state IN ('open', 'waiting');
    END IF;
END */;
/*M!100000 CREATE TRIGGER deal_amendment_over_with_deal AFTER UPDATE ON deal FOR EACH ROW
BEGIN
    IF OLD.state = 'approved' AND NEW.state <> 'approved' THEN
        UPDATE approval_step SET state = 'void', closed_at = UTC_TIMESTAMP(6)
            WHERE kind = 'deal_amend' AND object_id = NEW.id AND state IN ('open', 'waiting');
    END IF;
END */;

-- What a partner learns of the approvals that its registration, or a change to it, waits for.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW deal_progress AS
    SELECT d.id AS deal_id, d.account_id,
        (SELECT COUNT(*) FROM approval_step s WHERE s.kind = 'deal' AND s.object_id = d.id
            AND s.state IN ('open', 'waiting')) AS open,
        (SELECT COUNT(*) FROM approval_step s WHERE s.kind = 'deal' AND s.object_id = d.id AND s.state = 'approved'
            AND s.round = (SELECT MAX(r.round) FROM approval_step r WHERE r.kind = 'deal' AND r.object_id = d.id)) AS done,
        (SELECT COUNT(*) FROM approval_step s WHERE s.kind = 'deal_amend' AND s.object_id = d.id
            AND s.state IN ('open', 'waiting')) AS amend_open,
        (SELECT COUNT(*) FROM approval_step s WHERE s.kind = 'deal_amend' AND s.object_id = d.id
            AND s.state = 'approved' AND s.round = (SELECT MAX(r.round) FROM approval_step r
                WHERE r.kind = 'deal_amend' AND r.object_id = d.id)) AS amend_done
    FROM deal d;
