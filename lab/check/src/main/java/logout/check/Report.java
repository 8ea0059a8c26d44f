package logout.check;

import com.google.gson.GsonBuilder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The findings as text, as Markdown or as JSON. */
record Report(List<String> found, List<Finding> findings) {

    enum Format {
        text,
        markdown,
        json
    }

    /** Whether the app has something to do. */
    boolean hasFaults() {
        return findings.stream().anyMatch(finding -> finding.kind().isFault());
    }

    String format(Format format) {
        return format == Format.json ? json() : lines(format == Format.markdown);
    }

    private List<Finding> sorted() {
        return findings.stream().sorted(Comparator.comparing(Finding::kind)).toList();
    }

    private String lines(boolean markdown) {
        StringBuilder text = new StringBuilder();
        found.forEach(line -> text.append(markdown ? "- " : "  ").append(line).append('\n'));
        Finding.Kind kind = null;
        for (Finding finding : sorted()) {
            if (finding.kind() != kind) {
                kind = finding.kind();
                text.append('\n')
                        .append(markdown ? "## " : "")
                        .append(kind.title())
                        .append('\n');
                text.append(markdown ? "\n" : "");
            }
            text.append(markdown ? "- " : "  ").append(finding.seen()).append('\n');
            if (finding.why() != null) {
                text.append("    ")
                        .append(finding.why())
                        .append(" See ")
                        .append(finding.chapter())
                        .append(".\n");
            }
        }
        return text.append('\n')
                .append(hasFaults() ? "Something is left behind." : "Nothing was seen to be left behind.")
                .append('\n')
                .toString();
    }

    private String json() {
        List<Map<String, String>> all = sorted().stream()
                .map(finding -> {
                    Map<String, String> one = new LinkedHashMap<>();
                    one.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
                    one.put("seen", finding.seen());
                    one.put("why", finding.why());
                    one.put("see", finding.chapter());
                    return one;
                })
                .toList();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("found", found);
        told.put("findings", all);
        told.put("leftBehind", hasFaults());
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .serializeNulls()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(told)
                + "\n";
    }
}
