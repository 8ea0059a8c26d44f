package logout.sidebyside;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logout.experiment.Step;
import logout.launcher.DatabaseOption;
import logout.testing.Browser;
import logout.testing.Json;
import logout.testing.QuickAccounts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@DisplayName("The server of the comparison page")
class ComparisonServerTest {

    private static final List<Logout> LOGOUTS = List.of(Logout.values());

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    private static RunningStages stages;
    private static ComparisonServer server;

    private final List<String> begun = new ArrayList<>();

    @BeforeAll
    static void it_runs_beside_the_stages() {
        stages = RunningStages.start(LOGOUTS, 0, new DatabaseOption(), QuickAccounts.ALL, one -> {});
        server = ComparisonServer.start(0, stages);
    }

    @AfterAll
    static void it_stops() {
        server.close();
        stages.close();
    }

    @AfterEach
    void its_visitors_leave() {
        begun.forEach(run -> post("/api/end", Map.of("run", run)).then().statusCode(204));
    }

    private static String at(String path) {
        return server.address().resolve(path).toString();
    }

    private static Response post(String path, Map<String, String> body) {
        return given().contentType("application/json").body(body).post(at(path));
    }

    private String beginRun() {
        begun.add(Json.of(given().post(at("/api/run"))).text("run"));
        return begun.get(begun.size() - 1);
    }

    /** Has a step done, and those before it. */
    private static Response does(String run, String step) {
        return post("/api/step", Map.of("run", run, "step", step));
    }

    @Test
    @Order(1)
    void tells_the_story_with_a_link_to_each_stage_and_the_code_of_its_route() {
        Response reply = given().get(at("/api/story"));
        assertThat(reply.statusCode()).isEqualTo(200);

        Json story = Json.of(reply);
        List<Json> logouts = story.list("logouts");
        assertThat(logouts)
                .extracting(logout -> logout.text("name"))
                .containsExactly("Stage 1", "Stage 1", "Stage 2", "Stage 3", "Stage 4");
        assertThat(story.list("steps")).hasSize(Step.values().length);
        assertThat(logouts)
                .extracting(logout -> logout.text("code.file"))
                .doesNotContainNull()
                .contains("ClearCookieApp.java");
        for (Json logout : logouts) {
            URI address = URI.create(logout.text("address"));
            assertThat(given().get(address).body().asString())
                    .contains("Home page", "id=\"side-by-side\" href=\"" + server.address());
        }
    }

    @Test
    @Order(2)
    void does_a_step_for_real_on_all_logouts_with_fingerprints_in_place_of_ids_and_tells_it_again() {
        String run = beginRun();

        Response reply = does(run, "LOG_OUT");

        List<Json> lines = Json.of(reply).list("lines");
        assertThat(lines).extracting(line -> line.text("key")).containsExactly("reply", "cookie", "setCookie");
        List<Json> cookies = lines.get(1).list("cells");
        assertThat(cookies)
                .extracting(cell -> cell.text("text") + " " + cell.text("mark"))
                .containsExactly("same untidy", "replaced untidy", "replaced untidy", "replaced untidy", "gone clean");
        assertThat(cookies.subList(0, 4))
                .allSatisfy(cell -> assertThat(cell.text("fingerprint.label")).matches("[0-9a-f]{6}"));

        JsonPath done = given().get(at("/api/run?run=" + run)).jsonPath();
        assertThat(done.getMap("lines").keySet()).isEqualTo(Set.of("LOG_IN", "KEEP_NOTE", "LOG_OUT"));
        assertThat(withoutMarks(done.getString("lines.LOG_OUT")))
                .isEqualTo(withoutMarks(reply.jsonPath().getString("lines")));
    }

    /** Which marks the ids have depends on those that other tests of this process show meanwhile. */
    private static String withoutMarks(String lines) {
        return lines.replaceAll("mark:\\d+", "");
    }

    @Test
    @Order(3)
    void forgets_the_oldest_run_when_there_are_many_and_says_so() {
        String oldest = beginRun();
        for (int i = 0; i < 50; i++) {
            given().post(at("/api/run")).then().statusCode(200);
        }

        Response reply = does(oldest, "LOG_IN");

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(Json.of(reply).text("error")).isEqualTo("This run is over. Begin a fresh one.");
    }

    @Test
    @Order(4)
    void has_visitors_who_are_known_as_such_and_leave_with_the_last_step_or_when_the_run_is_given_up() {
        Map<Browser, Logout> learners = learners();
        String givenUp = beginRun();
        String toItsEnd = beginRun();

        does(givenUp, "LOOK").then().statusCode(200);

        assertThat(panels(learners)).allSatisfy(panel -> {
            assertThat(panel.isNull("logout")).isTrue();
            assertThat(panel.list("exchanges").get(0).text("by")).isEqualTo("comparison page");
        });
        assertThat(visitors(panels(learners).get(0))).contains(true, false);

        does(toItsEnd, "FOREIGN_LINK").then().statusCode(200);
        post("/api/end", Map.of("run", givenUp)).then().statusCode(204);

        assertThat(panels(learners))
                .allSatisfy(panel -> assertThat(visitors(panel)).isNotEmpty().containsOnly(false));
        assertThat(learners.keySet()).extracting(Browser::user).containsOnly("ada");
    }

    @Test
    @Order(5)
    void does_not_put_its_visitors_logout_in_the_place_of_a_learners() {
        Map<Browser, Logout> learners = learners();
        panels(learners);
        learners.forEach((learner, logout) -> learner.send(logout.call()));

        does(beginRun(), "LOOK").then().statusCode(200);

        assertThat(panels(learners))
                .extracting(panel -> panel.text("logout.user"))
                .containsOnly("ada");
        assertThat(Browser.at(stages.server(Logout.STAGE_2)).panel().isNull("logout"))
                .isTrue();
    }

    /** Somebody who has logged in at each stage. */
    private static Map<Browser, Logout> learners() {
        Map<Browser, Logout> learners = new LinkedHashMap<>();
        for (Logout logout : LOGOUTS) {
            learners.put(Browser.at(stages.server(logout)).logIn(), logout);
        }
        return learners;
    }

    private static List<Json> panels(Map<Browser, Logout> learners) {
        return learners.keySet().stream().map(Browser::panel).toList();
    }

    /** Whether each row in the store is a visitor's. */
    private static List<Boolean> visitors(Json panel) {
        return panel.list("store.rows").stream().map(row -> row.flag("visitor")).toList();
    }

    @Test
    @Order(6)
    void refuses_what_it_does_not_know_and_requests_from_elsewhere() {
        String run = beginRun();

        assertThat(does(run, "DANCE").statusCode()).isEqualTo(400);
        assertThat(post("/api/step", Map.of("run", run)).statusCode()).isEqualTo(400);
        for (String column : List.of("5", "-1", "none")) {
            assertStatus(400, given(), "/api/drawing?run=" + run + "&step=LOG_OUT&column=" + column);
        }
        assertStatus(404, given(), "/api/run?run=unknown");
        assertStatus(404, given(), "/nowhere");
        assertStatus(421, given().header("Host", "elsewhere.example"), "/api/story");
        assertThat(given().header("Origin", "http://elsewhere.example")
                        .post(at("/api/run"))
                        .statusCode())
                .isEqualTo(403);
    }

    private static void assertStatus(int expected, RequestSpecification request, String path) {
        assertThat(request.get(at(path)).statusCode()).as(path).isEqualTo(expected);
    }

    @Test
    @Order(6)
    void draws_of_a_step_its_own_requests_only() {
        String run = beginRun();
        does(run, "FOREIGN_LINK").then().statusCode(200);

        for (Logout logout : LOGOUTS) {
            String at = "/api/drawing?run=" + run + "&column=" + logout.ordinal() + "&step=";
            String logOut = logout.call().toString();
            String save = logout.protocol().keepNote("").toString();
            assertThat(requests(at + "KEEP_NOTE")).containsExactly(save);
            assertThat(requests(at + "LOG_OUT")).containsExactly(logOut);
            assertThat(requests(at + "SLOW_SAVE")).containsExactly(logOut, save);
        }
    }

    private List<String> requests(String drawing) {
        return Json.of(given().get(at(drawing))).list("recorded").stream()
                .map(recorded -> recorded.text("request"))
                .toList();
    }

    private static List<String> docs() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../../docs"), 2)) {
            return files.map(file -> file.toString().substring("../..".length()))
                    .filter(file -> file.endsWith(".md"))
                    .toList();
        }
    }

    @Test
    @Order(7)
    void shows_every_page_of_the_docs_and_each_link_there_leads_to_something_that_is_there() throws IOException {
        Map<String, String> pages = new LinkedHashMap<>();
        List<URI> open = new ArrayList<>(List.of(server.address().resolve("/docs/")));
        Set<URI> known = new HashSet<>(open);
        while (!open.isEmpty()) {
            URI next = open.remove(0);
            String path = next.getPath();
            assertThat(path).as("a link that leaves the docs").matches("/|/assets/.*|/docs/.*");
            String page = pages.computeIfAbsent(path, unread -> {
                Response reply = given().get(next);
                assertThat(reply.statusCode()).as(path).isEqualTo(200);
                return reply.asString();
            });
            if (next.getFragment() != null) {
                assertThat(page).as(path).contains("id=\"" + next.getFragment() + "\"");
            } else if (path.matches("/docs/(.*(/|\\.md))?")) {
                LINK.matcher(page)
                        .results()
                        .map(link -> next.resolve(link.group(1)))
                        .filter(link -> server.address().getPort() == link.getPort() && known.add(link))
                        .forEach(open::add);
            }
        }
        assertThat(pages.keySet()).containsAll(docs());
        assertThat(pages.get("/docs/stage-03-clear-cookie.md"))
                .contains("ClearCookieTest.java</code>)")
                .doesNotContain("href=\"../");
        for (String path :
                List.of("", "/../README.md", "/%2e%2e/pom.xml", "/..%2fpom.xml", "/exercises/pom.xml", "/images/")) {
            assertThat(given().urlEncodingEnabled(false).get(at("/docs") + path).statusCode())
                    .as(path)
                    .isIn(400, 404);
        }
    }
}
