-- Browsers whose mark has ended go; the job finds them by when they were first seen.
ALTER TABLE known_device ADD KEY known_device_seen (first_seen_at);
