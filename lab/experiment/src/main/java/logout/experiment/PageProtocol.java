package logout.experiment;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;

/** What the pages of an app with this project's HTTP contract send: a classic site sends forms, a single page JSON. */
public enum PageProtocol {
    CLASSIC(302, "/logout") {
        @Override
        public Call logIn(String user, String password) {
            return Call.form("/login", Map.of(USER, user, PASSWORD, password));
        }

        @Override
        public Call keepNote(String note) {
            return Call.form("/note", Map.of(NOTE, note));
        }
    },

    SINGLE_PAGE(200, "/api/logout") {
        @Override
        public Call logIn(String user, String password) {
            return Call.json("POST", "/api/login", Map.of(USER, user, PASSWORD, password));
        }

        @Override
        public Call keepNote(String note) {
            return Call.json("PUT", "/api/note", Map.of(NOTE, note));
        }
    };

    private static final String USER = "username";
    private static final String PASSWORD = "password";
    private static final String NOTE = "note";

    private final int done;
    private final String logoutPath;

    PageProtocol(int done, String logoutPath) {
        this.done = done;
        this.logoutPath = logoutPath;
    }

    /** Logs somebody in. */
    public abstract Call logIn(String user, String password);

    /** Keeps a note in the session. */
    public abstract Call keepNote(String note);

    /** Asks who is logged in: 200, or 401. */
    public Call whoAmI() {
        return Call.of("GET", "/api/me");
    }

    /** Asks for the note that the session keeps: 200 {@code {"note":…}}. */
    public Call readNote() {
        return Call.of("GET", "/api/note");
    }

    /**
     * Whether there is a note in a reply to {@link #readNote}.
     *
     * @throws IOException where it says neither
     */
    public boolean holdsNote(HttpResponse<String> reply) throws IOException {
        if (reply.statusCode() != 200) {
            throw new IOException("the app answered " + reply.statusCode() + " to " + readNote());
        }
        try {
            return !JsonParser.parseString(reply.body())
                    .getAsJsonObject()
                    .get(NOTE)
                    .isJsonNull();
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new IOException("the app answered no JSON with a note to " + readNote());
        }
    }

    /** Logs out. */
    public Call logOut(String method) {
        return Call.of(method, logoutPath);
    }

    /** The status that says that a login, or a note, was accepted. */
    public int done() {
        return done;
    }
}
