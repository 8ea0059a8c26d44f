package logout.systemtests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import logout.stage04.DestroySessionApp;
import logout.systemtests.LockedRow;
import logout.systemtests.PostgreSql;
import logout.testing.Browser;
import logout.testing.RunningStage;
import logout.testing.SinglePage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A database whose connections are all in use")
class BusyPoolTest {

    private static final int CONNECTIONS = 8;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void is_waited_for_and_not_taken_for_a_dead_one() throws SQLException {
        try (RunningStage stage = RunningStage.of(DestroySessionApp.STAGE)
                .on(PostgreSql.freshAddress())
                .start()) {
            Browser ada = stage.newBrowser();
            SinglePage.logIn(ada).then().statusCode(200);
            Browser other = stage.newBrowser();
            SinglePage.logIn(other).then().statusCode(200);
            openAll(stage.database().dataSource());

            try (LockedRow row = LockedRow.of(stage, ada.sessionCookie())) {
                List<CompletableFuture<HttpResponse<String>>> slow = Stream.generate(() -> saveNote(stage, ada))
                        .limit(CONNECTIONS)
                        .toList();
                row.awaitWaiting(CONNECTIONS);

                List<CompletableFuture<HttpResponse<String>>> quick = Stream.generate(() -> whoAmI(stage, other))
                        .limit(CONNECTIONS)
                        .toList();

                assertThat(quick).allSatisfy(reply -> {
                    assertThat(reply.join().statusCode()).isEqualTo(200);
                    assertThat(reply.join().body()).isEqualTo("{\"user\":\"ada\"}");
                });
                // The database has given up the slow statements meanwhile; else the others would have got no
                // connection.
                assertThat(slow)
                        .allSatisfy(
                                reply -> assertThat(reply.join().statusCode()).isEqualTo(503));
            }
        }
    }

    /** On a busy machine it takes a while to open them one after the other, and the first request does not wait so long. */
    private static void openAll(DataSource pool) throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            all.add(pool.getConnection());
        }
        for (Connection connection : all) {
            connection.close();
        }
    }

    private CompletableFuture<HttpResponse<String>> saveNote(RunningStage stage, Browser browser) {
        return send(request(stage, "/api/note", browser)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"note\":\"buy milk\"}")));
    }

    private CompletableFuture<HttpResponse<String>> whoAmI(RunningStage stage, Browser browser) {
        return send(request(stage, "/api/me", browser));
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(RunningStage stage, String path, Browser browser) {
        return HttpRequest.newBuilder(stage.address().resolve(path))
                .header("Cookie", browser.sessionCookieName() + "=" + browser.sessionCookie());
    }
}
