package logout.systemtests.store;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.systemtests.People;
import logout.systemtests.PostgreSql;
import logout.testing.Browser;
import logout.testing.JsonReply;
import logout.testing.Person;
import logout.testing.RunningStage;

/** A stage with Ada at it. Its session store is in a database of its own, which can fail. */
final class FragileStage implements AutoCloseable {

    private static final String NOTE = "buy milk";

    final Logout logout;
    private final Person person;
    private final String databaseAddress;
    private final RunningStage stage;
    private Browser browser;

    FragileStage(Logout logout, PostgreSql server) {
        this.logout = logout;
        this.person = People.loggingOutBy(logout);
        this.databaseAddress = server.newDatabase();
        PostgreSql.execute(databaseAddress, "GRANT ALL ON SCHEMA public TO stage");
        this.stage = RunningStage.of(logout.stage())
                .on(databaseAddress.replace("user=postgres", "user=stage"))
                .start();
    }

    /** Whether this logout begins a new session, which has a row. */
    boolean addsARow() {
        return logout != Logout.STAGE_1_GET && logout != Logout.STAGE_4;
    }

    /** Executes statements of somebody who may do everything. */
    void execute(List<String> statements) {
        PostgreSql.execute(
                databaseAddress,
                statements.stream()
                        .map(sql -> sql.replace("TABLE", logout.stage().table()))
                        .toArray(String[]::new));
    }

    /** Logs Ada in, with a note in her session. */
    void logIn() {
        browser = stage.newBrowser();
        person.logIn(browser);
        person.keepNote(browser, NOTE);
        assertThat(isLoggedIn()).isTrue();
    }

    /** Logs out, and takes the time. */
    Reply logOut() {
        long begun = System.nanoTime();
        Response response = person.logOut(browser);
        return new Reply(response, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Waits until the stage can answer from its store again; it is not restarted. */
    void awaitStore() {
        until("the stage has its session store back", () -> look("/api/me").statusCode() != 503);
    }

    boolean isLoggedIn() {
        return look("/api/me").statusCode() == 200;
    }

    /** Whatever the reply sets does not get into the browser's jar. */
    private Response look(String path) {
        return browser.copy().get(path);
    }

    /** Once the store is back. */
    void assertFate(Failure.Fate fate) {
        switch (fate) {
            case NOT_DONE -> assertThat(isLoggedIn()).isTrue();
            case OLD_ROW_GONE -> assertThat(stage.rowOf(browser)).isNull();
            case OLD_ID_DEAD -> until("the change is there", () -> !isLoggedIn());
            case UNKNOWN -> {}
        }
        if (isLoggedIn()) {
            StoredSession row = stage.rowOf(browser);
            assertThat(row.user()).isEqualTo("ada");
            assertThat(row.note()).isEqualTo(NOTE);
            assertThat(JsonReply.text(look("/api/note"), "note")).isEqualTo(NOTE);
        }
    }

    @Override
    public void close() {
        stage.close();
    }

    @Override
    public String toString() {
        return logout.name();
    }

    /** A reply to a logout, and how long it took. */
    record Reply(Response response, Duration took) {}
}
