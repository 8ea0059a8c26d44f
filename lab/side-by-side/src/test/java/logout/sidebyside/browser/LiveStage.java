package logout.sidebyside.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import logout.app.Stage;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.panel.Row;
import logout.panel.RowReader;
import logout.panel.StageWithPanel;
import logout.testing.QuickAccounts;
import logout.testing.Sql;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A stage that a test starts, on a free port and with a fresh session store, and that can be stopped,
 * started again and hindered meanwhile. It ends with the test.
 *
 * <p>Register it with {@code @RegisterExtension}.
 */
final class LiveStage implements AfterEachCallback {

    private final HttpClient someoneElse = HttpClient.newHttpClient();
    private Stage stage;
    private String databaseAddress;
    private Database database;
    private StageServer server;

    void start(Stage stageToStart) {

        stage = stageToStart;
        databaseAddress = "jdbc:h2:mem:" + UUID.randomUUID();
        database = Database.at(databaseAddress);
        server = StageWithPanel.start(stage, 0, database, QuickAccounts.ALL).server();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (server != null) {
            server.close();
            database.close();
        }
    }

    Stage stage() {
        return stage;
    }

    URI address() {
        return server.address();
    }

    URI address(String path) {
        return server.address().resolve(path);
    }

    String cookieName() {
        return stage.sessionCookie().name();
    }

    /** The rows of the session store, newest first. */
    List<Row> rows() {
        try {
            return new RowReader(server.store()).newest(Integer.MAX_VALUE);
        } catch (SQLException e) {
            throw new AssertionError("The session store cannot be read.", e);
        }
    }

    /** From now on nothing answers. The session store stays as it is. */
    void stop() {
        server.close();
    }

    /** Answers again, at the same address and with the same session store. */
    void startAgain() {
        server = StageWithPanel.start(stage, server.port(), database, QuickAccounts.ALL)
                .server();
    }

    /** From now on the session store fails. */
    void breakStore() {
        database.close();
    }

    /** Drops every row, as if every session had run out. */
    void emptyStore() {
        update("DELETE FROM " + stage.table());
    }

    /** Makes the rows look as if they had last been used and saved an hour ago: so the next use is saved. */
    void letAnHourPass() {
        long hour = Duration.ofHours(1).toMillis();
        update("UPDATE %s SET accessTime = accessTime - %d, lastAccessTime = lastAccessTime - %d,"
                        .formatted(stage.table(), hour, hour)
                + " lastSavedTime = lastSavedTime - " + hour);
    }

    boolean isPlainSite() {
        return stage.number() == 1;
    }

    /** What the stage answers to somebody who sends this session cookie, or none where it is null. */
    HttpResponse<String> ask(String method, String path, String cookie) {
        return ask(method, path, cookie, "");
    }

    /** Logs grace in from another browser, and returns her session cookie's value. */
    String graceLogsInElsewhere() {
        String login = isPlainSite() ? "/login" : "/api/login";
        HttpResponse<String> reply = ask("POST", login, null, "username=grace&password=nanoseconds");
        String cookie = reply.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }

    private HttpResponse<String> ask(String method, String path, String cookie, String form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path))
                .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
        if (cookie != null) {
            request.header("Cookie", cookieName() + "=" + cookie);
        }
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        try {
            return someoneElse.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("The stage does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted.", e);
        }
    }

    private void update(String sql) {
        Sql.update(databaseAddress, sql);
    }
}
