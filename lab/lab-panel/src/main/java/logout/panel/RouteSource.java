package logout.panel;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.app.Stage;
import logout.app.web.Assets;

/**
 * A logout's route as it stands in its source, and what changed in it since the one before.
 *
 * @param file the name of the source file
 * @param comparedWith what the one before is called, or null for the first
 * @param lines the route's lines, with those that are gone since the one before
 * @param edit what the saved route has changed since it was committed, or null where it has not
 * @param problem what is wrong with the source and what runs, in sentences; null where all is well
 * @param chapter the path of the chapter in the docs that explains it, where it is edited; else null
 */
public record RouteSource(
        String file, String comparedWith, List<Line> lines, List<Line> edit, String problem, String chapter) {

    private static final Pattern CLASS_NAME = Pattern.compile("public final class (\\w+)");
    private static final Pattern ROUTE = Pattern.compile("(?s)// tag::logout\\[]\\R(.*?)[ \\t]*// end::logout\\[]");

    /**
     * The route of a stage, from the source that was compiled: the build puts it beside the classes, and that of the stage
     * before. Without a line where there is no source, for a stage that is made up.
     */
    static RouteSource of(Stage stage) {
        String now = resource(stage, "now");
        return now == null ? of("", null, List.of(), List.of()) : of(stage, now);
    }

    /** The route in this text of a stage's app class, compared with that of the stage before. */
    static RouteSource of(Stage stage, String now) {
        String before = resource(stage, "before");
        return before == null
                ? of(file(now), null, List.of(), route(now))
                : of(file(now), "Stage " + (stage.number() - 1), route(before), route(now));
    }

    /** The name of the file of a stage's app class; empty for a stage that is made up. */
    public static String file(Stage stage) {
        String now = resource(stage, "now");
        return now == null ? "" : file(now);
    }

    private static String file(String text) {
        Matcher name = CLASS_NAME.matcher(text);
        return name.find() ? name.group(1) + ".java" : "";
    }

    /** What changed in these lines since the route in a text; null where nothing did. */
    List<Line> since(String earlier) {
        List<String> now = lines.stream()
                .filter(line -> !line.change.equals("gone"))
                .map(Line::text)
                .toList();
        List<Line> edit = compared(route(earlier), now);
        return edit.stream().allMatch(line -> line.change.equals("same")) ? null : edit;
    }

    /** A route of these lines, compared with the one before; {@code comparedWith} is null where there is none. */
    public static RouteSource of(String file, String comparedWith, List<String> before, List<String> now) {
        List<Line> lines = comparedWith == null ? unchanged(now) : compared(before, now);
        return new RouteSource(file, comparedWith, lines, null, null, null);
    }

    /** For a page. */
    public String toJson() {
        return PanelState.json(this);
    }

    private static List<String> route(String source) {
        Matcher route = ROUTE.matcher(source);
        if (!route.find()) {
            throw new IllegalStateException("The source has no route between the tags named logout.");
        }
        return route.group(1).stripTrailing().stripIndent().lines().toList();
    }

    private static List<Line> unchanged(List<String> route) {
        return route.stream().map(text -> new Line(text, "same")).toList();
    }

    private static List<Line> compared(List<String> before, List<String> now) {
        List<Line> lines = new ArrayList<>();
        for (AbstractDelta<String> delta : DiffUtils.diff(before, now, true).getDeltas()) {
            switch (delta.getType()) {
                case EQUAL -> lines.addAll(unchanged(delta.getTarget().getLines()));
                default -> {
                    delta.getSource().getLines().forEach(text -> lines.add(new Line(text, "gone")));
                    delta.getTarget().getLines().forEach(text -> lines.add(new Line(text, "new")));
                }
            }
        }
        return lines;
    }

    /** A text that the build has put beside a stage's classes: {@code now} or {@code before}; null where it has not. */
    public static String resource(Stage stage, String name) {
        String file = stage.folder() + "/source/" + name + ".java";
        return RouteSource.class.getResource(file) == null
                ? null
                : new String(Assets.content(file), StandardCharsets.UTF_8);
    }

    /**
     * One line of the route.
     *
     * @param change {@code same}, {@code new} or {@code gone} since the one before
     */
    public record Line(String text, String change) {}
}
