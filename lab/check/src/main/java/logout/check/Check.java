package logout.check;

import static logout.check.Finding.Kind.LEFT;
import static logout.check.Finding.Kind.UNPROTECTED;
import static logout.check.Finding.Kind.UNTIDY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.RequestInFlight;

/** The experiment on an app of which nothing is known but how one logs in: what its logout leaves behind, seen from outside. */
final class Check {

    private static final String HANDS = "docs/stage-01-redirect-logout.md";
    private static final String COOKIE = "docs/stage-03-clear-cookie.md";
    private static final String DESTROY = "docs/stage-04-destroy-session.md";
    private static final String CHECKLIST = "docs/checklist.md";
    private static final String EXPRESS = "docs/from-express-to-spark.md";

    private final App app;
    private final Rows rows;
    private final List<Finding> findings = new ArrayList<>();

    private HttpUser ada;
    private HttpUser thief;
    private App.Logout logout;
    private List<CookieJar.Held> before;
    private List<String> loginCookies;
    private Set<String> ownRows;

    Check(App app, Rows rows) {
        this.app = app;
        this.rows = rows;
    }

    /**
     * Does all of it.
     *
     * @throws CannotJudgeException where the app cannot be judged
     */
    List<Finding> run() {
        try {
            proveThatNobodyIsLoggedIn();
            logIn();
            logOut();
            replay();
            othersOfTheUser();
            lookAgain();
            tryOtherMethods();
            tryAnotherSite();
            saveInFlight();
            return List.copyOf(findings);
        } catch (IOException | UncheckedIOException e) {
            throw new CannotJudgeException("The app does not answer at " + app.address() + ". Is it running?");
        } catch (IllegalArgumentException e) {
            // Java's own message repeats the address, and there may be an id or a token in it.
            throw new CannotJudgeException(
                    "An address or a header is malformed, in the description or on a page of the app."
                            + " Paste the request as the browser sends it.");
        }
    }

    private void proveThatNobodyIsLoggedIn() throws IOException {
        if (app.isLoggedIn(app.newVisitor())) {
            throw new CannotJudgeException(
                    app.hasMarker()
                            ? "Everybody sees the marker, also who is not logged in. Choose a text that only a"
                                    + " logged-in user sees."
                            : "The personal page is shown to somebody who is not logged in. Choose another one, or name a"
                                    + " text that only a logged-in user sees: \"marker = …\".");
        }
    }

    private void logIn() throws IOException {
        Map<String, Map<String, String>> rowsOfOthers = rowsNow();
        ada = app.newVisitor();
        app.loginPage(ada);
        List<CookieJar.Held> anonymous = ada.jar().held();
        Map<String, Map<String, String>> rowsBefore = rowsNow();
        app.logIn(ada);
        Map<String, Map<String, String>> rowsAfter = rowsNow();
        ownRows = Rows.added(rowsBefore, rowsAfter);
        if (ownRows.isEmpty()) {
            // The session that the page began may have become the user's.
            ownRows = Rows.added(rowsOfOthers, rowsAfter);
        }
        App.Look look = app.look(ada);
        if (!app.isLoggedIn(look)) {
            throw new CannotJudgeException("Nobody is logged in after the login. Are the name and the password right"
                    + (app.hasMarker() ? ", and is the marker on the personal page?" : "?"));
        }
        before = ada.jar().held();
        loginCookies = cookiesThatLogIn();
        for (CookieJar.Held cookie : anonymous) {
            if (loginCookies.contains(cookie.name()) && before.contains(cookie)) {
                add(
                        UNPROTECTED,
                        "The cookie " + cookie.name() + " from before the login is logged in after it.",
                        "Who has planted an id in the browser is logged in with it (session fixation).",
                        CHECKLIST);
                invented(cookie);
            }
        }
        if (!look.first().headers().firstValue("Cache-Control").orElse("").contains("no-store")) {
            add(
                    UNPROTECTED,
                    "The personal page may be kept by the browser: its reply has no Cache-Control: no-store.",
                    "After the logout, the Back button can show it to the next person.",
                    CHECKLIST);
        }
    }

    private static boolean looksLikeASession(CookieJar.Held cookie) {
        return cookie.value().length() >= 16 && !cookie.name().matches("(?i).*(csrf|xsrf).*");
    }

    /** The names of the cookies without which the visitor is not logged in. */
    private List<String> cookiesThatLogIn() throws IOException {
        List<String> names = new ArrayList<>();
        for (CookieJar.Held cookie : before) {
            // Not a copy: some apps end a session whose cookies do not come together.
            HttpUser without = app.loggedIn();
            without.jar().drop(cookie.name());
            if (!names.contains(cookie.name()) && !app.isLoggedIn(without)) {
                names.add(cookie.name());
            }
        }
        findings.add(Finding.good("Logged in by "
                + (names.isEmpty() ? "no single cookie" : "the cookie " + String.join(" and ", names)) + "."));
        return names;
    }

    private void invented(CookieJar.Held cookie) throws IOException {
        HttpUser planted = app.newVisitor();
        String value = "0".repeat(cookie.value().length());
        planted.jar().keep(app.address(), List.of(cookie.name() + "=" + value + "; Path=/"));
        app.logIn(planted);
        if (value.equals(planted.cookie(cookie.name())) && app.isLoggedIn(planted)) {
            add(
                    UNPROTECTED,
                    "An invented id in the cookie " + cookie.name() + " is adopted.",
                    "Anybody can choose the id of somebody else's session (session fixation).",
                    CHECKLIST);
        }
    }

    private void logOut() throws IOException {
        thief = ada.copy();
        logout = app.logout(ada);
        Map<String, Map<String, String>> rowsBefore = rowsNow();
        HttpResponse<String> reply = answeredLogout();
        // Before anything else is asked: a look at a page can change a row, or add one.
        Map<String, Map<String, String>> rowsAfter = rowsNow();
        if (app.isLoggedIn(ada)) {
            throw new CannotJudgeException("The logout (" + logout.call() + ") was answered " + reply.statusCode()
                    + ", and the user is still logged in. Is it the right request?");
        }
        findings.add(Finding.good(
                "Logged in, and then logged out by " + logout.call() + ", answered " + reply.statusCode() + "."));
        CookieJar again = thief.copy().jar();
        for (CookieJar.IneffectiveDeletion miss :
                again.keep(reply.uri(), reply.headers().allValues("Set-Cookie"))) {
            add(
                    UNTIDY,
                    "The deletion of the cookie " + miss.name() + " misses: " + miss.reason() + ".",
                    "A browser deletes a cookie only by the same name, domain, path and partition.",
                    COOKIE);
        }
        String location = reply.headers().firstValue("Location").orElse("");
        if (before.stream().anyMatch(cookie -> looksLikeASession(cookie) && location.contains(cookie.value()))
                || location.toLowerCase(Locale.ROOT).contains("jsessionid")) {
            add(
                    UNPROTECTED,
                    "A session's id stands in the address to which the logout redirects.",
                    "Addresses are kept in logs and in the history, and are sent on.",
                    CHECKLIST);
        }
        cookiesAfter();
        if (rows == null) {
            findings.add(Finding.notSeen("The session store: the description names none (jdbc, table, key)."));
        } else if (rowsBefore == null || rowsAfter == null) {
            findings.add(Finding.notSeen("The session's row: the store does not answer."));
        } else {
            compareRows(rowsBefore, rowsAfter);
        }
    }

    /** The rows of the store; null where they cannot be seen. */
    private Map<String, Map<String, String>> rowsNow() {
        return rows == null ? null : rows.now();
    }

    private HttpResponse<String> answeredLogout() throws IOException {
        try {
            return ada.send(logout.call());
        } catch (HttpTimeoutException e) {
            throw new CannotJudgeException("The logout (" + logout.call() + ") was not answered within "
                    + App.TIMEOUT.toSeconds() + " s. A route must reply, or the page waits.");
        }
    }

    private void cookiesAfter() {
        for (String name : loginCookies) {
            String old = before.stream()
                    .filter(cookie -> cookie.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .value();
            String now = ada.cookie(name);
            if (now == null) {
                findings.add(Finding.good("The cookie " + name + " is gone from the browser."));
            } else if (now.equals(old)) {
                add(
                        LEFT,
                        "The cookie " + name + " stays in the browser as it was.",
                        "Whoever uses the browser next sends it along; a dead one is an orphan.",
                        COOKIE);
            } else {
                add(
                        LEFT,
                        "The cookie " + name + " was replaced by a new one.",
                        "The logout began a session for nobody.",
                        COOKIE);
            }
        }
    }

    private void compareRows(Map<String, Map<String, String>> rowsBefore, Map<String, Map<String, String>> rowsAfter) {
        List<String> own = ownRows.stream().filter(rowsBefore::containsKey).toList();
        List<String> staying = own.stream().filter(rowsAfter::containsKey).toList();
        if (own.isEmpty()) {
            findings.add(Finding.notSeen("The session's row: the login added none that was there until the logout."));
        } else if (staying.isEmpty()) {
            findings.add(Finding.good("The session's row is gone from the store."));
        }
        for (String key : staying) {
            add(
                    LEFT,
                    "The session's row is still in the store. " + compared(rowsBefore.get(key), rowsAfter.get(key)),
                    "A row that stays can be found again, by a copy of the cookie or by a save that comes late.",
                    DESTROY);
        }
        Set<String> more = Rows.added(rowsBefore, rowsAfter);
        if (!more.isEmpty()) {
            add(
                    LEFT,
                    "The logout added " + (more.size() == 1 ? "a row" : more.size() + " rows") + " to the store.",
                    "It began a session for nobody.",
                    DESTROY);
        }
    }

    /** What the logout did to a row, in whatever format it is. */
    private String compared(Map<String, String> rowBefore, Map<String, String> rowAfter) {
        List<String> columns = Rows.changed(rowBefore, rowAfter);
        String change = columns.isEmpty()
                ? "The logout changed nothing in it. "
                : "The logout changed these of its columns: " + String.join(", ", columns) + ". ";
        String user = app.user();
        if (user != null && Rows.hasText(rowAfter, user)) {
            return change + "The text \"" + user + "\" is in it.";
        }
        return change
                + (user != null && Rows.hasText(rowBefore, user)
                        ? "The text \"" + user + "\" was in it, and is not any more."
                        : "What is in it is not legible from here.");
    }

    private void replay() throws IOException {
        if (app.isLoggedIn(thief)) {
            add(
                    UNPROTECTED,
                    "A copy of the cookies from before the logout is still logged in.",
                    "Whoever has stolen them stays logged in, and nothing that the user does ends that.",
                    HANDS);
        } else {
            findings.add(Finding.good("A copy of the cookies from before the logout is not logged in any more."));
        }
    }

    /** A second session of the same user must not be touched. */
    private void othersOfTheUser() throws IOException {
        HttpUser here = app.loggedIn();
        HttpUser there = app.loggedIn();
        here.send(app.logout(here).call());
        findings.add(Finding.good(
                app.isLoggedIn(there)
                        ? "Another session of the same user lives on."
                        : "The logout ended the other sessions of the user, too."));
    }

    private void lookAgain() throws IOException {
        HttpResponse<String> again = ada.send(logout.call());
        if (again.statusCode() >= 500) {
            add(
                    UNTIDY,
                    "A second logout is answered " + again.statusCode() + ".",
                    "It happens by itself: two tabs, a double click.",
                    CHECKLIST);
        }
        HttpUser nobody = app.newVisitor();
        nobody.send(logout.forged());
        List<CookieJar.Held> set =
                nobody.jar().held().stream().filter(Check::looksLikeASession).toList();
        if (!set.isEmpty()) {
            add(
                    UNTIDY,
                    "A logout by somebody who has no session sets the cookie "
                            + set.get(0).name() + ".",
                    "It begins a session for nobody, and what another site can make a browser send should set no cookie.",
                    EXPRESS);
        }
    }

    private void tryOtherMethods() throws IOException {
        if (logout.call().method().equals("GET")) {
            addForcedByALink("The logout is a GET.");
            return;
        }
        for (String method : List.of("GET", "HEAD")) {
            HttpUser other = app.loggedIn();
            other.send(Call.of(method, logout.call().path()));
            if (!app.isLoggedIn(other)) {
                addForcedByALink("A " + method + " on the logout's address logs out, too.");
            }
        }
    }

    private void addForcedByALink(String seen) {
        add(UNPROTECTED, seen, "A link, a redirect or a browser that loads pages ahead logs the user out.", HANDS);
    }

    private void tryAnotherSite() throws IOException {
        HttpUser with = app.loggedIn();
        with.sendFromAnotherSite(logout.forged(), true);
        HttpUser without = app.loggedIn();
        HttpUser copy = without.copy();
        without.sendFromAnotherSite(logout.forged(), false);
        boolean cookieLost = !app.isLoggedIn(without) && app.isLoggedIn(copy);
        boolean loggedOut = !app.isLoggedIn(with);
        if (loggedOut) {
            add(
                    UNPROTECTED,
                    "Another site can log the user out where the browser sends the cookie along.",
                    "SameSite=Lax holds it back for a form, not for a link; the app itself does not look where the request comes"
                            + " from.",
                    HANDS);
        }
        if (cookieLost) {
            add(
                    UNPROTECTED,
                    "Another site can take the cookie from the browser, even where the browser does not send it along;"
                            + " the session lives on.",
                    "The user believes to be logged out, and a copy of the cookie still works. SameSite does not prevent it.",
                    EXPRESS);
        }
        if (!loggedOut && !cookieLost) {
            findings.add(Finding.good("A request of another site logs nobody out."));
        }
    }

    private void saveInFlight() throws IOException {
        HttpUser slow = app.loggedIn();
        Call note = app.note(slow);
        if (note == null) {
            findings.add(
                    Finding.notSeen("A save in flight: the description has no request that saves something (note)."));
            return;
        }
        HttpUser copy = slow.copy();
        App.Logout out = app.logout(slow);
        try (RequestInFlight save = copy.begin(note)) {
            slow.send(out.call());
            save.finish();
        } catch (UncheckedIOException e) {
            findings.add(Finding.notSeen("A save in flight: the app does not wait for a body that is held back."));
            return;
        }
        if (app.isLoggedIn(copy)) {
            add(
                    UNPROTECTED,
                    "A save that began before the logout and ends after it logs the user in again.",
                    "The session that the logout ended is written again (a race condition).",
                    HANDS);
        } else {
            findings.add(Finding.notSeen(
                    "A save in flight did not bring the user back; from outside it cannot be seen whether the"
                            + " session was read before the logout."));
        }
    }

    private void add(Finding.Kind kind, String seen, String why, String chapter) {
        findings.add(new Finding(kind, seen, why, chapter));
    }
}
