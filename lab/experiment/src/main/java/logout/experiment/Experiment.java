package logout.experiment;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The experiment on one logout: does to an app what a person does, over real HTTP, and records what it observes. It knows
 * nothing of what is expected. Its steps are done in the order of {@link Step}.
 */
public final class Experiment {

    private static final String NOTE = "buy milk";
    private static final String LATE_NOTE = "saved too late";

    private final Subject subject;
    private final Visitor visitor;
    private final Set<String> heldCookies = new LinkedHashSet<>();
    private final Map<ResidueColumn, Observation> residue = new EnumMap<>(ResidueColumn.class);

    private Visitor thief;
    private String oldCookie;

    /** What the logout's reply set the session cookie to, even if it also deleted it; null where it set nothing. */
    private String newCookie;

    /** An experiment with a visitor who has not been at the app before. */
    public Experiment(Subject subject) {
        this.subject = subject;
        this.visitor = newVisitor();
    }

    private Visitor newVisitor() {
        return new Visitor(subject.address(), subject.agent(), new CookieJar());
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

    private String cookieOf(Visitor one) {
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

    /**
     * Does one step.
     *
     * @throws IOException where the app does not answer, or not as it must for the experiment to make sense
     */
    public void perform(Step step) throws IOException {
        switch (step) {
            case LOG_IN -> oldCookie = logIn(visitor);
            case KEEP_NOTE -> keepNote();
            case LOG_OUT -> logOut();
            case LOOK -> look();
            case REPLAY -> replay();
            case SLOW_SAVE -> saveSlowly();
            case FOREIGN_LINK -> followForeignLink();
        }
    }

    private String logIn(Visitor one) throws IOException {
        one.logIn(subject.site(), subject.user(), subject.password());
        return cookieOf(one);
    }

    private void keepNote() throws IOException {
        int status = visitor.send(subject.site().keepNote(NOTE)).statusCode();
        if (status != subject.site().done()) {
            throw new IOException("The note was answered " + status + ".");
        }
    }

    private void logOut() throws IOException {
        thief = visitor.copy();
        HttpResponse<String> reply = visitor.send(subject.logout());
        boolean overwritten = subject.deletionWasOverwritten(oldCookie);
        String location = reply.headers().firstValue("Location").orElse(null);
        newCookie = setCookieValues(reply).stream()
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(null);
        residue.put(ResidueColumn.REPLY, new Observation.Reply(reply.statusCode(), location));
        residue.put(ResidueColumn.SET_COOKIE, new Observation.SetCookies(setCookies(reply), overwritten));
        residue.put(ResidueColumn.COOKIE, Observation.BrowserCookie.of(oldCookie, cookie()));
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
        residue.put(ResidueColumn.REPLAY, new Observation.Replay(thief.isLoggedIn(subject.site()), readsNote(), alive));
    }

    private boolean readsNote() throws IOException {
        HttpResponse<String> reply = thief.send(subject.site().readNote());
        return reply.statusCode() == 200
                && !JsonParser.parseString(reply.body())
                        .getAsJsonObject()
                        .get("note")
                        .isJsonNull();
    }

    private void saveSlowly() throws IOException {
        Visitor another = newVisitor();
        String cookie = logIn(another);
        try (RequestInFlight save = another.begin(subject.site().keepNote(LATE_NOTE))) {
            another.send(subject.logout());
            cookieOf(another);
            save.finish();
        }
        StoredSession row = session(cookie);
        residue.put(ResidueColumn.SAVE_IN_FLIGHT, new Observation.Possible(row != null && row.logsIn()));
    }

    private void followForeignLink() throws IOException {
        Visitor another = newVisitor();
        logIn(another);
        another.sendFromAnotherSite(subject.logout());
        cookieOf(another);
        boolean loggedOut = !another.isLoggedIn(subject.site());
        residue.put(
                ResidueColumn.FOREIGN_LINK,
                new Observation.ForeignLogout(loggedOut, subject.logout().method()));
    }
}
