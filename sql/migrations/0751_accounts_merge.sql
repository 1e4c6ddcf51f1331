-- Two records of one company become one: the number of the one that went leads to the one that stayed.

-- merged_into: such a one is deleted, is not in the bin, and comes back no more.
ALTER TABLE account
    ADD COLUMN merged_into BIGINT NULL,
    ADD KEY account_merged (merged_into);
