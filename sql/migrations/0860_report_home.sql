-- Charts of reports on home pages.  A pin is a report on one person's page: own, chosen by himself, or through a role
-- of his (report_home_role).  The worker runs it as that person and leaves its bars; made_for says with which
-- rights, so that bars of other rights are not shown.
CREATE TABLE report_home_role (
    report_id BIGINT NOT NULL,
    role_id BIGINT NOT NULL,
    PRIMARY KEY (report_id, role_id),
    KEY report_home_role_role (role_id),
    CONSTRAINT report_home_role_report FOREIGN KEY (report_id) REFERENCES report (id) ON DELETE CASCADE,
    CONSTRAINT report_home_role_role FOREIGN KEY (role_id) REFERENCES role (id) ON DELETE CASCADE
) ENGINE=InnoDB;

-- shown 0: taken off by the person, who is not to get it back from his role.
CREATE TABLE report_pin (
    user_id BIGINT NOT NULL,
    report_id BIGINT NOT NULL,
    own TINYINT(1) NOT NULL,
    shown TINYINT(1) NOT NULL DEFAULT 1,
    due_at DATETIME(6) NOT NULL,
    made_at DATETIME(6) NULL,
    made_for VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    measure VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'what the bars count',
    PRIMARY KEY (user_id, report_id),
    KEY report_pin_due (due_at),
    KEY report_pin_report (report_id),
    CONSTRAINT report_pin_user FOREIGN KEY (user_id) REFERENCES user (id) ON DELETE CASCADE,
    CONSTRAINT report_pin_report FOREIGN KEY (report_id) REFERENCES report (id) ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE report_bar (
    user_id BIGINT NOT NULL,
    report_id BIGINT NOT NULL,
    place INT NOT NULL,
    label VARCHAR(400) NOT NULL,
    figure VARCHAR(100) NOT NULL,
    size INT NOT NULL COMMENT 'thousandths of the largest',
    address VARCHAR(1000) NOT NULL,
    PRIMARY KEY (user_id, report_id, place),
    CONSTRAINT report_bar_pin FOREIGN KEY (user_id, report_id) REFERENCES report_pin (user_id, report_id)
        ON DELETE CASCADE
) ENGINE=InnoDB;

INSERT INTO report_home_role (report_id, role_id)
    SELECT x.report_id, r.id FROM role r
    JOIN (SELECT 'sales' AS code, 3 AS report_id UNION ALL SELECT 'sales', 4 UNION ALL SELECT 'sales', 5
          UNION ALL SELECT 'channel_manager', 3 UNION ALL SELECT 'channel_manager', 6
          UNION ALL SELECT 'administrator', 6 UNION ALL SELECT 'auditor', 3) x ON x.code = r.code
    WHERE r.audience = 'staff';
