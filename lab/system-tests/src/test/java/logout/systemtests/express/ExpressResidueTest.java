package logout.systemtests.express;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.experiment.Call;
import logout.experiment.Cookie;
import logout.experiment.CookieJar;
import logout.experiment.Experiment;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.systemtests.PostgreSql;
import logout.testing.RunningExpress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the logouts of the two texts leave behind on the other version of Express, and in the other store. */
class ExpressResidueTest {

    private static final Path PAGE = Path.of("../../docs/from-express-to-spark.md");

    /** The page has what a run of Express 5 with its memory leaves, cell by cell. */
    @Test
    void is_what_the_page_says_on_express_4_and_in_postgresql() throws IOException {
        List<String> page = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("<!-- on Express: the logouts of the story -->"))
                .skip(3)
                .takeWhile(line -> !line.isBlank())
                .toList();
        assertThat(page).hasSize(7);

        // One logout is never answered; waiting for it twice at once takes as long as waiting once.
        Stream.of(
                        new ExpressStack.Options("4", null, Map.of(), null),
                        new ExpressStack.Options("5", PostgreSql.freshAddress(), Map.of(), null))
                .parallel()
                .forEach(options ->
                        assertThat(residues(options)).as(options.toString()).isEqualTo(page));
    }

    private static List<String> residues(ExpressStack.Options options) {
        try (ExpressStack stack = RunningExpress.start(options)) {
            return stack.logouts().parallelStream()
                    .map(ExpressResidueTest::residue)
                    .toList();
        }
    }

    /** As a row of a table. */
    private static String residue(ExpressLogout logout) {
        Experiment experiment = new Experiment(logout);
        List.of(Step.values()).forEach(experiment::perform);
        Stream<String> cells = Stream.of(ResidueColumn.values())
                .map(column -> experiment.residue().get(column).inWords());
        String name = logout.name() + ", `" + logout.logout() + "`";
        return Stream.concat(Stream.of(name), cells).collect(Collectors.joining(" | ", "| ", " |"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "5"})
    void only_the_one_to_take_home_clears_a_cookie_that_was_set_with_options(String express) throws IOException {
        String cookie = "{domain: 'example.test', path: '/api', maxAge: 3600000,"
                + " secure: true, sameSite: 'none', partitioned: true}";
        Map<String, ?> behindProxy = Map.of("proxy", true, "cookie", JsonParser.parseString(cookie));
        try (ExpressStack stack = RunningExpress.start(
                new ExpressStack.Options(express, null, behindProxy, List.of("destroy-clear", "take-home")))) {
            assertThat(heldAfter(stack.logout("destroy-clear"))).hasSize(1);
            assertThat(heldAfter(stack.logout("take-home"))).isEmpty();
        }
    }

    /** What a browser holds that has logged in and out through a proxy, which has another address than the app. */
    private static List<Cookie> heldAfter(ExpressLogout logout) throws IOException {
        CookieJar jar = new CookieJar();
        sendThroughProxy(logout.protocol().logIn(logout.user(), logout.password()), logout, jar);
        assertThat(jar.held()).hasSize(1);
        sendThroughProxy(logout.logout(), logout, jar);
        return jar.held();
    }

    private static void sendThroughProxy(Call call, ExpressLogout logout, CookieJar jar) throws IOException {
        URI address = URI.create("https://app.example.test/").resolve(call.path());
        String cookies = Objects.requireNonNullElse(jar.header(address), "");
        Map<String, String> headers = Map.of("X-Forwarded-Proto", "https", "Cookie", cookies);
        HttpResponse<String> reply = logout.newUser("proxy")
                .send(new Call(call.method(), call.path(), call.contentType(), call.body(), headers));
        assertThat(reply.statusCode()).isBetween(200, 204);
        jar.keep(address, reply.headers().allValues("Set-Cookie"));
    }
}
