package logout.check;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.experiment.Condition;
import logout.experiment.Condition.Severity;
import logout.experiment.Observation;
import logout.experiment.Verdict;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * What the check has to say, by the names that programs know.
 *
 * @param format the number of this form of a report
 * @param app the app's address; null where the description does not tell it
 * @param status the program's exit status
 * @param reason why the app could not be judged, in a sentence; null where it was
 * @param logins how often the user was to be logged in
 * @param conditions all of them; none where nothing could be tried
 */
record Report(int format, String app, int status, String reason, int logins, List<Line> conditions) {

    /** The forms in which it can be written. */
    static final List<String> FORMS = List.of("text", "markdown", "json", "junit");

    /** The headings, and what a status means. */
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("logout.check.report", Locale.ROOT);

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    /** What is said of a condition; its evidence are the requests that show it. */
    record Line(
            String id,
            String verdict,
            String severity,
            String seen,
            String why,
            String read,
            Integer cwe,
            boolean accepted,
            List<String> evidence,
            List<String> cookies) {

        static Line of(Condition condition, Observation seen, boolean accepted, Evidence evidence) {
            return new Line(
                    condition.id(),
                    seen.verdict().id(),
                    condition.severity().id(),
                    condition.seen(seen),
                    condition.why(),
                    condition.read(),
                    condition.cwe() == 0 ? null : condition.cwe(),
                    accepted,
                    seen.verdict() == Verdict.YES ? evidence.of(condition) : List.of(),
                    seen.cookies());
        }

        private boolean is(Verdict one) {
            return verdict.equals(one.id());
        }

        private boolean isUntidy() {
            return is(Verdict.YES) && severity.equals(Severity.UNTIDY.id());
        }

        private boolean raisesTheStatus() {
            return is(Verdict.YES) && !isUntidy() && !accepted;
        }

        private String heading() {
            return TEXTS.getString(is(Verdict.YES) ? severity : verdict);
        }

        private String said() {
            return seen + (accepted ? " (accepted)" : "");
        }

        private String reading() {
            return why + " See " + read + (cwe == null ? "." : " and CWE-" + cwe + ".");
        }
    }

    /**
     * What was found of an app. Without an answer to the first question, it is not judged.
     *
     * @param refusal why nothing could be tried; null where something was
     */
    static Report of(URI app, String refusal, int logins, List<Line> conditions) {
        String reason = conditions.stream()
                .filter(line -> line.id.equals(Condition.REPLAY.id()) && line.is(Verdict.NOT_SEEN))
                .map(Line::seen)
                .findFirst()
                .orElse(refusal);
        int status = reason != null ? 2 : conditions.stream().anyMatch(Line::raisesTheStatus) ? 1 : 0;
        String address = app == null ? null : app.toString().replaceFirst("/$", "");
        return new Report(1, address, status, reason, logins, conditions);
    }

    String in(String form) {
        return switch (form) {
            case "json" -> GSON.toJson(this) + "\n";
            case "junit" -> junit();
            default -> lines(form.equals("markdown"));
        };
    }

    private String lines(boolean markdown) {
        StringBuilder text = new StringBuilder();
        Stream.of(Verdict.YES, Verdict.NOT_SEEN, Verdict.MOOT, Verdict.NO)
                .flatMap(verdict -> conditions.stream().filter(line -> line.is(verdict)))
                .collect(Collectors.groupingBy(Line::heading, LinkedHashMap::new, Collectors.toList()))
                .forEach((heading, some) -> {
                    text.append(String.format(markdown ? "\n## %s\n\n" : "\n%s\n", heading));
                    some.forEach(line -> addLine(text, markdown, line));
                });
        String conclusion = String.format(TEXTS.getString("status." + status), reason);
        return text + String.format("%nThe user was logged in %d times. %s%n", logins, conclusion);
    }

    private static void addLine(StringBuilder text, boolean markdown, Line line) {
        text.append(String.format(markdown ? "- **%s**: %s\n" : "  %-20s %s\n", line.id, line.said()));
        if (line.is(Verdict.YES)) {
            String indented = markdown ? "  " : " ".repeat(23);
            text.append(indented).append(line.reading()).append('\n').append(markdown ? "\n  ```sh\n" : "");
            line.evidence.forEach(one -> text.append(indented).append(one).append('\n'));
            text.append(markdown ? "  ```\n" : "");
        }
    }

    /** What raises the status has failed; what was not tried, is accepted, or is only untidy was skipped, with the reason. */
    private String junit() {
        Document document =
                Jsoup.parse("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite/>\n", Parser.xmlParser());
        document.outputSettings().prettyPrint(false);
        Element suite = document.child(0).attr("name", "The logout of " + (app == null ? "an app" : app));
        for (Line line : conditions) {
            boolean fails = line.raisesTheStatus();
            String outcome = fails ? "failure" : line.is(Verdict.NO) ? "" : "skipped";
            Element said = addCase(suite, line.id, outcome, (line.isUntidy() ? "Untidy: " : "") + line.said());
            if (fails) {
                String evidence = String.join("\n", line.evidence);
                said.attr("type", line.severity)
                        .text(printable(line.said() + "\n" + line.reading() + " WSTG-SESS-06.\n" + evidence));
            }
        }
        if (reason != null) {
            addCase(suite, "judged", "error", reason).attr("type", "not-judged");
        }
        Map.of("tests", "testcase", "failures", "failure", "errors", "error", "skipped", "skipped")
                .forEach((count, tag) -> suite.attr(
                        count, String.valueOf(suite.getElementsByTag(tag).size())));
        return document.outerHtml();
    }

    private static Element addCase(Element suite, String name, String outcome, String message) {
        Element test = suite.appendElement("testcase")
                .attr("classname", "logout")
                .attr("name", name)
                .attr("time", "0");
        return outcome.isEmpty() ? test : test.appendElement(outcome).attr("message", printable(message));
    }

    /** XML has no place for other characters. */
    private static String printable(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uFFFD]", "?");
    }
}
