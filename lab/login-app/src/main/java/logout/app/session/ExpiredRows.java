package logout.app.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.jetty.server.session.JDBCSessionDataStore.SessionTableSchema;

/**
 * Deletes the rows of expired sessions, whichever server they were made by: some at a time, each time with a
 * connection of its own, so that neither the requests nor the memory of this process notice how many there are. Jetty has
 * it done every ten minutes; a row that has expired lets nobody in, deleted or not.
 *
 * <p>A row whose session is used again at the last moment stays: its expiry is looked at once more as it is deleted.
 */
final class ExpiredRows {

    /** How many rows are deleted at a time: few milliseconds of work. */
    private static final int PORTION = 1_000;

    private final DataSource database;
    private final String lastOfPortion;
    private final String deletePortion;

    ExpiredRows(DataSource database, SessionTableSchema schema) {
        this.database = database;
        String expiry = schema.getExpiryTimeColumn();
        // Not above 0: never expires.
        String range = schema.getTableName() + " WHERE " + expiry + " > ? AND " + expiry + " <= ?";
        lastOfPortion =
                "SELECT " + expiry + " FROM " + range + " ORDER BY " + expiry + " LIMIT 1 OFFSET " + (PORTION - 1);
        deletePortion = "DELETE FROM " + range;
    }

    /**
     * Deletes the rows that have expired by now.
     *
     * @param now in milliseconds since 1970
     */
    void delete(long now) throws SQLException {
        long from = 0;
        while (from < now) {
            try (Connection connection = database.getConnection();
                    PreparedStatement find = range(connection, lastOfPortion, from, now);
                    ResultSet last = find.executeQuery()) {
                long to = last.next() ? last.getLong(1) : now;
                try (PreparedStatement delete = range(connection, deletePortion, from, to)) {
                    delete.executeUpdate();
                }
                // Not each time from the beginning: PostgreSQL would pass by all that was deleted before.
                from = to;
            }
        }
    }

    private static PreparedStatement range(Connection connection, String sql, long from, long to) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setLong(1, from);
        statement.setLong(2, to);
        return statement;
    }
}
