package logout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** An app on Spring Security: its form and its tokens are found, and its logout leaves an orphan cookie. */
class SpringSecurityTest {

    @Test
    void as_it_comes() throws IOException {
        try (var spring = SpringApp.start()) {
            String description = "address = http://localhost:" + SpringApp.port(spring)
                    + "\nuser = ada\npassword = analytical-engine\npersonal = /personal\n"
                    + "accept = cookie-taken, cookie-stays, cookie-replaced\n";
            Checked checked = Checked.by(description.getBytes(StandardCharsets.UTF_8), "--format=json");

            // It refuses a form without its token, and begins a session for whoever it refuses. The page to which its
            // logout
            // redirects begins another one, which takes the orphan's place.
            checked.assertVerdicts("yes: cookie-taken session-for-nobody; yes/no: cookie-stays cookie-replaced");
            assertThat(checked.status()).isZero();
            assertThat(checked.conditions())
                    .filteredOn(condition -> condition.id().matches("cookie-(stays|replaced)"))
                    .filteredOn(condition -> condition.verdict().equals("yes"))
                    .singleElement()
                    .satisfies(condition -> assertThat(condition.cookies()).containsExactly("JSESSIONID"));
        }
    }
}
