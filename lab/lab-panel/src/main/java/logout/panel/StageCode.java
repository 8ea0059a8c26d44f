package logout.panel;

import java.util.List;
import logout.app.Stage;
import logout.app.web.Docs;

/** The logout route that runs, as the panel shows it: from what was compiled, or from a source that is edited. */
public final class StageCode {

    private final Stage stage;
    private RouteSource shown;
    private int version;

    StageCode(Stage stage) {
        this.stage = stage;
    }

    /** The source was edited, but what ran goes on, because of this mistake. */
    public synchronized void edited(String mistake) {
        version++;
        RouteSource last = shown();
        String problem = "What ran before goes on. " + mistake;
        shown = new RouteSource(last.file(), last.comparedWith(), last.lines(), last.edit(), problem, last.chapter());
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
            shown = new RouteSource(now.file(), now.comparedWith(), now.lines(), now.since(committed), null, chapter);
        } catch (IllegalStateException e) {
            String problem = "The edit runs, but it is not shown here. " + e.getMessage();
            shown = new RouteSource(shown().file(), null, List.of(), null, problem, chapter);
        }
    }

    /** Counts up with each change, so that a page knows when to ask again. */
    synchronized int version() {
        return version;
    }

    synchronized RouteSource shown() {
        shown = shown == null ? RouteSource.of(stage) : shown;
        return shown;
    }
}
