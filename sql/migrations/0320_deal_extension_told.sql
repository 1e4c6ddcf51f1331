-- When somebody at the vendor was told that an extension waits for a decision: told once, whatever
-- becomes of the job that tells.
ALTER TABLE deal_extension ADD COLUMN told_at DATETIME(6) NULL;
