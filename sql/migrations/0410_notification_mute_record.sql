-- Whether anybody wants no mails about a record: most have nobody, and need not ask who.
ALTER TABLE notification_mute ADD KEY notification_mute_object (kind, object_id);
