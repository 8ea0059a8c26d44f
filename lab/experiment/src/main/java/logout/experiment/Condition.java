package logout.experiment;

import java.util.Locale;

/** What a logout, and the login before it, is asked about from outside. */
public enum Condition {
    REPLAY(
            Severity.DANGER,
            613,
            Pages.HANDS,
            "A copy of the login's cookies is still logged in after the logout.",
            "A copy of the login's cookies is not logged in any more.",
            "Whoever has stolen them stays logged in, and nothing that the user does ends that."),
    NOTE_READABLE(
            Severity.DANGER,
            613,
            Pages.HANDS,
            "A copy of the old cookies is not logged in, and still reads what the session kept.",
            "A copy of the old cookies reads nothing of what the session kept.",
            "A session carries more than the user, and all of that is open to whoever holds the old cookie."),
    LOGS_IN_AGAIN(
            Severity.DANGER,
            613,
            Pages.BEYOND,
            "The browser is logged in again by what the logout left in it",
            "Nothing that the logout left in the browser logs it in again.",
            "Whoever uses the browser next is taken for the user."),
    LOGOUT_FAILS(
            Severity.DANGER,
            613,
            Pages.CHECKLIST,
            "The logout's reply is an error, and the user is still logged in.",
            "After the logout, the browser is not logged in any more.",
            "The user has asked to leave and stays logged in."),
    FIXATION(
            Severity.DANGER,
            384,
            Pages.CHECKLIST,
            "A copy of the cookies from before the login is logged in after it.",
            "A copy of the cookies from before the login is not logged in after it.",
            "Whoever has planted an id in the browser is logged in with it (session fixation)."),
    ADOPTED_ID(
            Severity.DANGER,
            384,
            Pages.CHECKLIST,
            "An invented id, planted before the login, is logged in after it.",
            "An invented id, planted before the login, is not logged in after it.",
            "Anybody can choose the id of somebody else's session (session fixation)."),
    LOGOUT_BY_GET(
            Severity.DANGER,
            352,
            Pages.HANDS,
            "A GET or HEAD on the logout's address logs out.",
            "A GET or HEAD on the logout's address logs nobody out.",
            "A link, a redirect or a browser that loads pages ahead logs the user out."),
    FORCED_LOGOUT(
            Severity.DANGER,
            352,
            Pages.HANDS,
            "Another site can log the user out with what a browser sends.",
            "A request of another site logs nobody out.",
            "The app does not look where the request comes from, and the cookie's SameSite does not hold it back."),
    COOKIE_TAKEN(
            Severity.DANGER,
            352,
            Pages.EXPRESS,
            "Another site's request makes the browser lose its cookie, and the session lives on.",
            "A request of another site takes no cookie from the browser.",
            "The user believes to be logged out, and a copy of the cookie still works. SameSite does not prevent it."),
    SAVE_IN_FLIGHT(
            Severity.DANGER,
            362,
            Pages.HANDS,
            "A save that began before the logout and ends after it logs the user in again.",
            "A save that began before the logout and ends after it brings nobody back.",
            "The session that the logout ended is written again (a race condition)."),
    PAGE_KEPT(
            Severity.DANGER,
            525,
            Pages.CHECKLIST,
            "The browser may keep the personal page: its reply has no Cache-Control: no-store.",
            "The browser is told not to keep the personal page.",
            "After the logout, the Back button can show it to the next person."),
    ID_IN_ADDRESS(
            Severity.DANGER,
            598,
            Pages.CHECKLIST,
            "A session's id stands in an address to which the login or a logout redirects.",
            "No session's id stands in an address to which the login or a logout redirects.",
            "Addresses are kept in logs and in the history, and are sent on."),
    COOKIE_STAYS(
            Severity.RESIDUE,
            0,
            Pages.COOKIE,
            "A cookie of the login stays in the browser as it was",
            "No cookie of the login stays in the browser as it was.",
            "Whoever uses the browser next sends it along; a dead one is an orphan."),
    COOKIE_REPLACED(
            Severity.RESIDUE,
            0,
            Pages.COOKIE,
            "A cookie of the login was replaced by a new one",
            "No cookie of the login was replaced by a new one.",
            "The logout began a session for nobody."),
    ROW_STAYS(
            Severity.RESIDUE,
            0,
            Pages.DESTROY,
            "The session's row is still in the store.",
            "The session's row is gone from the store.",
            "A row that stays can be found again, by a copy of the cookie or by a save that comes late."),
    ROW_ADDED(
            Severity.RESIDUE,
            0,
            Pages.DESTROY,
            "The logout added to the rows of the store.",
            "The logout added no row to the store.",
            "It began a session for nobody."),
    DELETION_MISSES(
            Severity.UNTIDY,
            0,
            Pages.COOKIE,
            "The deletion of a cookie misses",
            "No deletion of a cookie misses.",
            "A browser deletes a cookie only by the same name, domain and path."),
    SECOND_LOGOUT_FAILS(
            Severity.UNTIDY,
            0,
            Pages.CHECKLIST,
            "A second logout is answered with an error of the server",
            "A second logout does not fail.",
            "It happens by itself: two tabs, a double click."),
    SESSION_FOR_NOBODY(
            Severity.UNTIDY,
            0,
            Pages.EXPRESS,
            "A logout by somebody who has no session sets a session cookie",
            "A logout by somebody who has no session sets no session cookie.",
            "It begins a session for nobody, and what another site can make a browser send should set no cookie.");

    /** How much it matters. */
    public enum Severity {
        /** Somebody else can use it. */
        DANGER("What does not protect the user"),
        /** The logout leaves it behind. */
        RESIDUE("What is left behind"),
        UNTIDY("What is untidy");

        private final String title;

        Severity(String title) {
            this.title = title;
        }

        /** Its name for programs. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** A heading above what was seen of it. */
        public String title() {
            return title;
        }
    }

    /** The pages of the docs that explain. */
    private static final class Pages {
        private static final String HANDS = "docs/stage-01-redirect-logout.md";
        private static final String COOKIE = "docs/stage-03-clear-cookie.md";
        private static final String DESTROY = "docs/stage-04-destroy-session.md";
        private static final String CHECKLIST = "docs/checklist.md";
        private static final String EXPRESS = "docs/from-express-to-spark.md";
        private static final String BEYOND = "docs/beyond.md";
    }

    private final Severity severity;
    private final int cwe;
    private final String read;
    private final String yes;
    private final String no;
    private final String why;

    Condition(Severity severity, int cwe, String read, String yes, String no, String why) {
        this.severity = severity;
        this.cwe = cwe;
        this.read = read;
        this.yes = yes;
        this.no = no;
        this.why = why;
    }

    /** Its name for programs. */
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
        return read;
    }

    /** Why it matters, in a sentence or two. */
    public String why() {
        return why;
    }

    /** What was seen, in a sentence. */
    String seen(Observation observation) {
        return switch (observation.verdict()) {
            case YES -> yes + observation.detail();
            case NO -> no + observation.detail();
            case NOT_SEEN, MOOT -> "N" + observation.inWords().substring(1) + ".";
        };
    }
}
