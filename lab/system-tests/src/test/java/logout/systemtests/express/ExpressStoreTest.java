package logout.systemtests.express;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import logout.experiment.CookieJar;
import logout.experiment.Experiment;
import logout.experiment.HttpUser;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.systemtests.PostgreSql;
import logout.testing.RunningExpress;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session store of an Express app that fails during the experiment. */
class ExpressStoreTest {

    @AutoClose
    private ExpressStack stack;

    private ExpressLogout takeHome;

    @BeforeEach
    void start() {
        stack = RunningExpress.start(new ExpressStack.Options("5", null, false, List.of("take-home")));
        takeHome = stack.logout("take-home");
    }

    @Test
    void that_is_away_after_the_logout_shows_nothing_and_nothing_is_claimed() throws IOException {
        Experiment experiment = new Experiment(takeHome);
        for (Step step : List.of(Step.LOG_IN, Step.KEEP_NOTE, Step.LOG_OUT)) {
            experiment.perform(step);
        }
        assertThat(experiment.residue().get(ResidueColumn.COOKIE).inWords()).isEqualTo("gone");

        takeHome.makeStoreFail("get");
        for (Step step : List.of(Step.LOOK, Step.REPLAY, Step.SLOW_SAVE, Step.FOREIGN_LINK)) {
            experiment.perform(step);
        }

        assertThat(experiment.residue().get(ResidueColumn.OLD_ROW).inWords())
                .isEqualTo("not seen: the session store does not answer");
        assertThat(experiment.residue().values())
                .filteredOn(observation -> observation.inWords().startsWith("not seen: "))
                .hasSize(5);
    }

    @Test
    void that_cannot_destroy_makes_the_logout_to_take_home_say_so_and_the_user_stays() throws IOException {
        HttpUser ada = new HttpUser(takeHome.address(), "test", new CookieJar());
        ada.logIn(takeHome.protocol(), takeHome.user(), takeHome.password());

        takeHome.makeStoreFail("destroy");
        var reply = ada.send(takeHome.logout());

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(reply.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(ada.isLoggedIn(takeHome.protocol())).isTrue();
    }

    @Test
    void that_refuses_what_was_destroyed_lets_no_save_in_flight_bring_the_user_back() {
        try (ExpressStack cured =
                RunningExpress.start(new ExpressStack.Options("5", null, false, List.of("take-home-cured")))) {
            Experiment experiment = new Experiment(cured.logout("take-home-cured"));

            List.of(Step.values()).forEach(experiment::perform);

            assertThat(experiment.residue().get(ResidueColumn.SAVE_IN_FLIGHT).inWords())
                    .isEqualTo("no");
            assertThat(experiment.residue().get(ResidueColumn.OLD_ROW).inWords())
                    .isEqualTo("gone");
        }
    }

    @Test
    void whose_app_is_gone_is_said_in_words() {
        Experiment experiment = new Experiment(takeHome);
        stack.close();

        List.of(Step.values()).forEach(experiment::perform);

        assertThat(experiment.residue())
                .hasSize(ResidueColumn.values().length)
                .allSatisfy((column, observation) -> assertThat(observation.inWords())
                        .startsWith("not seen: ")
                        .doesNotContain("java.", "null"));
    }

    /** Other users of the machine see the command lines of all processes. */
    @Test
    void whose_address_is_in_no_command_line_while_the_app_uses_it() throws SQLException {
        String address = PostgreSql.freshAddress();
        try (ExpressStack onPostgreSql =
                        RunningExpress.start(new ExpressStack.Options("5", address, false, List.of("take-home")));
                Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery(
                        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'express_take_home'")) {
            assertThat(onPostgreSql.logouts()).hasSize(1);
            assertThat(tables.next()).isTrue();
            assertThat(tables.getInt(1)).isPositive();

            assertThat(ProcessHandle.current().children())
                    .extracting(process -> process.info().commandLine().orElse(""))
                    .filteredOn(line -> line.contains("server.js"))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("postgresql:"));
        }
    }
}
