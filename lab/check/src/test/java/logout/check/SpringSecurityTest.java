package logout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.Principal;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An app on Spring Security: its form and its tokens are found, and it begins a session for whoever it sends to its login form. */
class SpringSecurityTest {

    private static final String[] OPTIONS =
            ("--server.port=0 --server.address=127.0.0.1 --spring.security.user.name=ada"
                            + " --spring.security.user.password=analytical-engine"
                            + " --spring.main.banner-mode=off --logging.level.root=off")
                    .split(" ");

    @EnableAutoConfiguration
    @RestController
    public static class PersonalPage {
        @GetMapping("/personal")
        public String personal(Principal user) {
            return "This is " + user.getName() + "'s page. <a href=\"/logout\">Log out</a>";
        }
    }

    @Test
    void as_it_comes() throws IOException {
        try (var spring = SpringApplication.run(PersonalPage.class, OPTIONS)) {
            String description = "address = http://localhost:"
                    + spring.getEnvironment().getProperty("local.server.port")
                    + "\nuser = ada\npassword = analytical-engine\npersonal = /personal\n"
                    + "accept = cookie-replaced, cookie-taken, id-in-address\n";
            Checked checked = Checked.of(description);

            checked.assertVerdicts("yes: cookie-replaced cookie-taken id-in-address session-for-nobody");
            assertThat(checked.status()).isZero();
            assertThat(checked.condition("cookie-replaced").cookies()).containsExactly("JSESSIONID");
        }
    }
}
