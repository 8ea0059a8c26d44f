package logout.systemtests.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import logout.experiment.RequestInFlight;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.systemtests.People;
import logout.systemtests.PostgreSql;
import logout.testing.Browser;
import logout.testing.Person;
import logout.testing.RunningStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Two servers of one stage on one PostgreSQL")
@ParameterizedClass
@EnumSource(Logout.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoServersTest {

    @Parameter
    Logout logout;

    @AutoClose
    private RunningStage a;

    @AutoClose
    private RunningStage b;

    private Person person;
    private Browser atA;
    private Browser atB;
    private Browser thief;
    private String cookieBefore;

    @BeforeParameterizedClassInvocation
    void start() {
        String database = PostgreSql.freshAddress();
        person = People.loggingOutBy(logout);
        a = RunningStage.of(logout.stage()).on(database).start();
        b = RunningStage.of(logout.stage()).on(database).start();
    }

    @BeforeEach
    void ada_logs_in_at_a_and_keeps_a_note() {
        a.empty();
        atA = a.newBrowser();
        person.logIn(atA);
        person.keepNote(atA, "buy milk");
        cookieBefore = atA.sessionCookie();
        thief = atA.copy();
        atB = atA.goingTo(b.address());
    }

    @Test
    @Order(1)
    void a_session_of_one_is_a_session_of_the_other_under_the_same_cookie() {
        for (String path : List.of("/api/me", "/api/note", "/")) {
            Response reply = atB.get(path);

            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(atB.setCookies(reply)).as("set by %s", path).isEmpty();
        }
        assertThat(atB.user()).isEqualTo("ada");
        assertThat(atB.note()).isEqualTo("buy milk");
        assertThat(atA.sessionCookie()).isEqualTo(cookieBefore);

        person.keepNote(atB, "buy bread");
        assertThat(atA.note()).isEqualTo("buy bread");
    }

    @Test
    @Order(2)
    void after_a_logout_at_the_other_a_replay_is_refused_at_both_at_once() {
        Browser thiefAtB = thief.goingTo(b.address());
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(200);
        assertThat(thiefAtB.get("/api/me").statusCode()).isEqualTo(200);

        person.logOut(atB);

        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(thiefAtB.get("/api/me").statusCode()).isEqualTo(401);
        String note = logout == Logout.STAGE_1_GET ? "buy milk" : null;
        assertThat(thief.note()).isEqualTo(note);
    }

    @Test
    @Order(3)
    void a_logout_at_the_other_leaves_what_a_logout_leaves() {
        List<String> set = atB.setCookies(person.logOut(atB));

        String cookie = atB.sessionCookie();
        assertThat(atA.sessionCookie()).isEqualTo(cookie);
        switch (logout) {
            case STAGE_1_GET -> {
                assertThat(set).isEmpty();
                assertThat(cookie).isEqualTo(cookieBefore);
                assertThat(a.rows())
                        .singleElement()
                        .extracting(StoredSession::note)
                        .isEqualTo("buy milk");
            }
            case STAGE_4 -> {
                assertThat(set).singleElement().asString().contains("Max-Age=0");
                assertThat(cookie).isNull();
                assertThat(a.rows()).isEmpty();
            }
            default -> {
                assertThat(set).singleElement().asString().doesNotContain("Max-Age=0");
                assertThat(cookie).isNotNull().isNotEqualTo(cookieBefore);
                assertThat(a.rows()).singleElement().isEqualTo(a.row(cookie));
            }
        }
        assertThat(a.rows()).extracting(StoredSession::user).doesNotContain("ada");
    }

    @Test
    @Order(4)
    void a_save_in_flight_at_one_during_a_logout_at_the_other_fares_as_on_one_server() {
        try (RequestInFlight save = person.beginToSave(atA, "saved too late")) {
            person.logOut(atB);
            assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);

            assertThat(save.finish()).isEqualTo(logout == Logout.STAGE_1_GET ? 302 : 401);
        }
        boolean back = logout == Logout.STAGE_1_GET;
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(back ? 200 : 401);
        assertThat(a.rows())
                .extracting(StoredSession::note)
                .doesNotContain("buy milk")
                .hasSize(logout == Logout.STAGE_4 ? 0 : 1);
    }
}
