-- Which custom fields were columns when a file came: its rows keep the order that they were read in.
ALTER TABLE transfer ADD COLUMN custom_json VARCHAR(1600) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '[]';
