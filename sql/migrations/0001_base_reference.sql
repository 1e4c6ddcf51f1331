-- What every later capability hangs on: reference data that staff maintain.
-- Times are UTC, amounts DECIMAL(19,4), codes ASCII.  Names of reference rows stand in both languages.

-- Names sort and compare as people expect, accents apart, letter case not; codes and keys say ascii_bin.
ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_as_ci;

CREATE TABLE system_parameter (
    name VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    value VARCHAR(400) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1
) ENGINE=InnoDB;

-- Numbers that must be handed out in order: one row a series, changed by a conditional update.
CREATE TABLE counter (
    name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
) ENGINE=InnoDB;

CREATE TABLE currency (
    code CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    active TINYINT(1) NOT NULL DEFAULT 1,
    sort SMALLINT NOT NULL
) ENGINE=InnoDB;

-- One unit of the currency in the vendor's reporting currency, from a day on.
CREATE TABLE currency_rate (
    currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    valid_from DATE NOT NULL,
    rate DECIMAL(19,9) NOT NULL,
    PRIMARY KEY (currency, valid_from),
    CONSTRAINT currency_rate_currency FOREIGN KEY (currency) REFERENCES currency (code)
) ENGINE=InnoDB;

-- A tree by intervals: the departments below one are those with id between its id and its last_id.
-- Moving a department gives it new ids; the records that carry it follow (ON UPDATE CASCADE).
CREATE TABLE department (
    id BIGINT NOT NULL PRIMARY KEY,
    last_id BIGINT NOT NULL,
    parent_id BIGINT NULL,
    name_en VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY department_parent (parent_id),
    CONSTRAINT department_parent FOREIGN KEY (parent_id) REFERENCES department (id) ON UPDATE CASCADE
) ENGINE=InnoDB;

CREATE TABLE territory (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    parent_id BIGINT NULL,
    code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name_en VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL,
    department_id BIGINT NULL,
    UNIQUE KEY territory_code (code),
    KEY territory_parent (parent_id),
    KEY territory_department (department_id),
    CONSTRAINT territory_parent FOREIGN KEY (parent_id) REFERENCES territory (id),
    CONSTRAINT territory_department FOREIGN KEY (department_id) REFERENCES department (id)
        ON UPDATE CASCADE
) ENGINE=InnoDB;

-- region '' covers the whole country.
CREATE TABLE territory_area (
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    region VARCHAR(80) NOT NULL DEFAULT '',
    territory_id BIGINT NOT NULL,
    PRIMARY KEY (country, region),
    KEY territory_area_territory (territory_id),
    CONSTRAINT territory_area_territory FOREIGN KEY (territory_id) REFERENCES territory (id)
) ENGINE=InnoDB;

CREATE TABLE calendar (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name_en VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL,
    zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    UNIQUE KEY calendar_code (code)
) ENGINE=InnoDB;

-- Business hours: weekday 1 is Monday; minutes of the local day, from before until.
CREATE TABLE calendar_hours (
    calendar_id BIGINT NOT NULL,
    weekday TINYINT NOT NULL,
    from_minute SMALLINT NOT NULL,
    until_minute SMALLINT NOT NULL,
    PRIMARY KEY (calendar_id, weekday, from_minute),
    CONSTRAINT calendar_hours_calendar FOREIGN KEY (calendar_id) REFERENCES calendar (id)
) ENGINE=InnoDB;

-- working = 1: a day that is worked although its weekday is free (China's shifted weekends); it then has
-- the hours of Monday.
CREATE TABLE holiday (
    calendar_id BIGINT NOT NULL,
    day DATE NOT NULL,
    working TINYINT(1) NOT NULL DEFAULT 0,
    name_en VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL,
    PRIMARY KEY (calendar_id, day),
    CONSTRAINT holiday_calendar FOREIGN KEY (calendar_id) REFERENCES calendar (id)
) ENGINE=InnoDB;

CREATE TABLE product_line (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name_en VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL,
    active TINYINT(1) NOT NULL DEFAULT 1,
    sort SMALLINT NOT NULL,
    UNIQUE KEY product_line_code (code)
) ENGINE=InnoDB;

CREATE TABLE tier (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name_en VARCHAR(60) NOT NULL,
    name_zh VARCHAR(60) NOT NULL,
    rank SMALLINT NOT NULL,
    UNIQUE KEY tier_code (code),
    UNIQUE KEY tier_rank (rank)
) ENGINE=InnoDB;
