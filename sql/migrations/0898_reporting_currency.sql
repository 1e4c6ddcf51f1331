-- The reporting currency stands in a parameter, USD unless somebody says otherwise.  Who counted in another one has a
-- rate of exactly one for it.
INSERT INTO system_parameter (name, value, updated_at)
    SELECT 'money.reporting_currency', MIN(currency), UTC_TIMESTAMP(6) FROM currency_rate WHERE rate = 1
    HAVING COUNT(DISTINCT currency) = 1 AND MIN(currency) <> 'USD';
