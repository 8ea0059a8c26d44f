package logout.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apps of every kind, each described in at most eight lines. */
class DescriptionsTest {

    /** Options of curl, the body that the app must get, and a header. Java's own escapes stand for what cannot be printed. */
    private static final String COPIED = """
            -H "X-Said: \\"it's\\"" -b 'one=1; two=2' --data-raw $'it\\'s\\nnew' -d '' -d a\\ b -> it's\\nnew&&a b -> X-said: "it's"
            --data-raw "a\\b\\$\\\\\\`\\"" -> a\\\\b$\\\\`" ->
            -H 'Accept-Encoding: gzip, br' -H 'Cookie: three=3' --data-raw 'a\\b' -> a\\\\b ->
            --data-raw $'\\u0021 \\x21 \\041' -> ! ! ! ->
            --data-raw $'\\u00e9' -> é ->
            --data-raw $'\\t|\\r|\\n|\\b|\\f|\\\\|\\'|\\"' -> \\t|\\r|\\n|\\b|\\f|\\\\|'|" ->
            --data-urlencode 'a=b & c' --data-urlencode '=d e' --data-urlencode f+g -> a=b+%26+c&d+e&f%2Bg ->
            --json '{"a":1}' -> {"a":1} -> Content-type: application/json
            --json '{"a":1}' -> {"a":1} -> Accept: application/json
            -u ada:secret -d a=b -> a=b -> Authorization: Basic YWRhOnNlY3JldA==
            -u ada:{password} -d a=b -> a=b -> Authorization: Basic YWRhOmNvcnJlY3QgaG9yc2U=
            -sS -XPOST -d=a -d -X -db=c --data-raw @d --compressed -> =a&-X&b=c&@d ->
            --user ada:secret -d a=b -> a=b -> Authorization: Basic YWRhOnNlY3JldA==
            """;

    /**
     * The kinds that are examples of the check's page, the two that the page shows on a stage, and an app below a path, whose
     * personal page is asked for by a POST that everybody may send, and is read across tags and entities.
     */
    @ParameterizedTest
    @ValueSource(strings = {"meta", "xsrf", "bearer", "two-steps", "registration", "basic", "form", "JSON", "graphql"})
    void eight_lines_are_enough(String kind) throws IOException {
        for (String trait : List.of("", "session-stays")) {
            try (TinyApp app = new TinyApp(kind, trait, kind.equals("graphql") ? "base=/app" : "base=")) {
                String description = described(app, kind);
                assertThat(description.lines().filter(line -> !line.startsWith("#")))
                        .hasSizeBetween(4, 8);

                Checked checked = Checked.of(description);

                checked.assertVerdicts((trait.isEmpty() ? "no" : "yes") + ": replay; "
                        + (kind.equals("bearer") ? "moot" : "no") + ": adopted-id");
                assertThat(checked.condition("replay").evidence())
                        .hasSizeBetween(trait.isEmpty() ? 0 : 3, trait.isEmpty() ? 0 : 7)
                        .allMatch(line -> line.startsWith("curl "));
                assertThat(checked.report().logins())
                        .isEqualTo(app.logins.get())
                        .isPositive();
                assertThat(app.users.isEmpty()).isEqualTo(trait.isEmpty());
            }
        }
    }

    private static String described(TinyApp app, String kind) throws IOException {
        String begin = "address = http://localhost:8080\npassword = correct horse\npersonal = /mine\n";
        String text = switch (kind) {
            case "form" -> begin + "user = ada\n";
            case "JSON" ->
                begin + "login = curl /api/login --json '{\"name\":\"ada\",\"secret\":\"{password}\"}'\n"
                        + "logout = curl /logout -X POST\n";
            case "graphql" ->
                begin.replace("/mine", "curl /app/graphql --json '{\"query\":\"{me{name}}\"}'")
                        + "user = ada\nmarker = This is ada's page\nlogin-page = /app/login\n"
                        + "logout = curl /app/logout -X POST\n";
            default -> Files.readString(Path.of("examples", kind + ".conf"));
        };
        return text.replace("http://localhost:8080", app.address());
    }

    /** As curl and a shell would send it, but for its cookies. */
    @Test
    void what_is_copied_is_sent() throws IOException {
        try (TinyApp app = new TinyApp()) {
            List<String[]> rows =
                    COPIED.lines().map(row -> row.split(" -> ?", -1)).toList();
            app.description.put(
                    "login",
                    rows.stream()
                            .map(row -> "curl '" + app.address() + "/any' \\\n " + row[0] + "\nlogin = ")
                            .collect(Collectors.joining("", "", "curl /login -d 'who=ada&secret={password}'")));

            Checked.of(app).assertVerdicts("");

            app.received.removeIf(received -> !received.request().equals("POST /any"));
            assertThat(rows).zipSatisfy(app.received.subList(0, rows.size()), (row, sent) -> {
                assertThat(sent.body().replace("%20", "+")).isEqualTo(row[1].translateEscapes());
                assertThat(sent.headers()).doesNotContainKeys("Cookie", "Accept-encoding");
                assertThat(sent.headers().toString()).contains(row[2].replaceFirst(": ", "=["));
            });
        }
    }

    /**
     * The lines are typed as they are, but for what stands in braces. What they print shows that each of them did its part, and
     * then the condition.
     */
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            session-stays                           | replay              | 3 | Hello, ada.*Home page.*Hello, ada.*
            session-stays begins-before needs-visit | replay              | 4 | .*name=secret></form>Hello, ada.*Home page.*Hello, ada.*
            session-stays token=long                | replay              | 3 | Hello, ada.*Home page.*Hello, ada.*
            notes                                   | note-readable       | 4 | Hello, ada.*Home page.*Note: buy-milk
            remember                                | logs-in-again       | 3 | Hello, ada.*Home page.*Hello, ada.*
            done=500 session-stays cookie-stays     | logout-fails        | 3 | Hello, ada.*Hello, ada.*
            keeps-own-id begins-before              | fixation            | 3 | .*name=secret></form>Hello, ada.*Hello, ada.*
            adopts-any-id                           | adopted-id          | 2 | Hello, ada.*Hello, ada.*
            methods=GET                             | logout-by-get       | 3 | Hello, ada.*Home page.*name=secret></form>
            unguarded same-site=                    | forced-logout       | 3 | Hello, ada.*Home page.*name=secret></form>
            unguarded deleted-for-anybody           | cookie-taken        | 3 | Hello, ada.*Set-cookie: tiny.sid=;.*Home page.*Hello, ada.*
            notes saves-whole                       | save-in-flight      | 4 | Hello, ada.*Home page.*Hello, ada.*
            cache=private                           | page-kept           | 2 | Hello, ada.*Cache-control: private.*Hello, ada.*
            login-to=/mine;jsessionid={id}          | id-in-address       | 3 | .*Location: /mine;jsessionid=.*
            nobody-to=/;jsessionid={id}             | id-in-address       | 3 | .*Location: /;jsessionid=.*
            cookie-stays                            | cookie-stays        | 2 | Hello, ada.*HTTP/1.1 302((?!Set-cookie).)*Home page
            cookie-replaced                         | cookie-replaced     | 2 | Hello, ada.*Set-cookie: tiny.sid=\\w{32}.*Home page
            deleted=/account                        | deletion-misses     | 2 | Hello, ada.*Set-cookie: tiny.sid=; Path=/account; .*
            done=500                                | second-logout-fails | 3 | Hello, ada.*HTTP/1.1 500.*
            cookie-replaced                         | session-for-nobody  | 1 | HTTP/1.1 302.*Set-cookie: tiny.sid=\\w{32}.*
            """)
    void the_evidence_shows_it_to_somebody_else(
            String traits, String condition, int lines, String shown, @TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")) && Files.isExecutable(Path.of("/bin/bash")));
        try (TinyApp app = new TinyApp(traits.split(" "))) {
            app.description.put("login-page", "/login");
            List<String> evidence = Checked.of(app).condition(condition).evidence();
            assertThat(evidence).hasSize(lines);
            app.ended = id -> folder.resolve("ended").toFile().mkdir();
            app.received.clear();

            String token = "$(curl -s -b jar.txt " + app.address() + "/mine | sed 's/.*value=//; s/>.*//')";
            String typed = String.join("\n", evidence)
                    .replace("{cookie}={invented id}", TinyApp.COOKIE + "=1234567890abcdef")
                    .replace("{who}", "ada")
                    .replace("{secret}", TinyApp.PASSWORD)
                    .replace("'_csrf={_csrf}'", "\"_csrf=" + token + "\"")
                    .replace("sleep 5", "until [ -e ended ]; do sleep 0.1; done");
            Process bash = new ProcessBuilder("/bin/bash", "-ec", typed)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(bash.waitFor()).as(typed + printed).isZero();
            assertThat(printed).as(typed).matches("(?s)" + shown);
            assertThat(app.received)
                    .filteredOn(received -> received.request().startsWith("POST "))
                    .allMatch(
                            received -> received.headers().containsValue(List.of("application/x-www-form-urlencoded")));
        }
    }

    /** Also where it is short, or stands in a pasted request. */
    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", textBlock = """
            token=short -> n -> n={n}
            token=long -> x -> _csrf={_csrf}
            field=do=logout -> x -> do=logout
            pasted -> curl /logout -d 'pin=4711&do=logout' -> pin={pin}&do=logout
            pasted -> curl /logout -X POST -H 'X-Pin: 4711' -> x-pin: {x-pin}
            pasted -> curl /logout -H 'Authorization: Bearer 4711' --json '{"pin":4711,"a":1}' -> {"pin":{pin},"a":1}
            """)
    void no_secret_is_in_the_evidence(String trait, String logout, String shown) throws IOException {
        try (TinyApp app = new TinyApp("session-stays", trait)) {
            if (logout.startsWith("curl")) {
                app.description.put("logout", logout);
            }
            assertThat(Checked.of(app).condition("replay").evidence())
                    .hasSize(3)
                    .noneMatch(line -> line.contains("4711"))
                    .element(1)
                    .asString()
                    .contains(shown);
        }
    }

    /**
     * Every condition has a line in each. In the report of Maven's own reader of JUnit files, what raises the status has failed,
     * and all else that was not seen to be right is skipped.
     */
    @Test
    void every_condition_is_in_reports_of_every_form(@TempDir Path folder) throws Exception {
        try (TinyApp app = new TinyApp("cookie-stays", "cache=private", "done=500", "adopts-any-id")) {
            app.description.put("accept", "page-kept");
            Path file = folder.resolve("TEST-logout.xml");
            Path json = folder.resolve("logout.json");
            Path text = folder.resolve("logout.txt");

            Checked checked = Checked.of(
                    app,
                    "--format=junit:" + file,
                    "--format=json:" + json,
                    "--format=text:" + text,
                    "--format=markdown");

            List<Report.Line> conditions =
                    new Gson().fromJson(Files.readString(json), Report.class).conditions();
            assertThat(List.of(Files.readString(text), checked.output())).allSatisfy(printed -> {
                assertThat(printed.replace("## ", "").lines().filter(line -> line.startsWith("What ")))
                        .containsExactly(
                                "What does not protect the user",
                                "What is left behind",
                                "What is untidy",
                                "What could not be seen",
                                "What has no meaning here",
                                "What was seen to be right");
                assertThat(conditions)
                        .hasSize(19)
                        .allSatisfy(condition -> assertThat(printed).contains(condition.seen()));
            });
            Map<String, ReportTestCase> cases = cases(file);
            assertThat(checked.status()).isEqualTo(1);
            assertThat(checked.output()).contains("## What is left behind", "(accepted)", "```sh\n");
            assertThat(json).content().contains("\"accepted\": true");
            assertThat(folder)
                    .isDirectoryNotContaining(path -> !Set.of(file, json, text).contains(path));
            assertThat(cases).hasSize(19);
            assertThat(cases.values())
                    .filteredOn(ReportTestCase::hasFailure)
                    .extracting(ReportTestCase::getName)
                    .containsExactlyInAnyOrder("adopted-id", "cookie-stays");
            assertThat(cases.get("adopted-id").getFailureDetail()).contains("CWE-384", "WSTG-SESS-06", "curl -sL");
            assertThat(cases.get("page-kept").getFailureMessage()).contains("(accepted)");
            assertThat(cases.get("row-stays").getFailureMessage()).startsWith("Not seen: ");
            assertThat(cases.get("second-logout-fails").getFailureMessage()).startsWith("Untidy: ");
        }
    }

    /** As Maven's own reader of JUnit files finds them. */
    private static Map<String, ReportTestCase> cases(Path file) throws Exception {
        ReportTestSuite suite = new TestSuiteXmlParser(new NullConsoleLogger())
                .parse(file.toString())
                .get(0);
        assertThat(suite.getNumberOfTests()).isEqualTo(suite.getTestCases().size());
        return suite.getTestCases().stream().collect(Collectors.toMap(ReportTestCase::getName, one -> one));
    }

    @Test
    void a_refusal_is_in_every_report_and_no_report_is_lost(@TempDir Path folder) throws Exception {
        try (TinyApp app = new TinyApp()) {
            Path file = folder.resolve("logout.xml");
            assertThat(Checked.of(app, "--format=junit:" + file).output()).contains("The user was logged in");
            app.description.put("password", "wrong-secret");
            assertThat(Checked.of(app, "--format=junit:" + file).status()).isEqualTo(2);
            assertThat(cases(file).values())
                    .singleElement()
                    .satisfies(test -> assertThat(test.hasError()).isTrue());

            app.received.clear();
            Checked lost = Checked.of(
                    app,
                    "--format=junit:" + folder.resolve("none/logout.xml"),
                    "--format=json:" + folder.resolve("a.json"));
            assertThat(lost.status()).isEqualTo(2);
            assertThat(lost.errors()).contains("none/logout.xml");
            assertThat(app.received).isEmpty();
            assertThat(folder).isDirectoryNotContaining("glob:**/a.json");
        }
    }
}
