package logout.app.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import logout.app.server.LoopbackServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spark.Request;
import spark.Response;

@DisplayName("A body that does not come in time")
class SlowBodyTest {

    private static final int TIMEOUT_MS = 10_000;

    /** Reads it at a GET, whose body nobody else reads. */
    @AutoClose
    private final LoopbackServer server =
            new LoopbackServer(0, "The test").start(spark -> spark.get("/", this::readBody));

    /** With as little time as a test may take. */
    private String readBody(Request request, Response response) {
        var jetty = org.eclipse.jetty.server.Request.getBaseRequest(request.raw());
        jetty.getHttpChannel().getEndPoint().setIdleTimeout(100);
        RequestBody.read(request);
        return "";
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\n5\r\nab", "Content-Length: 5\r\n\r\nab"})
    void is_answered_408(String rest) throws IOException {
        int port = server.address().getPort();
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            connection.setSoTimeout(TIMEOUT_MS);
            String request = "GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n" + rest;
            connection.getOutputStream().write(request.getBytes(ISO_8859_1));

            String reply = new String(connection.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(reply).startsWith("HTTP/1.1 408 ").contains("The request's body did not arrive in time.");
        }
    }
}
