package logout.app.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spark.Service;

/** The guards of a server on port 80, reached through another port: not everybody may listen on that one. */
@DisplayName("On port 80, which browsers leave out of Host and Origin")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DefaultPortTest {

    private final Service spark = Service.ignite().ipAddress("127.0.0.1").port(0);

    @BeforeAll
    void start() {
        Guards guards = Guards.inFrontOf(spark, 80, Map.of());
        spark.post("/", (request, response) -> "done");
        spark.exception(
                HttpError.class,
                (e, request, response) -> Replies.error(request, response, e.status(), e.getMessage()));
        guards.learnRoutes(spark);
        spark.awaitInitialization();
    }

    @AfterAll
    void stop() {
        spark.stop();
        spark.awaitStop();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, http://localhost, 200",
        "127.0.0.1, http://127.0.0.1, 200",
        "[::1], http://[::1], 200",
        "localhost:80, http://localhost, 200",
        "localhost, http://localhost:80, 200",
        "localhost:8080, http://localhost:8080, 421",
        "evil.example, http://evil.example, 421",
        "localhost, http://127.0.0.1, 403",
        "localhost, http://localhost:8080, 403",
        "localhost, http://evil.example, 403",
        "localhost, https://localhost, 403",
    })
    void the_own_pages_pass_and_others_do_not(String host, String origin, int status) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), spark.port())) {
            String head = "POST / HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.formatted(host, origin).getBytes(ISO_8859_1));

            String reply = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(reply).startsWith("HTTP/1.1 " + status + " ");
        }
    }
}
