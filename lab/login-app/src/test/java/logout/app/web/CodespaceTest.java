package logout.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers that a Codespace's proxy is reported to send. Nobody has tried it in a Codespace. */
@DisplayName("In a Codespace, by its headers")
class CodespaceTest {

    private static final Map<String, String> CODESPACE = Map.of(
            "CODESPACES", "true",
            "CODESPACE_NAME", "fluffy-space-disco-4jx",
            "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "app.github.dev");

    private static final String OWN = "fluffy-space-disco-4jx-4570.app.github.dev";

    private GuardedService service;

    private void start(Map<String, String> environment) {
        service = new GuardedService(4570, environment);
    }

    @AfterEach
    void stop() {
        service.stop();
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
        start(CODESPACE);

        assertThat(service.post(host, "Origin: " + origin)).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void what_the_browser_calls_another_site_is_refused(String site) throws IOException {
        start(CODESPACE);
        assertThat(service.post(OWN, "Origin: http://localhost:4570\r\nSec-Fetch-Site: same-origin"))
                .startsWith("HTTP/1.1 200 ");

        assertThat(service.post(OWN, "Origin: http://localhost:4570\r\nSec-Fetch-Site: " + site))
                .startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CODESPACES", "CODESPACE_NAME", "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN"})
    void without_one_of_its_variables_all_is_as_elsewhere(String variable) throws IOException {
        Map<String, String> environment = new HashMap<>(CODESPACE);
        environment.remove(variable);
        start(environment);

        for (String host : List.of(OWN, "null-4570.app.github.dev", "fluffy-space-disco-4jx-4570.null")) {
            assertThat(service.post(host, "Origin: http://localhost:4570")).startsWith("HTTP/1.1 421 ");
        }
        assertThat(service.post("localhost:4570", "Origin: https://localhost:4570"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(service.post("localhost:4570", "Origin: http://localhost:4570"))
                .startsWith("HTTP/1.1 200 ");
    }
}
