package logout.testing;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.app.session.SessionStore;
import logout.experiment.StoredSession;
import logout.launcher.StageWithPanel;
import logout.panel.LabPanel;
import logout.panel.RowReader;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import spark.Service;

/**
 * A stage on a free port, with the lab panel beside it. Unless it is told otherwise, it has a fresh session store.
 *
 * <p>Registered with {@code @RegisterExtension}, it runs for the length of one test. What shares a stage among several
 * tests calls {@link #start} and {@link #close} itself.
 */
public final class RunningStage implements BeforeEachCallback, AfterEachCallback, AutoCloseable {

    private final Stage stage;
    private String databaseAddress;
    private Database database;
    private StageServer server;
    private LabPanel panel;
    private SessionHandler sessions;

    private RunningStage(Stage stage, String databaseAddress) {
        this.stage = stage;
        this.databaseAddress = databaseAddress;
    }

    /** The stage as it is. */
    public static RunningStage of(Stage stage) {
        return new RunningStage(stage, null);
    }

    /** The stage with routes added: to try what another way of logging out would leave behind. */
    public static RunningStage of(Stage stage, BiConsumer<Service, LoginApp> moreRoutes) {
        return of(new Stage(
                stage.number(), stage.title(), stage.lesson(), stage.routes().andThen(moreRoutes), stage.logouts()));
    }

    /** The same on the database at this JDBC address, which it may share with others. */
    public RunningStage on(String address) {
        return new RunningStage(stage, address);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        databaseAddress = null;
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    /** Starts the stage, and returns when it answers. */
    public RunningStage start() {
        if (databaseAddress == null) {
            databaseAddress = "jdbc:h2:mem:" + UUID.randomUUID();
        }
        database = Database.at(databaseAddress);
        server = started(0);
        return this;
    }

    private StageServer started(int port) {
        StageWithPanel both = StageWithPanel.start(stage, port, database, QuickAccounts.ALL, this::noCache);
        panel = both.panel();
        return both.server();
    }

    /** As ever, but that one gets hold of Jetty's sessions in this way. */
    private SessionCache noCache(SessionHandler handler) {
        sessions = handler;
        return SessionStore.NO_CACHE.apply(handler);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
            database.close();
        }
    }

    /** Stops answering. The session store stays as it is. */
    public void stop() {
        server.close();
    }

    /** Answers again, at the same address and with the same session store. */
    public void startAgain() {
        server = started(server.address().getPort());
    }

    /** The stage that runs. */
    public Stage stage() {
        return stage;
    }

    /** The server that runs it. */
    public StageServer server() {
        return server;
    }

    /** Its lab panel. */
    public LabPanel panel() {
        return panel;
    }

    /** The database that its session store is in. */
    public Database database() {
        return database;
    }

    /** The JDBC address of that database. */
    public String databaseAddress() {
        return databaseAddress;
    }

    /** The address of the stage's home page. */
    public URI address() {
        return server.address();
    }

    /** A browser that has not been here before: it holds no cookie. */
    public Browser newBrowser() {
        return Browser.at(server);
    }

    /** The rows of the session store, as they are now, oldest first. */
    public List<StoredSession> rows() {
        try {
            List<StoredSession> newestFirst = new ArrayList<>(new RowReader(server.store()).newest(Integer.MAX_VALUE));
            Collections.reverse(newestFirst);
            return newestFirst;
        } catch (IOException e) {
            throw new AssertionError("The session store cannot be read.", e);
        }
    }

    /** The row of this key, or null. */
    public StoredSession row(String id) {
        return rows().stream().filter(row -> row.id().equals(id)).findFirst().orElse(null);
    }

    /** Deletes all rows: nobody has been here yet. */
    public void empty() {
        update("DELETE FROM %s", stage.table());
    }

    /** Makes the rows look as if they had last been used and saved an hour ago. */
    public void letAnHourPass() {
        long hour = Duration.ofHours(1).toMillis();
        update(
                "UPDATE %s SET accessTime = accessTime - %d, lastAccessTime = lastAccessTime - %d,"
                        + " lastSavedTime = lastSavedTime - %d",
                stage.table(), hour, hour, hour);
    }

    /** Makes the rows look as if the hour had passed in which nobody used them: no session lives that long without use. */
    public void letSessionsRunOut() {
        letAnHourPass();
        update(
                "UPDATE %s SET expiryTime = expiryTime - %d",
                stage.table(), Duration.ofHours(1).toMillis());
    }

    /** Deletes the rows that have expired, as Jetty's housekeeping does now and then. */
    public void sweep() {
        sessions.scavenge();
    }

    /** From now on the session store fails, until {@link #repairStore}. Nothing in it is lost. */
    public void breakStore() {
        update("ALTER TABLE %s RENAME TO out_of_reach", stage.table());
    }

    /** Lets the session store work again. */
    public void repairStore() {
        update("ALTER TABLE out_of_reach RENAME TO %s", stage.table());
    }

    /** Adds a copy of the first row, under another id and with another time of creation. */
    public void addRow(String id, Instant created) {
        update(
                "INSERT INTO %1$s SELECT '%2$s', contextPath, virtualHost, lastNode, accessTime, lastAccessTime, %3$d,"
                        + " cookieTime, lastSavedTime, expiryTime, maxInterval, map FROM %1$s"
                        + " ORDER BY createTime LIMIT 1",
                stage.table(), id, created.toEpochMilli());
    }

    /**
     * Changes the database behind the stage's back, by a statement in which these values are filled in.
     *
     * @return the number of rows that changed
     */
    public int update(String sql, Object... values) {
        try (Connection connection = DriverManager.getConnection(databaseAddress);
                Statement update = connection.createStatement()) {
            return update.executeUpdate(sql.formatted(values));
        } catch (SQLException e) {
            throw new AssertionError("The session store cannot be changed.", e);
        }
    }

    /** Asks the database behind the stage's back for one text, by a query in which these values are filled in. */
    public String ask(String query, Object... values) {
        try (Connection connection = DriverManager.getConnection(databaseAddress);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query.formatted(values))) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new AssertionError("The session store cannot be asked.", e);
        }
    }

    /** The row that this browser's session cookie points to, or null. */
    public StoredSession rowOf(Browser browser) {
        return row(browser.sessionCookie());
    }
}
