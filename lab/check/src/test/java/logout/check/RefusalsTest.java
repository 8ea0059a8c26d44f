package logout.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be judged is refused in one sentence, with status 2. */
class RefusalsTest {

    @TempDir
    private Path folder;

    private void refused(String description, String... words) throws IOException {
        Checked checked = Checked.by(folder, description);

        assertThat(checked.status()).as(checked.output()).isEqualTo(2);
        assertThat(checked.output()).contains(words).doesNotContain("\tat ", "Exception");
        assertThat(checked.output().lines()).hasSize(1);
    }

    private static String described(String address, String... more) {
        return "address = " + address + "\nuser = ada\npassword = " + TinyApp.PASSWORD + "\npersonal = /mine\n"
                + String.join("\n", more);
    }

    @ParameterizedTest
    @CsvSource({"http://example.com", "http://192.0.2.1:8080", "file:///etc/passwd", "nonsense"})
    void an_address_that_is_not_of_this_machine(String address) throws IOException {
        refused(described(address), "must be one of this machine");
    }

    @Test
    void where_nothing_listens() throws IOException {
        TinyApp app = new TinyApp();
        String address = app.address();
        app.close();

        refused(described(address), "The app does not answer at " + address, "Is it running?");
    }

    @Test
    void a_wrong_password() throws IOException {
        try (TinyApp app = new TinyApp()) {
            refused(
                    "address = " + app.address() + "\nuser = ada\npassword = wrong\npersonal = /mine",
                    "Nobody is logged in after the login. Are the name and the password right?");
        }
    }

    @Test
    void a_marker_that_everybody_sees_or_nobody() throws IOException {
        try (TinyApp app = new TinyApp() {
            @Override
            void loginPage(HttpExchange exchange) throws IOException {
                exchange.getResponseHeaders().set("X", "y");
                reply(
                        exchange,
                        200,
                        "Hello. <form method=post action=/login><input name=who><input type=password name=secret></form>");
            }
        }) {
            refused(described(app.address(), "marker = Hello"), "Everybody sees the marker");
            refused(described(app.address(), "marker = Bonjour"), "is the marker on the personal page?");
        }
    }

    @Test
    void a_personal_page_that_everybody_sees() throws IOException {
        try (TinyApp app = new TinyApp()) {
            refused(
                    "address = " + app.address() + "\nuser = ada\npassword = x\npersonal = /login",
                    "is shown to somebody who is not logged in");
        }
    }

    @ParameterizedTest
    @CsvSource({"200", "302"})
    void a_logout_that_does_not_log_out(int status) throws IOException {
        try (TinyApp app = new TinyApp() {
            @Override
            void logOut(HttpExchange exchange, Map<String, String> fields) throws IOException {
                exchange.getResponseHeaders().set("Location", "/login");
                reply(exchange, status, "Done.");
            }
        }) {
            refused(described(app.address()), "was answered " + status + ", and the user is still logged in");
        }
    }

    @Test
    void a_page_without_a_logout() throws IOException {
        try (TinyApp app = new TinyApp() {
            @Override
            String logoutForm() {
                return "";
            }
        }) {
            refused(described(app.address()), "No form and no link that logs out was found on /mine");
        }
    }

    @Test
    void a_pasted_command_that_is_not_understood() throws IOException {
        try (TinyApp app = new TinyApp()) {
            String url = app.address() + "/logout";
            refused(described(app.address(), "logout = curl ^\"" + url + "^\""), "quoted for Windows");
            refused(described(app.address(), "logout = curl " + url + " --data-binary @file"), "from a file (@)");
            refused(described(app.address(), "logout = wget " + url), "must begin with curl");
            refused(described(app.address(), "logout = curl '" + url), "a quote that is not closed");
            refused(described(app.address(), "logout = curl " + url + " --proxy x"), "the option --proxy");
        }
    }

    @Test
    void a_malformed_address_or_header() throws IOException {
        try (TinyApp app = new TinyApp()) {
            refused(described(app.address(), "logout = curl '" + app.address() + "/a|b'"), "is malformed");
            refused(described(app.address(), "logout = curl " + app.address() + " -H 'a b: c'"), "is malformed");
            refused(described(app.address(), "login-page = a|b"), "is malformed");
        }
    }

    @Test
    void a_missing_file_key_or_variable() throws IOException {
        refused("address = http://localhost:1\n", "lacks a line \"personal = …\"");
        refused("adress = http://localhost:1\n", "begins with \"adress\"");
        refused("address = http://localhost:1\npersonal = /\nuser = ada\n", "lacks a line \"password = …\"");
        refused(
                "address = http://localhost:1\npersonal = /\nuser = ada\npassword-env = NO_SUCH_VARIABLE\n",
                "no environment variable NO_SUCH_VARIABLE");
        refused(described("http://localhost:1", "jdbc = jdbc:h2:mem:x"), "lacks a line \"table = …\"");
        assertThat(new picocli.CommandLine(new CheckCommand())
                        .execute(folder.resolve("none").toString()))
                .isEqualTo(2);
    }
}
