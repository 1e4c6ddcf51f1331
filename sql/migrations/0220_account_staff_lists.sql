-- Staff's lists of accounts: one kind at a time, last changed first, within departments.
ALTER TABLE account
    ADD KEY account_kind_updated (kind, updated_at DESC, id DESC, department_id, country, tier_id);
