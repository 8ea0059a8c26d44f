package logout.experiment;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The experiment on one logout: does to an app what a person does, over real HTTP, and records what it observes. It knows
 * nothing of what is expected. Its steps are done in the order of {@link Step}; each user of a step is seen logged in just
 * before something is tried.
 */
public final class Experiment {

    private static final String NOTE = "buy milk";
    private static final String LATE_NOTE = "saved too late";
    private static final Observation NOBODY_LOGS_OUT = Observation.noMeaning("nobody can log out");

    private final LogoutUnderTest app;
    private final Users users;
    private final Probes probes;
    private final RowChanges rows;
    private final HttpUser user;
    private final Map<ResidueColumn, Observation> residue = new EnumMap<>(ResidueColumn.class);
    private final Map<Condition, Observation> conditions = new EnumMap<>(Condition.class);

    /** Copies of the user from before the login, and from before the logout. */
    private HttpUser beforeLogin;

    private HttpUser thief;
    private LoginCookies held;
    private String oldCookie;
    private LogoutUnderTest.LogoutRequest logout;

    /** What stands in the way of reading a note that the session keeps; null where it keeps one that can be read. */
    private Observation noteless = Observation.noMeaning("no request is known that keeps something in the session");

    /** Why nothing more can be seen; null as long as something can. */
    private String failure;

    /** The names of the cookies that log the browser in again. */
    private List<String> remembering = List.of();

    /** Whether the logout logged the user out; until it is tried, it is taken to do so. */
    private boolean logsOut = true;

    /** What the logout's reply set the session cookie to, even if it also deleted it; null where it set nothing. */
    private String newCookie;

    /** An experiment with a user who has not been at the app before. */
    public Experiment(LogoutUnderTest app) {
        this.app = app;
        this.users = new Users(app);
        this.probes = new Probes(app);
        this.rows = new RowChanges(app);
        this.user = users.newUser();
    }

    /** The {@code User-Agent} of this experiment's users, and of no other's. */
    public String agent() {
        return users.agent();
    }

    public Map<ResidueColumn, Observation> residue() {
        return Map.copyOf(residue);
    }

    /** What has been observed of each condition until now, in their order. */
    public Map<Condition, Observation> conditions() {
        return new EnumMap<>(conditions);
    }

    /** How often somebody was to be logged in. */
    public int logins() {
        return users.logins();
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

    public String cookie() {
        return users.cookieOf(user);
    }

    /** What the store holds of the session of a cookie, or null. */
    public StoredSession session(String cookie) throws IOException {
        return cookie == null ? null : app.session(cookie);
    }

    /** Ends the sessions that the users have left, as if they had never been there. */
    public void leave() {
        users.end();
    }

    /** Why nothing more can be seen, as the end of a sentence; null as long as something can. */
    public String failure() {
        return failure;
    }

    /** Does one step. What cannot be seen in it is observed as not seen, with the reason. */
    public void perform(Step step) {
        String reason = failure == null ? users.tried(() -> attempt(step)) : failure;
        if (step.compareTo(Step.LOG_OUT) <= 0) {
            // Without a login, a note and a logout, what comes after says nothing.
            failure = reason;
        }
        Observation unseen = Observation.notSeen(reason);
        for (ResidueColumn column : step.columns()) {
            residue.putIfAbsent(column, unseen);
            column.conditions().forEach(condition -> conditions.putIfAbsent(condition, unseen));
        }
    }

    private void attempt(Step step) throws IOException {
        switch (step) {
            case LOG_IN -> logIn();
            case KEEP_NOTE -> keepNote();
            case LOG_OUT -> logOut();
            case LOOK -> look();
            case REPLAY -> replay();
            case SLOW_SAVE -> observe(ResidueColumn.SAVE_IN_FLIGHT, saveSlowly());
            case FOREIGN_LINK -> forge();
        }
    }

    private void logIn() throws IOException {
        if (app.isLoggedIn(users.newUser())) {
            throw new IOException("the app takes somebody for logged in who is not");
        }
        rows.look(RowChanges.Moment.BEFORE_VISIT);
        app.visit(user);
        beforeLogin = user.copy();
        rows.look(RowChanges.Moment.BEFORE_LOGIN);
        users.logIn(user);
        rows.look(RowChanges.Moment.AFTER_LOGIN);
        oldCookie = cookie();
        conditions.put(
                Condition.FIXATION,
                beforeLogin.jar().held().isEmpty()
                        ? Observation.noMeaning("no page sets a cookie before the login")
                        : new Observation.Possible(app.isLoggedIn(beforeLogin)));
        List<HttpResponse<String>> page = user.copy().follow(app.personal(user));
        boolean kept = HttpUser.last(page).headers().allValues("Cache-Control").stream()
                .noneMatch(header -> header.toLowerCase(Locale.ROOT).contains("no-store"));
        conditions.put(Condition.PAGE_KEPT, new Observation.Possible(kept));
    }

    private void keepNote() throws IOException {
        Call note = app.keepNote(user, NOTE);
        if (note == null) {
            return;
        }
        int status = user.send(note).statusCode();
        boolean isRead = status < 400 && app.readsNote(user) && !app.readsNote(users.newUser());
        String reason = "the note was answered " + status + (status < 400 ? ", and then it could not be read" : "");
        noteless = isRead ? null : Observation.notSeen(reason);
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
        rows.look(RowChanges.Moment.BEFORE_LOGOUT);
        List<HttpResponse<String>> replies = users.logOut(user, logout.call());
        // Before anything else is asked: a look at a page can change a row, or add one.
        rows.look(RowChanges.Moment.AFTER_LOGOUT);
        held = new LoginCookies(app, users, beforeLogin, thief, user.copy());
        if (replies.isEmpty()) {
            residue.put(ResidueColumn.REPLY, Observation.noReply());
            residue.put(ResidueColumn.SET_COOKIE, Observation.noMeaning("there is no reply"));
        } else {
            observe(replies.get(0));
        }
        residue.put(ResidueColumn.COOKIE, Observation.cookie(oldCookie, cookie()));
        conditions.put(Condition.DELETION_MISSES, missedDeletions(replies));
        conditions.put(Condition.ROW_STAYS, rows.stays());
        conditions.put(Condition.ROW_ADDED, rows.added());
        lookWhetherItIsOver(replies);
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
        String location = reply.headers().firstValue("Location").orElse(null);
        List<Boolean> deletions = set.stream().map(Cookie::isDeletion).toList();
        residue.put(ResidueColumn.REPLY, Observation.reply(reply.statusCode(), location));
        residue.put(ResidueColumn.SET_COOKIE, Observation.setCookies(deletions, app.deletionWasOverwritten(oldCookie)));
    }

    private Observation missedDeletions(List<HttpResponse<String>> replies) {
        CookieJar again = thief.copy().jar();
        List<CookieJar.IneffectiveDeletion> missed = replies.stream()
                .flatMap(reply -> again.keep(reply.uri(), reply.headers().allValues("Set-Cookie")).stream())
                .toList();
        return new Observation.Possible(
                missed.stream().map(CookieJar.IneffectiveDeletion::name).toList(),
                missed.stream().map(miss -> miss.name() + ": " + miss.reason()).toList());
    }

    private void lookWhetherItIsOver(List<HttpResponse<String>> replies) throws IOException {
        boolean failed = replies.isEmpty() || HttpUser.last(replies).statusCode() >= 400;
        boolean still = app.isLoggedIn(user);
        conditions.put(Condition.LOGOUT_FAILS, new Observation.Possible(still && failed));
        probe(Condition.LOGS_IN_AGAIN, null, () -> {
            if (still && failed) {
                return Observation.noMeaning("the logout failed");
            }
            remembering = still ? held.thatLogInAgain() : List.of();
            return new Observation.Possible(remembering, remembering);
        });
        users.withhold(remembering);
        Verdict again = conditions.get(Condition.LOGS_IN_AGAIN).verdict();
        logsOut = !still || again == Verdict.YES || again == Verdict.NOT_SEEN;
        if (!logsOut && !failed && app.cookieName() == null) {
            throw new IOException("the logout (" + logout.call() + ") was answered "
                    + replies.get(0).statusCode() + ", and the user is still logged in; is it the right request?");
        }
    }

    private void look() throws IOException {
        if (app.cookieName() != null) {
            observe(ResidueColumn.OLD_ROW, Observation.oldRow(session(oldCookie)));
            observe(ResidueColumn.NEW_ROW, Observation.newRow(session(newCookie)));
        }
    }

    private void observe(ResidueColumn column, Observation observation) {
        residue.put(column, observation);
        column.conditions().forEach(condition -> conditions.put(condition, observation));
    }

    private void replay() throws IOException {
        Observation.Replay replay = probes.replay(thief, oldCookie);
        residue.put(ResidueColumn.REPLAY, replay);
        conditions.put(Condition.REPLAY, new Observation.Possible(replay.loggedIn()));
        conditions.put(
                Condition.NOTE_READABLE,
                replay.loggedIn()
                        ? Observation.noMeaning("the copy is logged in")
                        : noteless == null ? new Observation.Possible(replay.readsNote()) : noteless);
    }

    private Observation saveSlowly() throws IOException {
        if (!logsOut) {
            return NOBODY_LOGS_OUT;
        }
        if (noteless != null && noteless.verdict() == Verdict.MOOT) {
            return Observation.notSeen(noteless.reason());
        }
        HttpUser one = users.loggedIn();
        Call call = app.logout(one).call();
        HttpUser copy = one.copy();
        try (RequestInFlight save = probes.beginSave(one, LATE_NOTE)) {
            users.logOut(one, call);
            return probes.endSave(save, copy);
        }
    }

    /** Lets another site ask for the logout: without cookies, and with those that a browser sends along. */
    private void forge() throws IOException {
        if (!logsOut) {
            observe(ResidueColumn.FOREIGN_LINK, NOBODY_LOGS_OUT);
            return;
        }
        HttpUser one = users.loggedIn();
        logout = app.logout(one);
        Call forged = logout.forged();
        if (!List.of("GET", "HEAD", "POST").contains(forged.method())) {
            String reason = " A page of another site cannot make a browser send " + forged.method()
                    + " unless the app agrees to it first (a preflight).";
            observe(ResidueColumn.FOREIGN_LINK, new Observation.Possible(false, reason));
            return;
        }
        boolean cookiesGo = one.cookiesFromAnotherSite(forged) != null;
        boolean areHeld = !cookiesGo && !one.jar().held().isEmpty();
        Observation.ForeignLogout seen = probes.forge(one, users.copyOf(one), forged);
        // Where the own logout ends no session, it does no more than take the cookie.
        boolean endsNone = conditions.get(Condition.REPLAY).verdict() == Verdict.YES;
        boolean forced = seen.withCookie() && (endsNone || !seen.livesOn());
        boolean taken = seen.withoutCookie() || seen.withCookie() && !forced;
        String said = areHeld ? " SameSite holds its cookies back." : forced ? "" : logout.lacks();
        conditions.put(
                Condition.FORCED_LOGOUT,
                logout.doubt() == null || forced || !cookiesGo
                        ? new Observation.Possible(forced, said)
                        : Observation.notSeen(logout.doubt()));
        conditions.put(
                Condition.COOKIE_TAKEN,
                !taken && seen.livesOn()
                        ? Observation.noMeaning("the logout itself takes the cookie, and ends no session")
                        : new Observation.Possible(taken));
        residue.put(ResidueColumn.FOREIGN_LINK, seen);
    }

    /** Tries, after all steps and if none has failed, what only concerns an app that is looked at from outside. */
    public void tryTheRest() {
        probe(Condition.SECOND_LOGOUT_FAILS, null, this::logOutAgain);
        HttpUser nobody = users.newUser();
        String unanswered = users.tried(() -> users.logOut(nobody, logout.forged()));
        probe(Condition.LOGOUT_BY_GET, null, this::logOutByGet);
        List<String> names = new ArrayList<>();
        String unknown = users.tried(() -> names.addAll(held.thatLogIn()));
        names.addAll(remembering);
        probe(Condition.COOKIE_STAYS, unknown, () -> held.thatAreThere(names, true));
        probe(Condition.COOKIE_REPLACED, unknown, () -> held.thatAreThere(names, false));
        probe(Condition.SESSION_FOR_NOBODY, unanswered == null ? unknown : unanswered, () -> {
            List<String> set = LoginCookies.names(nobody.jar().held().stream()).stream()
                    .filter(names::contains)
                    .toList();
            return new Observation.Possible(set, set);
        });
        probe(Condition.ADOPTED_ID, unknown, () -> adopted(names));
        probe(Condition.ID_IN_ADDRESS, null, () -> new Observation.Possible(idInAddress(nobody)));
    }

    /** Looks, unless there is a reason why nothing can be seen. */
    private void probe(Condition condition, String reason, Probes.Look look) {
        String unseen = reason == null ? users.tried(() -> conditions.put(condition, look.observe())) : reason;
        conditions.putIfAbsent(condition, Observation.notSeen(unseen));
    }

    private Observation logOutAgain() throws IOException {
        List<HttpResponse<String>> replies = app.logOut(user, logout.call());
        int status = HttpUser.last(replies).statusCode();
        return new Observation.Possible(status >= 500, status >= 500 ? ": " + status + "." : "");
    }

    private Observation logOutByGet() throws IOException {
        if (!logsOut) {
            return NOBODY_LOGS_OUT;
        }
        HttpUser one = users.loggedIn();
        for (String method : List.of("GET", "HEAD")) {
            one.follow(Call.of(method, logout.forged().path()).navigation());
            if (!app.isLoggedIn(one)) {
                return new Observation.Possible(true, " It was a " + method + ".");
            }
        }
        return new Observation.Possible(false);
    }

    private Observation adopted(List<String> names) throws IOException {
        if (names.isEmpty()) {
            return Observation.noMeaning("no cookie logs anybody in");
        }
        HttpUser attacker = users.newUser();
        for (Cookie cookie : thief.jar().held()) {
            if (names.contains(cookie.name())) {
                String invented = cookie.name() + "=" + similar(cookie.value()) + "; Path=" + cookie.path();
                attacker.jar().keep(app.address(), List.of(invented));
            }
        }
        users.logInForALook(attacker.copy());
        return new Observation.Possible(app.isLoggedIn(attacker));
    }

    /** An invented id of the same form: what is encoded in it stays. */
    private static String similar(String id) {
        return Pattern.compile("(?<!%|%\\w)[\\da-f]").matcher(id).replaceAll(found -> {
            boolean isDigit = Character.isDigit(found.group().charAt(0));
            return Character.toString(ThreadLocalRandom.current().nextInt(isDigit ? '0' : 'a', isDigit ? ':' : 'g'));
        });
    }

    private boolean idInAddress(HttpUser nobody) {
        List<String> ids = Stream.of(thief, user, nobody)
                .flatMap(one -> one.jar().held().stream())
                .filter(cookie ->
                        cookie.value().length() >= 16 && !cookie.name().matches("(?i).*[cx]srf.*"))
                .map(Cookie::value)
                .toList();
        return users.locations().stream()
                .anyMatch(location -> location.toLowerCase(Locale.ROOT).contains("jsessionid=")
                        || ids.stream().anyMatch(location::contains));
    }
}
