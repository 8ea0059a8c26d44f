package logout.systemtests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import logout.sidebyside.Logout;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Nothing but the real request logs anyone out")
@ParameterizedClass
@EnumSource
class InertRequestsTest {

    private final Logout logout;

    @AutoClose
    private final Victim victim;

    InertRequestsTest(Logout logout) {
        this.logout = logout;
        this.victim = new Victim(logout);
    }

    @Test
    void no_trick_logs_anyone_out_and_then_the_real_request_does() {
        assertThat(Trick.all(logout, victim.port()).filter(this::logsOut)).isEmpty();

        victim.beLoggedIn();
        int status = victim.send(victim.realLogout()).status();

        assertThat(status).isEqualTo(logout.onPlainSite() ? 302 : 204);
        victim.assertLoggedOut();
    }

    private boolean logsOut(Trick trick) {
        victim.beLoggedIn();
        victim.send(trick.change().apply(victim.realLogout()));
        return !victim.isLoggedIn();
    }
}
