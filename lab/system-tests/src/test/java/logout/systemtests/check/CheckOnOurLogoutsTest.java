package logout.systemtests.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.app.account.DemoAccount;
import logout.check.CheckCommand;
import logout.experiment.PageProtocol;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.sidebyside.Logout;
import logout.systemtests.PostgreSql;
import logout.testing.CapturedOutput;
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
            String description = description(
                            stage.address().toString(), logout.protocol(), logout.method(), ada.name(), ada.password())
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

    /** Each of them leaves the personal page to the browser's cache. */
    private static final Map<String, String> ON_EXPRESS = Map.of(
            "freecodecamp-0.4",
            "yes: page-kept cookie-stays save-in-flight forced-logout logout-by-get; yes/moot/not-seen: note-readable;"
                    + " yes/no/moot/not-seen: fixation",
            "freecodecamp-0.7",
            "yes: page-kept logout-fails; yes/moot: replay; yes/moot/not-seen: cookie-stays note-readable second-logout-fails;"
                    + " no/moot/not-seen: logs-in-again forced-logout logout-by-get cookie-taken cookie-replaced",
            "passport",
            "yes: page-kept cookie-replaced save-in-flight forced-logout cookie-taken session-for-nobody",
            "first-rewrite",
            "yes: page-kept cookie-stays save-in-flight forced-logout; no: note-readable;"
                    + " no/not-seen: logout-fails cookie-taken id-in-address session-for-nobody; yes/no/not-seen: second-logout-fails",
            "take-home",
            "yes: page-kept save-in-flight forced-logout cookie-taken; no: note-readable");

    @Test
    void on_express() throws IOException {
        ExpressStack.Options options = new ExpressStack.Options("5", null, Map.of(), List.copyOf(ON_EXPRESS.keySet()));
        try (ExpressStack stack = RunningExpress.start(options)) {
            for (String key : ON_EXPRESS.keySet()) {
                // One of them never answers.
                String timeout = key.equals("first-rewrite") ? "timeout = 1\n" : "";
                assertVerdicts(described(stack.logout(key)) + timeout, 1, ON_EXPRESS.get(key));
            }
        }
    }

    private static String described(ExpressLogout logout) {
        return description(
                logout.address().toString(),
                logout.protocol(),
                logout.logout().method(),
                logout.user(),
                logout.password());
    }

    /** As somebody would write it who pastes what the browser sends. */
    private static String description(
            String address, PageProtocol protocol, String method, String user, String password) {
        boolean classic = protocol == PageProtocol.CLASSIC;
        String login = classic
                ? "user = " + user + "\npassword = " + password + "\nlogin = curl " + address + "login -d 'username="
                        + user + "&password=" + password + "'\n"
                : "login = curl " + address
                        + "api/login -H 'Content-Type: application/json' \\\n --data-raw '{\"username\":\"" + user
                        + "\",\"password\":\"" + password + "\"}'\n";
        String note = classic
                ? "note = curl " + address + "note -d note=late\n"
                : "note = curl -X PUT " + address
                        + "api/note -H 'Content-Type: application/json' --data-raw '{\"note\":\"late\"}'\n";
        return "address = " + address + "\npersonal = /api/me\n" + login + "logout = curl -X " + method + " " + address
                + (classic ? "logout" : "api/logout") + "\n" + note;
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
        try (CapturedOutput printed = CapturedOutput.begin()) {
            int ended = CheckCommand.command().execute("--format=json", file.toString());

            assertThat(printed.text())
                    .startsWith("{")
                    .doesNotContain(DemoAccount.ALL.get(0).password());
            Map<String, String> verdicts = Json.of(printed.text()).list("conditions").stream()
                    .collect(Collectors.toMap(one -> one.text("id"), one -> one.text("verdict")));
            assertThat(verdicts).as(printed.text()).hasSize(19);
            assertThat(ended).as(printed.text()).isEqualTo(status);
            return verdicts;
        }
    }
}
