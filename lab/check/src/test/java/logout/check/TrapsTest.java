package logout.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Apps that are right but for one thing. */
class TrapsTest {

    @TempDir
    private Path folder;

    private Checked check(TinyApp app, String... more) throws IOException {
        return Checked.by(
                folder,
                "address = " + app.address() + "\nuser = ada\npassword = " + TinyApp.PASSWORD
                        + "\npersonal = /mine\nmarker = Hello, ada\n" + String.join("\n", more));
    }

    @Test
    void nothing_is_found_where_all_is_right() throws IOException {
        try (TinyApp app = new TinyApp()) {
            Checked checked = check(app);

            assertThat(checked.output())
                    .contains("login: the form that is sent to /login, with the fields who, secret")
                    .contains("logout: the form to /logout on /mine")
                    .contains("The cookie tiny.sid is gone from the browser.")
                    .contains("A copy of the cookies from before the logout is not logged in any more.")
                    .contains("A request of another site logs nobody out.")
                    .contains("Nothing was seen to be left behind.")
                    .doesNotContain("What does not protect", "What is left behind", "What is untidy");
            assertThat(checked.status()).isZero();
        }
    }

    @Test
    void no_password_id_or_token_is_printed() throws IOException {
        try (TinyApp app = new TinyApp()) {
            Set<String> ids = ConcurrentHashMap.newKeySet();
            Thread watch = new Thread(() -> {
                while (!Thread.interrupted()) {
                    ids.addAll(app.users.keySet());
                    Thread.onSpinWait();
                }
            });
            watch.start();
            String output = check(app).output()
                    + Checked.by(
                                    folder,
                                    "address = " + app.address()
                                            + "\nuser = ada\npassword = wrong-secret\npersonal = /mine")
                            .output();
            watch.interrupt();

            assertThat(ids).isNotEmpty();
            assertThat(output).doesNotContain(TinyApp.PASSWORD, "wrong-secret");
            assertThat(ids).allSatisfy(id -> assertThat(output).doesNotContain(id));
        }
    }

    @Test
    void two_cookies_that_log_in_together_are_both_named() throws IOException {
        try (TinyApp app = new TinyApp() {
            @Override
            void begin(HttpExchange exchange, String user) {
                super.begin(exchange, user);
                setCookie(exchange, "half=" + "h".repeat(20) + "; Path=/");
            }

            @Override
            String user(HttpExchange exchange) {
                return cookie(exchange, "half") == null ? null : super.user(exchange);
            }
        }) {
            assertThat(check(app).output())
                    .contains("The cookie tiny.sid is gone from the browser.")
                    .contains("The cookie half stays in the browser as it was.");
        }
    }

    @Test
    void a_session_in_a_signed_cookie_is_logged_in_again_by_a_copy() throws IOException {
        try (TinyApp app = new TinyApp() {
            @Override
            String user(HttpExchange exchange) {
                return cookie(exchange, COOKIE) == null ? null : "ada";
            }
        }) {
            Checked checked = check(app);

            assertThat(checked.output()).contains("A copy of the cookies from before the logout is still logged in.");
            assertThat(checked.status()).isEqualTo(1);
        }
    }

    @Test
    void a_login_that_keeps_the_id_and_adopts_an_invented_one() throws IOException {
        try (TinyApp app = new TinyApp() {
            @Override
            void loginPage(HttpExchange exchange) throws IOException {
                if (cookie(exchange, COOKIE) == null) {
                    setCookie(exchange, COOKIE + "=" + newId() + "; Path=/");
                }
                super.loginPage(exchange);
            }

            @Override
            void begin(HttpExchange exchange, String user) {
                users.put(cookie(exchange, COOKIE), user);
            }
        }) {
            assertThat(check(app, "login-page = /login").output())
                    .contains("The cookie tiny.sid from before the login is logged in after it.")
                    .contains("An invented id in the cookie tiny.sid is adopted.");
        }
    }

    @Test
    void a_deletion_with_another_path_misses_and_the_reason_is_said() throws IOException {
        try (TinyApp app = new TinyApp() {
            @Override
            void forget(HttpExchange exchange) {
                setCookie(exchange, COOKIE + "=; Path=/account; Max-Age=0");
            }
        }) {
            assertThat(check(app).output())
                    .contains("The cookie tiny.sid stays in the browser as it was.")
                    .contains(
                            "The deletion of the cookie tiny.sid misses: the cookie's path is /, the deletion's is /account.");
        }
    }

    @Test
    void a_logout_that_begins_a_session_for_nobody() throws IOException {
        try (TinyApp app = new TinyApp() {
            @Override
            void forget(HttpExchange exchange) {
                setCookie(exchange, COOKIE + "=" + newId() + "; Path=/");
            }
        }) {
            assertThat(check(app).output())
                    .contains("The cookie tiny.sid was replaced by a new one.")
                    .contains("A logout by somebody who has no session sets the cookie tiny.sid.");
        }
    }

    @Test
    void a_logout_without_a_guard_can_be_forged_with_and_without_the_cookie() throws IOException {
        try (TinyApp app = new TinyApp() {
            @Override
            boolean isForeign(HttpExchange exchange) {
                return false;
            }

            @Override
            void forget(HttpExchange exchange) {
                setCookie(exchange, COOKIE + "=; Path=/; Max-Age=0");
            }
        }) {
            assertThat(check(app).output())
                    .contains("Another site can log the user out where the browser sends the cookie along.")
                    .contains("Another site can take the cookie from the browser");
        }
    }

    @Test
    void a_token_that_goes_stale_is_renewed_from_the_page_of_the_pasted_request() throws IOException {
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        try (TinyApp app = new TinyApp() {
            @Override
            String logoutForm() {
                String token = newId();
                tokens.add(token);
                return "<form method=post action=/logout><input type=hidden name=_csrf value=" + token + ">"
                        + "<button>Log out</button></form>";
            }

            @Override
            void logOut(HttpExchange exchange, Map<String, String> fields) throws IOException {
                if (!tokens.remove(String.valueOf(fields.get("_csrf")))) {
                    reply(exchange, 403, "Stale.");
                } else {
                    super.logOut(exchange, fields);
                }
            }
        }) {
            Checked checked = check(
                    app,
                    "logout = curl '" + app.address() + "/logout' \\",
                    "  -H 'Referer: " + app.address() + "/mine' \\",
                    "  -b 'tiny.sid=staleid' \\",
                    "  --data-raw '_csrf=staletoken'");

            assertThat(checked.output())
                    .contains("logout: 1 stale cookies of the pasted command were dropped")
                    .contains("logout: the field _csrf was renewed from /mine")
                    .doesNotContain("staleid", "staletoken");
            assertThat(checked.status()).isZero();
            assertThat(check(app).status()).as("found by itself").isZero();
        }
    }

    @Test
    void a_form_is_filled_in_as_a_browser_fills_it_in() throws IOException {
        Set<Map<String, String>> sent = ConcurrentHashMap.newKeySet();
        try (TinyApp app = new TinyApp() {
            @Override
            void loginPage(HttpExchange exchange) throws IOException {
                reply(
                        exchange,
                        200,
                        "<form method=post action=/login><input name=who><input type=password name=secret>"
                                + "<select name=realm><option value=one>1<option value=two selected>2</select>"
                                + "<input type=checkbox name=kept checked><input type=checkbox name=shared>"
                                + "<input name=off value=x disabled><input type=reset name=empty value=Empty>"
                                + "<button name=do value=enter>Log in</button>"
                                + "<input type=submit name=help value=Help></form>");
            }

            @Override
            void logIn(HttpExchange exchange, Map<String, String> fields) throws IOException {
                sent.add(fields);
                super.logIn(exchange, fields);
            }
        }) {
            check(app);

            assertThat(sent)
                    .containsExactly(Map.of(
                            "who", "ada", "secret", TinyApp.PASSWORD, "realm", "two", "kept", "on", "do", "enter"));
        }
    }

    @Test
    void a_redirect_to_a_home_page_without_a_slash_is_followed_from_anywhere() throws IOException {
        try (TinyApp app = new TinyApp() {
            @Override
            void logIn(HttpExchange exchange, Map<String, String> fields) throws IOException {
                setCookie(exchange, "next=home; Path=/");
                redirect(exchange, address());
            }

            @Override
            void home(HttpExchange exchange) throws IOException {
                if (cookie(exchange, "next") != null) {
                    begin(exchange, "ada");
                }
                super.home(exchange);
            }
        }) {
            Checked checked = Checked.by(
                    folder,
                    "address = " + app.address() + "/below\nuser = ada\npassword = " + TinyApp.PASSWORD
                            + "\npersonal = /mine");

            assertThat(checked.output()).contains("Logged in, and then logged out by POST /logout, answered 302.");
        }
    }

    /** The rows hold bytes of no format that is known here. */
    @ParameterizedTest
    @CsvSource({
        "1f8b08, 1f8b08, The logout changed nothing in it. What is in it is not legible from here.",
        "1f8b08, 1f8b09, The logout changed these of its columns: BYTES. What is in it is not legible from here.",
        "616461, 2e2e2e, 'The logout changed these of its columns: BYTES. The text \"ada\" was in it, and is not any more.'",
        "616461, 6164612e, The logout changed these of its columns: BYTES. The text \"ada\" is in it.",
    })
    void a_row_that_stays_is_compared_with_what_it_was_before_the_logout(
            String bytesBefore, String bytesAfter, String said) throws IOException {
        try (KeptRows app = new KeptRows(bytesBefore) {
            @Override
            void forget(HttpExchange exchange) {
                super.forget(exchange);
                keep(cookie(exchange, COOKIE), bytesAfter);
            }
        }) {
            assertThat(check(app, app.described()).output())
                    .contains("The session's row is still in the store. " + said)
                    .doesNotContain("The logout added");
        }
    }

    @Test
    void the_row_of_a_session_for_nobody_that_a_page_begins_is_not_taken_for_the_logouts() throws IOException {
        try (KeptRows app = new KeptRows("00") {
            @Override
            void personal(HttpExchange exchange) throws IOException {
                if (cookie(exchange, COOKIE) == null) {
                    String id = newId();
                    keep(id, "00");
                    setCookie(exchange, COOKIE + "=" + id + "; Path=/");
                }
                super.personal(exchange);
            }

            @Override
            void forget(HttpExchange exchange) {
                super.forget(exchange);
                sql(jdbc, "DELETE FROM kept WHERE id = '" + cookie(exchange, COOKIE) + "'");
            }
        }) {
            assertThat(check(app, app.described()).output())
                    .contains("The session's row is gone from the store.")
                    .doesNotContain("The logout added");
        }
    }

    /** An app that keeps a row for each session. */
    private static class KeptRows extends TinyApp {
        final String jdbc = "jdbc:h2:mem:rows-" + newId() + ";DB_CLOSE_DELAY=-1";
        private final String bytes;

        KeptRows(String bytes) throws IOException {
            this.bytes = bytes;
            sql(jdbc, "CREATE TABLE kept (id VARCHAR(64) PRIMARY KEY, bytes VARBINARY(64))");
        }

        String described() {
            return "jdbc = " + jdbc + "\ntable = kept\nkey = id";
        }

        @Override
        void begin(HttpExchange exchange, String user) {
            super.begin(exchange, user);
            users.keySet().forEach(id -> keep(id, bytes));
        }

        void keep(String id, String content) {
            sql(jdbc, "MERGE INTO kept KEY (id) VALUES ('" + id + "', X'" + content + "')");
        }
    }

    private static void sql(String jdbc, String statement) {
        try (Connection connection = DriverManager.getConnection(jdbc);
                Statement update = connection.createStatement()) {
            update.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
