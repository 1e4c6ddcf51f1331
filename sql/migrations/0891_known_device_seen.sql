-- A browser is forgotten a year after it was last used, not after it was first seen.
ALTER TABLE known_device
    ADD COLUMN seen_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
    DROP KEY known_device_seen;
UPDATE known_device SET seen_at = first_seen_at;
ALTER TABLE known_device ADD KEY known_device_seen (seen_at);
