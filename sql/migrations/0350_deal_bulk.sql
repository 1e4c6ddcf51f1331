-- A list of registrations is checked and then sent row by row, in the background: each row has the
-- state that it is in, so that whoever goes on with it sees what is left, and counts come from an index.
--
-- deal_bulk.state: checking, preview, sending, done, dropped, stopped (who sent it may no longer).
-- deal_bulk.action: draft or submit, once it is chosen.
-- deal_bulk_row.state: waiting; free, look, unasked (the hour's checks were used): can be sent; fault;
-- made; failed.  own_id: the partner's own open registration of that customer.
ALTER TABLE deal_bulk
    ALTER COLUMN state SET DEFAULT 'checking',
    ADD COLUMN action VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    ADD COLUMN row_count INT NOT NULL DEFAULT 0,
    ADD COLUMN ended_at DATETIME(6) NULL,
    ADD KEY deal_bulk_created (created_at);
ALTER TABLE deal_bulk_row
    DROP COLUMN verdict,
    DROP COLUMN chosen,
    MODIFY COLUMN cells_json MEDIUMTEXT NOT NULL,
    MODIFY COLUMN faults_json TEXT NOT NULL DEFAULT '',
    ADD COLUMN state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'waiting',
    ADD COLUMN own_id BIGINT NULL,
    ADD KEY deal_bulk_row_state (bulk_id, state, line_no);

-- Which row of a list spoke first for an end customer and a product line.
CREATE TABLE deal_bulk_key (
    bulk_id BIGINT NOT NULL,
    customer VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    product_line_id BIGINT NOT NULL,
    line_no INT NOT NULL,
    PRIMARY KEY (bulk_id, customer, product_line_id),
    CONSTRAINT deal_bulk_key_bulk FOREIGN KEY (bulk_id) REFERENCES deal_bulk (id) ON DELETE CASCADE
) ENGINE=InnoDB;
ALTER TABLE deal_bulk_row
    DROP FOREIGN KEY deal_bulk_row_bulk;
ALTER TABLE deal_bulk_row
    ADD CONSTRAINT deal_bulk_row_bulk FOREIGN KEY (bulk_id) REFERENCES deal_bulk (id) ON DELETE CASCADE;
