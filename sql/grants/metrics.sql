-- fairwayctl metrics: counts what waits and how long it has been waiting, and reads nothing of it.
GRANT SELECT ON @DB@.schema_migration TO @ACCOUNT@;
GRANT SELECT (kind, state, due_at, ended_at) ON @DB@.job TO @ACCOUNT@;
GRANT SELECT (state, due_at, created_at) ON @DB@.outbox TO @ACCOUNT@;
GRANT SELECT (id, at) ON @DB@.audit_event TO @ACCOUNT@;
GRANT SELECT (kind, source_id, leaf_index) ON @DB@.log_leaf TO @ACCOUNT@;
GRANT SELECT (id, size, audit_floor) ON @DB@.log_head TO @ACCOUNT@;
GRANT SELECT (size) ON @DB@.log_checkpoint TO @ACCOUNT@;
GRANT SELECT (made_at, signed_at) ON @DB@.receipt TO @ACCOUNT@;
GRANT SELECT (expires_at, ended_at) ON @DB@.session TO @ACCOUNT@;
