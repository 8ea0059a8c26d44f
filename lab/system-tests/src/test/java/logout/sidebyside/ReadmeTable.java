package logout.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The residue table, as the README prints it. */
public final class ReadmeTable {

    private static final String FIRST_HEADING = "1 `GET /logout`";

    private final List<List<String>> lines;

    private ReadmeTable(List<List<String>> lines) {
        this.lines = lines;
    }

    /** The table as it stands there now. */
    public static ReadmeTable ofTheReadme() {
        try {
            List<List<String>> lines = Files.readAllLines(Path.of("../../README.md")).stream()
                    .dropWhile(line -> !line.contains(FIRST_HEADING))
                    .takeWhile(line -> line.startsWith("|"))
                    .map(ReadmeTable::cells)
                    .toList();
            return new ReadmeTable(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one logout leaves behind: each line's name and its cell, without the markup. */
    public Map<String, String> column(Logout logout) {
        String heading = logout.stage().number() + " `" + logout.method() + " " + logout.path() + "`";
        int column = lines.get(0).indexOf(heading);
        Map<String, String> cells = new LinkedHashMap<>();
        lines.stream().skip(2).forEach(line -> cells.put(plain(line.get(0)), plain(line.get(column))));
        return cells;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                .map(String::strip)
                .toList();
    }

    private static String plain(String cell) {
        return cell.replace("**", "").replace("`", "");
    }
}
