package logout.check;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HexFormat;
import java.util.LinkedHashMap;
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

    /** All rows by their keys, with their content as text; null where they cannot be read. */
    Map<String, String> now() {
        Map<String, String> rows = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                StringBuilder content = new StringBuilder();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    content.append(text(result, i, columns.getColumnType(i))).append(' ');
                }
                rows.put(result.getString(key), content.toString());
            }
            return rows;
        } catch (SQLException e) {
            return null;
        }
    }

    private static String text(ResultSet result, int column, int type) throws SQLException {
        return switch (type) {
            case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> {
                byte[] bytes = result.getBytes(column);
                yield bytes == null ? "" : HexFormat.of().formatHex(bytes);
            }
            default -> String.valueOf(result.getString(column));
        };
    }

    /** The keys that came between two looks; none where one of them saw nothing. */
    static Set<String> added(Map<String, String> before, Map<String, String> after) {
        if (before == null || after == null) {
            return Set.of();
        }
        Set<String> added = new TreeSet<>(after.keySet());
        added.removeAll(before.keySet());
        return added;
    }
}
