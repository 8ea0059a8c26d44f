package logout.experiment;

import java.util.List;

/** The steps of the experiment, in their order, and what each one tells. */
public enum Step {
    LOG_IN("Log in", "For each logout somebody logs in, with a browser of their own."),
    KEEP_NOTE("Keep a note", "Each one saves a note. It is kept in the session."),
    LOG_OUT(
            "Log out",
            "Each one logs out, and looks at the reply and at the cookie in the browser.",
            ResidueColumn.REPLY,
            ResidueColumn.COOKIE,
            ResidueColumn.SET_COOKIE),
    LOOK(
            "Look into the store",
            "Is the old row still there? Is there a new one?",
            ResidueColumn.OLD_ROW,
            ResidueColumn.NEW_ROW),
    REPLAY("Replay the old cookie", "A thief sends a copy of the cookie from before the logout.", ResidueColumn.REPLAY),
    SLOW_SAVE(
            "The user saves slowly",
            "Each one logs in again, begins to save a note, and logs out before the save has ended.",
            ResidueColumn.SAVE_IN_FLIGHT),
    FOREIGN_LINK(
            "Another site's logout",
            "Each one logs in again, and another site makes the browser ask for the logout.",
            ResidueColumn.FOREIGN_LINK);

    private final String title;
    private final String story;
    private final List<ResidueColumn> columns;

    Step(String title, String story, ResidueColumn... columns) {
        this.title = title;
        this.story = story;
        this.columns = List.of(columns);
    }

    public String title() {
        return title;
    }

    /** What happens in this step, in one sentence. */
    public String story() {
        return story;
    }

    public List<ResidueColumn> columns() {
        return columns;
    }
}
