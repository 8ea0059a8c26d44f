package logout.app.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A slow request")
class SlowRequestTest {

    private static final int TIMEOUT_MS = 10_000;

    @Test
    void that_is_refused_lets_go_of_its_connection() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> afterTheRefusal = CompletableFuture.supplyAsync(() -> refuse(server));
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");

            assertThatThrownBy(() -> SlowRequest.begin(address, "PUT", "/api/note", Map.of(), "{}"))
                    .hasMessageContaining("404");

            assertThat(afterTheRefusal.join()).as("the end of the connection").isEqualTo(-1);
        }
    }

    /** Refuses a request, and returns what comes next on its connection; -1 is its end. */
    private static int refuse(ServerSocket server) {
        try (Socket connection = server.accept()) {
            connection.setSoTimeout(TIMEOUT_MS);
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) connection.getInputStream().read());
            }
            connection.getOutputStream().write("HTTP/1.1 404 Not Found\r\n\r\n".getBytes(ISO_8859_1));
            return connection.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
