package logout.check;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rows of a session store that is a table: their keys, and all that is in them, in no format that is assumed. */
final class Rows {

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_.]*";

    private final String address;
    private final String table;
    private final String key;

    private Rows(String address, String table, String key) {
        this.address = address;
        this.table = table;
        this.key = key;
    }

    /** The rows that a description names, or null where it names none. */
    static Rows of(Description description) {
        if (description.get("jdbc") == null) {
            return null;
        }
        String table = description.get("table");
        String key = description.get("key");
        if (!table.matches(NAME) || !key.matches(NAME)) {
            throw new CannotJudgeException("The table and the key must be plain names of SQL.");
        }
        Rows rows = new Rows(description.get("jdbc"), table, key);
        if (rows.now() == null) {
            throw new CannotJudgeException("The table " + table + " with the column " + key
                    + " cannot be read. Are the address, the name and the password of \"jdbc\" right?");
        }
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

    /** The keys that came between two looks; none where one of them saw nothing. */
    static Set<String> added(Map<String, ?> before, Map<String, ?> after) {
        if (before == null || after == null) {
            return Set.of();
        }
        Set<String> added = new TreeSet<>(after.keySet());
        added.removeAll(before.keySet());
        return added;
    }

    /** The names of the columns that differ between two looks at a row. */
    static List<String> changed(Map<String, String> before, Map<String, String> after) {
        return after.keySet().stream()
                .filter(column -> !after.get(column).equals(before.get(column)))
                .toList();
    }

    /** Whether a text stands in one of a row's columns. */
    static boolean hasText(Map<String, String> row, String text) {
        return row.values().stream().anyMatch(column -> column.contains(text));
    }
}
