package logout.systemtests.express;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import logout.experiment.Call;
import logout.experiment.Cookie;
import logout.experiment.CookieJar;
import logout.experiment.Experiment;
import logout.experiment.HttpUser;
import logout.experiment.Observation;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.systemtests.PostgreSql;
import logout.testing.RunningExpress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the logouts of the two texts leave behind on Express, cell by cell: on both versions, and with both stores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpressResidueTest {

    private static final String FORGED_WITH_AND_WITHOUT = "yes, by a form, with the cookie and even without it:"
            + " the browser's cookie goes, the old session lives on";

    private final List<Map<String, List<String>>> runs = new CopyOnWriteArrayList<>();

    @BeforeAll
    void try_them_all() {
        List<ExpressStack.Options> everywhere = List.of(
                new ExpressStack.Options("5", null, Map.of(), null),
                new ExpressStack.Options("5", PostgreSql.freshAddress(), Map.of(), null),
                new ExpressStack.Options("4", null, Map.of(), null));
        // One logout is never answered; waiting for it three times at once takes as long as waiting once.
        everywhere.parallelStream().map(ExpressResidueTest::residues).forEach(runs::add);
    }

    private static List<String> residue(ExpressLogout logout) {
        Experiment experiment = new Experiment(logout);
        List.of(Step.values()).forEach(experiment::perform);
        Map<ResidueColumn, Observation> seen = experiment.residue();
        return Stream.of(ResidueColumn.values())
                .map(column -> seen.get(column).inWords())
                .toList();
    }

    private static Map<String, List<String>> residues(ExpressStack.Options options) {
        Map<String, List<String>> residues = new ConcurrentHashMap<>();
        try (ExpressStack stack = RunningExpress.start(options)) {
            stack.logouts().parallelStream().forEach(logout -> residues.put(logout.key(), residue(logout)));
        }
        return residues;
    }

    private void assertEverywhere(String logout, List<String> residue) {
        assertThat(runs).hasSize(3).extracting(run -> run.get(logout)).containsOnly(residue);
    }

    @Test
    void freecodecamps_logout_on_passport_0_4_leaves_the_row_with_the_note() {
        assertEverywhere(
                "freecodecamp-0.4",
                List.of(
                        "302 /",
                        "none",
                        "same",
                        "stays, without the user, with the note",
                        "none",
                        "not logged in, reads the note",
                        "yes",
                        "yes, by a link"));
    }

    @Test
    void freecodecamps_logout_on_passport_0_7_logs_nobody_out() {
        assertEverywhere(
                "freecodecamp-0.7",
                List.of(
                        "500",
                        "none",
                        "same",
                        "stays, with the user, with the note",
                        "none",
                        "logged in, reads the note",
                        "no meaning: nobody can log out",
                        "no meaning: nobody can log out"));
    }

    @Test
    void passports_own_renews_the_session() {
        assertEverywhere(
                "passport",
                List.of(
                        "302 /",
                        "one: a new id",
                        "replaced",
                        "gone",
                        "one, anonymous, empty",
                        "nothing",
                        "yes",
                        FORGED_WITH_AND_WITHOUT));
    }

    @Test
    void the_first_rewrite_is_never_answered() {
        assertEverywhere(
                "first-rewrite",
                List.of(
                        "none at all",
                        "no meaning: there is no reply",
                        "same",
                        "gone",
                        "none",
                        "nothing",
                        "yes",
                        "yes, by a form that comes with the cookie"));
    }

    @Test
    void clearing_before_the_renewal_sends_two_headers() {
        assertEverywhere(
                "clear-log-out",
                List.of(
                        "200",
                        "2: the deletion, then a new id",
                        "replaced",
                        "gone",
                        "one, anonymous, empty",
                        "nothing",
                        "yes",
                        FORGED_WITH_AND_WITHOUT));
    }

    @Test
    void the_articles_answer_and_the_one_to_take_home_leave_neither_cookie_nor_row() {
        List<String> residue = new ArrayList<>(
                List.of("200", "one: the deletion", "gone", "gone", "none", "nothing", "yes", FORGED_WITH_AND_WITHOUT));

        assertEverywhere("article", residue);
        residue.set(0, "204");
        assertEverywhere("take-home", residue);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{domain: 'example.test', maxAge: 3600000}",
                "{path: '/api'}",
                "{secure: true, sameSite: 'none', partitioned: true}"
            })
    void only_the_one_to_take_home_clears_a_cookie_that_was_set_with_options(String cookie) throws IOException {
        Map<String, ?> behindProxy = Map.of("proxy", true, "cookie", JsonParser.parseString(cookie));
        for (String express : List.of("4", "5")) {
            try (ExpressStack stack = RunningExpress.start(
                    new ExpressStack.Options(express, null, behindProxy, List.of("destroy-clear", "take-home")))) {
                assertThat(heldAfter(stack.logout("destroy-clear"))).hasSize(1);
                assertThat(heldAfter(stack.logout("take-home"))).isEmpty();
            }
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
        HttpResponse<String> reply = new HttpUser(logout.address(), "proxy", new CookieJar())
                .send(new Call(call.method(), call.path(), call.contentType(), call.body(), headers));
        assertThat(reply.statusCode()).isBetween(200, 204);
        jar.keep(address, reply.headers().allValues("Set-Cookie"));
    }
}
