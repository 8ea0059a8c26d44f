package logout.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What cannot be judged is refused in one sentence, with status 2, and nothing is sent that was not meant. */
class RefusalsTest {

    /** A key of the description, or a trait of the app; what it says (a line that says nothing is left out); and what is named. */
    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", quoteCharacter = '~', textBlock = """
            address -> http://example.com -> must be one of this machine
            address -> http://192.0.2.1:8080 -> must be one of this machine
            address -> file:///etc/passwd -> must be one of this machine
            address -> http://localhost:1 -> Is it running?
            password -> wrong-secret -> password
            password -> ~~ -> lacks a line "password
            password-env -> NO_SUCH_VARIABLE -> no environment variable NO_SUCH_VARIABLE
            personal -> ~~ -> lacks a line "personal
            personal -> /login -> is shown to somebody who is not logged in
            personal -> //{other}/mine -> .
            login-page -> http://{other}/login -> .
            login-page -> //{other}/login -> .
            login-page -> a|b -> be a path
            marker -> Bonjour -> marker
            marker -> <form -> marker
            adress -> http://localhost:1 -> "adress"
            user -> ada\\nuser = grace -> "user"
            capture x -> css a href -> stands below the request
            jdbc -> jdbc:h2:mem:x -> lacks a line "table
            jdbc -> jdbc:mysql://localhost/app\\ntable = kept\\nkey = id -> driver
            accept -> cookie-stay -> cookie-stay
            timeout -> soon -> timeout
            insecure -> perhaps -> insecure
            personal -> /binary -> The reply to GET /binary is no text
            logout -> /mine -> 200, and the user is still logged in
            logout -> curl '{app}/a|b' -> is malformed
            logout -> curl {app}/logout -H 'a b: c' -> is malformed
            logout -> wget {app}/logout -> must begin with curl
            logout -> curl {app}/logout --proxy x -> --proxy
            logout -> curl {app}/logout -T x -> -T
            logout -> curl {app}/logout -d @file -> @
            logout -> curl {app}/logout --data-urlencode a@file -> @
            logout -> curl {app}/logout --json @file -> @
            logout -> curl {app}/logout -d x | jq . -> |
            logout -> curl {app}/logout -d x; rm x -> ;
            logout -> curl {app}/logout -d x && curl y -> &&
            logout -> curl {app}/logout -d $TOKEN -> $TOKEN
            logout -> curl {app}/logout -d "a=$(cat x)" -> $(
            logout -> curl {app}/logout -d "a=`cat x`" -> `
            logout -> curl {app}/logout -d x {app}/again -> address
            logout -> curl {app}/logout \\\\ -> has \\
            logout -> curl {app}/logout --data-raw -> lacks its value
            logout -> curl '{app}/logout -> a quote that is not closed
            logout -> curl ^"{app}/logout^" -> quoted for Windows
            logout -> curl /out -X POST\\ncapture token = json a -> below the last logout
            login -> {json}\\ncapture token = json data.1.token -> no json data.1.token in the reply to POST /api/login, which was 200
            login -> {json}\\ncapture token = json data.token -> no json data.token in the reply to POST /api/login
            login -> {json}\\ncapture token = css meta[name=csrf-token] content -> no css meta[name=csrf-token] content in the reply to POST
            login -> {json}\\ncapture token = cookie XSRF-TOKEN -> no cookie XSRF-TOKEN in the reply to POST /api/login
            login -> {json}\\ncapture token = header X-Token -> no header X-Token in the reply to POST /api/login
            login -> {json}\\ncapture token = css [[ content -> css SELECTOR
            login -> {json}\\ncapture token = xpath //meta -> css SELECTOR
            capture -> json token -> "capture"
            header -> Authorization: Bearer {tokn} -> tokn
            header -> Bearer -> Authorization
            personal -> curl /mine -u 'ada:{password}'\\nlogin = curl /mine -u 'ada:{password}' -> basic authentication), and that is enough to see it. There is no session
            personal -> curl /mine -u 'ada:{password}'\\nlogin = curl /mine -u 'ada:{password}'\\nmarker = Hello, ada -> basic authentication), and that is enough to see it. There is no session
            trait -> action=http://{other}/elsewhere -> The login is sent to another site
            trait -> action=//{other}/elsewhere -> The login is sent to another site
            trait -> form=<form method=post action=http://{other}/elsewhere><button>Log out</button></form> -> The logout is sent to another site
            trait -> form=<form method=post action=//{other}/elsewhere><button>Log out</button></form> -> The logout is sent to another site
            trait -> form=<a href='javascript:out()'>Log out</a> -> The app could not be judged: no form and no link that logs out
            trait -> links=<form method=post action=/signout><button>Sign out</button></form> -> none was pressed: the form to /signout; the form to /logout
            """)
    void what_is_described_wrongly_is_named(String key, String value, String named) throws IOException {
        try (TinyApp other = new TinyApp()) {
            String said = value.translateEscapes()
                    .replace("{json}", "curl /api/login --json '{\"name\":\"ada\",\"secret\":\"{password}\"}'")
                    .replace("{other}", other.address().substring("http://".length()));
            Map<String, String> traits = Map.of("marker", "out=200", "login", "bearer", "trait", said);
            try (TinyApp app = new TinyApp(traits.getOrDefault(key, ""))) {
                app.description.put(key, said.replace("{app}", app.address()));
                app.description.remove("trait");
                app.description.values().removeIf(String::isEmpty);

                Checked checked = Checked.of(app);

                assertThat(checked.reason()).contains(named);
                assertThat(checked.output() + checked.errors()).doesNotContain("wrong-secret");
                assertThat(app.received)
                        .noneMatch(received -> received.request().matches("POST /(logout|signout)"));
                assertThat(other.received).isEmpty();
            }
        }
    }

    @Test
    void a_file_that_is_missing_and_an_option_that_is_wrong() throws IOException {
        try (TinyApp app = new TinyApp()) {
            assertThat(Checked.of(app, "--nonsense").status()).isEqualTo(2);
            assertThat(Checked.of(app, "--format=nonsense").status()).isEqualTo(2);
        }
        assertThat(new CommandLine(new CheckCommand()).execute("no-such-file")).isEqualTo(2);
    }

    @Test
    void help_fits_on_a_screen() {
        String help = CheckCommand.command().setUsageHelpAutoWidth(false).getUsageMessage();
        assertThat(help.lines()).hasSizeLessThanOrEqualTo(24).allMatch(line -> line.length() <= 80);
        assertThat(help).contains("junit", "Exit status", "accepted");
    }

    /** Either it is read as what it is, or the sentence says what it must be. */
    @ParameterizedTest
    @CsvSource({"ISO-8859-1, ''", "UTF-16, ''", "UTF-16LE, \uFEFF", "UTF-8, \uFEFF"})
    void a_description_in_another_encoding(String encoding, String mark) throws IOException {
        try (TinyApp app = new TinyApp()) {
            String description = mark + app.described() + "# Prüfung\n";

            Checked checked = Checked.by(description.getBytes(Charset.forName(encoding)), "--format=json");

            if (checked.status() == 2) {
                assertThat(checked.reason()).contains("UTF-8");
            } else {
                checked.assertVerdicts("");
            }
        }
    }

    /** Nobody has signed it but its owner. Where Java trusts that, it is another host's. */
    @Test
    void a_certificate_that_is_not_trusted(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("store");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options = " -genkeypair -keyalg EC -dname CN=elsewhere.example -storepass changeit -keystore ";
        assertThat(new ProcessBuilder((keytool + options + store).split(" "))
                        .start()
                        .waitFor())
                .isZero();
        char[] password = "changeit".toCharArray();
        KeyStore own = KeyStore.getInstance(store.toFile(), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(own);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        try (TinyApp app = new TinyApp(tls)) {
            assertThat(Checked.of(app).reason()).contains("certificate", "insecure = yes");

            HttpClient trusting = HttpClient.newBuilder().sslContext(tls).build();
            URI address = URI.create(app.address());
            HttpUser user = new HttpUser(address, "test", new CookieJar(), Duration.ofSeconds(20), trusting);
            Exception refused = catchException(() -> user.send(Call.page("/login")));
            assertThat(refused).hasMessageContaining("No name matching localhost");
            assertThat(Observation.notSeen(refused).reason()).isEqualTo("the app's certificate is not trusted");

            app.description.put("insecure", "yes");
            Checked.of(app).assertVerdicts("");
        }
    }

    @Test
    void a_login_that_is_slow() throws Exception {
        try (TinyApp app = new TinyApp()) {
            app.before(
                    "POST /login",
                    (exchange, fields) -> new CompletableFuture<Void>()
                            .completeOnTimeout(null, app.logins.get() == 0 ? 6 : 0, TimeUnit.SECONDS)
                            .join());
            app.description.put("timeout", "1");
            assertThat(Checked.of(app).reason()).contains("1 s", "timeout");

            app.description.put("timeout", "15");
            Checked.of(app).assertVerdicts("");
        }
    }

    @Test
    void a_fault_of_the_program_itself_has_a_status_of_its_own() throws IOException {
        try (TinyApp app = new TinyApp()) {
            // There is nothing any more to print a report to.
            app.before("POST /logout", (exchange, fields) -> System.setOut(null));

            Checked checked = Checked.printed(app.described().getBytes(StandardCharsets.UTF_8));

            assertThat(checked.status()).as(checked.errors()).isEqualTo(3);
            assertThat(checked.errors()).isNotBlank().doesNotContain("\tat ");
        }
    }
}
