-- Counted up when the registration's end customer is joined with another: whoever decides it at that
-- moment finds the row changed.  Not updated_at, which its partner sees: he must not notice that
-- somebody else came.
ALTER TABLE deal ADD COLUMN touched BIGINT NOT NULL DEFAULT 0;
