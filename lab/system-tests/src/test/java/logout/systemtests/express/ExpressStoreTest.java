package logout.systemtests.express;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import logout.experiment.Experiment;
import logout.experiment.HttpUser;
import logout.experiment.RequestInFlight;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.express.ExpressStack.Options;
import logout.systemtests.PostgreSql;
import logout.testing.RunningExpress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session store of an Express app that fails, or that refuses to save what was destroyed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpressStoreTest {

    private static final Options ALL =
            new Options("5", null, Map.of(), List.of("take-home", "take-home-cured", "take-home-cured-briefly"));

    @AutoClose
    private final ExpressStack stack = RunningExpress.start(ALL);

    private final ExpressLogout takeHome = stack.logout("take-home");

    @AfterEach
    void mend() throws IOException {
        for (ExpressLogout logout : stack.logouts()) {
            logout.makeStoreFail("");
        }
    }

    @Test
    void that_is_away_after_the_logout_shows_nothing_and_nothing_is_claimed() throws IOException {
        Experiment experiment = new Experiment(takeHome);
        Stream.of(Step.LOG_IN, Step.KEEP_NOTE, Step.LOG_OUT).forEach(experiment::perform);
        assertThat(experiment.residue().get(ResidueColumn.COOKIE).inWords()).isEqualTo("gone");

        takeHome.makeStoreFail("get");
        Stream.of(Step.LOOK, Step.REPLAY, Step.SLOW_SAVE, Step.FOREIGN_LINK).forEach(experiment::perform);

        assertThat(experiment.residue().get(ResidueColumn.OLD_ROW).inWords())
                .isEqualTo("not seen: the session store does not answer");
        assertThat(experiment.residue().values())
                .filteredOn(observation -> observation.inWords().startsWith("not seen: "))
                .hasSize(5);
    }

    @Test
    void that_cannot_destroy_makes_the_logout_to_take_home_say_so_and_the_user_stays() throws IOException {
        HttpUser ada = RunningExpress.loggedIn(takeHome);

        takeHome.makeStoreFail("destroy");
        var reply = ada.send(takeHome.logout());

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(reply.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(ada.isLoggedIn(takeHome.protocol())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"destroy", "destroy:throws", "destroy:rejects"})
    void that_refuses_what_was_destroyed_saves_what_it_could_not_destroy(String failing) throws IOException {
        ExpressLogout cured = stack.logout("take-home-cured");
        HttpUser ada = RunningExpress.loggedIn(cured);

        cured.makeStoreFail(failing);
        assertThat(ada.send(cured.logout()).statusCode()).isEqualTo(500);
        assertThat(ada.isLoggedIn(cured.protocol())).isTrue();
        ada.send(cured.protocol().keepNote("milk"));
        assertThat(ada.send(cured.protocol().readNote()).body()).contains("milk");

        cured.makeStoreFail("");
        assertThat(isBroughtBackBySaveInFlight(ada, cured)).isFalse();
    }

    @Test
    @Timeout(60)
    void that_has_forgotten_what_was_destroyed_saves_it_again() throws IOException {
        ExpressLogout cured = stack.logout("take-home-cured-briefly");
        boolean isBroughtBack = false;
        while (!isBroughtBack) {
            isBroughtBack = isBroughtBackBySaveInFlight(RunningExpress.loggedIn(cured), cured);
        }
    }

    private static boolean isBroughtBackBySaveInFlight(HttpUser ada, ExpressLogout logout) throws IOException {
        String cookie = ada.cookie(logout.cookieName());
        try (RequestInFlight save = ada.begin(logout.protocol().keepNote("late"))) {
            assertThat(ada.send(logout.logout()).statusCode()).isEqualTo(204);
            assertThat(logout.session(cookie)).isNull();
            assertThat(save.finish()).isEqualTo(200);
        }
        return logout.session(cookie) != null;
    }

    /** Other users of the machine see the command lines of all processes. */
    @Test
    void whose_address_is_in_no_command_line_while_the_app_uses_it_and_whose_app_is_gone_is_said_in_words() {
        String address = PostgreSql.freshAddress();
        Experiment experiment;
        try (ExpressStack onPostgreSql =
                RunningExpress.start(new Options("5", address, Map.of(), List.of("take-home")))) {
            experiment = new Experiment(onPostgreSql.logout("take-home"));
            String tables = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'express_take_home'";
            assertThat(PostgreSql.number(address, tables)).isPositive();
            assertThat(ProcessHandle.current().children())
                    .extracting(process -> process.info().commandLine().orElse(""))
                    .filteredOn(line -> line.contains("server.js"))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("postgresql:"));
        }

        List.of(Step.values()).forEach(experiment::perform);

        assertThat(experiment.residue())
                .hasSize(ResidueColumn.values().length)
                .allSatisfy((column, observation) -> assertThat(observation.inWords())
                        .startsWith("not seen: ")
                        .doesNotContain("java.", "null"));
    }
}
