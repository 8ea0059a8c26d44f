package logout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** An app on Spring Security: its form and its tokens are found, and it begins a session for whoever it sends to its login form. */
class SpringSecurityTest {

    @Test
    void as_it_comes() throws IOException {
        try (var spring = SpringApp.start()) {
            String description = "address = http://localhost:" + SpringApp.port(spring)
                    + "\nuser = ada\npassword = analytical-engine\npersonal = /personal\n"
                    + "accept = cookie-replaced, cookie-taken, id-in-address\n";
            Checked checked = Checked.of(description);

            checked.assertVerdicts("yes: cookie-replaced cookie-taken id-in-address session-for-nobody");
            assertThat(checked.status()).isZero();
            assertThat(checked.condition("cookie-replaced").cookies()).containsExactly("JSESSIONID");
        }
    }
}
