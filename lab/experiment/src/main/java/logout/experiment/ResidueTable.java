package logout.experiment;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** The residue table: a line for each thing that was looked at, a column for each logout under test, in their order. */
public record ResidueTable(Map<ContractLogout, Map<ResidueColumn, Observation>> residues) {

    private static final String EFFECT = "what the route does";
    private static final int FIRST_WIDTH = 32;
    private static final int WIDTH = 26;
    private static final int MOST_BESIDE_EACH_OTHER = 5;

    public String format(Format format, Ansi ansi) {
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
        int row = addRow(table, 0, "", subjects, subject -> bold(subject.name() + " " + subject.logout()), ansi);
        row = addRow(table, row, bold(EFFECT), subjects, ContractLogout::effect, ansi);
        for (ResidueColumn column : ResidueColumn.values()) {
            Function<ContractLogout, String> cell =
                    subject -> coloured(residues.get(subject).get(column));
            row = addRow(table, row, bold(column.title()), subjects, cell, ansi);
        }
        return table.toString().stripTrailing() + System.lineSeparator();
    }

    /** Adds a row of cells that are as high as they have to be, and returns the number of the one below. */
    private static int addRow(
            TextTable table,
            int row,
            String name,
            List<ContractLogout> subjects,
            Function<ContractLogout, String> cell,
            Ansi ansi) {
        List<String> cells =
                Stream.concat(Stream.of(name), subjects.stream().map(cell)).toList();
        if (row >= table.rowCount()) {
            table.addEmptyRow();
        }
        int last = row;
        for (int column = 0; column < cells.size(); column++) {
            last = Math.max(last, table.putValue(row, column, ansi.text(cells.get(column))).row);
        }
        return last + 1;
    }

    private static String bold(String text) {
        return "@|bold " + text + "|@";
    }

    private static String coloured(Observation observation) {
        return (observation.isLeftBehind() ? "@|yellow " : "@|green ") + observation.inWords() + "|@";
    }

    private String asMarkdown() {
        StringBuilder table = new StringBuilder();
        addLine(table, "", subject -> subject.name() + " `" + subject.logout() + "`");
        addLine(table, "---", subject -> "---");
        addLine(table, EFFECT, ContractLogout::effect);
        for (ResidueColumn column : ResidueColumn.values()) {
            addLine(
                    table,
                    column.title(),
                    // An address as code, for the reply.
                    subject -> residues.get(subject).get(column).inWords().replaceFirst("^(\\d+) (/\\S*)$", "$1 `$2`"));
        }
        return table.toString();
    }

    private void addLine(StringBuilder table, String name, Function<ContractLogout, String> cell) {
        table.append(name.isEmpty() ? "| |" : "| " + name + " |");
        residues.keySet()
                .forEach(
                        subject -> table.append(' ').append(cell.apply(subject)).append(" |"));
        table.append('\n');
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
    public enum Format {
        text,
        markdown,
        json
    }
}
