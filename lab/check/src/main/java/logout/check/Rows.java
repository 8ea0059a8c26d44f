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

/**
 * The rows of a session store that is a table: their keys, and all that is in them, in no format that is assumed.
 *
 * @param address by which JDBC connects
 * @param key the column that names a row
 */
record Rows(String address, String table, String key) {

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_.]*";

    /** The rows that a description names, or null where it names none. */
    static Rows of(Description description) {
        if (description.get("jdbc") == null) {
            return null;
        }
        String table = description.get("table");
        String key = description.get("key");
        unless(table.matches(NAME) && key.matches(NAME), "names");
        try {
            DriverManager.getDriver(description.get("jdbc"));
        } catch (SQLException e) {
            throw new CannotJudgeException("driver");
        }
        Rows rows = new Rows(description.get("jdbc"), table, key);
        unless(rows.now() != null, "table", table, key);
        return rows;
    }

    /** All rows by their keys, each as texts by its columns' names; null where they cannot be read. */
    Map<String, Map<String, String>> now() {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                Map<String, String> content = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    content.put(columns.getColumnLabel(i), text(result, i, columns.getColumnType(i)));
                }
                rows.put(result.getString(key), content);
            }
            return rows;
        } catch (SQLException e) {
            return null;
        }
    }

    /** Bytes become a text of as many characters, so that a name in them is found without knowing what is around it. */
    private static String text(ResultSet result, int column, int type) throws SQLException {
        return switch (type) {
            case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> {
                byte[] bytes = result.getBytes(column);
                yield bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
            }
            default -> String.valueOf(result.getString(column));
        };
    }
}
