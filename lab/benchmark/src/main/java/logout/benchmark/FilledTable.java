package logout.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A session store's table that is filled to a size. Its rows are copies of one that Jetty has written, under other ids:
 * to Jetty each is a session with a user and a note.
 */
final class FilledTable implements AutoCloseable {

    private static final String OTHER_COLUMNS =
            "contextPath, virtualHost, lastNode, accessTime, lastAccessTime, createTime, cookieTime, lastSavedTime,"
                    + " expiryTime, maxInterval, map";

    private final Connection connection;
    private final String table;
    private final String template;

    /**
     * Opens the table by its database's address, beside the stage that uses it.
     *
     * @param cookie the session cookie's value that points to the row to copy
     */
    FilledTable(String address, String table, String cookie) throws SQLException {
        this.connection = DriverManager.getConnection(address);
        this.table = table;
        this.template = cookie;
    }

    /** Adds rows until there are this many. */
    void fillUpTo(int size) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        String fill = "INSERT INTO %1$s (sessionId, %2$s) SELECT CAST(%3$s AS VARCHAR(120)), %2$s FROM %1$s, %4$s"
                .formatted(table, OTHER_COLUMNS, dialect.randomId, dialect.numbers);
        try (PreparedStatement statement = connection.prepareStatement(fill + " WHERE sessionId = ?")) {
            statement.setInt(1, size - count());
            statement.setString(2, template);
            statement.executeUpdate();
        }
        expectRows(size);
        dialect.settle(connection, table);
    }

    /** Adds sessions and returns their ids. */
    List<String> add(int sessions) throws SQLException {
        String add = "INSERT INTO %1$s (sessionId, %2$s) SELECT ?, %2$s FROM %1$s WHERE sessionId = ?"
                .formatted(table, OTHER_COLUMNS);
        int before = count();
        List<String> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(add)) {
            for (int i = 0; i < sessions; i++) {
                ids.add(UUID.randomUUID().toString());
                statement.setString(1, ids.get(i));
                statement.setString(2, template);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        expectRows(before + sessions);
        return ids;
    }

    /** Drops rows that a logout has left, until there are no more than this many. */
    void shrinkTo(int size) throws SQLException {
        String shrink =
                "DELETE FROM %1$s WHERE sessionId IN (SELECT sessionId FROM %1$s WHERE sessionId <> ?".formatted(table)
                        + " ORDER BY createTime DESC LIMIT ?)";
        try (PreparedStatement statement = connection.prepareStatement(shrink)) {
            statement.setString(1, template);
            statement.setInt(2, Math.max(0, count() - size));
            statement.executeUpdate();
        }
    }

    /** Drops every row. */
    void empty() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM " + table)) {
            statement.executeUpdate();
        }
    }

    private void expectRows(int expected) throws SQLException {
        int rows = count();
        if (rows != expected) {
            throw new SQLException(table + " should have " + expected + " rows now, and has " + rows + ".");
        }
    }

    /** How many rows there are. */
    int count() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT COUNT(*) FROM " + table);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
