package logout.systemtests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import logout.sidebyside.Logout;
import logout.systemtests.Bystander;
import logout.testing.RawReply;
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
    private Bystander ada;

    @BeforeParameterizedClassInvocation
    void start() {
        ada = new Bystander(logout.stage());
    }

    @Test
    void the_real_request_written_otherwise_and_garbage_of_the_same_name_do_not_save_the_session() {
        String name = ada.cookie("").replace("=", "");
        Stream.<UnaryOperator<RawRequest>>of(
                        real -> real.cookie(cookie -> name + "=garbage; " + cookie),
                        real -> real.cookie(cookie -> cookie + "; " + name + "=garbage"),
                        real -> real.cookie(cookie -> cookie + "; " + cookie),
                        real -> real.cookie(cookie -> "$Version=1; " + cookie + "; $Path=/"),
                        real -> real.cookie(cookie -> cookie.replace("=", "=\"") + "\""),
                        real -> real.cookie(cookie -> cookie.replace(name, name.toUpperCase(Locale.ROOT))),
                        real -> real.cookie(cookie -> name + "=" + "a".repeat(6_000) + "; " + cookie),
                        real -> real.with("Cookie: " + name + "=garbage"),
                        real -> real.target(path -> path + "?x"),
                        real -> real.target(path -> path + "#x"),
                        real -> real.target(path -> "http://" + ada.host() + path),
                        real -> real.chunks("0\r\n\r\n"))
                .forEach(this::assertLogsOut);
    }

    private void assertLogsOut(UnaryOperator<RawRequest> change) {
        ada.beLoggedIn();
        RawRequest request = change.apply(realLogout(ada.id()));

        assertThat(ada.send(request).status()).as("%s", request).isEqualTo(logout.onPlainSite() ? 302 : 204);
        assertThat(ada.statusOfMe(ada.id())).as("%s", request).isEqualTo(401);
    }

    @Test
    void with_two_sessions_at_once_the_logout_is_refused_and_both_stay_until_each_is_logged_out() {
        ada.beLoggedIn();
        String other = "another0session0of0the0same0person";
        ada.stage().addRow(other, Instant.now());

        RawReply reply = ada.send(realLogout(ada.id()).cookie(cookie -> cookie + "; " + ada.cookie(other)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.headers("Set-Cookie")).isEmpty();
        assertThat(reply.toString()).doesNotContain(other, ada.id());
        for (String id : new String[] {ada.id(), other}) {
            assertThat(ada.statusOfMe(id)).isEqualTo(200);
            ada.send(realLogout(id));
            assertThat(ada.statusOfMe(id)).isEqualTo(401);
        }
    }

    private RawRequest realLogout(String id) {
        return ada.request(logout.method(), logout.path(), id);
    }
}
