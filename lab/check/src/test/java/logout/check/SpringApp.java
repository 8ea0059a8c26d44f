package logout.check;

import java.security.Principal;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An app on Spring Security as it comes: a login form with a CSRF token, and a page to log out. */
@SpringBootApplication
@RestController
public class SpringApp {

    static ConfigurableApplicationContext start() {
        SpringApplication app = new SpringApplication(SpringApp.class);
        app.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.security.user.name", "ada",
                "spring.security.user.password", "analytical-engine",
                "spring.main.banner-mode", "off",
                "logging.level.root", "off"));
        return app.run();
    }

    static int port(ConfigurableApplicationContext context) {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    @GetMapping("/personal")
    public String personal(Principal user) {
        return "This is " + user.getName() + "'s page. <a href=\"/logout\">Log out</a>";
    }
}
