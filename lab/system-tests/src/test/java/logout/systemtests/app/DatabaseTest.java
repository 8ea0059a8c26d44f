package logout.systemtests.app;

import static logout.testing.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import logout.app.Stage;
import logout.app.StartException;
import logout.app.server.StageServer;
import logout.app.session.Database;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

    private static final Stage STAGE = new Stage(9, "Test stage", "Lets people in.", (spark, app) -> {
        spark.get("/", app.page("home.ftlh"));
        spark.get("/api/me", app::me);
        spark.post("/api/login", app::logIn);
    });

    @Test
    void one_in_memory_is_there_and_is_nobody_else_s() throws SQLException {
        try (Database one = Database.inMemory();
                Database other = Database.inMemory();
                Connection toOne = one.dataSource().getConnection();
                Connection toOther = other.dataSource().getConnection()) {
            toOne.createStatement().execute("CREATE TABLE mine (id INT)");

            assertThat(toOne.createStatement()
                            .executeQuery("SELECT * FROM mine")
                            .next())
                    .isFalse();
            assertThatThrownBy(() -> toOther.createStatement().executeQuery("SELECT * FROM mine"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void one_in_memory_outlives_all_connections_of_the_pool() throws SQLException {
        assertOutlivesItsConnections(Database.inMemory());
        assertOutlivesItsConnections(Database.at("jdbc:h2:mem:" + UUID.randomUUID()));
    }

    private static void assertOutlivesItsConnections(Database database) throws SQLException {
        try (database;
                StageServer server = TestStage.start(STAGE, 0, database)) {
            RequestSpecification anonymous = RestAssured.given()
                    .baseUri("http://localhost")
                    .port(server.address().getPort());
            String cookie = anonymous
                    .formParams("username", "ada", "password", "analytical-engine")
                    .post("/api/login")
                    .cookie("stage-09.sid");
            RequestSpecification ada = RestAssured.given()
                    .baseUri("http://localhost")
                    .port(server.address().getPort())
                    .cookie("stage-09.sid", cookie);
            assertThat(ada.get("/api/me").asString()).isEqualTo("{\"user\":\"ada\"}");

            evictConnections((HikariDataSource) database.dataSource());

            assertThat(ada.get("/api/me").asString()).isEqualTo("{\"user\":\"ada\"}");
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
    void one_in_memory_is_gone_when_it_is_closed() throws SQLException {
        Database database = Database.inMemory();
        String address;
        try (Connection connection = database.dataSource().getConnection()) {
            address = connection.getMetaData().getURL();
        }
        DriverManager.getConnection(address + ";IFEXISTS=TRUE").close();

        database.close();

        assertThatThrownBy(() -> DriverManager.getConnection(address + ";IFEXISTS=TRUE"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("not found");
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
        assertThatThrownBy(() -> Database.at(address))
                .isInstanceOf(StartException.class)
                .hasMessage("The database address must begin with jdbc:postgresql: or jdbc:h2:");
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
        assertThatThrownBy(() -> Database.at(address))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("The database ")
                .message()
                .hasLineCount(1)
                .doesNotContain("secret");
    }
}
