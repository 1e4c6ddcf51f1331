-- Whether a file is clean is the worker's to say, who asked the scanner; and what it said is said of the
-- bytes that were there.

/*M!100000 CREATE TRIGGER file_made BEFORE INSERT ON file FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_%' AND USER() NOT LIKE 'fw\_worker@%' AND NEW.scan NOT IN ('none', 'waiting') THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'the scanner''s word on a file';
    END IF;
END */;
/*M!100000 CREATE TRIGGER file_changed BEFORE UPDATE ON file FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_%' AND USER() NOT LIKE 'fw\_worker@%' AND NEW.complete < OLD.complete THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a complete file stays so';
    END IF;
END */;
/*M!100000 CREATE TRIGGER file_chunk_made BEFORE INSERT ON file_chunk FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_%' AND EXISTS (SELECT 1 FROM file WHERE id = NEW.file_id AND complete = 1) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a complete file has no more pieces';
    END IF;
END */;
