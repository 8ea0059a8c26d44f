package logout.systemtests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import logout.sidebyside.Logout;
import logout.testing.RawRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Jetty tries every cookie of the session cookie's name (in capitals too) until it finds a session, and refuses the
 * request where it finds two. A browser sends two where another path, or another program on this machine, has set one.
 */
@DisplayName("A logout with several session cookies ends the one session there is, or nothing at all")
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralCookiesTest {

    @Parameter
    Logout logout;

    @AutoClose
    private Victim victim;

    @BeforeParameterizedClassInvocation
    void start() {
        victim = new Victim(logout);
    }

    @Test
    void garbage_of_the_same_name_before_or_behind_the_session_cookie_does_not_save_the_session() {
        String name = victim.cookieName();
        Stream.<UnaryOperator<String>>of(
                        cookie -> name + "=garbage; " + cookie,
                        cookie -> cookie + "; " + name + "=garbage",
                        cookie -> cookie + "; " + cookie,
                        cookie -> "$Version=1; " + cookie + "; $Path=/",
                        cookie -> cookie.replace("=", "=\"") + "\"",
                        cookie -> cookie.replace(name, name.toUpperCase(Locale.ROOT)),
                        cookie -> name + "=" + "a".repeat(6_000) + "; " + cookie)
                .forEach(change -> assertLogsOut(victim -> victim.realLogout().cookie(change)));
    }

    @Test
    void a_second_cookie_header_does_not_save_the_session() {
        assertLogsOut(victim -> victim.realLogout().with("Cookie: " + victim.cookieName() + "=garbage"));
    }

    @Test
    void the_real_request_written_otherwise_logs_out_too() {
        assertLogsOut(victim -> victim.realLogout().target(path -> path + "?x"));
        assertLogsOut(victim -> victim.realLogout().target(path -> path + "#x"));
        assertLogsOut(victim -> victim.realLogout().target(path -> "http://" + victim.host() + path));
        assertLogsOut(
                victim -> victim.realLogout().with("Transfer-Encoding: chunked").body("0\r\n\r\n"));
    }

    @Test
    void the_id_of_the_session_before_in_a_second_cookie_stays_dead() {
        victim.beLoggedIn();
        String before = victim.cookie();
        victim.send(victim.realLogout());
        victim.beLoggedIn();
        if (logout == Logout.STAGE_1_GET) {
            // Its old row stays, so there are two sessions.
            assertRefused(before);
            return;
        }
        victim.send(victim.realLogout().cookie(cookie -> victim.cookieName() + "=" + before + "; " + cookie));

        victim.assertLoggedOut();
        assertThat(victim.statusOfMe(before)).isEqualTo(401);
    }

    @Test
    void with_two_sessions_at_once_the_logout_is_refused_and_both_stay_until_each_is_logged_out() {
        victim.beLoggedIn();
        String other = victim.otherSession();

        assertRefused(other);
        assertThat(victim.statusOfMe(other)).isEqualTo(200);

        victim.send(victim.realLogout());
        victim.assertLoggedOut();
        assertThat(victim.statusOfMe(other)).isEqualTo(200);
        victim.send(victim.realLogout().cookie(cookie -> victim.cookieName() + "=" + other));
        assertThat(victim.statusOfMe(other)).isEqualTo(401);
    }

    /** Neither the first nor the second is taken, and no reply says "logged out" while one of them lives. */
    private void assertRefused(String other) {
        Reply reply =
                victim.send(victim.realLogout().cookie(cookie -> cookie + "; " + victim.cookieName() + "=" + other));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).doesNotContain("Set-Cookie").doesNotContain(other);
        victim.assertLoggedIn();
    }

    private void assertLogsOut(Function<Victim, RawRequest> request) {
        victim.beLoggedIn();

        Reply reply = victim.send(request.apply(victim));

        assertThat(reply.status()).as(reply.text()).isEqualTo(logout.onPlainSite() ? 302 : 204);
        victim.assertLoggedOut();
    }
}
