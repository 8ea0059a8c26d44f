package logout.experiment;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import logout.experiment.TextGrid.Cell;
import picocli.CommandLine.Help.Ansi;

/** The residue table: a line for each thing that was looked at, a column for each logout under test. */
public final class ResidueTable {

    private static final String EFFECT = "what the route does";
    private static final int FIRST_WIDTH = 30;
    private static final int WIDTH = 24;
    private static final int MOST_BESIDE_EACH_OTHER = 5;

    private final Map<ContractLogout, Map<ResidueColumn, Observation>> residues;

    /** A table of these subjects, in the order in which they come. */
    public ResidueTable(Map<ContractLogout, Map<ResidueColumn, Observation>> residues) {
        this.residues = new LinkedHashMap<>(residues);
    }

    /** In the form that was asked for. */
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
        int[] widths = new int[subjects.size() + 1];
        Arrays.fill(widths, WIDTH);
        widths[0] = FIRST_WIDTH;
        TextGrid grid = new TextGrid(widths);
        UnaryOperator<String> bold = part -> part.isEmpty() ? part : ansi.string("@|bold " + part + "|@");
        grid.addRow(row(subjects, "", UnaryOperator.identity(), subject -> new Cell(heading(subject), bold)));
        grid.addRow(row(subjects, EFFECT, bold, subject -> new Cell(subject.effect(), UnaryOperator.identity())));
        for (ResidueColumn column : ResidueColumn.values()) {
            grid.addRow(row(
                    subjects,
                    column.title(),
                    bold,
                    subject -> cell(residues.get(subject).get(column), ansi)));
        }
        return grid.toString();
    }

    private static List<Cell> row(
            List<ContractLogout> subjects,
            String name,
            UnaryOperator<String> colour,
            Function<ContractLogout, Cell> cell) {
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell(name, colour));
        subjects.forEach(subject -> cells.add(cell.apply(subject)));
        return cells;
    }

    private static Cell cell(Observation observation, Ansi ansi) {
        String style = observation.isLeftBehind() ? "@|yellow " : "@|green ";
        return new Cell(observation.inWords(), part -> part.isEmpty() ? part : ansi.string(style + part + "|@"));
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
        List<Map<String, Object>> subjects = new ArrayList<>();
        residues.forEach((subject, residue) -> {
            Map<String, String> words = new LinkedHashMap<>();
            for (ResidueColumn column : ResidueColumn.values()) {
                words.put(column.key(), residue.get(column).inWords());
            }
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("subject", subject.name());
            one.put("logout", subject.logout().toString());
            one.put("does", subject.effect());
            one.put("residue", words);
            subjects.add(one);
        });
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(subjects)
                + "\n";
    }

    private static String heading(ContractLogout subject) {
        return subject.name() + " " + subject.logout();
    }

    /** The forms in which the table can be had; their names are those of the command line. */
    public enum Format {
        text,
        markdown,
        json
    }
}
