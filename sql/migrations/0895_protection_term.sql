-- Staff set the terms of protection up: one row a tier and type, since what was before stands in the trail, and who
-- decides reads what holds now.  Without days the parameter deal.protect_days counts.
DELETE FROM protection_term WHERE valid_from > UTC_DATE();
DELETE o FROM protection_term o JOIN protection_term n
    ON n.tier_id = o.tier_id AND n.deal_type = o.deal_type AND n.valid_from > o.valid_from;
ALTER TABLE protection_term
    DROP PRIMARY KEY, ADD PRIMARY KEY (tier_id, deal_type),
    DROP COLUMN valid_from,
    MODIFY days SMALLINT NULL,
    MODIFY discount_bp INT NOT NULL DEFAULT 0;
