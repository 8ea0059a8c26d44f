package logout.panel;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import logout.app.Stage;

/** The logout route that runs, as the panel shows it: from what was compiled, or from the source that is followed. */
public final class StageCode {

    private final Stage stage;
    private Source source;
    private String committed;
    private Shown shown;
    private int version;

    StageCode(Stage stage) {
        this.stage = stage;
    }

    /** From now on the code is read from the source. Where Git cannot tell what was committed, that is the source as first read. */
    public void follow(Source followed) {
        String text = followed.committed().orElse(null);
        synchronized (this) {
            source = followed;
            committed = text;
        }
        edited(null);
    }

    /** The source was edited; {@code mistake} says what is wrong with it, or is null where it runs. */
    public synchronized void edited(String mistake) {
        version++;
        if (mistake != null) {
            shown = shown().with("What ran before goes on. " + mistake);
            return;
        }
        try {
            shown = running();
        } catch (IOException | IllegalStateException e) {
            RouteSource none = new RouteSource(shown().file(), null, List.of());
            shown = new Shown(
                    none, null, "The edit runs, but it is not shown here. " + e.getMessage(), shown().chapter());
        }
    }

    private Shown running() throws IOException {
        String text = source.now();
        committed = committed == null ? text : committed;
        RouteSource now = RouteSource.of(stage.number(), text, source.before());
        List<RouteSource.Line> edit = RouteSource.between(committed, text(now));
        boolean isEdited = edit.stream().anyMatch(line -> !line.change().equals("same"));
        return new Shown(now, isEdited ? edit : null, null, source.chapter());
    }

    /** Counts up with each change, so that a page knows when to ask again. */
    synchronized int version() {
        return version;
    }

    synchronized Shown shown() {
        return shown == null ? new Shown(RouteSource.of(stage), null, null, null) : shown;
    }

    private static List<String> text(RouteSource now) {
        return now.lines().stream()
                .filter(line -> !line.change().equals("gone"))
                .map(RouteSource.Line::text)
                .toList();
    }

    /** The source of a stage, which can change while the stage runs. */
    public interface Source {

        /** The text of the app class as it is now. */
        String now() throws IOException;

        /** The text of the app class of the stage before, as it is now; null where there is none. */
        String before() throws IOException;

        /** The text of the app class as Git has committed it; empty where there is no Git, or it is not in it. */
        Optional<String> committed();

        /** The path of the stage's chapter, from the root of the project; null where there is none. */
        String chapter();
    }

    /**
     * What is shown.
     *
     * @param file the name of the source file
     * @param comparedWith what the stage before is called, or null for the first
     * @param lines the route's lines, with those that are gone since the stage before
     * @param edit what the saved route has changed since it was committed, or null where it has not
     * @param problem what is wrong with the source and what runs, in sentences; null where all is well
     * @param chapter the path of the stage's chapter in the docs, or null
     */
    record Shown(
            String file,
            String comparedWith,
            List<RouteSource.Line> lines,
            List<RouteSource.Line> edit,
            String problem,
            String chapter) {

        private Shown(RouteSource route, List<RouteSource.Line> edit, String problem, String chapter) {
            this(route.file(), route.comparedWith(), route.lines(), edit, problem, chapter);
        }

        private Shown with(String mistake) {
            return new Shown(file, comparedWith, lines, edit, mistake, chapter);
        }

        String toJson() {
            return PanelJson.of(this);
        }
    }
}
