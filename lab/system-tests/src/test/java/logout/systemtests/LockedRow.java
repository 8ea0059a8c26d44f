package logout.systemtests;

import static logout.testing.Eventually.until;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import logout.app.Stage;
import logout.testing.RunningStage;

/**
 * A row that the test holds locked: whoever wants to change or delete it waits, as behind another server's statement,
 * until this is closed. Reading it goes on.
 */
public final class LockedRow implements AutoCloseable {

    private static final String WAITING_ON_H2 =
            "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL";
    private static final String WAITING_ON_POSTGRESQL = "SELECT COUNT(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private final String databaseAddress;
    private final Connection connection;

    /** The JDBC address of a new, empty H2, in which one waits for a locked row longer than a test holds it. */
    public static String freshH2() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=20000";
    }

    /** The same of a new, empty PostgreSQL. */
    public static String freshPostgreSql() {
        return PostgreSql.freshAddress() + "&options=-c%20statement_timeout=20000&socketTimeout=25";
    }

    /** Locks the row with this key in the store of this stage. */
    public static LockedRow of(RunningStage stage, String id) {
        return new LockedRow(stage.databaseAddress(), stage.stage(), id);
    }

    private LockedRow(String databaseAddress, Stage stage, String id) {
        this.databaseAddress = databaseAddress;
        try {
            connection = DriverManager.getConnection(databaseAddress);
            connection.setAutoCommit(false);
            lock("SELECT sessionId FROM " + stage.table() + " WHERE sessionId = ? FOR UPDATE", id);
        } catch (SQLException e) {
            throw new AssertionError("The row cannot be locked.", e);
        }
    }

    private void lock(String query, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new AssertionError("There is no such row to lock.");
                }
            }
        }
    }

    /** Waits until this many statements wait for the row. */
    public void awaitWaiting(int count) {
        until(count + " waiting for the row", () -> waiting() == count);
    }

    private int waiting() {
        String query = databaseAddress.startsWith("jdbc:h2:") ? WAITING_ON_H2 : WAITING_ON_POSTGRESQL;
        // A connection of its own: within a transaction, PostgreSQL's statistics stand still.
        try (Connection observer = DriverManager.getConnection(databaseAddress);
                PreparedStatement statement = observer.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError("The database does not say who waits.", e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            throw new AssertionError("The row cannot be unlocked.", e);
        }
    }
}
