package logout.systemtests.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import logout.app.account.DemoAccount;
import logout.check.CheckCommand;
import logout.experiment.PageProtocol;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.sidebyside.Logout;
import logout.testing.CapturedOutput;
import logout.testing.RunningExpress;
import logout.testing.RunningStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The check, from outside, says of our own logouts what their tables say, as far as that can be seen from there. */
@ResourceLock(Resources.SYSTEM_OUT)
class CheckOnOurLogoutsTest {

    private static final String SAME = "stays in the browser as it was.";
    private static final String REPLACED = "was replaced by a new one.";
    private static final String GONE = "is gone from the browser.";
    private static final String ROW_STAYS = "The session's row is still in the store.";
    private static final String USER_TAKEN_OUT = "The text \"ada\" was in it, and is not any more.";
    private static final String ROW_GONE = "The session's row is gone from the store.";
    private static final String NEW_ROW = "The logout added a row to the store.";
    private static final String SAVED_BACK =
            "A save that began before the logout and ends after it logs the user in again.";
    private static final String FORGED = "Another site can log the user out where the browser sends the cookie along.";
    private static final String COOKIE_TAKEN = "Another site can take the cookie from the browser";
    private static final String NOT_FORGED = "A request of another site logs nobody out.";

    @TempDir
    private Path folder;

    static Stream<Arguments> stages() {
        return Stream.of(
                Arguments.of(
                        Logout.STAGE_1_GET,
                        1,
                        List.of(SAME, ROW_STAYS, USER_TAKEN_OUT, SAVED_BACK, FORGED, "The logout is a GET.")),
                Arguments.of(
                        Logout.STAGE_1_POST,
                        1,
                        List.of(
                                REPLACED,
                                ROW_GONE,
                                NEW_ROW,
                                NOT_FORGED,
                                "A GET on the logout's address logs out, too.")),
                Arguments.of(Logout.STAGE_2, 1, List.of(REPLACED, ROW_GONE, NEW_ROW, NOT_FORGED)),
                Arguments.of(Logout.STAGE_3, 1, List.of(REPLACED, ROW_GONE, NEW_ROW, NOT_FORGED)),
                Arguments.of(
                        Logout.STAGE_4, 0, List.of(GONE, ROW_GONE, NOT_FORGED, "Nothing was seen to be left behind.")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stages")
    void on_the_stages(Logout logout, int status, List<String> findings) throws IOException {
        try (RunningStage stage = RunningStage.of(logout.stage()).start()) {
            DemoAccount ada = DemoAccount.ALL.get(0);
            String description = description(
                            stage.address().toString(), logout.protocol(), logout.method(), ada.name(), ada.password())
                    + "jdbc = " + stage.databaseAddress() + "\ntable = "
                    + logout.stage().table() + "\nkey = sessionId\n";

            assertFound(description, status, findings, ada.password());
        }
    }

    static Stream<Arguments> onExpress() {
        return Stream.of(
                Arguments.of("freecodecamp-0.4", List.of(SAME, SAVED_BACK, FORGED, "The logout is a GET.")),
                Arguments.of("passport", List.of(REPLACED, SAVED_BACK, FORGED, COOKIE_TAKEN)),
                Arguments.of("clear-log-out", List.of(REPLACED, SAVED_BACK, FORGED, COOKIE_TAKEN)),
                Arguments.of("article", List.of(GONE, SAVED_BACK, FORGED, COOKIE_TAKEN)),
                Arguments.of("take-home", List.of(GONE, SAVED_BACK, FORGED, COOKIE_TAKEN)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onExpress")
    void on_express(String key, List<String> findings) throws IOException {
        try (ExpressStack stack = RunningExpress.start(new ExpressStack.Options("5", null, Map.of(), List.of(key)))) {
            assertFound(
                    described(stack.logout(key)), 1, findings, stack.logout(key).password());
        }
    }

    @Test
    void what_logs_nobody_out_or_never_answers_cannot_be_judged() throws IOException {
        List<String> keys = List.of("freecodecamp-0.7", "first-rewrite");
        try (ExpressStack stack = RunningExpress.start(new ExpressStack.Options("5", null, Map.of(), keys))) {
            assertFound(
                    described(stack.logout("freecodecamp-0.7")),
                    2,
                    List.of("was answered 500, and the user is still logged in."),
                    "analytical");
            assertFound(
                    described(stack.logout("first-rewrite")),
                    2,
                    List.of("The logout (POST /api/logout) was not answered within"),
                    "analytical");
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

    private void assertFound(String description, int status, List<String> findings, String secret) throws IOException {
        Path file = Files.writeString(folder.resolve("app.conf"), description);
        PrintStream err = System.err;
        try (CapturedOutput printed = CapturedOutput.begin()) {
            System.setErr(System.out);
            int ended = CheckCommand.command().execute(file.toString());

            assertThat(printed.text()).contains(findings).doesNotContain(secret);
            assertThat(ended).as(printed.text()).isEqualTo(status);
        } finally {
            System.setErr(err);
        }
    }
}
