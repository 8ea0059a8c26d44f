package logout.app.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static logout.app.Eventually.assertThatEventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import logout.app.server.LoopbackServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import spark.Request;
import spark.Response;

@DisplayName("A body that comes drop by drop")
class SlowBodyTest {

    private final BodyReader bodies = new BodyReader(Duration.ofMillis(300));
    private final CompletableFuture<Integer> refusal = new CompletableFuture<>();

    /** Reads it at a GET, whose body nobody else reads. */
    @AutoClose
    private final LoopbackServer server =
            LoopbackServer.on(0, "The test").start(spark -> spark.get("/", this::readBody));

    private String readBody(Request request, Response response) {
        try {
            bodies.read(request);
        } catch (HttpError e) {
            refusal.complete(e.status());
        }
        return "";
    }

    @Test
    void does_not_win_more_time_with_each_drop() throws IOException {
        int port = server.address().getPort();
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(connection, "GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\nTransfer-Encoding: chunked\r\n\r\n");

            assertThatEventually(
                    () -> {
                        send(connection, "1\r\n \r\n");
                        return refusal.getNow(0);
                    },
                    status -> status == 408);
        }
    }

    private static void send(Socket connection, String text) {
        try {
            connection.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (SocketException e) {
            // The server has hung up after its refusal.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
