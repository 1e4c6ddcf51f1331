-- What a partner learns of the approvals that its registration waits for: how many, and how many are given.  Its
-- account has no right on the steps, nor on who is asked.
CREATE SQL SECURITY DEFINER VIEW deal_progress AS
    SELECT d.id AS deal_id, d.account_id,
        (SELECT COUNT(*) FROM approval_step s WHERE s.kind = 'deal' AND s.object_id = d.id
            AND s.state IN ('open', 'waiting')) AS open,
        (SELECT COUNT(*) FROM approval_step s WHERE s.kind = 'deal' AND s.object_id = d.id AND s.state = 'approved'
            AND s.round = (SELECT MAX(r.round) FROM approval_step r WHERE r.kind = 'deal' AND r.object_id = d.id)) AS done
    FROM deal d;
