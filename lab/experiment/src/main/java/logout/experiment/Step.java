package logout.experiment;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The steps of the experiment, in their order, and what each one tells. What is said of them is in steps.properties. */
public enum Step {
    LOG_IN,
    KEEP_NOTE,
    LOG_OUT(ResidueColumn.REPLY, ResidueColumn.COOKIE, ResidueColumn.SET_COOKIE),
    LOOK(ResidueColumn.OLD_ROW, ResidueColumn.NEW_ROW),
    REPLAY(ResidueColumn.REPLAY),
    SLOW_SAVE(ResidueColumn.SAVE_IN_FLIGHT),
    FOREIGN_LINK(ResidueColumn.FOREIGN_LINK);

    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("logout.experiment.steps", Locale.ROOT);

    private final List<ResidueColumn> columns;

    Step(ResidueColumn... columns) {
        this.columns = List.of(columns);
    }

    public String title() {
        return TEXTS.getString(name() + ".title");
    }

    /** What happens in this step, in one sentence. */
    public String story() {
        return TEXTS.getString(name() + ".story");
    }

    public List<ResidueColumn> columns() {
        return columns;
    }
}
