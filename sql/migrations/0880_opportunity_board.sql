-- A partner's board reads each stage in its own range, as far as it shows cards; its list of what is in a state finds
-- all that it asks of a share in the index that gives the order.
ALTER TABLE opportunity_share
    ADD KEY opportunity_share_stage (account_id, standing, stage_id, close_on, opportunity_id, level),
    DROP KEY opportunity_share_state,
    ADD KEY opportunity_share_state (account_id, standing, state, updated_at DESC, opportunity_id DESC, stage_id, close_on,
        stale_on, slips, own, sees_others, level),
    DROP KEY opportunity_share_close,
    ADD KEY opportunity_share_close (account_id, standing, state, close_on, opportunity_id, stage_id, stale_on, slips, own,
        sees_others, level);
