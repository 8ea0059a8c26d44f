package logout.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** What the databases do not agree on. */
enum Dialect {
    H2("SYSTEM_RANGE(1, ?)", "RANDOM_UUID()", "ANALYZE TABLE %s"),
    POSTGRESQL("generate_series(1, ?)", "gen_random_uuid()", "VACUUM ANALYZE %s");

    /** A table of numbers, from 1 to a parameter. */
    final String numbers;

    /** A new id for each row. */
    final String randomId;

    private final String settle;

    Dialect(String numbers, String randomId, String settle) {
        this.numbers = numbers;
        this.randomId = randomId;
        this.settle = settle;
    }

    static Dialect of(Connection connection) throws SQLException {
        return valueOf(connection.getMetaData().getDatabaseProductName().toUpperCase(Locale.ROOT));
    }

    /** Lets the database take note of many new rows, as it would by itself in time. */
    void settle(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(settle.formatted(table));
        }
    }
}
