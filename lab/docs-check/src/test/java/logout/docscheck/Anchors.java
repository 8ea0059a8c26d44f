package logout.docscheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.commonmark.node.Heading;

/** The places of a file that a link can name behind its {@code #}. */
final class Anchors {

    private Anchors() {}

    /** Of a page its headings, as GitHub names them; of a Java file its test methods; of another file none. */
    static List<String> of(String file) {
        if (file.endsWith(".md")) {
            return headings(Page.read(file));
        }
        return file.endsWith(".java") ? TestSource.of(file).methods() : List.of();
    }

    private static List<String> headings(Page page) {
        List<String> anchors = new ArrayList<>();
        Map<String, Integer> times = new HashMap<>();
        for (Heading heading : page.all(Heading.class)) {
            String slug = slug(Page.plainText(heading));
            int before = times.merge(slug, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? slug : slug + "-" + before);
        }
        return anchors;
    }

    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
