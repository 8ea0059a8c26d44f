package logout.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("On port 80, which browsers leave out of Host and Origin")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DefaultPortTest {

    private final GuardedService service = new GuardedService(80, Map.of());

    @AfterAll
    void stop() {
        service.stop();
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
        assertThat(service.post(host, "Origin: " + origin)).startsWith("HTTP/1.1 " + status + " ");
    }
}
