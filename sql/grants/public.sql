-- public.fcgi: everybody's program.
GRANT SELECT ON @DB@.schema_migration TO @ACCOUNT@;
