package logout.systemtests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import logout.sidebyside.Logout;
import logout.systemtests.Bystander;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName(
        "Nothing but the real request logs anyone out, and of several sessions it logs out the one that is named, or none")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsTest {

    @AutoClose
    private final Bystander ada = new Bystander(Logout.STAGE_4.stage());

    /** The POST of the other stages is answered by the same server. */
    @ParameterizedTest
    @EnumSource(names = {"STAGE_1_GET", "STAGE_4"})
    void no_trick_logs_anyone_out_and_then_the_real_request_does(Logout logout) {
        try (Bystander user = new Bystander(logout.stage())) {
            RawRequest real = user.request(logout.method(), logout.path());
            Tricks.around(real, user.stage().address().getPort()).forEach(trick -> {
                assertTellsNothing(exchange(user, trick), user.id());
                assertThat(user.statusOfMe(user.id())).as("after %s", trick).isEqualTo(200);
            });
            user.assertUnchanged();

            assertThat(user.send(real).status()).isEqualTo(logout.onPlainSite() ? 302 : 204);
            assertThat(user.statusOfMe(user.id())).isEqualTo(401);
        }
    }

    /** All that is replied until the server closes the connection, one reply or several; nothing where it resets it. */
    private static String exchange(Bystander user, RawRequest request) {
        try (RawConnection connection = user.connect()) {
            return connection.send(request).everything();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Not answered in time:\n" + request, e);
        } catch (SocketException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It is no failure of the server's (505 refuses a version), and tells nothing about its inside, nor this id. */
    private static void assertTellsNothing(String replies, String id) {
        assertThat(replies)
                .doesNotContainPattern("(?m)^HTTP/1\\.1 5(?!05)")
                .doesNotContain(id)
                .doesNotContainIgnoringCase("jetty", "\nserver:", "x-powered-by", "exception", "\tat ", "java.");
    }

    /**
     * Jetty tries every cookie of the session cookie's name (in capitals too) until it finds a session, and refuses the
     * request where it finds two. A browser sends two where another path, or another program on this machine, has set one.
     */
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

        assertThat(ada.send(request).status()).as("%s", request).isEqualTo(204);
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
        return ada.request("POST", Logout.STAGE_4.path(), id);
    }
}
