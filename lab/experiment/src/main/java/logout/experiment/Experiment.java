package logout.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The experiment on one logout: does to an app what a person does, over real HTTP, and records what it observes. It knows
 * nothing of what is expected. Its steps are done in the order of {@link Step}; each user of a step is seen logged in just
 * before something is tried.
 */
public final class Experiment {

    private static final String NOTE = "buy milk";
    private static final String LATE_NOTE = "saved too late";
    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();
    private static final Observation NOBODY_LOGS_OUT = new Observation.NoMeaning("nobody can log out");

    private final LogoutUnderTest app;
    private final String agent;
    private final Probes probes;
    private final HttpUser user;
    private final Set<String> heldCookies = new LinkedHashSet<>();
    private final Map<ResidueColumn, Observation> residue = new EnumMap<>(ResidueColumn.class);
    private final Map<Condition, Observation> conditions = new EnumMap<>(Condition.class);
    private final Map<Condition, List<String>> cookies = new EnumMap<>(Condition.class);

    /** Where the replies to a login or a logout have redirected. */
    private final List<String> locations = new ArrayList<>();

    private final RowChanges rows;

    /** The cookies from before the login, before the logout and after it. */
    private HttpUser beforeLogin;

    private HttpUser thief;
    private List<Cookie> heldAfter = List.of();
    private String oldCookie;
    private LogoutUnderTest.LogoutRequest logout;
    private int logins;

    /** What stands in the way of reading a note that the session keeps; null where it keeps one that can be read. */
    private Observation noteless = new Observation.NoMeaning("no request is known that keeps something in the session");

    /** Why nothing more can be seen; null as long as something can. */
    private String failure;

    /** The names of cookies that log the browser in again; they are taken from whoever is logged in from then on. */
    private List<String> remembering = List.of();

    /** Whether the logout logged the user out; until it is tried, it is taken to do so. */
    private boolean logsOut = true;

    /** What the logout's reply set the session cookie to, even if it also deleted it; null where it set nothing. */
    private String newCookie;

    /** An experiment with a user who has not been at the app before. */
    public Experiment(LogoutUnderTest app) {
        this.app = app;
        this.agent = app.agent() + "; " + UUID.randomUUID();
        this.probes = new Probes(app);
        this.user = app.newUser(agent);
        this.rows = new RowChanges(app);
    }

    /** The {@code User-Agent} of this experiment's users, and of no other's. */
    public String agent() {
        return agent;
    }

    /** What has been observed until now. */
    public Map<ResidueColumn, Observation> residue() {
        return Map.copyOf(residue);
    }

    /** What has been observed of each condition; what was not tried is not seen. */
    public List<Finding> findings() {
        return Stream.of(Condition.values())
                .map(condition -> new Finding(
                        condition,
                        conditions.getOrDefault(
                                condition, new Observation.NotSeen(failure == null ? "not tried" : failure)),
                        cookies.getOrDefault(condition, List.of())))
                .toList();
    }

    /** How often somebody was to be logged in. */
    public int logins() {
        return logins;
    }

    /** The session cookie that an observation is about, or null. */
    public String idBehind(ResidueColumn column) throws IOException {
        return switch (column) {
            case SET_COOKIE -> newCookie;
            case COOKIE -> cookie();
            case OLD_ROW -> session(oldCookie) == null ? null : oldCookie;
            case NEW_ROW -> session(newCookie) == null ? null : newCookie;
            case REPLAY -> oldCookie;
            case REPLY, SAVE_IN_FLIGHT, FOREIGN_LINK -> null;
        };
    }

    /** The value of the session cookie that the user holds, or null. */
    public String cookie() {
        return cookieOf(user);
    }

    private String cookieOf(HttpUser one) {
        String cookie = app.cookieName() == null ? null : one.cookie(app.cookieName());
        if (cookie != null) {
            heldCookies.add(cookie);
        }
        return cookie;
    }

    /** What the store holds of the session of a cookie, or null. */
    public StoredSession session(String cookie) throws IOException {
        return cookie == null ? null : app.session(cookie);
    }

    /** Ends the sessions that the users have left, as if they had never been there. */
    public void leave() {
        heldCookies.forEach(app::end);
    }

    /** Why nothing more can be seen, as the end of a sentence; null as long as something can. */
    public String failure() {
        return failure;
    }

    /** Does one step. What cannot be seen in it is observed as not seen, with the reason. */
    public void perform(Step step) {
        String reason = failure == null ? attempted(() -> attempt(step)) : failure;
        if (reason != null && step.compareTo(Step.LOG_OUT) <= 0) {
            // Without a login, a note and a logout, what comes after says nothing.
            failure = reason;
        }
        for (ResidueColumn column : step.columns()) {
            residue.putIfAbsent(column, new Observation.NotSeen(reason));
        }
        step.conditions().forEach(condition -> conditions.putIfAbsent(condition, new Observation.NotSeen(reason)));
    }

    /** Something that an app may not answer. */
    private interface Attempt {
        void run() throws IOException;
    }

    /** Why an attempt showed nothing, as the end of a sentence; null where it did. */
    private static String attempted(Attempt attempt) {
        try {
            attempt.run();
            return null;
        } catch (UncheckedIOException e) {
            return reason(e.getCause());
        } catch (IOException e) {
            return reason(e);
        }
    }

    /** The JDK's client does not say what is wrong where nobody listens. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? "the app does not answer" : e.getMessage();
    }

    private void attempt(Step step) throws IOException {
        switch (step) {
            case LOG_IN -> logIn();
            case KEEP_NOTE -> keepNote();
            case LOG_OUT -> logOut();
            case LOOK -> look();
            case REPLAY -> replay();
            case SLOW_SAVE ->
                observe(
                        ResidueColumn.SAVE_IN_FLIGHT,
                        Condition.SAVE_IN_FLIGHT,
                        logsOut ? saveSlowly() : NOBODY_LOGS_OUT);
            case FOREIGN_LINK -> residue.put(ResidueColumn.FOREIGN_LINK, forge());
        }
    }

    private void logIn() throws IOException {
        if (app.isLoggedIn(app.newUser(agent))) {
            throw new IOException("the app takes somebody for logged in who is not");
        }
        rows.beforeVisit();
        app.visit(user);
        beforeLogin = user.copy();
        rows.beforeLogin();
        logIn(user);
        rows.afterLogin();
        oldCookie = cookieOf(user);
        conditions.put(
                Condition.FIXATION,
                beforeLogin.jar().held().isEmpty()
                        ? new Observation.NoMeaning("no page sets a cookie before the login")
                        : new Observation.Possible(app.isLoggedIn(beforeLogin)));
        List<HttpResponse<String>> page = user.copy().follow(app.personal());
        boolean kept = page.get(page.size() - 1).headers().allValues("Cache-Control").stream()
                .noneMatch(header -> header.contains("no-store"));
        conditions.put(Condition.PAGE_KEPT, new Observation.Possible(kept));
    }

    /** Logs somebody in, and proves it. */
    private void logIn(HttpUser one) throws IOException {
        logins++;
        List<HttpResponse<String>> replies = app.logIn(one);
        addLocations(replies);
        cookieOf(one);
        if (!app.isLoggedIn(one)) {
            throw new IOException(
                    "a login was answered " + replies.get(0).statusCode() + ", and then nobody was logged in");
        }
    }

    private HttpUser loggedIn() throws IOException {
        HttpUser one = app.newUser(agent);
        logIn(one);
        if (!remembering.isEmpty()) {
            remembering.forEach(one.jar()::drop);
            if (!app.isLoggedIn(one)) {
                throw new IOException("nobody is logged in without the cookie " + String.join(" and ", remembering));
            }
        }
        return one;
    }

    private void keepNote() throws IOException {
        Call note = app.keepNote(user, NOTE);
        if (note == null) {
            return;
        }
        int status = user.send(note).statusCode();
        boolean isRead = status < 400
                && Boolean.TRUE.equals(app.readsNote(user))
                && !Boolean.TRUE.equals(app.readsNote(app.newUser(agent)));
        String reason = "the note was answered " + status + (status < 400 ? ", and then it could not be read" : "");
        noteless = isRead ? null : new Observation.NotSeen(reason);
        if (!isRead && app.cookieName() != null) {
            throw new IOException(reason);
        }
    }

    private void logOut() throws IOException {
        logout = app.logout(user);
        thief = user.copy();
        if (!app.isLoggedIn(thief)) {
            throw new IOException("the user was not logged in any more before the logout");
        }
        rows.beforeLogout();
        List<HttpResponse<String>> replies = logOut(user, logout.call());
        // Before anything else is asked: a look at a page can change a row, or add one.
        rows.afterLogout();
        heldAfter = user.jar().held();
        addLocations(replies);
        if (replies.isEmpty()) {
            residue.put(ResidueColumn.REPLY, new Observation.NoReply());
            residue.put(ResidueColumn.SET_COOKIE, new Observation.NoMeaning("there is no reply"));
        } else {
            observe(replies.get(0));
        }
        residue.put(ResidueColumn.COOKIE, Observation.BrowserCookie.of(oldCookie, cookie()));
        conditions.put(Condition.DELETION_MISSES, missedDeletions(replies));
        conditions.put(Condition.ROW_STAYS, rows.stays());
        conditions.put(Condition.ROW_ADDED, rows.added());
        lookWhetherItIsOver(replies);
    }

    /** The replies; none where the first has not come in time. */
    private List<HttpResponse<String>> logOut(HttpUser one, Call call) throws IOException {
        try {
            return app.logOut(one, call);
        } catch (HttpTimeoutException e) {
            return List.of();
        }
    }

    private void addLocations(List<HttpResponse<String>> replies) {
        replies.forEach(reply -> locations.addAll(reply.headers().allValues("Location")));
    }

    private void observe(HttpResponse<String> reply) {
        List<Cookie> set = reply.headers().allValues("Set-Cookie").stream()
                .map(header -> Cookie.parse(reply.uri(), header))
                .filter(cookie -> cookie.name().equals(app.cookieName()))
                .toList();
        newCookie = set.stream()
                .filter(cookie -> !cookie.isDeletion())
                .map(Cookie::value)
                .findFirst()
                .orElse(null);
        List<Observation.SetCookie> all = set.stream()
                .map(cookie -> cookie.isDeletion() ? Observation.SetCookie.DELETION : Observation.SetCookie.NEW_ID)
                .toList();
        String location = reply.headers().firstValue("Location").orElse(null);
        residue.put(ResidueColumn.REPLY, new Observation.Reply(reply.statusCode(), location));
        residue.put(ResidueColumn.SET_COOKIE, new Observation.SetCookies(all, app.deletionWasOverwritten(oldCookie)));
    }

    private Observation missedDeletions(List<HttpResponse<String>> replies) {
        CookieJar again = thief.copy().jar();
        List<CookieJar.IneffectiveDeletion> missed = replies.stream()
                .flatMap(reply -> again.keep(reply.uri(), reply.headers().allValues("Set-Cookie")).stream())
                .toList();
        return about(
                Condition.DELETION_MISSES,
                missed.stream().map(CookieJar.IneffectiveDeletion::name).toList(),
                missed.stream().map(miss -> miss.name() + ": " + miss.reason()).toList());
    }

    /** What a condition says of cookies, and for each what there is to say. */
    private Observation about(Condition condition, List<String> names, List<String> each) {
        cookies.put(condition, names);
        return new Observation.Possible(!names.isEmpty(), names.isEmpty() ? "" : ": " + String.join("; ", each) + ".");
    }

    private void lookWhetherItIsOver(List<HttpResponse<String>> replies) throws IOException {
        boolean failed = replies.isEmpty() || replies.get(replies.size() - 1).statusCode() >= 400;
        boolean still = app.isLoggedIn(user);
        remembering = still && !failed ? cookiesThatLogInAgain() : List.of();
        logsOut = !still || !remembering.isEmpty();
        if (!logsOut && !failed && app.cookieName() == null) {
            throw new IOException("the logout (" + logout.call() + ") was answered "
                    + replies.get(0).statusCode() + ", and the user is still logged in; is it the right request?");
        }
        conditions.put(Condition.LOGOUT_FAILS, new Observation.Possible(still && failed));
        conditions.put(
                Condition.LOGS_IN_AGAIN,
                still && failed
                        ? new Observation.NoMeaning("the logout failed")
                        : about(Condition.LOGS_IN_AGAIN, remembering, remembering));
    }

    /** The cookies without which the browser would not be logged in after the logout, and would have been before. */
    private List<String> cookiesThatLogInAgain() throws IOException {
        boolean changed = !Set.copyOf(heldAfter).equals(Set.copyOf(thief.jar().held()));
        List<String> found = new ArrayList<>();
        for (String name : names(heldAfter)) {
            HttpUser without = user.copy();
            without.jar().drop(name);
            if (!app.isLoggedIn(without) && (changed || isLoggedInWithout(List.of(name)))) {
                found.add(name);
            }
        }
        return found;
    }

    private static List<String> names(List<Cookie> cookies) {
        return cookies.stream().map(Cookie::name).distinct().toList();
    }

    private void look() throws IOException {
        if (app.cookieName() != null) {
            observe(ResidueColumn.OLD_ROW, Condition.ROW_STAYS, new Observation.OldRow(session(oldCookie)));
            observe(ResidueColumn.NEW_ROW, Condition.ROW_ADDED, new Observation.NewRow(session(newCookie)));
        }
    }

    private void observe(ResidueColumn column, Condition condition, Observation observation) {
        residue.put(column, observation);
        conditions.put(condition, observation);
    }

    private void replay() throws IOException {
        Observation.Replay replay = probes.replay(thief, oldCookie);
        residue.put(ResidueColumn.REPLAY, replay);
        conditions.put(Condition.REPLAY, new Observation.Possible(replay.loggedIn()));
        conditions.put(
                Condition.NOTE_READABLE,
                replay.loggedIn()
                        ? new Observation.NoMeaning("the copy is logged in")
                        : noteless == null ? new Observation.Possible(replay.readsNote()) : noteless);
    }

    private Observation saveSlowly() throws IOException {
        if (app.keepNote(user, LATE_NOTE) == null) {
            return new Observation.NotSeen("no request is known that keeps something in the session");
        }
        HttpUser one = loggedIn();
        HttpUser copy = one.copy();
        Call call = app.logout(one).call();
        try (Probes.SaveInFlight save = probes.beginSave(one, LATE_NOTE)) {
            logOut(one, call);
            cookieOf(one);
            return save.finish();
        } finally {
            leave(copy);
        }
    }

    /** Lets another site ask for the logout: with the cookies that a browser sends along, and without any. */
    private Observation forge() throws IOException {
        if (!logsOut) {
            conditions.put(Condition.FORCED_LOGOUT, NOBODY_LOGS_OUT);
            conditions.put(Condition.COOKIE_TAKEN, NOBODY_LOGS_OUT);
            return NOBODY_LOGS_OUT;
        }
        HttpUser one = loggedIn();
        logout = app.logout(one);
        Call forged = logout.forged();
        if (!List.of("GET", "HEAD", "POST").contains(forged.method())) {
            leave(one);
            Observation no = new Observation.Possible(
                    false,
                    " A page of another site cannot make a browser send " + forged.method()
                            + " unless the app agrees to it first (a preflight).");
            conditions.put(Condition.FORCED_LOGOUT, no);
            conditions.put(Condition.COOKIE_TAKEN, no);
            return new Observation.ForeignLogout(false, false, forged.method());
        }
        boolean cookiesGo = one.sendsCookiesFromAnotherSite(forged);
        Observation.ForeignLogout with = forge(one, forged, true);
        conditions.put(
                Condition.FORCED_LOGOUT,
                logout.doubt() == null || with.withCookie() || !cookiesGo
                        ? new Observation.Possible(
                                with.withCookie(),
                                !cookiesGo
                                        ? " SameSite holds its cookies back."
                                        : with.withCookie() ? "" : logout.lacks())
                        : new Observation.NotSeen(logout.doubt()));
        Observation.ForeignLogout without = cookiesGo ? forge(loggedIn(), forged, false) : with;
        conditions.put(Condition.COOKIE_TAKEN, new Observation.Possible(without.withoutCookie()));
        return new Observation.ForeignLogout(with.withCookie(), without.withoutCookie(), forged.method());
    }

    private Observation.ForeignLogout forge(HttpUser victim, Call forged, boolean withCookies) throws IOException {
        HttpUser copy = victim.copy();
        try {
            return probes.forge(victim, forged, withCookies);
        } finally {
            cookieOf(victim);
            leave(copy);
        }
    }

    /** Logs somebody out, so that little is left behind; how that goes says nothing any more. */
    private void leave(HttpUser one) {
        if (app.cookieName() == null) {
            attempted(() -> app.logOut(one, app.logout(one).call()));
        }
    }

    /** Tries, after all steps, what only concerns an app that is looked at from outside. */
    public void tryTheRest() {
        if (failure != null) {
            return;
        }
        probe(Condition.SECOND_LOGOUT_FAILS, this::logOutAgain);
        HttpUser nobody = app.newUser(agent);
        String unanswered = attempted(() -> addLocations(logOut(nobody, logout.forged())));
        probe(Condition.LOGOUT_BY_GET, this::logOutByGet);
        List<String> names = new ArrayList<>();
        String unknown = attempted(() -> names.addAll(loginCookies()));
        names.addAll(remembering);
        for (Condition condition : List.of(Condition.COOKIE_STAYS, Condition.COOKIE_REPLACED)) {
            conditions.put(
                    condition, unknown == null ? cookiesAfter(condition, names) : new Observation.NotSeen(unknown));
        }
        String notSeen = unanswered == null ? unknown : unanswered;
        List<String> set =
                names(nobody.jar().held()).stream().filter(names::contains).toList();
        conditions.put(
                Condition.SESSION_FOR_NOBODY,
                notSeen == null ? about(Condition.SESSION_FOR_NOBODY, set, set) : new Observation.NotSeen(notSeen));
        probe(Condition.ADOPTED_ID, () -> unknown == null ? adopted(names) : new Observation.NotSeen(unknown));
        probe(Condition.ID_IN_ADDRESS, () -> new Observation.Possible(idInAddress(nobody)));
    }

    /** Looks for something that an app may not answer. */
    private interface Look {
        Observation observe() throws IOException;
    }

    private void probe(Condition condition, Look look) {
        String reason = attempted(() -> conditions.put(condition, look.observe()));
        conditions.putIfAbsent(condition, new Observation.NotSeen(reason));
    }

    private Observation logOutAgain() throws IOException {
        List<HttpResponse<String>> replies = app.logOut(user, logout.call());
        int status = replies.get(replies.size() - 1).statusCode();
        return new Observation.Possible(status >= 500, status >= 500 ? ": " + status + "." : "");
    }

    private Observation logOutByGet() throws IOException {
        if (!logsOut) {
            return NOBODY_LOGS_OUT;
        }
        HttpUser one = loggedIn();
        HttpUser copy = one.copy();
        try {
            for (String method : List.of("GET", "HEAD")) {
                one.follow(Call.of(method, logout.forged().path()));
                if (!app.isLoggedIn(one)) {
                    return new Observation.Possible(true, " It was a " + method + ".");
                }
            }
            return new Observation.Possible(false);
        } finally {
            leave(copy);
        }
    }

    /** The cookies of the login: those without which nobody is logged in; or, where each is enough, those. */
    private List<String> loginCookies() throws IOException {
        List<Cookie> before = beforeLogin.jar().held();
        List<Cookie> held = thief.jar().held();
        List<String> set =
                names(held.stream().filter(cookie -> !before.contains(cookie)).toList());
        if (held.size() <= 1) {
            return names(held);
        }
        List<String> needed = new ArrayList<>();
        for (String name : names(held)) {
            if (!isLoggedInWithout(List.of(name))) {
                needed.add(name);
            }
        }
        List<String> ofLogin = needed.stream().filter(set::contains).toList();
        if (!needed.isEmpty()) {
            return ofLogin.isEmpty() ? needed : ofLogin;
        }
        List<String> enough = new ArrayList<>();
        for (String name : set) {
            if (isLoggedInWithout(
                    set.stream().filter(other -> !other.equals(name)).toList())) {
                enough.add(name);
            }
        }
        return enough;
    }

    /** With a login of its own: some apps end a session whose cookies do not come together. */
    private boolean isLoggedInWithout(List<String> names) throws IOException {
        HttpUser one = loggedIn();
        HttpUser without = one.copy();
        names.forEach(without.jar()::drop);
        try {
            return app.isLoggedIn(without);
        } catch (IOException e) {
            // Neither what a user gets nor what others get: a cookie that the page needs, if it is not the app that
            // fails.
            if (app.isLoggedIn(one)) {
                return false;
            }
            throw e;
        } finally {
            leave(one);
        }
    }

    private Observation cookiesAfter(Condition condition, List<String> names) {
        Observation.BrowserCookie wanted = condition == Condition.COOKIE_STAYS
                ? Observation.BrowserCookie.SAME
                : Observation.BrowserCookie.REPLACED;
        List<String> found =
                names.stream().filter(name -> after(name) == wanted).toList();
        return about(condition, found, found);
    }

    /** What has become of the cookies of a name, whatever path they are for. */
    private Observation.BrowserCookie after(String name) {
        List<Cookie> before = thief.jar().held();
        List<Cookie> now = heldAfter.stream()
                .filter(cookie -> cookie.name().equals(name) && !cookie.value().isEmpty())
                .toList();
        return now.isEmpty()
                ? Observation.BrowserCookie.GONE
                : now.stream()
                                .anyMatch(cookie -> before.stream()
                                        .anyMatch(other -> cookie.replaces(other)
                                                && cookie.value().equals(other.value())))
                        ? Observation.BrowserCookie.SAME
                        : Observation.BrowserCookie.REPLACED;
    }

    private Observation adopted(List<String> names) throws IOException {
        HttpUser attacker = app.newUser(agent);
        for (Cookie cookie : thief.jar().held()) {
            if (names.contains(cookie.name())) {
                attacker.jar()
                        .keep(
                                app.address(),
                                List.of(cookie.name() + "=" + similar(cookie.value()) + "; Path=" + cookie.path()));
            }
        }
        HttpUser victim = attacker.copy();
        logIn(victim);
        try {
            return new Observation.Possible(app.isLoggedIn(attacker));
        } finally {
            leave(victim);
        }
    }

    /** An invented id of the same form. */
    private static String similar(String id) {
        StringBuilder other = new StringBuilder();
        for (char c : id.toCharArray()) {
            other.append((char)
                    (Character.isDigit(c)
                            ? RANDOM.nextInt('0', '9' + 1)
                            : c >= 'a' && c <= 'f' ? RANDOM.nextInt('a', 'g') : c));
        }
        return other.toString();
    }

    private boolean idInAddress(HttpUser nobody) {
        List<String> ids = Stream.of(thief, user, nobody)
                .flatMap(one -> one.jar().held().stream())
                .filter(cookie ->
                        cookie.value().length() >= 16 && !cookie.name().matches("(?i).*[cx]srf.*"))
                .map(Cookie::value)
                .toList();
        return locations.stream()
                .anyMatch(location -> location.toLowerCase(Locale.ROOT).contains("jsessionid=")
                        || ids.stream().anyMatch(location::contains));
    }
}
