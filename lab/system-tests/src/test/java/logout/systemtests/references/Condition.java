package logout.systemtests.references;

import java.util.Locale;

/**
 * What the references ask of a logout, as conditions that a test can see, in the order of docs/checklist.md. That page
 * says which reference asks for what.
 */
enum Condition {
    THE_OLD_ID_IS_DEAD("The old id is dead"),
    THE_ROW_IS_GONE("The row is gone, and no new one is there"),
    ONE_SET_COOKIE_AND_IT_IS_THE_DELETION("One Set-Cookie, and it is the deletion"),
    THE_BROWSER_HOLDS_NO_SESSION_COOKIE("The browser holds no session cookie"),
    NOTHING_BRINGS_IT_BACK("Nothing brings it back"),
    ONLY_THE_USER_CAN_LOG_THE_USER_OUT("Only the user can log the user out"),
    A_LOGOUT_WITHOUT_A_LOGIN_IS_HARMLESS("A logout without a login is harmless"),
    A_LOGIN_CHANGES_THE_ID("A login changes the id"),
    OTHER_SESSIONS_LIVE_ON("Other sessions of the user live on"),
    THE_BROWSER_KEEPS_NOTHING_PERSONAL("The browser keeps nothing personal"),
    EVERY_PAGE_OFFERS_THE_LOGOUT("Every page that needs a login offers the logout"),
    A_FAILING_STORE_IS_NO_LOGOUT("A failing store is no logout"),
    A_REQUEST_IN_FLIGHT_REVIVES_NOTHING("A request in flight revives nothing"),
    AN_IDLE_SESSION_ENDS_TOO("An idle session ends too"),
    THE_PAGE_FORGETS_BY_ITSELF("The page forgets by itself"),
    NO_ID_IS_SHOWN_OR_LOGGED("No id is shown or logged");

    private final String title;

    Condition(String title) {
        this.title = title;
    }

    /** 1 to 16. */
    int number() {
        return ordinal() + 1;
    }

    /** A few words. */
    String title() {
        return title;
    }

    /** The name of the test in {@link ReferencesTest} that probes it. */
    String testName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
