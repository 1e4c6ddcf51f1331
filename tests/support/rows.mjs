// What a database has, as a number a table that changes with any value of any row.  CHECKSUM TABLE is none: of tables
// with generated columns it says something else the second time.

/** ASK takes SQL and gives rows of texts.  WANTED(table, column) leaves out what is not compared.
 *  Returns a map from the name of each table to "rows:sum". */
export function sumsOfTables(ask, wanted = () => true) {
    const tables = new Map();
    for (const [table, column] of ask(`SELECT c.table_name, c.column_name FROM information_schema.columns c
            JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
            WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position`))
        if (wanted(table, column))
            tables.set(table, [...tables.get(table) ?? [], `CAST(IFNULL(\`${column}\`, '-') AS BINARY)`]);
    const sums = [...tables].map(([table, values]) =>
        `SELECT '${table}', COUNT(*), IFNULL(SUM(CRC32(CONCAT_WS('|', ${values.join(', ')}))), 0) FROM \`${table}\``);
    return new Map(ask(sums.join(' UNION ALL ')).map(([table, count, sum]) => [table, `${count}:${sum}`]));
}
