package logout.sidebyside;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import logout.app.residue.ResidueColumn;
import logout.app.residue.Trace;
import logout.sidebyside.TextGrid.Cell;
import picocli.CommandLine.Help.Ansi;

/** The residue table: a line for each thing that was looked at, a column for each logout. */
final class ResidueTable {

    private static final String DEED = "what the route does";
    private static final int FIRST_WIDTH = 30;
    private static final int WIDTH = 24;

    private final Map<Logout, Map<ResidueColumn, Trace>> residues;

    /** A table of these logouts, in the order in which they come. */
    ResidueTable(Map<Logout, Map<ResidueColumn, Trace>> residues) {
        this.residues = new LinkedHashMap<>(residues);
    }

    /** In the form that was asked for. */
    String format(Format format, Ansi ansi) {
        return switch (format) {
            case text -> asText(ansi);
            case markdown -> asMarkdown();
            case json -> asJson();
        };
    }

    private String asText(Ansi ansi) {
        int[] widths = new int[residues.size() + 1];
        Arrays.fill(widths, WIDTH);
        widths[0] = FIRST_WIDTH;
        TextGrid grid = new TextGrid(widths);
        UnaryOperator<String> bold = part -> part.isEmpty() ? part : ansi.string("@|bold " + part + "|@");
        grid.addRow(row("", UnaryOperator.identity(), logout -> new Cell(heading(logout), bold)));
        grid.addRow(row(DEED, bold, logout -> new Cell(logout.deed(), UnaryOperator.identity())));
        for (ResidueColumn column : ResidueColumn.values()) {
            grid.addRow(row(
                    column.title(), bold, logout -> cell(residues.get(logout).get(column), ansi)));
        }
        return grid.toString();
    }

    private List<Cell> row(String name, UnaryOperator<String> colour, Function<Logout, Cell> cell) {
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell(name, colour));
        residues.keySet().forEach(logout -> cells.add(cell.apply(logout)));
        return cells;
    }

    private static Cell cell(Trace trace, Ansi ansi) {
        String style = trace.isLeftBehind() ? "@|yellow " : "@|green ";
        return new Cell(trace.inWords(), part -> part.isEmpty() ? part : ansi.string(style + part + "|@"));
    }

    private String asMarkdown() {
        StringBuilder table = new StringBuilder();
        addLine(table, "", logout -> logout.stage().number() + " `" + logout.method() + " " + logout.path() + "`");
        addLine(table, "---", logout -> "---");
        addLine(table, DEED, Logout::deed);
        for (ResidueColumn column : ResidueColumn.values()) {
            addLine(
                    table,
                    column.title(),
                    logout -> residues.get(logout).get(column).inWords());
        }
        return table.toString();
    }

    private void addLine(StringBuilder table, String name, Function<Logout, String> cell) {
        table.append(name.isEmpty() ? "| |" : "| " + name + " |");
        residues.keySet()
                .forEach(logout -> table.append(' ').append(cell.apply(logout)).append(" |"));
        table.append('\n');
    }

    private String asJson() {
        List<Map<String, Object>> logouts = new ArrayList<>();
        residues.forEach((logout, residue) -> {
            Map<String, String> words = new LinkedHashMap<>();
            for (ResidueColumn column : ResidueColumn.values()) {
                words.put(column.key(), residue.get(column).inWords());
            }
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("stage", logout.stage().number());
            one.put("logout", logout.method() + " " + logout.path());
            one.put("does", logout.deed());
            one.put("residue", words);
            logouts.add(one);
        });
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(logouts)
                + "\n";
    }

    private static String heading(Logout logout) {
        return logout.stage().number() + " " + logout.method() + " " + logout.path();
    }

    /** The forms in which the table can be had; their names are those of the command line. */
    enum Format {
        text,
        markdown,
        json
    }
}
