package logout.docscheck;

import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;

/**
 * A code block or a table of a page.
 *
 * @param node as the page has it
 * @param language what stands behind the opening fence; {@link #TABLE} for a table
 * @param marker the comment right before it, or null
 * @param begin index of the first line of its content in the page
 * @param end index after the last line of its content
 * @param indent what stands before each of its lines
 */
record Block(Page page, Node node, String language, Marker marker, int begin, int end, String indent) {

    static final String TABLE = "table";

    static boolean isBlock(Node node) {
        return node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock || node instanceof TableBlock;
    }

    static Block of(Page page, Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        int first = spans.get(0).getLineIndex();
        int after = spans.get(spans.size() - 1).getLineIndex() + 1;
        String indent = page.lines().get(first).substring(0, spans.get(0).getColumnIndex());
        if (node instanceof FencedCodeBlock fenced) {
            return new Block(page, node, fenced.getInfo(), markerOf(node), first + 1, after - 1, indent);
        }
        return new Block(page, node, node instanceof TableBlock ? TABLE : "", markerOf(node), first, after, indent);
    }

    private static Marker markerOf(Node node) {
        return node.getPrevious() instanceof HtmlBlock html
                ? Marker.parse(html.getLiteral()).orElse(null)
                : null;
    }

    /** Its lines, without what they are indented by and without blanks at their ends. */
    List<String> content() {
        return page.lines().subList(begin, end).stream()
                .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line.strip())
                .map(String::stripTrailing)
                .toList();
    }

    /** The first cell of each line of a table, without the markup; nothing for a code block. */
    List<String> firstCells() {
        return Page.withDescendants(node)
                .filter(TableRow.class::isInstance)
                .map(row -> (TableCell) row.getFirstChild())
                .map(Page::plainText)
                .toList();
    }

    /** Where it stands, for a failure. */
    String place() {
        return page.placeOf(node);
    }

    /** What it is called in the list of tests. */
    String title() {
        String what = marker == null ? language.isEmpty() ? "code" : language : marker.toString();
        return what + " (line " + begin + ")";
    }
}
