package logout.systemtests.references;

import static java.util.Map.entry;
import static logout.systemtests.references.Condition.AN_IDLE_SESSION_ENDS_TOO;
import static logout.systemtests.references.Condition.A_FAILING_STORE_IS_NO_LOGOUT;
import static logout.systemtests.references.Condition.A_LOGIN_CHANGES_THE_ID;
import static logout.systemtests.references.Condition.A_LOGOUT_WITHOUT_A_LOGIN_IS_HARMLESS;
import static logout.systemtests.references.Condition.A_REQUEST_IN_FLIGHT_REVIVES_NOTHING;
import static logout.systemtests.references.Condition.EVERY_PAGE_OFFERS_THE_LOGOUT;
import static logout.systemtests.references.Condition.NOTHING_BRINGS_IT_BACK;
import static logout.systemtests.references.Condition.NO_ID_IS_SHOWN_OR_LOGGED;
import static logout.systemtests.references.Condition.ONE_SET_COOKIE_AND_IT_IS_THE_DELETION;
import static logout.systemtests.references.Condition.ONLY_THE_USER_CAN_LOG_THE_USER_OUT;
import static logout.systemtests.references.Condition.OTHER_SESSIONS_LIVE_ON;
import static logout.systemtests.references.Condition.THE_BROWSER_HOLDS_NO_SESSION_COOKIE;
import static logout.systemtests.references.Condition.THE_BROWSER_KEEPS_NOTHING_PERSONAL;
import static logout.systemtests.references.Condition.THE_OLD_ID_IS_DEAD;
import static logout.systemtests.references.Condition.THE_PAGE_FORGETS_BY_ITSELF;
import static logout.systemtests.references.Condition.THE_ROW_IS_GONE;
import static logout.systemtests.references.Verdict.MEETS;
import static logout.systemtests.references.Verdict.doesNotApply;
import static logout.systemtests.references.Verdict.fails;

import java.util.List;
import java.util.Map;
import logout.sidebyside.Logout;

/**
 * The one table of what each logout meets and where it fails. {@link ReferencesTest} sees whether it is true, {@link
 * ChecklistTest} whether docs/checklist.md has it.
 */
final class ReferencesTable {

    private static final Verdict NEW_ROW = fails("a new, anonymous row is there");
    private static final Verdict NEW_ID = fails("it sets a new id");
    private static final Verdict NEW_COOKIE = fails("a new cookie is there");
    private static final Verdict NO_SCRIPT = doesNotApply("the server makes each page anew");

    /** The verdicts on the logouts in the order of the story: stage 1 GET, stage 1 POST, stages 2, 3 and 4. */
    private static final Map<Condition, List<Verdict>> VERDICTS = Map.ofEntries(
            entry(
                    THE_OLD_ID_IS_DEAD,
                    List.of(
                            fails("the old cookie reads the note", "the old cookie saves a note"),
                            MEETS,
                            MEETS,
                            MEETS,
                            MEETS)),
            entry(
                    THE_ROW_IS_GONE,
                    List.of(fails("the old row stays, with the note"), NEW_ROW, NEW_ROW, NEW_ROW, MEETS)),
            entry(
                    ONE_SET_COOKIE_AND_IT_IS_THE_DELETION,
                    List.of(fails("there is none"), NEW_ID, NEW_ID, NEW_ID, MEETS)),
            entry(
                    THE_BROWSER_HOLDS_NO_SESSION_COOKIE,
                    List.of(fails("the same cookie is there"), NEW_COOKIE, NEW_COOKIE, NEW_COOKIE, MEETS)),
            entry(NOTHING_BRINGS_IT_BACK, List.of(MEETS, MEETS, MEETS, MEETS, MEETS)),
            entry(
                    ONLY_THE_USER_CAN_LOG_THE_USER_OUT,
                    List.of(
                            fails("a GET logs the user out", "another site logs the user out"),
                            MEETS,
                            MEETS,
                            MEETS,
                            MEETS)),
            entry(A_LOGOUT_WITHOUT_A_LOGIN_IS_HARMLESS, List.of(MEETS, MEETS, MEETS, MEETS, MEETS)),
            entry(A_LOGIN_CHANGES_THE_ID, List.of(MEETS, MEETS, MEETS, MEETS, MEETS)),
            entry(OTHER_SESSIONS_LIVE_ON, List.of(MEETS, MEETS, MEETS, MEETS, MEETS)),
            entry(THE_BROWSER_KEEPS_NOTHING_PERSONAL, List.of(MEETS, MEETS, MEETS, MEETS, MEETS)),
            entry(EVERY_PAGE_OFFERS_THE_LOGOUT, List.of(MEETS, MEETS, MEETS, MEETS, MEETS)),
            entry(A_FAILING_STORE_IS_NO_LOGOUT, List.of(MEETS, MEETS, MEETS, MEETS, MEETS)),
            entry(
                    A_REQUEST_IN_FLIGHT_REVIVES_NOTHING,
                    List.of(fails("a save in flight logs the user in again"), MEETS, MEETS, MEETS, MEETS)),
            entry(AN_IDLE_SESSION_ENDS_TOO, List.of(MEETS, MEETS, MEETS, MEETS, MEETS)),
            entry(THE_PAGE_FORGETS_BY_ITSELF, List.of(NO_SCRIPT, NO_SCRIPT, MEETS, MEETS, MEETS)),
            entry(NO_ID_IS_SHOWN_OR_LOGGED, List.of(MEETS, MEETS, MEETS, MEETS, MEETS)));

    private ReferencesTable() {}

    /** Whether this logout meets this condition. */
    static Verdict verdict(Condition condition, Logout logout) {
        return VERDICTS.get(condition).get(logout.ordinal());
    }
}
