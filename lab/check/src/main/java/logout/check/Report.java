package logout.check;

import com.google.gson.GsonBuilder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import logout.experiment.Condition;
import logout.experiment.Condition.Severity;
import logout.experiment.Finding;
import logout.experiment.Verdict;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * What the check has to say, in each of its formats.
 *
 * @param app the app's address; null where the description does not tell it
 * @param reason why the app could not be judged, in a sentence; null where it was
 * @param logins how often the user was to be logged in
 * @param findings one for each condition; none where nothing could be tried
 * @param accepted conditions that do not raise the status
 * @param evidence the requests that show what was found
 */
record Report(URI app, String reason, int logins, List<Finding> findings, Set<Condition> accepted, Evidence evidence) {

    static final int NOT_JUDGED = 2;

    enum Format {
        text,
        markdown,
        json,
        junit;

        boolean isForPrograms() {
            return this == json || this == junit;
        }
    }

    /** Nothing could be tried. */
    static Report refusal(URI app, String reason) {
        return new Report(app, reason, 0, List.of(), Set.of(), null);
    }

    /** What was found of an app. Without an answer to the first question, it is not judged. */
    static Report of(URI app, int logins, List<Finding> findings, Set<Condition> accepted, Evidence evidence) {
        Finding replay = findings.stream()
                .filter(finding -> finding.condition() == Condition.REPLAY)
                .findFirst()
                .orElseThrow();
        String reason = replay.verdict() == Verdict.NOT_SEEN ? replay.seen() : null;
        return new Report(app, reason, logins, findings, accepted, evidence);
    }

    /** The program's exit status. */
    int status() {
        if (reason != null) {
            return NOT_JUDGED;
        }
        return findings.stream().anyMatch(this::raisesTheStatus) ? 1 : 0;
    }

    private boolean raisesTheStatus(Finding finding) {
        return finding.verdict() == Verdict.YES
                && finding.condition().severity() != Severity.UNTIDY
                && !accepted.contains(finding.condition());
    }

    String format(Format format) {
        return switch (format) {
            case json -> json();
            case junit -> junit();
            case text, markdown -> lines(format == Format.markdown);
        };
    }

    private String lines(boolean markdown) {
        StringBuilder text = new StringBuilder();
        for (Severity severity : Severity.values()) {
            addLines(
                    text,
                    markdown,
                    severity.title(),
                    finding -> finding.verdict() == Verdict.YES
                            && finding.condition().severity() == severity);
        }
        addLines(text, markdown, "What could not be seen", finding -> finding.verdict() == Verdict.NOT_SEEN);
        addLines(text, markdown, "What has no meaning here", finding -> finding.verdict() == Verdict.MOOT);
        addLines(text, markdown, "What was seen to be right", finding -> finding.verdict() == Verdict.NO);
        return text.append(String.format("%nThe user was logged in %d times. %s%n", logins, conclusion()))
                .toString();
    }

    private String conclusion() {
        return switch (status()) {
            case 0 -> "Nothing was seen to be left behind.";
            case 1 -> "Something is left behind.";
            default -> "The app could not be judged: " + reason;
        };
    }

    private void addLines(StringBuilder text, boolean markdown, String title, Predicate<Finding> which) {
        List<Finding> some = findings.stream().filter(which).toList();
        if (some.isEmpty()) {
            return;
        }
        text.append(markdown ? "\n## " + title + "\n\n" : "\n" + title + "\n");
        for (Finding finding : some) {
            Condition condition = finding.condition();
            text.append(markdown ? "- **" + condition.id() + "**: " : String.format("  %-20s ", condition.id()))
                    .append(finding.seen())
                    .append(accepted.contains(condition) ? " (accepted)" : "")
                    .append('\n');
            if (finding.verdict() == Verdict.YES) {
                String indented = markdown ? "  " : " ".repeat(23);
                text.append(indented).append(reading(condition)).append('\n');
                text.append(markdown ? "\n  ```sh\n" : "");
                evidence.of(condition)
                        .forEach(line -> text.append(indented).append(line).append('\n'));
                text.append(markdown ? "  ```\n" : "");
            }
        }
    }

    private static String reading(Condition condition) {
        return condition.why() + " See " + condition.read()
                + (condition.cwe() == 0 ? "." : " and CWE-" + condition.cwe() + ".");
    }

    /** What raises the status has failed; what was not tried, is accepted, or is only untidy was skipped, with the reason. */
    private String junit() {
        Element suite = new Element("testsuite").attr("name", "The logout of " + (app == null ? "an app" : address()));
        for (Finding finding : findings) {
            Condition condition = finding.condition();
            Element test = testCase(suite, condition.id());
            String seen = finding.seen() + (accepted.contains(condition) ? " (accepted)" : "");
            if (raisesTheStatus(finding)) {
                test.appendElement("failure")
                        .attr("type", condition.severity().id())
                        .attr("message", printable(seen))
                        .text(printable(seen + "\n" + reading(condition) + " WSTG-SESS-06.\n"
                                + String.join("\n", evidence.of(condition))));
            } else if (finding.verdict() != Verdict.NO) {
                String untidy = condition.severity() == Severity.UNTIDY ? "Untidy: " : "";
                test.appendElement("skipped")
                        .attr("message", printable(finding.verdict() == Verdict.YES ? untidy + seen : seen));
            }
        }
        if (reason != null) {
            testCase(suite, "judged")
                    .appendElement("error")
                    .attr("message", printable(reason))
                    .attr("type", "not-judged");
        }
        Map.of("tests", "testcase", "failures", "failure", "errors", "error", "skipped", "skipped")
                .forEach((count, tag) -> suite.attr(
                        count, String.valueOf(suite.getElementsByTag(tag).size())));
        Document document = new Document("");
        document.outputSettings().syntax(Document.OutputSettings.Syntax.xml).prettyPrint(false);
        document.appendChild(suite);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + document.outerHtml() + "\n";
    }

    private String address() {
        return app.toString().replaceFirst("/$", "");
    }

    private static Element testCase(Element suite, String name) {
        return suite.appendElement("testcase")
                .attr("classname", "logout")
                .attr("name", name)
                .attr("time", "0");
    }

    /** XML has no place for other characters. */
    private static String printable(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uFFFD]", "?");
    }

    private String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("format", 1);
        report.put("app", app == null ? null : address());
        report.put("status", status());
        report.put("reason", reason);
        report.put("logins", logins);
        if (!findings.isEmpty()) {
            report.put("conditions", findings.stream().map(this::members).toList());
        }
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .serializeNulls()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(report)
                + "\n";
    }

    private Map<String, Object> members(Finding finding) {
        Condition condition = finding.condition();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", condition.id());
        members.put("verdict", finding.verdict().id());
        members.put("severity", condition.severity().id());
        members.put("seen", finding.seen());
        members.put("why", condition.why());
        members.put("read", condition.read());
        members.put("cwe", condition.cwe() == 0 ? null : condition.cwe());
        members.put("accepted", accepted.contains(condition));
        if (finding.verdict() == Verdict.YES) {
            members.put("evidence", evidence.of(condition));
        }
        if (!finding.cookies().isEmpty()) {
            members.put("cookies", finding.cookies());
        }
        return members;
    }
}
