package logout.systemtests.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import logout.app.server.StageServer;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.systemtests.People;
import logout.testing.Browser;
import logout.testing.Eventually;
import logout.testing.Person;
import logout.testing.RunningStage;

/** A stage with Ada at it. Its session store is in a database of its own, at the other end of a proxy that can fail. */
final class FragileStage implements AutoCloseable {

    static final String NOTE = "buy milk";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Logout logout;
    private final Person person;
    private final FragilePostgreSql postgreSql;
    private final String databaseName;
    private final FaultProxy proxy;
    private final RunningStage stage;
    private Browser browser;

    FragileStage(Logout logout, FragilePostgreSql postgreSql) {
        this.logout = logout;
        this.person = People.loggingOutBy(logout);
        this.postgreSql = postgreSql;
        this.databaseName = logout.name().toLowerCase(Locale.ROOT);
        postgreSql.create(databaseName);
        this.proxy = FaultProxy.to(postgreSql.port());
        this.stage = RunningStage.of(logout.stage())
                .on(FragilePostgreSql.addressForStages(databaseName, proxy.port()))
                .start();
        this.browser = stage.newBrowser();
    }

    Logout logout() {
        return logout;
    }

    StageServer server() {
        return stage.server();
    }

    FaultProxy proxy() {
        return proxy;
    }

    Browser browser() {
        return browser;
    }

    /** Whether this logout begins a new session, which has a row. */
    boolean addsARow() {
        return logout != Logout.STAGE_1_GET && logout != Logout.STAGE_4;
    }

    String databaseName() {
        return databaseName;
    }

    String table() {
        return logout.stage().table();
    }

    /** Changes the database behind the stage's back; {@code TABLE} stands for the stage's table. */
    void sql(String statement) {
        postgreSql.execute(databaseName, statement.replace("TABLE", table()));
    }

    /** Logs Ada in, with a note in her session, unless she is. */
    void makeSureOfLogin() {
        if (statusOf("/api/me") != 200 || !NOTE.equals(note())) {
            browser = stage.newBrowser();
            person.logIn(browser);
            person.keepNote(browser, NOTE);
        }
        assertThat(statusOf("/api/me")).isEqualTo(200);
    }

    /** Logs out, and takes the time. */
    Reply logOut() {
        long begun = System.nanoTime();
        Response response = person.logOut(browser);
        return new Reply(response, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Waits until the stage can answer from its store again; it is not restarted. */
    void awaitStore() {
        Eventually.until("the stage has its session store back", () -> statusOf("/api/me") != 503);
    }

    boolean isLoggedIn() {
        return statusOf("/api/me") == 200;
    }

    String note() {
        return browser.copy().note();
    }

    /** The row that the browser's cookie points to, or null. */
    StoredSession row() {
        return stage.rowOf(browser);
    }

    /** Only looks: whatever the reply sets does not get into the browser's jar. */
    private int statusOf(String path) {
        HttpRequest request = HttpRequest.newBuilder(stage.address().resolve(path))
                .header("Cookie", browser.sessionCookieName() + "=" + browser.sessionCookie())
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stage.close();
        proxy.close();
    }

    @Override
    public String toString() {
        return logout.name();
    }

    /** A reply to a logout, and how long it took. */
    record Reply(Response response, Duration took) {}
}
