-- Mails once a day, records that somebody wants no mails about, and the keys of the links in mails.
-- notification_preference.mail is now, daily or never.

-- One mail a person and day of his own zone: that key is what keeps it from going out twice.
CREATE TABLE digest (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id BIGINT NOT NULL,
    day DATE NOT NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY digest_day (user_id, day),
    KEY digest_created (created_at),
    CONSTRAINT digest_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- A notification that waits for the day's mail (digest_id NULL), or stands in one.
CREATE TABLE digest_item (
    notification_id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    digest_id BIGINT NULL,
    created_at DATETIME(6) NOT NULL,
    KEY digest_item_waiting (digest_id, user_id, created_at),
    CONSTRAINT digest_item_notification FOREIGN KEY (notification_id) REFERENCES notification (id) ON DELETE CASCADE,
    CONSTRAINT digest_item_digest FOREIGN KEY (digest_id) REFERENCES digest (id) ON DELETE CASCADE
) ENGINE=InnoDB;

-- label is what the person's list calls the record: the record itself may be out of reach by then.
CREATE TABLE notification_mute (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id BIGINT NOT NULL,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BIGINT NOT NULL,
    label VARCHAR(200) NOT NULL DEFAULT '',
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY notification_mute_record (user_id, kind, object_id),
    CONSTRAINT notification_mute_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- What the links in a person's mails are signed with; made with the first of them.
CREATE TABLE mail_key (
    user_id BIGINT NOT NULL PRIMARY KEY,
    secret BINARY(32) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    CONSTRAINT mail_key_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;
