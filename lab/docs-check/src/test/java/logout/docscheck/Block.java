package logout.docscheck;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;

/**
 * A code block or a table of a page. A comment right before it, {@code <!-- SOURCE: ARGUMENT -->}, says where its content comes from.
 *
 * @param language what stands behind the opening fence; {@link #TABLE} for a table
 * @param source what kind of source the comment names; empty where there is none
 * @param argument a file, a command, a stage or a name, according to the source
 * @param begin index of the first line of its content in the page
 * @param end index after the last line of its content
 * @param indent what stands before each of its lines
 */
record Block(Page page, String language, String source, String argument, int begin, int end, String indent) {

    static final String TABLE = "table";

    private static final Pattern COMMENT = Pattern.compile("<!--\\s*(.*?):\\s+(.*?)\\s*-->", Pattern.DOTALL);

    static boolean isBlock(Node node) {
        return node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock || node instanceof TableBlock;
    }

    /** Whether it is the comment that names the source of the block behind it. */
    static boolean isComment(HtmlBlock html) {
        return COMMENT.matcher(html.getLiteral().strip()).matches()
                && html.getNext() != null
                && isBlock(html.getNext());
    }

    static Block of(Page page, Node node) {
        Matcher comment = COMMENT.matcher(
                node.getPrevious() instanceof HtmlBlock html ? html.getLiteral().strip() : "");
        boolean isMarked = comment.matches();
        String source = isMarked ? comment.group(1) : "";
        String argument = isMarked ? comment.group(2) : "";

        List<SourceSpan> spans = node.getSourceSpans();
        int first = spans.get(0).getLineIndex();
        int after = spans.get(spans.size() - 1).getLineIndex() + 1;
        String indent = page.lines().get(first).substring(0, spans.get(0).getColumnIndex());
        return node instanceof FencedCodeBlock fenced
                ? new Block(page, fenced.getInfo(), source, argument, first + 1, after - 1, indent)
                : new Block(page, node instanceof TableBlock ? TABLE : "", source, argument, first, after, indent);
    }

    /** Its lines, without what they are indented by and without blanks at their ends. */
    List<String> content() {
        return page.lines().subList(begin, end).stream()
                .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line.strip())
                .map(String::stripTrailing)
                .toList();
    }

    /** Where it stands, for a failure. */
    String place() {
        return page.name() + ":" + begin + ": ";
    }
}
