-- Tiers and their benefits are set up by staff.  A benefit is a row of its own, with what each tier gives of it.

ALTER TABLE tier ADD row_version BIGINT NOT NULL DEFAULT 1;

CREATE TABLE benefit (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sort SMALLINT NOT NULL,
    name_en VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL,
    active TINYINT(1) NOT NULL DEFAULT 1,
    row_version BIGINT NOT NULL DEFAULT 1
) ENGINE=InnoDB;
INSERT INTO benefit (sort, name_en, name_zh)
    SELECT sort, MIN(name_en), MIN(name_zh) FROM tier_benefit GROUP BY sort;

ALTER TABLE tier_benefit ADD benefit_id BIGINT NOT NULL DEFAULT 0 AFTER tier_id;
UPDATE tier_benefit b JOIN benefit f ON f.sort = b.sort SET b.benefit_id = f.id;
ALTER TABLE tier_benefit
    ALTER benefit_id DROP DEFAULT,
    DROP PRIMARY KEY, ADD PRIMARY KEY (tier_id, benefit_id),
    DROP COLUMN sort, DROP COLUMN name_en, DROP COLUMN name_zh,
    ADD CONSTRAINT tier_benefit_benefit FOREIGN KEY (benefit_id) REFERENCES benefit (id);
