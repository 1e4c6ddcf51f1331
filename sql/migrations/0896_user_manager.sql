-- Whoever leads others is found when he leaves: they are handed on.
ALTER TABLE user ADD KEY user_manager (manager_id);
