package logout.sidebyside;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.experiment.ContractLogout;
import logout.experiment.Observation;
import logout.experiment.ResidueColumn;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** The residue table: a line for each thing that was looked at, a column for each logout under test, in their order. */
record ResidueTable(Map<ContractLogout, Map<ResidueColumn, Observation>> residues) {

    private static final int FIRST_WIDTH = 32;
    private static final int WIDTH = 26;
    private static final int MOST_BESIDE_EACH_OTHER = 5;

    String format(Format format, Ansi ansi) {
        return switch (format) {
            case text -> asText(ansi);
            case markdown -> asMarkdown();
            case json -> asJson();
        };
    }

    /** Several tables, one below the other, where the subjects are too many for the width of a screen. */
    private String asText(Ansi ansi) {
        List<ContractLogout> subjects = List.copyOf(residues.keySet());
        int tables = (subjects.size() + MOST_BESIDE_EACH_OTHER - 1) / MOST_BESIDE_EACH_OTHER;
        int beside = (subjects.size() + tables - 1) / tables;
        List<String> texts = new ArrayList<>();
        for (int from = 0; from < subjects.size(); from += beside) {
            texts.add(asText(subjects.subList(from, Math.min(from + beside, subjects.size())), ansi));
        }
        return String.join("\n", texts);
    }

    private String asText(List<ContractLogout> subjects, Ansi ansi) {
        TextTable table = TextTable.forColumns(
                CommandLine.Help.defaultColorScheme(ansi),
                Stream.concat(Stream.of(FIRST_WIDTH), subjects.stream().map(subject -> WIDTH))
                        .map(width -> new Column(width, 0, Column.Overflow.WRAP))
                        .toArray(Column[]::new));
        table.indentWrappedLines = 0;
        int row = addRow(table, 0, line("", subjects, subject -> bold(subject.name() + " " + subject.logout())), ansi);
        for (List<String> line : lines(subjects, ResidueTable::coloured)) {
            row = addRow(table, row, line, ansi);
        }
        return table.toString().stripTrailing() + System.lineSeparator();
    }

    /** What each line of the table says: first its name, then its cells. */
    private List<List<String>> lines(Collection<ContractLogout> subjects, Function<Observation, String> cell) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(line("what the route does", subjects, ContractLogout::effect));
        for (ResidueColumn column : ResidueColumn.values()) {
            lines.add(line(
                    column.title(),
                    subjects,
                    subject -> cell.apply(residues.get(subject).get(column))));
        }
        return lines;
    }

    private static List<String> line(
            String name, Collection<ContractLogout> subjects, Function<ContractLogout, String> cell) {
        return Stream.concat(Stream.of(name), subjects.stream().map(cell)).toList();
    }

    /** Adds a row of cells that are as high as they have to be, and returns the number of the one below. */
    private static int addRow(TextTable table, int row, List<String> line, Ansi ansi) {
        if (row >= table.rowCount()) {
            table.addEmptyRow();
        }
        int last = row;
        for (int column = 0; column < line.size(); column++) {
            String cell = column == 0 ? bold(line.get(0)) : line.get(column);
            last = Math.max(last, table.putValue(row, column, ansi.text(cell)).row);
        }
        return last + 1;
    }

    private static String bold(String text) {
        return text.isEmpty() ? "" : "@|bold " + text + "|@";
    }

    private static String coloured(Observation observation) {
        return (observation.isLeftBehind() ? "@|yellow " : "@|green ") + observation.inWords() + "|@";
    }

    private String asMarkdown() {
        Collection<ContractLogout> subjects = residues.keySet();
        List<List<String>> lines = new ArrayList<>();
        lines.add(line("", subjects, subject -> subject.name() + " `" + subject.logout() + "`"));
        lines.add(line("---", subjects, subject -> "---"));
        // An address as code, for the reply.
        lines.addAll(lines(subjects, seen -> seen.inWords().replaceFirst("^(\\d+) (/\\S*)$", "$1 `$2`")));
        return lines.stream()
                .map(line -> ("| " + String.join(" | ", line) + " |\n").replaceFirst("^[|]  ", "| "))
                .collect(Collectors.joining());
    }

    private String asJson() {
        List<Subject> subjects = new ArrayList<>();
        residues.forEach((subject, residue) -> {
            Map<String, String> words = new LinkedHashMap<>();
            for (ResidueColumn column : ResidueColumn.values()) {
                words.put(column.key(), residue.get(column).inWords());
            }
            subjects.add(new Subject(subject.name(), subject.logout().toString(), subject.effect(), words));
        });
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(subjects)
                + "\n";
    }

    private record Subject(String subject, String logout, String does, Map<String, String> residue) {}

    /** The forms in which the table can be had; their names are those of the command line. */
    enum Format {
        text,
        markdown,
        json
    }
}
