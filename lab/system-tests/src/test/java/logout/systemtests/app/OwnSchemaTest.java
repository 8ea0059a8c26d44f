package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Several people share one PostgreSQL, and each has a schema in it. */
class OwnSchemaTest {

    private final String address = TestDatabase.POSTGRESQL.freshAddress();

    @Test
    void each_role_s_stage_keeps_its_rows_in_the_schema_of_that_name() {
        // The second is a name that SQL knows in quotes only.
        try (RunningApp alice = RunningApp.on(addressOfNewRole("alice_"));
                RunningApp bob = RunningApp.on(addressOfNewRole("Bob-"))) {
            String cookieOfAlice = alice.logIn("ada");
            assertThat(alice.rows()).hasSize(1);
            assertThat(bob.rows()).isEmpty();
            assertThat(bob.userOf(cookieOfAlice)).isNull();

            String cookieOfBob = bob.logIn("grace");
            bob.keepNote(cookieOfBob, "tea");
            assertThat(bob.onlyRow().note()).isEqualTo("tea");

            bob.with(cookieOfBob).post("/api/logout").then().statusCode(204);
            assertThat(bob.rows()).isEmpty();
            assertThat(alice.userOf(cookieOfAlice)).isEqualTo("ada");
        }
    }

    @Test
    void the_address_may_name_the_schema() {
        execute("CREATE SCHEMA evening");
        try (RunningApp day = RunningApp.on(address);
                RunningApp evening = RunningApp.on(address + "&currentSchema=evening")) {
            String cookie = evening.logIn("ada");

            assertThat(evening.number("SELECT COUNT(*) FROM evening." + TestStage.TABLE))
                    .isEqualTo(1);
            assertThat(day.rows()).isEmpty();
            assertThat(day.userOf(cookie)).isNull();
        }
    }

    /** The address at which the database knows a new role, which owns a schema of its own name and nothing else. */
    private String addressOfNewRole(String prefix) {
        // Roles belong to the server, not to the database.
        String role = prefix + UUID.randomUUID();
        execute("CREATE ROLE \"" + role + "\" LOGIN");
        execute("CREATE SCHEMA AUTHORIZATION \"" + role + "\"");
        return address.replace("user=postgres", "user=" + role);
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
