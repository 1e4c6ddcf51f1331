-- Staff word the reasons of decisions themselves.  The number is for addresses and the trail; it is counted, not
-- given by the server, so that each node of a cluster has the same.
ALTER TABLE deal_reason
    ADD id BIGINT NOT NULL DEFAULT 0,
    ADD row_version BIGINT NOT NULL DEFAULT 1;
UPDATE deal_reason SET id = (SELECT COUNT(*) FROM deal_reason o WHERE o.code <= deal_reason.code);
ALTER TABLE deal_reason MODIFY id BIGINT NOT NULL AUTO_INCREMENT, ADD UNIQUE KEY deal_reason_id (id);
