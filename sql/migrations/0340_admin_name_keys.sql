-- Lists of people sort by a key in Latin letters: Chinese names by their pinyin.  '' until the worker has
-- made it, a moment after the name was written; it makes those of the people who are there already, too.
ALTER TABLE user
    ADD COLUMN name_key VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    ADD KEY user_account_key (account_id, name_key, id),
    ADD KEY user_audience_key (audience, name_key, id),
    DROP KEY user_account_name,
    DROP KEY user_audience_name;

CREATE TRIGGER user_renamed BEFORE UPDATE ON user FOR EACH ROW
    SET NEW.name_key = IF(BINARY NEW.name <> BINARY OLD.name, '', NEW.name_key);
