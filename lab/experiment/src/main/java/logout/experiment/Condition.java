package logout.experiment;

import java.util.Locale;
import java.util.ResourceBundle;

/** What a logout, and the login before it, is asked about from outside. What is said of it is in conditions.properties. */
public enum Condition {
    REPLAY(Severity.DANGER, 613),
    NOTE_READABLE(Severity.DANGER, 613),
    LOGS_IN_AGAIN(Severity.DANGER, 613),
    LOGOUT_FAILS(Severity.DANGER, 613),
    FIXATION(Severity.DANGER, 384),
    ADOPTED_ID(Severity.DANGER, 384),
    LOGOUT_BY_GET(Severity.DANGER, 352),
    FORCED_LOGOUT(Severity.DANGER, 352),
    COOKIE_TAKEN(Severity.DANGER, 352),
    SAVE_IN_FLIGHT(Severity.DANGER, 362),
    PAGE_KEPT(Severity.DANGER, 525),
    ID_IN_ADDRESS(Severity.DANGER, 598),
    COOKIE_STAYS(Severity.RESIDUE, 0),
    COOKIE_REPLACED(Severity.RESIDUE, 0),
    ROW_STAYS(Severity.RESIDUE, 0),
    ROW_ADDED(Severity.RESIDUE, 0),
    DELETION_MISSES(Severity.UNTIDY, 0),
    SECOND_LOGOUT_FAILS(Severity.UNTIDY, 0),
    SESSION_FOR_NOBODY(Severity.UNTIDY, 0);

    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("logout.experiment.conditions", Locale.ROOT);

    public enum Severity {
        /** Somebody else can use it. */
        DANGER,
        /** The logout leaves it behind. */
        RESIDUE,
        UNTIDY;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Severity severity;
    private final int cwe;

    Condition(Severity severity, int cwe) {
        this.severity = severity;
        this.cwe = cwe;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** The number of the weakness in the Common Weakness Enumeration, or 0. */
    public int cwe() {
        return cwe;
    }

    /** The path of the page that explains it, from the root of the project. */
    public String read() {
        return TEXTS.getString(id() + ".read");
    }

    public String why() {
        return TEXTS.getString(id() + ".why");
    }

    /** What was seen of it, or why nothing was, in a sentence or two. */
    public String seen(Observation observation) {
        return switch (observation.verdict()) {
            case YES, NO -> TEXTS.getString(id() + "." + observation.verdict().id()) + observation.detail();
            case NOT_SEEN, MOOT -> "N" + observation.inWords().substring(1) + ".";
        };
    }
}
