package logout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app on Spring Security: its form and its tokens are found, and its logout leaves an orphan cookie. */
class SpringSecurityTest {

    @TempDir
    private Path folder;

    @Test
    void as_it_comes() throws IOException {
        try (var spring = SpringApp.start()) {
            String description = "address = http://localhost:" + SpringApp.port(spring)
                    + "\nuser = ada\npassword = analytical-engine\npersonal = /personal\n";

            Checked checked = Checked.by(folder, description);

            assertThat(checked.output())
                    .contains("login: the form that is sent to /login, with the fields username, password, _csrf")
                    .contains("logout: the form to /logout on /logout")
                    .contains("The cookie JSESSIONID stays in the browser as it was.")
                    .contains("A copy of the cookies from before the logout is not logged in any more.")
                    // It refuses a form without its token, and begins a session for whoever it refuses.
                    .contains("Another site can take the cookie from the browser");
            assertThat(checked.status()).isEqualTo(1);
            assertThat(Checked.by(folder, description, "--format=json").output())
                    .containsSubsequence("\"found\": [", "\"findings\": [", "\"leftBehind\": true")
                    .contains("\"kind\": \"left\"");
            assertThat(Checked.by(folder, description, "--format=markdown").output())
                    .contains("## What is left behind");
        }
    }
}
