package logout.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

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
                .isInstanceOf(Database.UnreachableException.class)
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
                .isInstanceOf(Database.UnreachableException.class)
                .hasMessageStartingWith("The database ")
                .message()
                .hasLineCount(1)
                .doesNotContain("secret");
    }
}
