package logout.systemtests.references;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.experiment.StoredSession;
import logout.systemtests.AllLogouts;
import logout.testing.Captured;
import logout.testing.Json;
import logout.testing.RawReply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@DisplayName("What the references ask of a logout, beside what the residue table shows")
@ResourceLock(Resources.SYSTEM_ERR)
class ReferencesTest extends AllLogouts {

    private static final String GARBAGE = "garbage.w00000000";

    @Test
    @Order(1)
    void a_session_of_one_server_is_one_of_the_other_under_the_same_cookie() {
        for (String path : pages()) {
            assertThat(exchange(other, requests.get(path, ada)).headers("Set-Cookie"))
                    .as(path)
                    .isEmpty();
        }
        assertThat(exchange(other, requests.save(ada, "bread")).status()).isEqualTo(requests.saved());

        assertThat(exchange(stage, requests.get("/api/note", ada)).body()).isEqualTo("{\"note\":\"bread\"}");
    }

    @Test
    @Order(5)
    void nothing_brings_it_back() {
        logOut();

        for (String path : pages()) {
            assertThat(exchange(stage, requests.get(path, ada)).headers("Set-Cookie"))
                    .as(path)
                    .isEmpty();
        }
        assertLoggedOut();
    }

    @Test
    @Order(7)
    void a_logout_without_a_login_is_harmless() {
        logOut();
        List<String> left = ids();

        for (String nobody : new String[] {ada, null, GARBAGE}) {
            assertThat(exchange(stage, requests.logOut(nobody)).status()).isEqualTo(requests.loggedOut());
        }

        assertThat(ids()).isEqualTo(left);
    }

    @Test
    @Order(9)
    void other_sessions_live_on() {
        String phone = logInAndKeepNote();

        logOut();

        assertThat(isLoggedIn(ada)).isFalse();
        assertLoggedIn(phone);
        assertThat(stage.row(phone).note()).isEqualTo("milk");
    }

    @Test
    @Order(11)
    void every_page_offers_the_logout() {
        String control = switch (logout) {
            case STAGE_1_GET -> "<a [^>]*href=\"/logout\\?[^\"]*\"[^>]*>Log out";
            case STAGE_1_POST -> "<form [^>]*method=\"post\" action=\"/logout\">.*<button[^>]*>Log out";
            case STAGE_2, STAGE_3, STAGE_4 -> "<button id=\"log-out\"[^>]*>Log out";
        };

        assertThat(exchange(stage, requests.get(personalPage(), ada)).body())
                .containsPattern(Pattern.compile(control, Pattern.DOTALL));
    }

    /** SinglePageTest tries the rest, in a browser. */
    @Test
    @Order(15)
    void a_single_page_comes_without_anything_personal() {
        exchange(stage, requests.save(ada, "Babbage"));

        String page = exchange(stage, requests.get(personalPage(), ada)).body();

        assertThat(page.contains("Babbage")).isEqualTo(logout.onPlainSite());
    }

    @Test
    @Order(16)
    void no_id_is_shown_or_logged() {
        List<RawReply> replies = new ArrayList<>();
        String phone = logInAndKeepNote();

        String log = Captured.log(() -> {
            replies.add(sendTwoCookies(phone));
            // Jetty itself refuses two ids of its own form, and left alone it would say both.
            assertThat(replies.get(0).status()).as("two sessions at once").isEqualTo(400);
            replies.addAll(everythingAroundALogout());
        });

        Set<String> ids = Stream.concat(
                        Stream.of(ada, phone), replies.stream().flatMap(reply -> requests.setCookies(reply).stream()))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
        assertThat(log).doesNotContain(ids);
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.body()).doesNotContain(ids);
            assertThat(reply.headers())
                    .filteredOn(line -> !line.toLowerCase().startsWith("set-cookie:"))
                    .allSatisfy(line -> assertThat(line).doesNotContain(ids));
        });
    }

    /** The replies to all that can be asked before, during and after a logout, also while the store fails. */
    private List<RawReply> everythingAroundALogout() {
        List<RawReply> replies = lookAround();
        replies.add(exchange(stage, requests.logOut(ada).with("Origin: null")));
        replies.add(sendTwoCookies(GARBAGE));
        stage.breakStore();
        try {
            replies.add(exchange(stage, requests.logOut(ada)));
            replies.addAll(lookAround());
        } finally {
            stage.repairStore();
        }
        replies.add(logOut());
        replies.add(logOut());
        replies.addAll(lookAround());
        Json.of(exchange(stage, requests.get("/lab/state", ada)).body()).list("exchanges").stream()
                .map(exchange -> "/lab/headers?exchange=" + exchange.number("number"))
                .map(path -> exchange(stage, requests.get(path, ada)))
                .forEach(replies::add);
        return replies;
    }

    private List<RawReply> lookAround() {
        return pages().stream()
                .map(path -> exchange(stage, requests.get(path, ada)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private List<String> pages() {
        return List.of("/", personalPage(), "/api/me", "/api/note", "/no-such-page", "/lab/state", "/lab/code");
    }

    private String personalPage() {
        return logout.onPlainSite() ? "/profile" : "/";
    }

    private RawReply sendTwoCookies(String second) {
        String name = logout.stage().sessionCookie().name();
        return exchange(stage, requests.get("/", ada + "; " + name + "=" + second));
    }

    private List<String> ids() {
        return stage.rows().stream().map(StoredSession::id).toList();
    }
}
