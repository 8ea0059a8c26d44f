package logout.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The experiment on one logout: does to an app what a person does, over real HTTP, and records what it observes. It knows
 * nothing of what is expected. Its steps are done in the order of {@link Step}.
 */
public final class Experiment {

    private static final String NOTE = "buy milk";
    private static final String LATE_NOTE = "saved too late";
    private static final Observation NOBODY_LOGS_OUT = new Observation.NoMeaning("nobody can log out");

    private final LogoutUnderTest subject;
    private final String agent;
    private final HttpUser visitor;
    private final Set<String> heldCookies = new LinkedHashSet<>();
    private final Map<ResidueColumn, Observation> residue = new EnumMap<>(ResidueColumn.class);

    private HttpUser thief;
    private String oldCookie;

    /** Why nothing more can be seen; null as long as something can. */
    private String failure;

    /** Whether the logout logged the visitor out; until it is tried, it is taken to do so. */
    private boolean logsOut = true;

    /** What the logout's reply set the session cookie to, even if it also deleted it; null where it set nothing. */
    private String newCookie;

    /** An experiment with a visitor who has not been at the app before. */
    public Experiment(LogoutUnderTest subject) {
        this.subject = subject;
        this.agent = subject.agent() + "; " + UUID.randomUUID();
        this.visitor = newVisitor();
    }

    private HttpUser newVisitor() {
        return new HttpUser(subject.address(), agent, new CookieJar(), subject.timeout());
    }

    /** The {@code User-Agent} of this experiment's visitors, and of no other's. */
    public String agent() {
        return agent;
    }

    /** The requests that a step is about. What else it sends is to look at what came of them. */
    public List<Call> requests(Step step) {
        PageProtocol protocol = subject.protocol();
        return switch (step) {
            case LOG_IN -> List.of(protocol.logIn(subject.user(), subject.password()));
            case KEEP_NOTE -> List.of(protocol.keepNote(NOTE));
            case LOG_OUT, FOREIGN_LINK -> List.of(subject.logout());
            case LOOK -> List.of();
            case REPLAY -> List.of(protocol.whoAmI(), protocol.readNote());
            case SLOW_SAVE -> List.of(subject.logout(), protocol.keepNote(LATE_NOTE));
        };
    }

    /** What has been observed until now. */
    public Map<ResidueColumn, Observation> residue() {
        return Map.copyOf(residue);
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

    /** The value of the session cookie that the visitor holds, or null. */
    public String cookie() {
        return cookieOf(visitor);
    }

    private String cookieOf(HttpUser one) {
        String cookie = one.cookie(subject.cookieName());
        if (cookie != null) {
            heldCookies.add(cookie);
        }
        return cookie;
    }

    /** What the store holds of the session of a cookie, or null. */
    public StoredSession session(String cookie) throws IOException {
        return cookie == null ? null : subject.session(cookie);
    }

    /** Ends the sessions that the visitors have left, as if they had never been there. */
    public void leave() {
        heldCookies.forEach(subject::end);
    }

    /** Why nothing more can be seen, as the end of a sentence; null as long as something can. */
    public String failure() {
        return failure;
    }

    /** Does one step. What cannot be seen in it is observed as not seen, with the reason. */
    public void perform(Step step) {
        String reason = failure;
        if (reason == null) {
            try {
                attempt(step);
            } catch (UncheckedIOException e) {
                reason = reason(e.getCause());
            } catch (IOException e) {
                reason = reason(e);
            }
        }
        if (reason != null && step.compareTo(Step.LOG_OUT) <= 0) {
            // Without a login, a note and a logout, what comes after says nothing.
            failure = reason;
        }
        for (ResidueColumn column : step.columns()) {
            residue.putIfAbsent(column, new Observation.NotSeen(reason));
        }
    }

    /** The JDK's client does not say what is wrong where nobody listens. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? "the app does not answer" : e.getMessage();
    }

    private void attempt(Step step) throws IOException {
        switch (step) {
            case LOG_IN -> oldCookie = logIn(visitor);
            case KEEP_NOTE -> keepNote();
            case LOG_OUT -> logOut();
            case LOOK -> look();
            case REPLAY -> replay();
            case SLOW_SAVE -> residue.put(ResidueColumn.SAVE_IN_FLIGHT, logsOut ? saveSlowly() : NOBODY_LOGS_OUT);
            case FOREIGN_LINK -> residue.put(ResidueColumn.FOREIGN_LINK, logsOut ? forge() : NOBODY_LOGS_OUT);
        }
    }

    private String logIn(HttpUser one) throws IOException {
        one.logIn(subject.protocol(), subject.user(), subject.password());
        return cookieOf(one);
    }

    private void keepNote() throws IOException {
        int status = visitor.send(subject.protocol().keepNote(NOTE)).statusCode();
        if (status != subject.protocol().done()) {
            throw new IOException("the note was answered " + status);
        }
    }

    private void logOut() throws IOException {
        thief = visitor.copy();
        HttpResponse<String> reply = logOut(visitor);
        if (reply == null) {
            residue.put(ResidueColumn.REPLY, new Observation.NoReply());
            residue.put(ResidueColumn.SET_COOKIE, new Observation.NoMeaning("there is no reply"));
        } else {
            observe(reply);
        }
        residue.put(ResidueColumn.COOKIE, Observation.BrowserCookie.of(oldCookie, cookie()));
        logsOut = !visitor.copy().isLoggedIn(subject.protocol());
    }

    /** The reply, or null where none has come in time. */
    private HttpResponse<String> logOut(HttpUser one) throws IOException {
        try {
            return one.send(subject.logout());
        } catch (HttpTimeoutException e) {
            return null;
        }
    }

    private void observe(HttpResponse<String> reply) {
        String location = reply.headers().firstValue("Location").orElse(null);
        newCookie = setCookieValues(reply).stream()
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(null);
        boolean overwritten = subject.deletionWasOverwritten(oldCookie);
        residue.put(ResidueColumn.REPLY, new Observation.Reply(reply.statusCode(), location));
        residue.put(ResidueColumn.SET_COOKIE, new Observation.SetCookies(setCookies(reply), overwritten));
    }

    private List<Observation.SetCookie> setCookies(HttpResponse<String> reply) {
        return setCookieValues(reply).stream()
                .map(value -> value.isEmpty() ? Observation.SetCookie.DELETION : Observation.SetCookie.NEW_ID)
                .toList();
    }

    private List<String> setCookieValues(HttpResponse<String> reply) {
        String prefix = subject.cookieName() + "=";
        return reply.headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith(prefix))
                .map(header -> header.substring(prefix.length()).split(";", 2)[0])
                .toList();
    }

    private void look() throws IOException {
        residue.put(ResidueColumn.OLD_ROW, new Observation.OldRow(session(oldCookie)));
        residue.put(ResidueColumn.NEW_ROW, new Observation.NewRow(session(newCookie)));
    }

    private void replay() throws IOException {
        StoredSession row = session(oldCookie);
        boolean alive = row != null && !row.expired();
        residue.put(
                ResidueColumn.REPLAY, new Observation.Replay(thief.isLoggedIn(subject.protocol()), readsNote(), alive));
    }

    private boolean readsNote() throws IOException {
        HttpResponse<String> reply = thief.send(subject.protocol().readNote());
        if (reply.statusCode() != 200) {
            throw new IOException("the app answered " + reply.statusCode() + " to "
                    + subject.protocol().readNote());
        }
        return PageProtocol.holdsNote(reply.body());
    }

    private Observation saveSlowly() throws IOException {
        HttpUser another = newVisitor();
        String cookie = logIn(another);
        try (RequestInFlight save = another.begin(subject.protocol().keepNote(LATE_NOTE))) {
            logOut(another);
            cookieOf(another);
            save.finish();
        }
        StoredSession row = session(cookie);
        return new Observation.Possible(row != null && row.logsIn());
    }

    /** Lets another site ask for the logout: once with the session cookie, once without it. */
    private Observation forge() throws IOException {
        HttpUser one = newVisitor();
        logIn(one);
        forge(one, true);
        HttpUser other = newVisitor();
        logIn(other);
        HttpUser copy = other.copy();
        forge(other, false);
        boolean cookieLost = !other.isLoggedIn(subject.protocol()) && copy.isLoggedIn(subject.protocol());
        return new Observation.ForeignLogout(
                !one.isLoggedIn(subject.protocol()),
                cookieLost,
                subject.logout().method());
    }

    private void forge(HttpUser victim, boolean withCookies) throws IOException {
        try {
            victim.sendFromAnotherSite(subject.logout(), withCookies);
        } catch (HttpTimeoutException e) {
            // Nothing comes back to the browser; what was done is seen next.
        } finally {
            cookieOf(victim);
        }
    }
}
