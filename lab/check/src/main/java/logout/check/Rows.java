package logout.check;

import static logout.check.CannotJudgeException.unless;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The rows of a session store that is a table: their keys, and all that is in them, in no format that is assumed. */
final class Rows {

    private static final Set<Integer> BINARY = Set.of(Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY);
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_.]*";

    private Rows() {}

    /** Refuses a description that names rows which cannot be read. */
    static void insistOn(Description description) {
        if (description.get("jdbc") == null) {
            return;
        }
        description.require("table", "key");
        String table = description.get("table");
        String key = description.get("key");
        unless(table.matches(NAME) && key.matches(NAME), "names");
        try {
            DriverManager.getDriver(description.get("jdbc"));
        } catch (SQLException e) {
            throw new CannotJudgeException("driver");
        }
        unless(now(description) != null, "table", table, key);
    }

    /** All rows by their keys, each as texts by its columns' names; null where none are named, or they cannot be read. */
    static Map<String, Map<String, String>> now(Description description) {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection(description.get("jdbc"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + description.get("table"))) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                Map<String, String> content = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    // Bytes become a text of as many characters, so that a name in them is found without knowing what
                    // is around it.
                    byte[] bytes = BINARY.contains(columns.getColumnType(i)) ? result.getBytes(i) : null;
                    content.put(
                            columns.getColumnLabel(i),
                            bytes == null
                                    ? String.valueOf(result.getString(i))
                                    : new String(bytes, StandardCharsets.ISO_8859_1));
                }
                rows.put(result.getString(description.get("key")), content);
            }
            return rows;
        } catch (SQLException e) {
            return null;
        }
    }
}
