package logout.systemtests;

import static logout.testing.Eventually.until;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
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

    private final RunningStage stage;
    private final Connection connection;

    /** Locks the row with this key in the store of this stage. */
    public LockedRow(RunningStage stage, String id) {
        this.stage = stage;
        String lock = "SELECT sessionId FROM %s WHERE sessionId = '%s' FOR UPDATE";
        try {
            connection = DriverManager.getConnection(stage.databaseAddress());
            connection.setAutoCommit(false);
            if (!connection
                    .createStatement()
                    .executeQuery(lock.formatted(stage.stage().table(), id))
                    .next()) {
                throw new AssertionError("There is no such row to lock.");
            }
        } catch (SQLException e) {
            throw new AssertionError("The row cannot be locked.", e);
        }
    }

    /** Waits until this many statements wait for the row. */
    public void awaitWaiting(int count) {
        String query = stage.databaseAddress().startsWith("jdbc:h2:") ? WAITING_ON_H2 : WAITING_ON_POSTGRESQL;
        until(count + " waiting for the row", () -> stage.ask(query).equals(String.valueOf(count)));
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
