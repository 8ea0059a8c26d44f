package logout.experiment;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;

/** What the pages of an app with this project's HTTP contract send: a classic site sends forms, a single page JSON. */
public enum PageProtocol {
    CLASSIC,
    SINGLE_PAGE;

    private static final String NOTE = "note";

    public Call logIn(String user, String password) {
        return send("POST", "/login", Map.of("username", user, "password", password));
    }

    public Call keepNote(String note) {
        return send("PUT", "/note", Map.of(NOTE, note));
    }

    private Call send(String method, String path, Map<String, String> fields) {
        return this == CLASSIC ? Call.form(path, fields) : Call.json(method, "/api" + path, fields);
    }

    /** Asks who is logged in: 200, or 401. */
    public Call whoAmI() {
        return Call.of("GET", "/api/me");
    }

    /** Asks for the note that the session keeps: 200 {@code {"note":…}}. */
    public Call readNote() {
        return Call.of("GET", "/api/note");
    }

    /**
     * Whether there is a note in a reply to {@link #readNote}; whoever is refused it reads none.
     *
     * @throws IOException where it says neither
     */
    public boolean holdsNote(HttpResponse<String> reply) throws IOException {
        if (reply.statusCode() == 401) {
            return false;
        }
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

    public Call logOut(String method) {
        return Call.of(method, this == CLASSIC ? "/logout" : "/api/logout");
    }

    /** The status that says that a login, or a note, was accepted. */
    public int done() {
        return this == CLASSIC ? 302 : 200;
    }
}
