-- Reports by mail: a row a person and report, each for the person himself.  every: day, week (Monday), month (the
-- first).  hour is that of the person's own clock; next_at is when the next mail is due.
CREATE TABLE report_mail (
    report_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    every VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    hour TINYINT NOT NULL,
    next_at DATETIME(6) NOT NULL,
    sent_at DATETIME(6) NULL,
    PRIMARY KEY (report_id, user_id),
    KEY report_mail_due (next_at),
    KEY report_mail_user (user_id),
    CONSTRAINT report_mail_report FOREIGN KEY (report_id) REFERENCES report (id) ON DELETE CASCADE,
    CONSTRAINT report_mail_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB;
