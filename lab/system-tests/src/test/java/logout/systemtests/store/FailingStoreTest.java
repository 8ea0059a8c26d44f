package logout.systemtests.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.systemtests.store.Failure.Undo;
import logout.systemtests.store.FragileStage.Reply;
import logout.testing.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A session store that fails during a logout, for all five logouts")
@Order(1) // it takes the longest: begun last, it would run on alone
class FailingStoreTest {

    private static final Duration PROMISED = Duration.ofSeconds(5);

    private static FragilePostgreSql postgreSql;
    private static List<FragileStage> stages;

    @BeforeAll
    static void the_stages_keep_their_sessions_in_a_postgresql() {
        postgreSql = FragilePostgreSql.start();
        stages = Stream.of(Logout.values())
                .map(logout -> new FragileStage(logout, postgreSql))
                .toList();
    }

    @AfterAll
    static void all_of_it_is_stopped() {
        stages.forEach(FragileStage::close);
        postgreSql.close();
    }

    @BeforeEach
    void ada_is_logged_in_at_every_stage() {
        Together.all(stages, FragileStage::makeSureOfLogin);
    }

    @ParameterizedTest(name = "the store {0}: the logout fails within five seconds, and says so")
    @EnumSource(Failure.class)
    @Order(1)
    void a_logout_during_a_failure_claims_nothing(Failure failure) throws SQLException {
        List<FragileStage> struck = stages.stream()
                .filter(stage -> !failure.isAboutTheNewRow() || stage.addsARow())
                .toList();
        Undo undo = failure.happenTo(struck, postgreSql);
        try {
            Together.all(struck, stage -> assertHonest(stage, stage.logOut()));
        } finally {
            undo.run();
        }
        Together.all(struck, stage -> {
            stage.awaitStore();
            assertFate(stage, failure.fate());
        });
    }

    @Test
    @Order(2)
    void a_logout_whose_connections_have_been_ended_is_either_done_or_claims_nothing() {
        postgreSql.endConnections();
        Together.all(stages, stage -> assertLoggedOutOrClaimsNothing(stage, stage.logOut()));
    }

    @Test
    @Order(3)
    void a_logout_at_the_crash_of_the_database_is_either_done_or_claims_nothing() {
        Map<FragileStage, Reply> replies = new ConcurrentHashMap<>();
        postgreSql.crash();
        Together.all(stages, stage -> replies.put(stage, stage.logOut()));
        postgreSql.awaitRecovery();
        Together.all(stages, stage -> assertLoggedOutOrClaimsNothing(stage, replies.get(stage)));
    }

    @Test
    @Order(4)
    void after_all_that_each_logout_works_without_a_restart() {
        Together.all(stages, stage -> {
            assertThat(stage.logOut().response().statusCode()).isIn(204, 302);
            assertThat(stage.isLoggedIn()).isFalse();
        });
    }

    private static void assertLoggedOutOrClaimsNothing(FragileStage stage, Reply reply) {
        stage.awaitStore();
        if (reply.response().statusCode() == 503) {
            assertHonest(stage, reply);
            assertFate(stage, Failure.Fate.UNKNOWN);
        } else {
            assertThat(stage.isLoggedIn()).isFalse();
        }
    }

    private static void assertHonest(FragileStage stage, Reply reply) {
        Response response = reply.response();
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(reply.took()).isLessThan(PROMISED);
        assertThat(response.headers().getValues("Set-Cookie")).isEmpty();
        assertThat(response.header("Location")).isNull();
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        if (stage.logout().onPlainSite()) {
            assertIsAPageWithAWayBack(stage, response);
        } else {
            assertThat(Json.of(response).text("error"))
                    .isEqualTo("The session store failed. Take nothing as done, try again.");
        }
    }

    private static void assertIsAPageWithAWayBack(FragileStage stage, Response response) {
        assertThat(response.contentType()).startsWith("text/html");
        assertThat(response.asString())
                .contains("this app cannot tell whether you are logged out. Take it that you are still logged in")
                .contains("<form method=\"" + stage.logout().method() + "\" action=\"/logout\">")
                .contains("href=\"/\"")
                .doesNotContain("Home page");
    }

    private static void assertFate(FragileStage stage, Failure.Fate fate) {
        StoredSession row = stage.row();
        switch (fate) {
            case NOT_DONE -> assertThat(stage.isLoggedIn()).isTrue();
            case OLD_ROW_GONE -> assertThat(row).isNull();
            case OLD_ID_DEAD -> assertThat(stage.isLoggedIn()).isFalse();
            case UNKNOWN -> {}
        }
        if (stage.isLoggedIn()) {
            assertThat(row.user()).isEqualTo("ada");
            assertThat(row.note()).isEqualTo(FragileStage.NOTE);
        }
    }
}
