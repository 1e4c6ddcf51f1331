-- What the vendor tells partners, customers and staff: by audience, tier, product line and country, for a time, and who
-- has read it.

-- tier_id is the lowest tier of partners that sees it, NULL is all; countries are codes with commas between, '' is
-- everywhere; for staff neither counts.  delivered_to is the last user that was told of it, delivered_at when all were;
-- ended_at when it no longer counts in anybody's menu.
CREATE TABLE announcement (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'draft',
    for_partner TINYINT(1) NOT NULL DEFAULT 0,
    for_customer TINYINT(1) NOT NULL DEFAULT 0,
    for_staff TINYINT(1) NOT NULL DEFAULT 0,
    important TINYINT(1) NOT NULL DEFAULT 0,
    tier_id BIGINT NULL,
    product_line_id BIGINT NULL,
    countries VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    title_en VARCHAR(200) NOT NULL,
    title_zh VARCHAR(200) NOT NULL,
    body_en TEXT NOT NULL,
    body_zh TEXT NOT NULL,
    from_at DATETIME(6) NOT NULL,
    until_at DATETIME(6) NULL,
    delivered_to BIGINT NOT NULL DEFAULT 0,
    delivered_at DATETIME(6) NULL,
    ended_at DATETIME(6) NULL,
    created_name VARCHAR(120) NOT NULL,
    published_name VARCHAR(120) NOT NULL DEFAULT '',
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY announcement_shown (state, from_at DESC, id DESC),
    KEY announcement_changed (state, updated_at DESC, id DESC),
    KEY announcement_due (state, delivered_at, from_at),
    KEY announcement_over (ended_at, state),
    KEY announcement_tier (tier_id),
    KEY announcement_product_line (product_line_id),
    CONSTRAINT announcement_tier FOREIGN KEY (tier_id) REFERENCES tier (id),
    CONSTRAINT announcement_product_line FOREIGN KEY (product_line_id) REFERENCES product_line (id)
) ENGINE=InnoDB;

-- counted: it stands in the person's menu.
CREATE TABLE announcement_reader (
    announcement_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    counted TINYINT(1) NOT NULL DEFAULT 0,
    read_at DATETIME(6) NULL,
    PRIMARY KEY (announcement_id, user_id),
    KEY announcement_reader_counted (user_id, counted, announcement_id DESC),
    KEY announcement_reader_read (announcement_id, read_at),
    CONSTRAINT announcement_reader_announcement FOREIGN KEY (announcement_id) REFERENCES announcement (id),
    CONSTRAINT announcement_reader_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

ALTER TABLE user ADD COLUMN counter_announcements INT NOT NULL DEFAULT 0 AFTER counter_deals;
ALTER TABLE session ADD COLUMN counter_announcements INT NOT NULL DEFAULT 0 AFTER counter_deals;

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'announcements.manage' FROM role
    WHERE audience = 'staff' AND code IN ('administrator', 'channel_manager');
