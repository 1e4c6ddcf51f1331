-- What the partner's pages of deal registration need beside the record.

-- The list shows until when a returned one is to be answered: from the index, like its other columns.
ALTER TABLE deal
    DROP KEY deal_own,
    DROP KEY deal_own_phase,
    ADD KEY deal_own (account_id, updated_at DESC, id DESC, state, phase, company_name, project_name,
        currency, sales_name, total, protected_until_at, due_at, answer_due_at,
        expected_close, close_on, company_key),
    ADD KEY deal_own_phase (account_id, phase, updated_at DESC, id DESC, state, company_name,
        project_name, currency, sales_name, total, protected_until_at, due_at, answer_due_at,
        expected_close, close_on, company_key);

-- The questions of a company are numbered within its own day: the key refuses the one too many, also
-- when two are asked at once.
ALTER TABLE deal_check
    ADD COLUMN day DATE NULL,
    ADD COLUMN no INT NULL,
    ADD UNIQUE KEY deal_check_no (account_id, day, no);
