package logout.trust;

import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import logout.app.Stage;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.panel.Row;
import logout.panel.RowReader;
import logout.panel.StageWithPanel;
import logout.testing.Browser;
import logout.testing.QuickAccounts;
import logout.testing.Sql;

/** A server of a stage on a database that the test names: several may share one, and one may serve many tests. */
public final class TrustStage implements AutoCloseable {

    private final String databaseAddress;
    private final Database database;
    private final StageServer server;

    private TrustStage(Stage stage, String databaseAddress) {
        this.databaseAddress = databaseAddress;
        this.database = Database.at(databaseAddress);
        this.server =
                StageWithPanel.start(stage, 0, database, QuickAccounts.ALL).server();
    }

    /** Starts a server of this stage on the database at this JDBC address. */
    public static TrustStage start(Stage stage, String databaseAddress) {
        return new TrustStage(stage, databaseAddress);
    }

    /** The JDBC address of a new, empty H2 that is patient with those who wait for a locked row. */
    public static String freshH2() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=20000";
    }

    /** The address of its home page. */
    public URI address() {
        return server.address();
    }

    /** A browser that has not been here before. */
    public Browser newBrowser() {
        return Browser.at(server);
    }

    /** The rows of its session store, newest first. */
    public List<Row> rows() {
        try {
            return new RowReader(server.store()).newest(Integer.MAX_VALUE);
        } catch (SQLException e) {
            throw new AssertionError("The session store cannot be read.", e);
        }
    }

    /** The row that this session cookie points to, or null. */
    public Row row(String cookie) {
        try {
            return new RowReader(server.store()).row(cookie);
        } catch (SQLException e) {
            throw new AssertionError("The session store cannot be read.", e);
        }
    }

    /** Locks the row that this session cookie points to. */
    public LockedRow lock(String cookie) {
        return new LockedRow(databaseAddress, server.stage(), cookie);
    }

    /** Deletes all rows: nobody has been here yet. */
    public void empty() {
        update("DELETE FROM " + server.stage().table());
    }

    /** Makes the rows look as if they had last been saved an hour ago; what only reads a session then saves its time of use. */
    public void letTheLastSaveBeLongAgo() {
        update("UPDATE " + server.stage().table() + " SET lastSavedTime = 1");
    }

    private void update(String sql) {
        Sql.update(databaseAddress, sql);
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
