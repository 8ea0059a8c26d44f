package logout.systemtests.references;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.net.HttpCookie;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.systemtests.People;
import logout.testing.Browser;
import logout.testing.CapturedLog;
import logout.testing.Json;
import logout.testing.Person;
import logout.testing.RunningStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What the references ask of a logout, beside what the residue table shows")
@ParameterizedClass(name = "{0}")
@EnumSource(Logout.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Resources.SYSTEM_ERR)
class ReferencesTest {

    private static final String NOTE = "buy milk for Mr Babbage";
    private static final String GARBAGE = "garbage.w00000000";

    @Parameter
    Logout logout;

    @AutoClose
    private RunningStage stage;

    private Person person;
    private Browser ada;

    @BeforeParameterizedClassInvocation
    void start() {
        person = People.loggingOutBy(logout);
        stage = RunningStage.of(logout.stage());
        stage.start();
    }

    @BeforeEach
    void ada_is_logged_in_and_keeps_a_note() {
        ada = anotherLogin();
    }

    private Browser anotherLogin() {
        Browser browser = stage.newBrowser();
        person.logIn(browser);
        person.keepNote(browser, NOTE);
        assertThat(isLoggedIn(browser)).as("logged in").isTrue();
        return browser;
    }

    @Test
    @Order(5)
    void nothing_brings_it_back() {
        Browser thief = ada.copy();
        person.logOut(ada);
        List<StoredSession> rows = stage.rows();

        for (Browser client : List.of(ada, thief)) {
            for (String path : List.of("/", "/api/me", "/api/note", "/no-such-page")) {
                assertThat(ada.setCookies(client.get(path))).as(path).isEmpty();
            }
            assertThat(isLoggedIn(client)).isFalse();
        }
        assertThat(ids(stage.rows())).isSubsetOf(ids(rows));
    }

    @Test
    @Order(7)
    void a_logout_without_a_login_is_harmless() {
        Browser thief = ada.copy();
        int status = person.logOut(ada).statusCode();
        int rows = stage.rows().size();
        Browser garbage = stage.newBrowser().holding(GARBAGE);

        for (Browser nobody : List.of(ada, thief, stage.newBrowser(), garbage)) {
            assertThat(person.logOut(nobody).statusCode()).isEqualTo(status);
        }

        assertThat(stage.rows()).hasSizeLessThanOrEqualTo(rows);
    }

    @Test
    @Order(9)
    void other_sessions_live_on() {
        Browser phone = anotherLogin();

        person.logOut(ada);

        assertThat(isLoggedIn(ada)).isFalse();
        assertThat(isLoggedIn(phone)).isTrue();
        assertThat(phone.note()).isEqualTo(NOTE);
    }

    @Test
    @Order(11)
    void every_page_offers_the_logout() {
        String control = switch (logout) {
            case STAGE_1_GET -> "<a [^>]*href=\"/logout\\?[^\"]*\"[^>]*>Log out";
            case STAGE_1_POST -> "<form [^>]*method=\"post\" action=\"/logout\">.*<button[^>]*>Log out";
            case STAGE_2, STAGE_3, STAGE_4 -> "<button id=\"log-out\"[^>]*>Log out";
        };

        assertThat(ada.get(personalPage()).asString()).containsPattern(Pattern.compile(control, Pattern.DOTALL));
    }

    /** SinglePageTest tries the rest, with stage 4, in a browser. */
    @Test
    @Order(15)
    void a_single_page_comes_without_anything_personal_and_is_the_one_of_stage_4() {
        String page = ada.get(personalPage()).asString();
        assertThat(page.contains(NOTE)).isEqualTo(logout.onPlainSite());
        if (!logout.onPlainSite()) {
            try (RunningStage stage4 = RunningStage.of(Logout.STAGE_4.stage())) {
                stage4.start();
                assertThat(app(page)).isEqualTo(app(stage4.newBrowser().get("/").asString()));
            }
        }
    }

    /** What a page shows with JavaScript; what it shows without names the port of stage 1. */
    private static String app(String page) {
        return page.substring(page.indexOf("<main>"), page.indexOf("</main>"))
                .replaceFirst("(?s)<noscript>.*?</noscript>", "");
    }

    @Test
    @Order(16)
    void no_id_is_shown_or_logged() {
        Set<String> ids = new HashSet<>();
        List<Response> replies = new ArrayList<>();

        String log = CapturedLog.during(() -> {
            Browser phone = anotherLogin();
            ids.addAll(List.of(ada.sessionCookie(), phone.sessionCookie()));
            replies.add(sendTwoCookies(phone.sessionCookie()));
            // Jetty itself refuses two ids of its own form, and left alone it would say both.
            assertThat(replies.get(0).statusCode()).as("two sessions at once").isEqualTo(400);
            replies.addAll(everythingAroundALogout());
        });

        replies.stream()
                .flatMap(reply -> reply.headers().getValues("Set-Cookie").stream())
                .map(header -> HttpCookie.parse(header).get(0).getValue())
                .filter(id -> !id.isEmpty())
                .forEach(ids::add);
        for (String id : ids) {
            assertThat(log).doesNotContain(id);
            assertThat(replies).allSatisfy(reply -> {
                assertThat(reply.asString()).doesNotContain(id);
                assertThat(reply.headers())
                        .filteredOn(header -> !header.getName().equalsIgnoreCase("Set-Cookie"))
                        .noneMatch(header -> header.getValue().contains(id));
            });
        }
    }

    /** The replies to all that can be asked before, during and after a logout, also while the store fails. */
    private List<Response> everythingAroundALogout() {
        Browser thief = ada.copy();
        List<Response> replies = new ArrayList<>();
        List<String> pages = List.of("/", personalPage(), "/api/me", "/no-such-page", "/lab/state", "/lab/code");
        pages.forEach(path -> replies.add(ada.get(path)));
        replies.add(ada.request().header("Origin", "null").post(logout.path()));
        replies.add(sendTwoCookies(GARBAGE));
        stage.breakStore();
        try {
            replies.add(person.logOut(ada));
            replies.add(ada.get(personalPage()));
        } finally {
            stage.repairStore();
        }
        replies.add(person.logOut(ada));
        replies.add(person.logOut(ada));
        for (Browser client : List.of(ada, thief)) {
            pages.forEach(path -> replies.add(client.get(path)));
        }
        Json.of(ada.get("/lab/state")).list("exchanges").stream()
                .map(exchange -> ada.get("/lab/headers?exchange=" + exchange.number("number")))
                .forEach(replies::add);
        return replies;
    }

    private Response sendTwoCookies(String second) {
        String name = ada.sessionCookieName() + "=";
        return stage.newBrowser()
                .request()
                .header("Cookie", name + ada.sessionCookie() + "; " + name + second)
                .get("/");
    }

    private String personalPage() {
        return logout.onPlainSite() ? "/profile" : "/";
    }

    private static boolean isLoggedIn(Browser browser) {
        int status = browser.get("/api/me").statusCode();
        assertThat(status).as("yes or no").isIn(200, 401);
        return status == 200;
    }

    private static List<String> ids(List<StoredSession> rows) {
        return rows.stream().map(StoredSession::id).toList();
    }
}
