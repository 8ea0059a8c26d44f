package logout.check;

import static logout.check.TinyApp.cookie;
import static logout.check.TinyApp.newId;
import static logout.check.TinyApp.reply;
import static logout.check.TinyApp.setCookie;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import logout.experiment.HttpUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apps that are right but for one thing, or that look wrong and are right. */
class TrapsTest {

    /**
     * The name, the traits, and the verdicts that differ from those on a sound app. Some have a line of the description that the
     * traits do not imply, and a text that is said of a condition.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', emptyValue = "", textBlock = """
            all is right | "" | ""
            each login ends the one before, the logout only deletes the cookie | one-session session-stays | yes: replay
            each login ends the one before, the logout is right | one-session | ""
            all is below a path, the cookie stays | base=/app cookie-stays | yes: cookie-stays
            a known hidden field | unguarded same-site= field=do=logout | yes: forced-logout
            a method in a hidden field | unguarded same-site= field=_method=delete | yes: forced-logout
            a long hidden field of words | unguarded same-site= field=next=leave-the-application | yes: forced-logout
            a token | unguarded same-site= token=long | ""
            a short token | unguarded same-site= token=short | ""
            a token that all sessions share | unguarded same-site= token=shared | no/not-seen: forced-logout
            the login adopts any id, no page begins a session | adopts-any-id | yes: adopted-id; yes/no/moot/not-seen: fixation
            the login adopts any id, a page begins a session | adopts-any-id begins-before | yes: adopted-id fixation
            the login keeps the app's own id | keeps-own-id begins-before | yes: fixation
            a cookie from before the login that every page needs | tenant | ""
            a login page that knows who was there last | sets=who=ada | ""
            a signed cookie that any site can have deleted | signed unguarded same-site= | yes: replay forced-logout; moot: cookie-taken; no/not-seen: adopted-id
            a refusal to another site that replaces the cookie | same-site= replaced-for-others | yes: cookie-taken | "" | forced-logout = logs nobody out
            a note in an address | "" | yes: note-readable; no/not-seen: save-in-flight | note = curl '/note?note=buy-milk' -X POST
            a note in JSON, which nothing encodes | notes | yes: note-readable; no/moot/not-seen: save-in-flight | note = curl /note --json '{"note":"50% off + tax"}'
            a signed cookie without a store | signed notes | yes: replay; moot: save-in-flight; no/moot/not-seen: note-readable
            the note outlives the logout | notes | yes: note-readable; no/moot/not-seen: save-in-flight
            a save writes the whole session, whether or not it has ended | notes saves-whole | yes: save-in-flight note-readable
            the note ends with the session | notes forgets-notes | no: note-readable; not-seen: save-in-flight
            a link with a token | unguarded same-site= token=long methods=GET | ""
            an id in the login's address | login-to=/mine;jsessionid={id} | yes: id-in-address
            an id in the logout's address | to=/?session={id} | yes: id-in-address
            an id in the address of nobody's logout | nobody-to=/;jsessionid={id} | yes: id-in-address
            a login that redirects to another site | login-to=http://localhost:1/bye/now | ""
            an emptied cookie | cookie-emptied | ""
            a cookie without name and value | sets=; | ""
            a cookie that logs in again | remember | yes: logs-in-again replay cookie-stays
            a logout that says it failed, and did not | done=500 | yes: second-logout-fails
            a logout that does its work at its second redirect | late | ""
            a personal page that redirects whoever is logged in | personal-redirects | ""
            no look at the origin, Strict | unguarded same-site=Strict | ""
            no look at the origin, Strict, a deletion for anybody | unguarded same-site=Strict deleted-for-anybody | yes: cookie-taken
            no look at the origin, Lax | unguarded | ""
            no look at the origin, Lax, a deletion for anybody | unguarded deleted-for-anybody | yes: cookie-taken
            no look at the origin, Lax, a new id for anybody | unguarded cookie-replaced | yes: cookie-taken cookie-replaced session-for-nobody
            no look at the origin, no SameSite | unguarded same-site= | yes: forced-logout
            no look at the origin, no SameSite, a deletion for anybody | unguarded same-site= deleted-for-anybody | yes: forced-logout cookie-taken
            no look at the origin, None | unguarded same-site=None | yes: forced-logout
            two headers of Cache-Control | cache=private,no-store | ""
            a header of Cache-Control in other letters | cache=No-Store | ""
            no no-store | cache=private | yes: page-kept
            a deletion with another path | deleted=/account | yes: cookie-stays deletion-misses
            a dead session is answered 503 | stale=503 | not-seen: replay; no/not-seen: adopted-id
            a flash cookie of 20 characters | sets=flash=You-are-logged-out-0 | ""
            a session for nobody | cookie-replaced | yes: cookie-replaced session-for-nobody
            a GET logs out, too | methods=POST,GET | yes: logout-by-get; yes/no: forced-logout
            a HEAD logs out, too | methods=POST,HEAD | yes: logout-by-get; yes/no: forced-logout
            an id in the address of the form to log in | action=/login;jsessionid={id} | ""
            a logout that fails | done=500 session-stays cookie-stays | yes: logout-fails; yes/moot: replay; yes/moot/not-seen: cookie-stays second-logout-fails; no/moot/not-seen: logs-in-again forced-logout logout-by-get cookie-taken cookie-replaced deletion-misses session-for-nobody id-in-address
            the second login is refused | logins=3 | no/not-seen: adopted-id logout-by-get forced-logout cookie-taken session-for-nobody | "" | adopted-id = 429
            the third login is refused | logins=4 | no/not-seen: adopted-id logout-by-get forced-logout cookie-taken session-for-nobody | "" | adopted-id = 429
            the fourth login is refused | logins=5 | no/not-seen: adopted-id logout-by-get forced-logout cookie-taken session-for-nobody | "" | adopted-id = 429
            a stale token is renewed from the page of the pasted request | token=long | "" | logout = curl /logout -H 'Referer: /mine' -b 'tiny.sid=staleid' --data-raw '_csrf=staletoken'
            a method that no form has | unguarded same-site= methods=DELETE | "" | logout = curl /logout -X DELETE | forced-logout = preflight
            a header that no form has | unguarded same-site= needs=X-requested-with | "" | logout = curl /logout -X POST -H 'X-Requested-With: fetch' | forced-logout = x-requested-with
            a type that no form has | unguarded same-site= needs=application/json | "" | logout = curl /logout -H 'Content-Type: application/json' -d {} | forced-logout = application/json
            strangers are refused without a login page | out=401 | "" | login-page = /login
            everybody gets 200, and the marker tells who is logged in | base=/app out=200 unguarded same-site= | yes: forced-logout | marker = Hello, ada
            a logout that is answered 204 | done=204 | ""
            what logs in again does not hide the rest | remember unguarded adopts-any-id begins-before cache=private same-site=None | yes: replay logs-in-again cookie-stays forced-logout adopted-id fixation page-kept
            one session, and a new id for anybody by a form and a link | one-session unguarded cookie-replaced keeps-own-id begins-before methods=POST,GET done=500 | yes: cookie-taken cookie-replaced session-for-nobody fixation logout-by-get second-logout-fails; yes/no/not-seen: forced-logout
            two cookies, both needed | second needs-both | yes: cookie-stays | "" | cookie-stays = as it was: second.
            two cookies, either enough | second needs-either | yes: cookie-stays | "" | cookie-stays = as it was: second.
            two cookies that stay | second cookie-stays | yes: cookie-stays | "" | "cookie-stays = as it was: (second; tiny.sid|tiny.sid; second)."
            """)
    void the_verdicts_are_those_on_a_sound_app_but_for_one_thing(
            String name, String traits, String verdicts, ArgumentsAccessor row) throws Exception {
        try (TinyApp app = new TinyApp(traits.split(" "))) {
            HttpUser first = app.login();
            HttpUser second = app.login();
            assertThat(app.isIn(second)).isTrue();
            assertThat(app.isIn(second, "tenant")).isEqualTo(!app.is("tenant"));
            assertThat(app.isIn(second, TinyApp.COOKIE))
                    .isEqualTo(app.is("second") && !app.is("needs-both") || app.is("remember"));
            assertThat(app.isIn(first)).isEqualTo(!app.is("one-session"));
            assertThat(app.isInAfterForgedLogout(second))
                    .isEqualTo(
                            !app.is("unguarded") || traits.matches(".*(token|field|needs|DELETE|remember|signed).*"));

            Checked checked = Checked.of(app.described() + (row.size() > 3 ? row.getString(3) : "") + "\n");

            checked.assertVerdicts(verdicts);
            if (row.size() > 4) {
                String[] said = row.getString(4).split(" = ");
                assertThat(checked.condition(said[0]).seen()).containsPattern("(?i)" + said[1]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<form method=post action=/danger><button>Delete my account and log out</button></form>",
                "<form method=post action=/danger><button>Close the account and sign out</button></form>",
                "<form method=post action=/danger><button>Sign out and remove my data</button></form>",
                "<form method=post action=/danger><button>Log out of all devices</button></form>",
                "<form method=post action=/danger><button>Log out other sessions</button></form>",
                "<form method=post action=/danger/delete><button>Log out</button></form>",
                "<a href=/danger>Delete my account and log out</a>",
                "<form action=/danger><select name=do><option>Log out</select><button>Go</button></form>",
                "<a href=/danger/catalog/outlet>Outlet</a><a href=/danger/blog/out-of-office>Out of office</a>",
            })
    void what_does_more_than_log_out_or_something_else_is_never_pressed(String danger) throws Exception {
        try (TinyApp app = new TinyApp("links=" + danger);
                TinyApp byLink = new TinyApp("links=" + danger, "methods=GET");
                TinyApp neither = new TinyApp("links=" + danger, "form=")) {
            Checked.of(app).assertVerdicts("");
            Checked.of(byLink).assertVerdicts("yes: logout-by-get forced-logout");
            assertThat(Checked.of(neither).reason()).contains("/mine");

            assertThat(Set.of(app, byLink, neither))
                    .flatExtracting(one -> one.received)
                    .noneMatch(received -> received.request().contains("/danger"));
        }
    }

    @Test
    void what_sends_the_same_request_counts_once() throws Exception {
        String links = "<a href=/logout>Log out</a><form method=post action=/logout><button>Log out</button></form>";
        try (TinyApp app = new TinyApp("links=" + links)) {
            Checked.of(app).assertVerdicts("");
        }
    }

    @Test
    void a_name_within_a_token_of_the_login_page_says_nothing_of_a_user() throws IOException {
        try (TinyApp app = new TinyApp()) {
            app.before(
                    "GET /login",
                    (exchange, fields) -> app.action = app.action.contains("?") ? "/login?t=0ada0" : "/login?t=");

            Checked.of(app).assertVerdicts("");
        }
    }

    @Test
    void what_will_be_sent_is_printed_before_it_is_sent() throws Exception {
        try (TinyApp app = new TinyApp("token=long")) {
            AtomicReference<String> printed = new AtomicReference<>();
            app.before("POST /logout", (exchange, fields) -> printed.compareAndSet(null, Checked.printedSoFar()));

            Checked.of(app, "--format=text");

            assertThat(printed.get()).contains("/login", "secret", "/logout", "_csrf");
        }
    }

    @Test
    void a_form_is_filled_in_as_a_browser_fills_it_in() throws Exception {
        try (TinyApp app = new TinyApp()) {
            String page = "<form method=post action=/login><input name=who><input type=password name=secret>"
                    + "<select name=realm><option value=one>1<option value=two selected>2</select>"
                    + "<input type=checkbox name=kept checked><input type=checkbox name=shared>"
                    + "<input name=off value=x disabled><input type=reset name=empty value=Empty>"
                    + "<button name=do value=enter>Log in</button><input type=submit name=help value=Help></form>";
            app.routes.put("GET /login", (exchange, fields) -> reply(exchange, 200, page));
            Set<Map<String, String>> sent = ConcurrentHashMap.newKeySet();
            app.before("POST /login", (exchange, fields) -> sent.add(fields));

            Checked.of(app).assertVerdicts("");

            assertThat(sent)
                    .containsExactly(Map.of(
                            "who", "ada", "secret", TinyApp.PASSWORD, "realm", "two", "kept", "on", "do", "enter"));
        }
    }

    @Test
    void a_redirect_to_a_home_page_without_a_slash_is_followed_from_anywhere() throws Exception {
        try (TinyApp app = new TinyApp()) {
            app.routes.put("POST /login", (exchange, fields) -> {
                setCookie(exchange, "next=" + fields.get("who"));
                app.redirect(exchange, app.address());
            });
            app.before("GET /", (exchange, fields) -> {
                if (cookie(exchange, "next") != null) {
                    setCookie(exchange, "next=; Max-Age=0");
                    app.begin(exchange, "ada");
                }
            });
            app.description.put("address", app.address() + "/below");

            Checked.of(app).assertVerdicts("");
        }
    }

    /** The rows hold bytes of no format that is known here. */
    @ParameterizedTest
    @CsvSource({
        "1f8b08, 1f8b08, yes: row-stays; no: row-added, not legible",
        "1f8b08, 1f8b09, yes: row-stays; no: row-added, BYTES",
        "616461, 2e2e2e, yes: row-stays; no: row-added, '\"ada\" was in it'",
        "616461, 6164612e, yes: row-stays; no: row-added, '\"ada\" is in it'",
        "00, gone, no: row-stays row-added, ''",
        "00, new, no: row-stays; yes: row-added, ': 1.'",
        "00, away, not-seen: row-stays row-added, the session store could not be read any more"
    })
    void the_row_is_compared_with_what_it_was_before_the_logout(
            String before, String after, String verdicts, String said) throws Exception {
        String jdbc = "jdbc:h2:mem:rows-" + newId() + ";DB_CLOSE_DELAY=-1";
        try (TinyApp app = new TinyApp()) {
            sql(
                    jdbc,
                    "CREATE TABLE kept (id VARCHAR(64) PRIMARY KEY, bytes VARBINARY(64), text VARCHAR(9), nothing BLOB)");
            app.description.putAll(Map.of("jdbc", jdbc, "table", "kept", "key", "id"));
            // A page that begins a session for nobody adds a row that is not the logout's.
            app.before("GET /mine", (exchange, fields) -> {
                if (cookie(exchange, TinyApp.COOKIE) == null) {
                    String id = newId();
                    app.begun.accept(id);
                    setCookie(exchange, TinyApp.COOKIE + "=" + id + "; Path=/");
                }
            });
            app.begun = id -> keep(jdbc, id, before);
            app.ended = id -> {
                sql(jdbc, "DELETE FROM kept WHERE id = '" + id + "'");
                if (after.equals("away")) {
                    sql(jdbc, "DROP TABLE kept");
                    app.begun = app.ended = next -> {};
                } else if (!after.equals("gone")) {
                    keep(jdbc, after.equals("new") ? newId() : id, after.equals("new") ? before : after);
                }
            };

            Checked checked = Checked.of(app);

            checked.assertVerdicts(verdicts);
            assertThat(checked.condition("row-stays").seen()
                            + checked.condition("row-added").seen())
                    .contains(said)
                    .doesNotContain("TEXT", "NOTHING");
        }
    }

    private static void keep(String jdbc, String id, String content) {
        sql(jdbc, "MERGE INTO kept (id, bytes) KEY (id) VALUES ('" + id + "', X'" + content + "')");
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
