-- The territory of an opportunity: that of its customer's region, else of the country; NULL for a place that none has.
-- Set when the customer or the country is; the worker sets it anew after territories were changed.
ALTER TABLE opportunity
    ADD territory_id BIGINT NULL,
    ADD KEY opportunity_territory (territory_id, updated_at DESC, id DESC, state, stage_id, close_on, stale_on, slips),
    ADD KEY opportunity_territory_close (territory_id, close_on, id, state, stage_id, stale_on, slips),
    DROP KEY opportunity_sums,
    ADD KEY opportunity_sums (state, close_on, stage_id, owner_user_id, department_id, territory_id, amount_report,
        weighted_report),
    ADD CONSTRAINT opportunity_territory FOREIGN KEY (territory_id) REFERENCES territory (id) ON DELETE SET NULL;

UPDATE opportunity o LEFT JOIN account a ON a.id = o.end_customer_id
    LEFT JOIN territory_area r ON r.country = o.customer_country AND r.region = a.region
    LEFT JOIN territory_area c ON c.country = o.customer_country AND c.region = ''
    SET o.territory_id = COALESCE(r.territory_id, c.territory_id);

/*M!100000 CREATE TRIGGER opportunity_placed BEFORE INSERT ON opportunity FOR EACH ROW
    SET NEW.territory_id = (SELECT t.territory_id FROM territory_area t WHERE t.country = NEW.customer_country
        AND t.region IN ('', (SELECT a.region FROM account a WHERE a.id = NEW.end_customer_id))
        ORDER BY t.region = '' LIMIT 1) */;
/*M!100000 CREATE TRIGGER opportunity_moved BEFORE UPDATE ON opportunity FOR EACH ROW
BEGIN
    IF NOT (NEW.customer_country = OLD.customer_country AND NEW.end_customer_id <=> OLD.end_customer_id) THEN
        SET NEW.territory_id = (SELECT t.territory_id FROM territory_area t WHERE t.country = NEW.customer_country
            AND t.region IN ('', (SELECT a.region FROM account a WHERE a.id = NEW.end_customer_id))
            ORDER BY t.region = '' LIMIT 1);
    END IF;
END */;
