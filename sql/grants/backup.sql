-- fairwayctl backup: says which release the copy is of.  What copies the server is given to the account
-- beside the schema (conf/README.md).
GRANT SELECT ON @DB@.schema_migration TO @ACCOUNT@;
