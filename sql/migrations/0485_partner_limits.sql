-- What the vendor allows each partner's own administrators: how many people with a log-in, and which roles.
-- A partner without a row has no limit.

-- users_most 0: any number.  roles_limited: only those of partner_limit_role, else all.
CREATE TABLE partner_limit (
    account_id BIGINT NOT NULL PRIMARY KEY,
    users_most INT NOT NULL DEFAULT 0,
    roles_limited TINYINT(1) NOT NULL DEFAULT 0,
    held_at DATETIME(6) NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    CONSTRAINT partner_limit_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

CREATE TABLE partner_limit_role (
    account_id BIGINT NOT NULL,
    role_id BIGINT NOT NULL,
    PRIMARY KEY (account_id, role_id),
    KEY partner_limit_role_role (role_id),
    CONSTRAINT partner_limit_role_limit FOREIGN KEY (account_id) REFERENCES partner_limit (account_id),
    CONSTRAINT partner_limit_role_role FOREIGN KEY (role_id) REFERENCES role (id) ON DELETE CASCADE
) ENGINE=InnoDB;

-- What a partner's administrator asked for is done by the worker: it gives no role that the vendor has not
-- allowed, whatever it was told.
/*M!100000 CREATE TRIGGER user_role_within_limit BEFORE INSERT ON user_role FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_worker@%' AND EXISTS (SELECT 1 FROM user u JOIN partner_limit l ON l.account_id = u.account_id
        WHERE u.id = NEW.user_id AND l.roles_limited = 1 AND NOT EXISTS (SELECT 1 FROM partner_limit_role r
            WHERE r.account_id = l.account_id AND r.role_id = NEW.role_id)) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a role that this partner may not have';
    END IF;
END */;
