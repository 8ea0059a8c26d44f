package logout.systemtests.references;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@DisplayName("What the references ask of a logout, beside what the residue table shows")
@ResourceLock(Resources.SYSTEM_ERR)
class ReferencesTest extends AllLogouts {

    @Test
    void nothing_brings_it_back() {
        logOut();

        assertThat(lookAround())
                .allSatisfy(reply ->
                        assertThat(reply.headers("Set-Cookie")).as("%s", reply).isEmpty());
        assertLoggedOut();
    }

    @Test
    void a_logout_without_a_login_is_harmless() {
        logOut();
        List<String> left = ids();

        for (String nobody : new String[] {ada, null, "garbage.w00000000"}) {
            assertThat(exchange(stage, requests.logOut(nobody)).status()).isEqualTo(requests.loggedOut());
        }

        assertThat(ids()).isEqualTo(left);
    }

    @Test
    void other_sessions_live_on() {
        String phone = requests.logInAndKeepNote(stage.address());

        logOut();

        assertThat(isLoggedIn(ada)).isFalse();
        assertLoggedIn(phone);
        assertThat(stage.row(phone).note()).isEqualTo("milk");
    }

    /** SinglePageTest tries in a browser what else a single page may keep. */
    @Test
    void every_page_offers_the_logout_and_a_single_page_comes_without_the_note() {
        String control = switch (logout) {
            case STAGE_1_GET -> "<a [^>]*href=\"/logout\\?[^\"]*\"[^>]*>Log out";
            case STAGE_1_POST -> "<form [^>]*method=\"post\" action=\"/logout\">.*<button[^>]*>Log out";
            case STAGE_2, STAGE_3, STAGE_4 -> "<button id=\"log-out\"[^>]*>Log out";
        };
        exchange(stage, requests.save(ada, "Babbage"));

        String page = exchange(stage, requests.get(personalPage(), ada)).body();

        assertThat(page).containsPattern(Pattern.compile(control, Pattern.DOTALL));
        assertThat(page.contains("Babbage")).isEqualTo(logout.onPlainSite());
    }

    @Test
    void no_id_is_shown_or_logged() {
        List<RawReply> replies = new ArrayList<>();

        String log = Captured.log(() -> replies.addAll(everythingAroundALogout()));

        Set<String> ids = Stream.concat(
                        Stream.of(ada), replies.stream().flatMap(reply -> requests.setCookies(reply).stream()))
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
        return Stream.of("/", personalPage(), "/api/me", "/api/note", "/no-such-page", "/lab/state", "/lab/code")
                .map(path -> exchange(stage, requests.get(path, ada)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private String personalPage() {
        return logout.onPlainSite() ? "/profile" : "/";
    }

    @Test
    void an_idle_session_lets_nobody_in_while_its_row_is_still_there() {
        stage.letSessionsRunOut();
        for (String path : List.of("/api/me", "/api/note", personalPage())) {
            // A copy of the row, for the first request with it is its end.
            String copy = "copy" + path.replace('/', '-');
            stage.addRow(copy, Instant.now());
            assertThat(stage.row(copy).note()).isEqualTo("milk");

            assertShowsNothing(path, copy);

            assertThat(stage.row(copy)).as("after %s", path).isNull();
        }
    }

    @Test
    void an_idle_session_loses_its_row_to_the_sweep_of_any_server_and_one_in_use_does_not() {
        stage.letSessionsRunOut();
        String later = requests.logInAndKeepNote(stage.address());

        other.sweep();

        assertThat(ids()).containsExactly(later);
        assertLoggedIn(later);
        List.of("/api/me", "/api/note", personalPage()).forEach(path -> assertShowsNothing(path, ada));
        assertThat(requests.newCookie(exchange(stage, requests.logIn(ada)))).isNotEqualTo(ada);
        assertThat(ids()).hasSize(2);
    }

    @Test
    void an_idle_session_can_be_logged_out_of_as_if_it_were_there_and_no_row_comes_of_it() {
        stage.letSessionsRunOut();

        logOut();

        assertThat(stage.rows()).isEmpty();
    }

    private void assertShowsNothing(String path, String cookie) {
        RawReply reply = exchange(stage, requests.get(path, cookie));
        int status = Map.of("/api/me", 401, "/profile", 302).getOrDefault(path, 200);
        assertThat(reply.status()).as(path).isEqualTo(status);
        assertThat(reply.body()).doesNotContain("id=\"who\">ada").doesNotContain("milk");
        assertThat(reply.headers("Set-Cookie")).as("set by %s", path).isEmpty();
    }

    private List<String> ids() {
        return stage.rows().stream().map(StoredSession::id).toList();
    }
}
