package logout.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Cells in columns, aligned for a terminal. A cell that is too long goes on in the next line, between two words. */
final class TextGrid {

    private static final String GAP = "  ";

    private final int[] widths;
    private final StringBuilder text = new StringBuilder();

    /** A grid whose columns are this many characters wide. */
    TextGrid(int... widths) {
        this.widths = widths.clone();
    }

    /** Adds a row. Colour has no width, so it is put on when the cells are in place. */
    void addRow(List<Cell> cells) {
        List<List<String>> wrapped = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            wrapped.add(wrap(cells.get(i).text(), widths[i]));
        }
        int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            addLine(cells, wrapped, line);
        }
    }

    private void addLine(List<Cell> cells, List<List<String>> wrapped, int line) {
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String part = line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "";
            whole.append(cells.get(i).colour().apply(part))
                    .append(" ".repeat(widths[i] - part.length()))
                    .append(GAP);
        }
        text.append(whole.toString().stripTrailing()).append(System.lineSeparator());
    }

    private static List<String> wrap(String cell, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : cell.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /**
     * One cell.
     *
     * @param colour puts colour on a piece of the text, or leaves it as it is
     */
    record Cell(String text, UnaryOperator<String> colour) {}
}
