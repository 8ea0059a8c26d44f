package logout.systemtests.app;

import static logout.testing.Eventually.assertThatEventually;
import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import logout.app.StartException;
import logout.app.session.Database;
import logout.launcher.StageWithPanel;
import logout.systemtests.PostgreSql;
import logout.testing.Browser;
import logout.testing.QuickAccounts;
import logout.testing.RunningStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

    @Test
    void one_in_memory_outlives_all_connections_of_the_pool() throws SQLException {
        assertOutlivesItsConnections(Database.inMemory());
        assertOutlivesItsConnections(Database.at("jdbc:h2:mem:" + UUID.randomUUID()));
    }

    private static void assertOutlivesItsConnections(Database database) throws SQLException {
        try (database;
                StageWithPanel stage = StageWithPanel.start(TestStage.STAGE, 0, database, QuickAccounts.ALL)) {
            Browser ada = Browser.at(stage.server());
            ada.logIn();
            assertThat(ada.user()).isEqualTo("ada");

            evictConnections((HikariDataSource) database.dataSource());

            assertThat(ada.user()).isEqualTo("ada");
        }
    }

    /** As HikariCP does when the clock steps back. Returns when all of them are closed. */
    private static void evictConnections(HikariDataSource pool) throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        List<Connection> physical = new ArrayList<>();
        for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
            borrowed.add(pool.getConnection());
            physical.add(borrowed.get(i).unwrap(JdbcConnection.class));
        }
        pool.getHikariPoolMXBean().softEvictConnections();
        for (Connection connection : borrowed) {
            connection.close();
        }
        assertThatEventually(() -> physical.stream().allMatch(DatabaseTest::isClosed), closed -> closed);
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void one_in_memory_is_nobody_else_s_and_gone_when_it_is_closed() throws SQLException {
        try (Database other = Database.inMemory();
                Connection toOther = other.dataSource().getConnection()) {
            Database database = Database.inMemory();
            String address;
            try (Connection connection = database.dataSource().getConnection()) {
                address = connection.getMetaData().getURL() + ";IFEXISTS=TRUE";
            }
            DriverManager.getConnection(address).close();

            database.close();

            assertThatThrownBy(() -> DriverManager.getConnection(address)).hasMessageContaining("not found");
            assertThat(toOther.isValid(0)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://me:secret@localhost/logout",
                "postgresql://me:secret@localhost/logout",
                "secret",
                ""
            })
    void another_kind_is_refused(String address) {
        assertRefused(address, "", "The database address must begin with jdbc:postgresql: or jdbc:h2:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://me:secret@localhost/logout",
                "jdbc:postgresql://localhost:port/logout?password=secret",
                "jdbc:h2:",
                "jdbc:h2:relative;USER=me;PASSWORD=secret",
                "jdbc:h2:mem:x;NO_SUCH_OPTION=secret",
            })
    void an_address_that_makes_no_sense_is_refused_in_one_line_without_the_password(String address) {
        assertRefused(address, "The database ", "");
    }

    @Test
    void each_keeps_one_connection_for_nobody_and_who_finds_none_is_told_what_helps() throws SQLException {
        RunningStage stage = RunningStage.of(TestStage.STAGE).on(PostgreSql.freshAddress());
        String limited = addressOfNewRole(stage, "limited_", "CONNECTION LIMIT 2");
        try (Database one = filled(limited);
                Database other = filled(limited)) {
            assertRefused(limited, "too many connections for role", "End a program that holds some, or allow more.");
            one.dataSource().getConnection().close();
            other.dataSource().getConnection().close();
        }
    }

    /** A database with all the connections that its pool wants while nobody asks for one. */
    private static Database filled(String address) {
        Database database = Database.at(address);
        HikariDataSource pool = (HikariDataSource) database.dataSource();
        until(
                "the pool has all that it wants",
                () -> pool.getHikariPoolMXBean().getIdleConnections() >= pool.getMinimumIdle());
        return database;
    }

    /** Several people share one PostgreSQL. SQL knows the second's name in quotes only. */
    @ParameterizedTest
    @ValueSource(strings = {"alice_", "Bob-"})
    void a_role_s_stage_keeps_its_rows_in_the_schema_of_its_name(String prefix) {
        RunningStage shared = RunningStage.of(TestStage.STAGE).on(PostgreSql.freshAddress());
        String address = addressOfNewRole(shared, prefix, "");
        String role = address.replaceFirst(".*user=([^&]*).*", "$1");
        shared.update("CREATE SCHEMA AUTHORIZATION \"%s\"", role);

        assertKeepsItsRowsIn(role, address, shared);
    }

    @Test
    void the_address_may_name_the_schema() {
        RunningStage day = RunningStage.of(TestStage.STAGE).on(PostgreSql.freshAddress());
        day.update("CREATE SCHEMA evening");

        assertKeepsItsRowsIn("evening", day.databaseAddress() + "&currentSchema=evening", day);
    }

    private static void assertKeepsItsRowsIn(String schema, String address, RunningStage elsewhere) {
        try (elsewhere;
                RunningStage stage =
                        RunningStage.of(TestStage.STAGE).on(address).start()) {
            elsewhere.start();
            Browser ada = stage.newBrowser().logIn();
            assertThat(stage.rows()).hasSize(1);
            assertThat(stage.ask("SELECT COUNT(*) FROM \"%s\".%s", schema, TestStage.TABLE))
                    .isEqualTo("1");
            assertThat(elsewhere.rows()).isEmpty();
            assertThat(elsewhere.newBrowser().holding(ada.sessionCookie()).user())
                    .isNull();

            elsewhere.newBrowser().logIn().post("/api/logout").then().statusCode(204);

            assertThat(elsewhere.rows()).isEmpty();
            assertThat(ada.user()).isEqualTo("ada");
            ada.post("/api/logout").then().statusCode(204);
            assertThat(stage.rows()).isEmpty();
        }
    }

    /** The address at which this stage's database knows a new role. Roles belong to the server, not to the database. */
    private static String addressOfNewRole(RunningStage stage, String prefix, String options) {
        String role = prefix + UUID.randomUUID();
        stage.update("CREATE ROLE \"%s\" LOGIN %s", role, options);
        return stage.databaseAddress().replace("user=postgres", "user=" + role + "&password=secret");
    }

    @Test
    void one_in_which_no_table_may_be_made_is_told_with_what_helps() {
        RunningStage stage = RunningStage.of(TestStage.STAGE).on(PostgreSql.freshAddress());
        // As PostgreSQL has it by itself since version 15.
        stage.update("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        RunningStage guest = stage.on(addressOfNewRole(stage, "guest_", ""));

        assertRefused(
                guest::start,
                "permission denied for schema public",
                "The role that you log in as must own the database, or a schema in it of its own name.");
    }

    @Test
    void one_in_which_something_else_has_the_name_of_the_table_is_told() {
        String view = "CREATE VIEW " + TestStage.TABLE + " AS SELECT 1 AS one";
        String address = "jdbc:h2:mem:x;INIT=CREATE SCHEMA IF NOT EXISTS s\\;SET SCHEMA s\\;" + view;

        assertRefused(
                RunningStage.of(TestStage.STAGE).on(address)::start,
                "The database at jdbc:h2:mem:x cannot be used: ",
                "");
    }

    @Test
    void one_that_refuses_is_told_with_what_helps() throws IOException {
        String address = PostgreSql.freshAddress();

        assertRefused(
                address.replace("user=postgres", "user=nobody"),
                "role \"nobody\" does not exist",
                "Are the name and the password in the address right?");
        assertRefused(
                address.replaceFirst("/sessions_\\w+", "/nowhere"),
                "database \"nowhere\" does not exist",
                "Make it with CREATE DATABASE, or put right the name in the address.");
        try (ServerSocket closed = new ServerSocket(0)) {
            address = address.replaceFirst("localhost:\\d+", "localhost:" + closed.getLocalPort());
        }
        assertRefused(address, "Connection refused", "Is it running, and are the host and the port right?");
    }

    @ParameterizedTest
    @CsvSource({
        "28P01, password authentication failed, Are the name and the password in the address right?",
        "08P01, unsupported startup parameter: options, 'Behind a connection pooler, give the address of PostgreSQL itself.'",
        "57P03, the database system is starting up, Try again in a moment.",
        "XX000, something is wrong inside, something is wrong inside.",
    })
    void what_no_server_here_says_is_told_with_what_helps_too(String state, String reason, String whatHelps)
            throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> refuse(server, state, reason));

            assertRefused(
                    "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/logout?user=ada&sslmode=disable",
                    reason,
                    whatHelps);
        }
    }

    /** Answers whoever logs in as PostgreSQL does where it refuses. */
    private static void refuse(ServerSocket server, String state, String reason) {
        String fields = "SFATAL\0C" + state + "\0M" + reason + "\0\0";
        try (Socket client = server.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.skipNBytes(in.readInt() - Integer.BYTES);
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            out.write('E');
            out.writeInt(Integer.BYTES + fields.length());
            out.writeBytes(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertRefused(String address, String reason, String whatHelps) {
        assertRefused(() -> Database.at(address), reason, whatHelps);
    }

    private static void assertRefused(ThrowingCallable start, String reason, String whatHelps) {
        assertThatThrownBy(start)
                .isInstanceOf(StartException.class)
                .message()
                .hasLineCount(1)
                .contains(reason)
                .endsWith(whatHelps)
                .doesNotContain("secret");
    }
}
