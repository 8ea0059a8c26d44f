package logout.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the experiment does where an app answers nothing, or redirects without an end. */
class ExperimentTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private boolean answersLogout = true;
    private int redirects;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        boolean loggedIn = "sid=1".equals(exchange.getRequestHeaders().getFirst("Cookie"));
        switch (path) {
            case "/api/login" -> send(exchange, 200, "Set-Cookie", "sid=1; Path=/");
            case "/api/me" -> send(exchange, loggedIn ? 200 : 401, "Vary", "Cookie");
            case "/api/note" -> sendNote(exchange, loggedIn);
            case "/api/logout" -> {
                if (answersLogout) {
                    send(exchange, 204, "Set-Cookie", "sid=; Path=/; Max-Age=0");
                }
                exchange.close();
            }
            default -> {
                int next = Integer.parseInt(path.substring(1)) + 1;
                send(exchange, next > redirects ? 200 : 302, "Location", "/" + next);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String header, String value) throws IOException {
        exchange.getResponseHeaders().add(header, value);
        exchange.sendResponseHeaders(status, -1);
    }

    private static void sendNote(HttpExchange exchange, boolean loggedIn) throws IOException {
        byte[] note = (loggedIn ? "{\"note\":\"milk\"}" : "{\"note\":null}").getBytes();
        exchange.sendResponseHeaders(200, note.length);
        exchange.getResponseBody().write(note);
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_logout_that_fails_by_io_leaves_all_that_comes_after_it_not_seen(boolean answers) {
        answersLogout = answers;
        Experiment experiment = new Experiment(app());
        Stream.of(Step.LOG_IN, Step.KEEP_NOTE).forEach(experiment::perform);
        assertThat(experiment.failure()).as("before the logout").isNull();

        Stream.of(Step.LOG_OUT, Step.LOOK, Step.REPLAY, Step.FOREIGN_LINK).forEach(experiment::perform);

        assertThat(experiment.failure() == null).isEqualTo(answers);
        assertThat(experiment.residue()).containsKeys(ResidueColumn.REPLY, ResidueColumn.OLD_ROW, ResidueColumn.REPLAY);
        assertThat(experiment.residue().values())
                .allMatch(seen -> (seen.verdict() == Verdict.NOT_SEEN) != answers)
                .hasSize(7);
    }

    @ParameterizedTest
    @CsvSource({"5, 200", "6, 302"})
    void a_user_follows_five_redirects_and_no_more(int count, int lastStatus) throws IOException {
        redirects = count;
        HttpUser user = app().newUser("test");

        assertThat(HttpUser.last(user.follow(Call.of("GET", "/0"))).statusCode())
                .isEqualTo(lastStatus);
        user.sendFromAnotherSite(Call.of("GET", "/0"), true);

        assertThat(asked).containsExactly("/0", "/1", "/2", "/3", "/4", "/5", "/0", "/1", "/2", "/3", "/4", "/5");
    }

    private App app() {
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
        PageProtocol protocol = PageProtocol.SINGLE_PAGE;
        return new App(address, "test", "An app", "", protocol, protocol.logOut("POST"), "ada", "lovelace", "sid");
    }

    private record App(
            URI address,
            String agent,
            String name,
            String effect,
            PageProtocol protocol,
            Call logout,
            String user,
            String password,
            String cookieName)
            implements ContractLogout {
        @Override
        public StoredSession session(String cookie) {
            return null;
        }
    }
}
