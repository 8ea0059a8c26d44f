package logout.app.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import logout.app.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import spark.Service;

/**
 * The guards of one port are reached through another: not everybody may listen on the first. The headers are those that a Codespace's
 * proxy is reported to send. Nobody has tried it in a Codespace.
 */
@DisplayName("On port 80, and in a Codespace by its headers")
class GuardsTest {

    private static final Map<String, String> CODESPACE = Map.of(
            "CODESPACES", "true",
            "CODESPACE_NAME", "fluffy-space-disco-4jx",
            "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "app.github.dev");

    private static final String OWN = "fluffy-space-disco-4jx-4570.app.github.dev";

    private final Service spark = Service.ignite().ipAddress("127.0.0.1").port(0);

    private void start(int guardedPort, Map<String, String> environment) {
        Guards guards = new Guards(spark, guardedPort, environment);
        spark.post("/", (request, response) -> "done");
        spark.exception(
                HttpError.class,
                (e, request, response) -> Replies.error(request, response, e.status(), e.getMessage()));
        guards.learnRoutes(spark, Stage.LOGOUTS);
        spark.awaitInitialization();
    }

    @AfterEach
    void stop() {
        spark.stop();
        spark.awaitStop();
    }

    /** A POST with this Host and these header lines is answered with this status. */
    private void assertAnswered(int status, String host, String headers) throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: %s\r\n%s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), spark.port())) {
            socket.getOutputStream().write(head.formatted(host, headers).getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 " + status + " ");
        }
    }

    /** Browsers leave port 80 out of Host and Origin. */
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
    void on_port_80_the_own_pages_pass_and_others_do_not(String host, String origin, int status) throws IOException {
        start(80, Map.of());

        assertAnswered(status, host, "Origin: " + origin);
    }

    @ParameterizedTest
    @CsvSource({
        OWN + ", http://localhost:4570, 200",
        OWN + ", https://localhost:4570, 200",
        OWN + ", https://" + OWN + ", 200",
        // Over the desktop's editor, and as anywhere else.
        "localhost:4570, http://localhost:4570, 200",
        "fluffy-space-disco-4jx-4571.app.github.dev, http://localhost:4570, 421",
        "other-space-4570.app.github.dev, http://localhost:4570, 421",
        "fluffy-space-disco-4jx-4570.app.github.dev.evil.example, http://localhost:4570, 421",
        "evil.example, http://localhost:4570, 421",
        OWN + ", http://localhost:4571, 403",
        OWN + ", http://" + OWN + ".evil.example, 403",
        OWN + ", https://fluffy-space-disco-4jx-4571.app.github.dev, 403",
        OWN + ", https://evil.example, 403",
        OWN + ", null, 403",
    })
    void exactly_its_own_name_is_answered_with_the_origins_of_its_proxy(String host, String origin, int status)
            throws IOException {
        start(4570, CODESPACE);

        assertAnswered(status, host, "Origin: " + origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void what_the_browser_calls_another_site_is_refused(String site) throws IOException {
        start(4570, CODESPACE);
        assertAnswered(200, OWN, "Origin: http://localhost:4570\r\nSec-Fetch-Site: same-origin");

        assertAnswered(403, OWN, "Origin: http://localhost:4570\r\nSec-Fetch-Site: " + site);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CODESPACES", "CODESPACE_NAME", "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN"})
    void without_one_of_its_variables_all_is_as_elsewhere(String variable) throws IOException {
        Map<String, String> environment = new HashMap<>(CODESPACE);
        environment.remove(variable);
        start(4570, environment);

        for (String host : List.of(OWN, "null-4570.app.github.dev", "fluffy-space-disco-4jx-4570.null")) {
            assertAnswered(421, host, "Origin: http://localhost:4570");
        }
        assertAnswered(403, "localhost:4570", "Origin: https://localhost:4570");
        assertAnswered(200, "localhost:4570", "Origin: http://localhost:4570");
    }
}
