package logout.systemtests.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.app.account.DemoAccount;
import logout.check.CheckCommand;
import logout.experiment.Call;
import logout.experiment.PageProtocol;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.sidebyside.Logout;
import logout.systemtests.PostgreSql;
import logout.testing.Captured;
import logout.testing.Json;
import logout.testing.RunningExpress;
import logout.testing.RunningStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check, from outside, says of our own logouts what their tables say, as far as that can be seen from there. */
@ResourceLock(Resources.SYSTEM_OUT)
class CheckOnOurLogoutsTest {

    /** Where a row says no more, each verdict is "no", but for what cannot always be seen from outside, or has no meaning. */
    private static final String OPEN =
            "no/moot/not-seen: fixation note-readable save-in-flight deletion-misses; moot/not-seen: row-stays row-added";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            STAGE_1_GET  | 1 | yes: cookie-stays row-stays save-in-flight forced-logout logout-by-get; no: row-added; yes/moot/not-seen: note-readable
            STAGE_1_POST | 1 | yes: cookie-replaced row-added logout-by-get; no: row-stays
            STAGE_2      | 1 | yes: cookie-replaced row-added; no: row-stays note-readable
            STAGE_3      | 1 | yes: cookie-replaced row-added; no: row-stays note-readable
            STAGE_4      | 0 | no: row-stays row-added note-readable
            """)
    void on_the_stages(Logout logout, int status, String verdicts) throws IOException {
        try (RunningStage stage = RunningStage.of(logout.stage()).start()) {
            DemoAccount ada = DemoAccount.ALL.get(0);
            String description =
                    description(stage.address(), logout.protocol(), logout.call(), ada.name(), ada.password())
                            + "jdbc = " + stage.databaseAddress() + "\ntable = "
                            + logout.stage().table() + "\nkey = sessionId\n";

            assertVerdicts(description, status, verdicts);
        }
    }

    /** The three examples of docs/check-your-own-app.md, at the address and with the database that the test has. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
            form.conf  | STAGE_1_GET | 1 | logout-by-get cookie-replaced
            json.conf  | STAGE_2     | 1 | cookie-replaced
            store.conf | STAGE_4     | 0 | ''
            """)
    void of_the_examples(String example, Logout logout, int status, String yes) throws IOException {
        try (RunningStage stage =
                RunningStage.of(logout.stage()).on(PostgreSql.freshAddress()).start()) {
            String description = Files.readString(Path.of("../check/examples", example))
                    .replace(
                            "localhost:" + stage.stage().defaultPort(),
                            stage.address().getAuthority())
                    .replaceFirst("jdbc = .*", "jdbc = " + stage.databaseAddress());

            assertThat(verdicts(description, status).entrySet())
                    .filteredOn(verdict -> verdict.getValue().equals("yes"))
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder(yes.isEmpty() ? new String[0] : yes.split(" "));
        }
    }

    @Test
    void on_express_where_each_logout_leaves_the_personal_page_to_the_browsers_cache() throws IOException {
        String expected = """
                freecodecamp-0.4 | yes: page-kept cookie-stays save-in-flight forced-logout logout-by-get; yes/moot/not-seen: note-readable; yes/no/moot/not-seen: fixation
                freecodecamp-0.7 | yes: page-kept logout-fails; yes/moot: replay; yes/moot/not-seen: cookie-stays note-readable second-logout-fails; no/moot/not-seen: logs-in-again forced-logout logout-by-get cookie-taken cookie-replaced
                passport         | yes: page-kept cookie-replaced save-in-flight forced-logout cookie-taken session-for-nobody
                first-rewrite    | yes: page-kept cookie-stays save-in-flight forced-logout; no: note-readable; no/not-seen: logout-fails cookie-taken id-in-address session-for-nobody; yes/no/not-seen: second-logout-fails
                take-home        | yes: page-kept save-in-flight forced-logout cookie-taken; no: note-readable
                """;
        try (ExpressStack stack = RunningExpress.start(new ExpressStack.Options("5", null, Map.of(), null))) {
            for (String line : expected.lines().toList()) {
                String[] columns = line.split(" *\\| ");
                ExpressLogout app = stack.logout(columns[0]);
                // One of them never answers.
                String timeout = columns[0].equals("first-rewrite") ? "timeout = 1\n" : "";
                String description =
                        description(app.address(), app.protocol(), app.logout(), app.user(), app.password());
                assertVerdicts(description + timeout, 1, columns[1]);
            }
        }
    }

    /** As somebody would write it who pastes what the browser sends. */
    private static String description(URI address, PageProtocol pages, Call logout, String user, String password) {
        return Stream.of(
                        "address = " + address,
                        "user = " + user,
                        "password = " + password,
                        "personal = /api/me",
                        "login = " + curl(address, pages.logIn(user, password)),
                        "logout = " + curl(address, logout),
                        "note = " + curl(address, pages.keepNote("late")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String curl(URI address, Call call) {
        String body = call.body().isEmpty()
                ? ""
                : " -H 'Content-Type: " + call.contentType() + "' --data-raw '" + call.body() + "'";
        return "curl -X " + call.method() + " " + address.resolve(call.path()) + body;
    }

    private void assertVerdicts(String description, int status, String others) throws IOException {
        verdicts(description, status).forEach((id, verdict) -> {
            String expected = Stream.of((OPEN + "; " + others).split("; "))
                    .filter(row -> List.of(row.split(" ")).contains(id))
                    .reduce("no:", (first, last) -> last);
            assertThat(expected.substring(0, expected.indexOf(':')).split("/"))
                    .as(id)
                    .contains(verdict);
        });
    }

    /** What the check says of each condition, by its id. It never says the password. */
    private Map<String, String> verdicts(String description, int status) throws IOException {
        Path file = Files.writeString(folder.resolve("app.conf"), description);
        AtomicInteger ended = new AtomicInteger();
        String printed =
                Captured.output(() -> ended.set(CheckCommand.command().execute("--format=json", file.toString())));

        assertThat(printed)
                .startsWith("{")
                .doesNotContain(DemoAccount.ALL.get(0).password());
        Map<String, String> verdicts = Json.of(printed).list("conditions").stream()
                .collect(Collectors.toMap(one -> one.text("id"), one -> one.text("verdict")));
        assertThat(verdicts).as(printed).hasSize(19);
        assertThat(ended).as(printed).hasValue(status);
        return verdicts;
    }
}
