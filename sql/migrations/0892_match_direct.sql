-- The vendor's own sales speak for a customer too: how many open opportunities without a partner a party has on a
-- product line.  Kept here, so that the conflict check reads what it read before: a number without a name, an owner
-- or a stage.  Triggers count, whoever writes: pages, jobs, imports, merges.
ALTER TABLE match_line ADD direct INT NOT NULL DEFAULT 0;

INSERT INTO match_line (party_id, product_line_id, live, direct)
    SELECT o.end_customer_id, l.product_line_id, 0, COUNT(*) FROM opportunity o
    JOIN opportunity_line l ON l.opportunity_id = o.id
    WHERE o.state = 'open' AND o.account_id IS NULL AND o.end_customer_id IS NOT NULL
    GROUP BY o.end_customer_id, l.product_line_id
    ON DUPLICATE KEY UPDATE direct = VALUES(direct);

/*M!100000 CREATE TRIGGER opportunity_line_direct AFTER INSERT ON opportunity_line FOR EACH ROW
    INSERT INTO match_line (party_id, product_line_id, live, direct)
        SELECT o.end_customer_id, NEW.product_line_id, 0, 1 FROM opportunity o WHERE o.id = NEW.opportunity_id
            AND o.state = 'open' AND o.account_id IS NULL AND o.end_customer_id IS NOT NULL
        ON DUPLICATE KEY UPDATE direct = direct + 1 */;
/*M!100000 CREATE TRIGGER opportunity_line_direct_gone AFTER DELETE ON opportunity_line FOR EACH ROW
    UPDATE match_line SET direct = direct - 1 WHERE product_line_id = OLD.product_line_id
        AND party_id = (SELECT o.end_customer_id FROM opportunity o WHERE o.id = OLD.opportunity_id
            AND o.state = 'open' AND o.account_id IS NULL) */;

-- Closed, opened again, another customer (two accounts became one), given to a partner.
/*M!100000 CREATE TRIGGER opportunity_direct AFTER UPDATE ON opportunity FOR EACH ROW
BEGIN
    DECLARE was BIGINT DEFAULT IF(OLD.state = 'open' AND OLD.account_id IS NULL, OLD.end_customer_id, NULL);
    DECLARE stands BIGINT DEFAULT IF(NEW.state = 'open' AND NEW.account_id IS NULL, NEW.end_customer_id, NULL);
    IF NOT (was <=> stands) THEN
        UPDATE match_line m JOIN opportunity_line l ON l.product_line_id = m.product_line_id
            SET m.direct = m.direct - 1 WHERE l.opportunity_id = NEW.id AND m.party_id = was;
        INSERT INTO match_line (party_id, product_line_id, live, direct)
            SELECT stands, l.product_line_id, 0, 1 FROM opportunity_line l
            WHERE l.opportunity_id = NEW.id AND stands IS NOT NULL
            ON DUPLICATE KEY UPDATE direct = direct + 1;
    END IF;
END */;
