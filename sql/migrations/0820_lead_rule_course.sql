-- A routing rule may ask for a certificate: the English name of its course, as table certificate has it; '' asks
-- for none.

ALTER TABLE lead_rule ADD course VARCHAR(120) NOT NULL DEFAULT '' AFTER tier_id;
