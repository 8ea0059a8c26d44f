package logout.sidebyside;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import logout.app.lab.SlowRequest;
import logout.app.residue.ResidueColumn;
import logout.app.residue.Trace;
import logout.app.server.StageServer;
import logout.app.session.Row;

/**
 * The experiment on one logout: does to a stage what a person does, over real HTTP, and takes down what it
 * observes. It knows nothing of what is expected. Its steps are done in the order of {@link Step}.
 */
final class Experiment {

    private static final String NOTE = "buy milk";
    private static final String LATE_NOTE = "saved too late";

    private final StageServer server;
    private final Logout logout;
    private final List<Visitor> visitors = new ArrayList<>();
    private final Visitor visitor;
    private final Map<ResidueColumn, Trace> residue = new EnumMap<>(ResidueColumn.class);

    private Visitor thief;
    private String oldCookie;

    /** What the logout's reply set the session cookie to, even if it also deleted it; null where it set nothing. */
    private String newCookie;

    /** An experiment with a visitor who has not been at the stage before. */
    Experiment(StageServer server, Logout logout) {
        this.server = server;
        this.logout = logout;
        this.visitor = newVisitor();
    }

    private Visitor newVisitor() {
        Visitor another = new Visitor(server.address(), logout);
        visitors.add(another);
        return another;
    }

    /** Ends the sessions that the visitors have left, as if they had never been there. */
    void leave() {
        visitors.stream().flatMap(one -> one.heldCookies().stream()).forEach(server.store()::destroy);
    }

    /** What has been observed until now. */
    Map<ResidueColumn, Trace> residue() {
        return Map.copyOf(residue);
    }

    /** The session cookie that an observation is about, or null. */
    String idBehind(ResidueColumn column) throws IOException {
        return switch (column) {
            case SET_COOKIE -> newCookie;
            case COOKIE -> cookie();
            case OLD_ROW -> row(oldCookie) == null ? null : oldCookie;
            case NEW_ROW -> row(newCookie) == null ? null : newCookie;
            case REPLAY -> oldCookie;
            case REPLY, SAVE_IN_FLIGHT, FOREIGN_LINK -> null;
        };
    }

    /** The value of the session cookie that the visitor holds, or null. */
    String cookie() throws IOException {
        return visitor.sessionCookie();
    }

    /** The row that a cookie points to, or null. */
    Row row(String cookie) throws IOException {
        try {
            return cookie == null ? null : server.store().row(cookie);
        } catch (SQLException e) {
            throw new IOException("The session store of stage " + logout.stage().number() + " does not answer.", e);
        }
    }

    /**
     * Does one step.
     *
     * @throws IOException where the stage does not answer, or not as it must for the experiment to make sense
     */
    void perform(Step step) throws IOException {
        switch (step) {
            case LOG_IN -> logIn();
            case KEEP_NOTE -> visitor.keepNote(NOTE);
            case LOG_OUT -> logOut();
            case LOOK -> look();
            case REPLAY -> residue.put(ResidueColumn.REPLAY, replay());
            case SLOW_SAVE -> saveSlowly();
            case FOREIGN_LINK -> followForeignLink();
        }
    }

    private void logIn() throws IOException {
        visitor.logIn();
        oldCookie = visitor.sessionCookie();
    }

    private void logOut() throws IOException {
        thief = visitor.copy();
        HttpResponse<String> reply = visitor.logOut();
        boolean overwritten = server.panel().deletionWasOverwritten(oldCookie);
        String location = reply.headers().firstValue("Location").orElse(null);
        newCookie = setCookieValues(reply).stream()
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(null);
        residue.put(ResidueColumn.REPLY, new Trace.Reply(reply.statusCode(), location));
        residue.put(ResidueColumn.SET_COOKIE, new Trace.SetCookies(setCookies(reply), overwritten));
        residue.put(ResidueColumn.COOKIE, Trace.BrowserCookie.of(oldCookie, visitor.sessionCookie()));
    }

    private List<Trace.SetCookie> setCookies(HttpResponse<String> reply) {
        return setCookieValues(reply).stream()
                .map(value -> value.isEmpty() ? Trace.SetCookie.DELETION : Trace.SetCookie.NEW_ID)
                .toList();
    }

    private List<String> setCookieValues(HttpResponse<String> reply) {
        String prefix = logout.stage().sessionCookie().name() + "=";
        return reply.headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith(prefix))
                .map(header -> header.substring(prefix.length()).split(";", 2)[0])
                .toList();
    }

    private void look() throws IOException {
        residue.put(ResidueColumn.OLD_ROW, new Trace.OldRow(row(oldCookie)));
        residue.put(ResidueColumn.NEW_ROW, new Trace.NewRow(row(newCookie)));
    }

    private Trace.Replay replay() throws IOException {
        Row row = row(oldCookie);
        return new Trace.Replay(thief.isLoggedIn(), thief.readsNote(), row != null && !row.isExpired());
    }

    private void saveSlowly() throws IOException {
        Visitor another = newVisitor();
        another.logIn();
        String cookie = another.sessionCookie();
        try (SlowRequest save = another.beginToSave(LATE_NOTE)) {
            another.logOut();
            save.finish();
        }
        Row row = row(cookie);
        residue.put(ResidueColumn.SAVE_IN_FLIGHT, new Trace.Possible(row != null && row.logsIn()));
    }

    private void followForeignLink() throws IOException {
        Visitor another = newVisitor();
        another.logIn();
        another.logOutFromAnotherSite();
        residue.put(ResidueColumn.FOREIGN_LINK, new Trace.ForeignLogout(!another.isLoggedIn(), logout.method()));
    }
}
