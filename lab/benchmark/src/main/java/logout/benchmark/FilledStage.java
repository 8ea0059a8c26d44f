package logout.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import logout.app.Stage;
import logout.app.account.Accounts;
import logout.app.account.DemoAccount;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.launcher.StageWithPanel;
import logout.panel.LabPanel;

/** A running stage, whose session store is filled with copies of a row that Jetty has written: sessions of ada with a note. */
final class FilledStage implements AutoCloseable {

    private static final String OTHER_COLUMNS = "contextPath, virtualHost, lastNode, accessTime, lastAccessTime,"
            + " createTime, cookieTime, lastSavedTime, expiryTime, maxInterval, map";

    private final StageServer server;
    private final PageProtocol protocol;

    /** Not from the pool, whose statements may take no longer than a request waits. */
    private final Connection connection;

    /** Starts the stage with the database at this address. Where there are sessions already, they stay as they are. */
    FilledStage(Stage stage, String address, Database database) throws IOException, SQLException {
        server = StageWithPanel.start(stage, 0, database, Accounts.DEMO).server();
        protocol = LabPanel.protocolOf(stage);
        connection = DriverManager.getConnection(address);
        if (count() > 0) {
            server.close();
            connection.close();
            throw new IOException("The benchmark empties its tables, and " + stage.table()
                    + " has rows already. Give it a database of its own.");
        }
        DemoAccount ada = DemoAccount.ALL.get(0);
        HttpUser user = new HttpUser(server.address(), "benchmark", new CookieJar());
        user.logIn(protocol, ada.name(), ada.password());
        user.send(protocol.keepNote("buy milk"));
    }

    /** Logs users out, each with a session of their own, where there are so many rows. */
    Round logOut(Call logout, int size, int clients, int requests) throws IOException, SQLException {
        return Round.of(clients, users(size, requests), protocol, logout);
    }

    /** Drops what logouts have left, copies sessions until there are so many rows, and takes some, anywhere among them. */
    private List<HttpUser> users(int size, int requests) throws SQLException {
        // What a logout leaves was saved later. Two statements, because H2 would look for the minimum at each row.
        String copied = sql("SELECT MIN(lastSavedTime) FROM %s").get(0);
        sql("DELETE FROM %s WHERE lastSavedTime > " + copied);
        for (int rows = count(); rows < size; rows = count()) {
            // Without a dot: Jetty takes what follows one for a server's name.
            sql("INSERT INTO %1$s (sessionId, %2$s) SELECT REPLACE(CONCAT(RANDOM(), RANDOM()), '.', ''), %2$s"
                    + " FROM %1$s LIMIT " + (size - rows));
        }
        List<HttpUser> users = new ArrayList<>();
        for (String id : sql("SELECT sessionId FROM %s ORDER BY RANDOM() LIMIT " + requests)) {
            CookieJar jar = new CookieJar();
            jar.keep(server.address(), List.of(server.stage().sessionCookie().name() + "=" + id));
            users.add(new HttpUser(server.address(), "benchmark", jar));
        }
        return users;
    }

    private int count() throws SQLException {
        return Integer.parseInt(sql("SELECT COUNT(*) FROM %s").get(0));
    }

    /** Runs a statement on the stage's table, and returns the first column of what it answers. */
    private List<String> sql(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.formatted(server.stage().table(), OTHER_COLUMNS));
            ResultSet result = statement.getResultSet();
            while (result != null && result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    /** Leaves no row behind. */
    @Override
    public void close() throws SQLException {
        server.close();
        sql("TRUNCATE TABLE %s");
        connection.close();
    }
}
