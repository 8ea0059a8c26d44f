package logout.systemtests.store;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import logout.sidebyside.Logout;
import logout.systemtests.PostgreSql;
import logout.systemtests.Requests;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import logout.testing.RunningStage;

/** A stage with Ada at it. Its session store is in a database of its own, which can fail. */
final class FragileStage implements AutoCloseable {

    private static final Duration PROMISED = Duration.ofSeconds(5);

    final Requests requests;
    private final String databaseAddress;
    private final RunningStage stage;
    private String cookie;

    FragileStage(Logout logout, PostgreSql server) {
        this.requests = new Requests(logout);
        this.databaseAddress = server.newDatabase();
        PostgreSql.execute(databaseAddress, "GRANT ALL ON SCHEMA public TO stage");
        this.stage = RunningStage.of(logout.stage())
                .on(databaseAddress.replace("user=postgres", "user=stage"))
                .start();
    }

    /** Executes statements of somebody who may do everything. */
    void execute(List<String> statements) {
        PostgreSql.execute(
                databaseAddress,
                statements.stream()
                        .map(sql -> sql.replace("TABLE", stage.stage().table()))
                        .toArray(String[]::new));
    }

    /** Logs Ada in, with a note in her session. */
    void logIn() {
        cookie = requests.logInAndKeepNote(stage.address());
    }

    /** Logs out, which is answered in the time that is promised. */
    RawReply logOut() {
        long begun = System.nanoTime();
        RawReply reply = exchange(requests.logOut(cookie));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(toString()).isLessThan(PROMISED);
        return reply;
    }

    /** Waits until the stage can answer from its store again; it is not restarted. */
    void awaitStore() {
        until(
                "the stage has its session store back",
                () -> exchange(requests.get("/api/me", cookie)).status() != 503);
    }

    boolean isLoggedIn() {
        return requests.isLoggedIn(stage.address(), cookie);
    }

    private RawReply exchange(RawRequest request) {
        return RawConnection.exchange(stage.address(), request);
    }

    /** Once the store is back. */
    void assertFate(Failure.Fate fate) {
        switch (fate) {
            case NOT_DONE -> assertThat(isLoggedIn()).isTrue();
            case OLD_ROW_GONE -> assertThat(stage.row(cookie)).isNull();
            case OLD_ID_DEAD -> until("the change is there", () -> !isLoggedIn());
            case UNKNOWN -> {}
        }
        if (isLoggedIn()) {
            assertThat(stage.row(cookie).user()).isEqualTo("ada");
            assertThat(exchange(requests.get("/api/note", cookie)).body()).isEqualTo("{\"note\":\"milk\"}");
        }
    }

    @Override
    public void close() {
        stage.close();
    }

    @Override
    public String toString() {
        return requests.logout().name();
    }
}
