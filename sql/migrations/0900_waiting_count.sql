-- What waits for staff, by department (0: none) and by who has it (0: nobody), made by the worker: home pages count
-- no records.  late to undated: open registrations by the time that is left.
CREATE TABLE waiting_count (
    department_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    late INT NOT NULL DEFAULT 0,
    soon INT NOT NULL DEFAULT 0,
    today INT NOT NULL DEFAULT 0,
    later INT NOT NULL DEFAULT 0,
    undated INT NOT NULL DEFAULT 0,
    appeals INT NOT NULL DEFAULT 0,
    changes INT NOT NULL DEFAULT 0,
    extensions INT NOT NULL DEFAULT 0,
    leads_free INT NOT NULL DEFAULT 0,
    leads_held INT NOT NULL DEFAULT 0,
    leads_wished INT NOT NULL DEFAULT 0,
    applied INT NOT NULL DEFAULT 0,
    in_review INT NOT NULL DEFAULT 0,
    tier_reviews INT NOT NULL DEFAULT 0,
    PRIMARY KEY (department_id, person_id)
) ENGINE=InnoDB;

-- Departments are intervals of ids, and get others when the tree changes: what was counted goes with them at once.
/*M!100000 CREATE TRIGGER waiting_count_moved AFTER UPDATE ON department FOR EACH ROW
BEGIN
    IF NEW.id <> OLD.id THEN
        UPDATE waiting_count SET department_id = NEW.id WHERE department_id = OLD.id;
    END IF;
END */;
/*M!100000 CREATE TRIGGER waiting_count_gone AFTER DELETE ON department FOR EACH ROW
    DELETE FROM waiting_count WHERE department_id = OLD.id */;
