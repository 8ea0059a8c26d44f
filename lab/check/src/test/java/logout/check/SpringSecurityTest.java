package logout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** An app on Spring Security: its form and its tokens are found, and its logout leaves an orphan cookie. */
class SpringSecurityTest {

    @Test
    void as_it_comes() throws IOException {
        try (var spring = SpringApp.start()) {
            String description = "address = http://localhost:" + SpringApp.port(spring)
                    + "\nuser = ada\npassword = analytical-engine\npersonal = /personal\n"
                    + "accept = cookie-taken, cookie-stays\n";
            Checked checked = Checked.of(description);

            // It refuses a form without its token, and begins a session for whoever it refuses.
            checked.assertVerdicts("yes: cookie-taken cookie-stays session-for-nobody");
            assertThat(checked.status()).isZero();
            assertThat(checked.condition("cookie-stays").cookies()).containsExactly("JSESSIONID");
        }
    }
}
