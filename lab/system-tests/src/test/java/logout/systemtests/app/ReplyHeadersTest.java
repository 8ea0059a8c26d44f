package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import logout.systemtests.Bystander;
import logout.testing.Captured;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of every reply, whatever it says. */
@Isolated("captures the log")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplyHeadersTest {

    @AutoClose
    private final Bystander ada = new Bystander(TestStage.STAGE);

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "HEAD, /, 200",
        "GET, /profile, 200",
        "GET, /api/me, 200",
        "GET, /api/note, 200",
        "GET, /docs/, 200",
        "GET, /docs/images/stage-4-after.png, 200",
        "GET, /unknown, 404",
        "GET, /api/unknown, 404",
        "GET, /logout, 405",
        "PUT, /api/note, 415",
        "GET, /api/fault, 500",
        "GET, /incomplete, 500",
    })
    void a_page_an_api_reply_or_an_error_is_not_kept_and_not_framed(String method, String address, int status) {
        RawReply reply = ada.send(method, address);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertGuarded(reply);
    }

    @Test
    void so_are_the_replies_to_login_note_and_logout() {
        RawReply anonymous = ada.send(nobody("/profile"));
        RawReply note = ada.send(ada.request("POST", "/note").form("note=milk"));
        RawReply logout = ada.send("POST", "/logout");
        RawReply apiLogout = ada.send("POST", "/api/logout");
        RawReply login = ada.send(ada.request("POST", "/login").form("username=ada&password=analytical-engine"));

        assertThat(anonymous.header("Location")).isEqualTo("/");
        assertThat(note.header("Location")).isEqualTo("/profile");
        assertThat(logout.header("Location")).isEqualTo("/");
        assertThat(apiLogout.status()).isEqualTo(204);
        assertThat(login.header("Location")).isEqualTo("/profile");
        for (RawReply reply : List.of(anonymous, note, logout, apiLogout, login)) {
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertGuarded(reply);
        }
    }

    private RawRequest nobody(String address) {
        return ada.request("GET", address).without("Cookie");
    }

    @ParameterizedTest
    @CsvSource({
        "page.css, text/css;charset=utf-8",
        "view.js, text/javascript;charset=utf-8",
        "favicon.svg, image/svg+xml",
    })
    void an_asset_is_asked_for_again_and_sent_again_where_it_is_another(String name, String type) {
        RawRequest request = nobody("/assets/" + name);
        RawReply reply = ada.send(request);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type").replace("; ", ";")).isEqualToIgnoringCase(type);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
        assertGuarded(reply);

        String tag = reply.header("ETag");
        RawReply same = ada.send(request.with("If-None-Match: " + tag).with("Accept-Encoding: gzip"));
        RawReply another = ada.send(request.with("If-None-Match: \"another\""));

        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(tag);
        assertThat(same.headers("Content-Encoding")).isEmpty();
        assertThat(same.header("Content-Type")).isEqualTo(reply.header("Content-Type"));
        assertGuarded(same);
        assertThat(another.status()).isEqualTo(200);
        assertThat(another.body()).isEqualTo(reply.body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip;q=0", "identity, gzip;q=0", "br", "*;q=0, identity", "not-gzip"})
    void an_asset_is_not_compressed_for_who_does_not_accept_it(String accepted) {
        RawRequest request = nobody("/assets/page.css");
        RawReply plain = ada.send(request);

        RawReply reply = ada.send(request.with("Accept-Encoding: " + accepted));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers("Content-Encoding")).isEmpty();
        assertThat(reply.body()).isEqualTo(plain.body()).contains("{");
    }

    @Test
    void what_jetty_refuses_itself_is_not_kept_and_not_framed_either() {
        String second = "another0session0of0the0same0person";
        RawRequest withTwoSessions = ada.request("GET", "/").cookie(cookie -> cookie + "; " + ada.cookie(second));
        ada.stage().addRow(second, Instant.now());
        AtomicReference<RawReply> twoSessions = new AtomicReference<>();

        String log = Captured.log(() -> twoSessions.set(ada.send(withTwoSessions)));

        assertThat(twoSessions.get().status()).isEqualTo(400);
        assertThat(twoSessions.get().body()).isEqualTo("Bad Request.");
        assertThat(twoSessions.get().headers() + log).doesNotContain(ada.id(), second);
        RawReply unreadable = ada.send(ada.request("GET", "/").with("X-Long: " + "a".repeat(40_000)));
        assertThat(unreadable.status()).isEqualTo(431);
        for (RawReply reply : List.of(unreadable, twoSessions.get())) {
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertGuarded(reply);
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/fault, an internal detail", "/incomplete, valueThatNobodyGives"})
    void a_fault_is_reported_without_its_details_and_no_half_page_goes_out(String address, String detail) {
        RawRequest request = ada.request("GET", address);
        AtomicReference<RawReply> reply = new AtomicReference<>();

        String log = Captured.log(() -> reply.set(ada.send(request)));

        ada.assertRefused(reply.get(), 500);
        assertThat(reply.get().body()).contains("This app has a fault and could not answer. Its log says more.");
        assertThat(log).contains(detail).doesNotContain(ada.id());
    }

    private static void assertGuarded(RawReply reply) {
        assertThat(reply.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(reply.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(reply.headers("Server")).isEmpty();
        assertThat(reply.headers("X-Powered-By")).isEmpty();
    }
}
