-- How many companies bear a tag, held true whoever writes: no page counts them.
ALTER TABLE tag ADD COLUMN accounts BIGINT NOT NULL DEFAULT 0;
UPDATE tag t SET t.accounts = (SELECT COUNT(*) FROM account_tag x WHERE x.tag_id = t.id);

CREATE TRIGGER account_tag_on AFTER INSERT ON account_tag FOR EACH ROW
    UPDATE tag SET accounts = accounts + 1 WHERE id = NEW.tag_id;
CREATE TRIGGER account_tag_off AFTER DELETE ON account_tag FOR EACH ROW
    UPDATE tag SET accounts = accounts - 1 WHERE id = OLD.tag_id;

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'tags.manage' FROM role WHERE audience = 'staff' AND code IN ('administrator', 'channel_manager');
