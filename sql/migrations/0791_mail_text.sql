-- How the vendor words the mails of an event, in place of the portal's own words; '' leaves those.
CREATE TABLE mail_text (
    id BIGINT NOT NULL AUTO_INCREMENT,
    event VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title_en VARCHAR(200) NOT NULL DEFAULT '',
    text_en VARCHAR(1000) NOT NULL DEFAULT '',
    title_zh VARCHAR(200) NOT NULL DEFAULT '',
    text_zh VARCHAR(1000) NOT NULL DEFAULT '',
    updated_at DATETIME(6) NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY mail_text_event (event)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_uca1400_as_ci;
