package logout.panel;

import java.util.List;
import logout.app.Stage;
import logout.app.web.Docs;

/** The logout route that runs, as the panel shows it: from what was compiled, or from a source that is edited. */
public final class StageCode {

    private final Stage stage;
    private Shown shown;
    private int version;

    StageCode(Stage stage) {
        this.stage = stage;
    }

    /** The source was edited, but what ran goes on, because of this mistake. */
    public synchronized void edited(String mistake) {
        version++;
        Shown last = shown();
        shown = new Shown(
                last.file,
                last.comparedWith,
                last.lines,
                last.edit,
                "What ran before goes on. " + mistake,
                last.chapter);
    }

    /**
     * The source runs, as it is now.
     *
     * @param text of the app class
     * @param committed the same, before it was edited
     */
    public synchronized void runs(String text, String committed) {
        version++;
        String chapter = Docs.chapter(stage).substring(1);
        try {
            RouteSource now = RouteSource.of(stage, text);
            shown = new Shown(now.file(), now.comparedWith(), now.lines(), now.since(committed), null, chapter);
        } catch (IllegalStateException e) {
            String problem = "The edit runs, but it is not shown here. " + e.getMessage();
            shown = new Shown(shown().file, null, List.of(), null, problem, chapter);
        }
    }

    /** Counts up with each change, so that a page knows when to ask again. */
    synchronized int version() {
        return version;
    }

    synchronized Shown shown() {
        if (shown == null) {
            RouteSource built = RouteSource.of(stage);
            shown = new Shown(built.file(), built.comparedWith(), built.lines(), null, null, null);
        }
        return shown;
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

        String toJson() {
            return PanelJson.of(this);
        }
    }
}
