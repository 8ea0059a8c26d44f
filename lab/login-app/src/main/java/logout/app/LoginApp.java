package logout.app;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import logout.app.account.Accounts;
import logout.app.account.DemoAccount;
import logout.app.session.SessionStore;
import logout.app.session.Sessions;
import logout.app.web.HttpError;
import logout.app.web.Pages;
import logout.app.web.Replies;
import logout.app.web.RequestBody;
import spark.Request;
import spark.Response;
import spark.Route;

/**
 * All that a stage's routes do but for logging out: pages, login, the note.
 *
 * @param store the session store, for a logout that reaches other sessions than its own
 * @param addresses where the stages that run beside it answer, by their numbers; 0 is the page that compares them
 */
public record LoginApp(Stage stage, Pages pages, SessionStore store, Accounts accounts, Map<String, String> addresses) {

    /** The longest note that is kept, in bytes of UTF-8. */
    public static final int MAX_NOTE_BYTES = 10_000;

    /** The field by which a page's forms and links say for which user the page was made. */
    private static final String SHOWN_USER = "shown-user";

    private static final String WRONG_CREDENTIALS = "That name and password do not match.";

    /** The session cookie, for a logout that clears it. */
    public SessionCookie cookie() {
        return stage.sessionCookie();
    }

    /** A page for everyone, made by this template. */
    public Route page(String template) {
        return (request, response) -> render(template, request, Map.of());
    }

    /** A page for whoever is logged in; anyone else is sent to the home page. */
    public Route personalPage(String template) {
        return (request, response) ->
                Sessions.user(request) == null ? redirect(response, "/") : render(template, request, Map.of());
    }

    /**
     * Why this request must not be done: it comes from a page that was made for one user, and in another tab that user
     * has logged out since, or another one has logged in. Null where it may be done, or does not come from such a page.
     */
    public String whyStale(Request request) {
        String shown = RequestBody.query(request).get(SHOWN_USER);
        if (shown == null && RequestBody.hasFields(request)) {
            shown = RequestBody.fields(request).get(SHOWN_USER);
        }
        return shown == null || shown.equals(Sessions.user(request))
                ? null
                : "This page was made for " + shown + ", and now "
                        + Objects.requireNonNullElse(Sessions.user(request), "nobody")
                        + " is logged in here. Nothing was done, and no note was saved.";
    }

    /** Who is logged in: 200 {@code {"user":"ada"}}, or 401. */
    public String me(Request request, Response response) {
        String user = Sessions.user(request);
        if (user == null) {
            throw new HttpError(401, "Nobody is logged in.");
        }
        return Replies.json(response, "user", user);
    }

    /** The note that this session keeps, for whoever holds the session: 200 {@code {"note":"…"}}. */
    public String note(Request request, Response response) {
        return Replies.json(response, "note", Sessions.note(request));
    }

    /** Logs in with a JSON object or a form: 200 {@code {"user":"ada"}}, or 401. */
    public String logIn(Request request, Response response) {
        Map<String, String> fields = RequestBody.fields(request);
        if (!logIn(request, fields)) {
            throw new HttpError(401, WRONG_CREDENTIALS);
        }
        return Replies.json(response, "user", fields.get("username"));
    }

    /** Logs in with the form of a page: 302 to the profile, or that page again with the reason and 401. */
    public Route logInThenProfile(String loginPage) {
        return (request, response) -> {
            Map<String, String> fields = RequestBody.fields(request);
            if (logIn(request, fields)) {
                return redirect(response, "/profile");
            }
            response.status(401);
            return render(loginPage, request, Map.of("error", WRONG_CREDENTIALS, "username", fields.get("username")));
        };
    }

    private boolean logIn(Request request, Map<String, String> fields) {
        String user = RequestBody.required(fields, "username");
        try {
            boolean matches = accounts.matches(user, RequestBody.required(fields, "password"));
            if (matches) {
                Sessions.logIn(request, user);
            }
            return matches;
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, e.getMessage());
        }
    }

    /** Keeps a note in the session, from a JSON object: 200 {@code {"note":"…"}}. */
    public String saveNote(Request request, Response response) {
        String note = RequestBody.required(RequestBody.jsonFields(request), "note");
        keepNote(request, note);
        return Replies.json(response, "note", note);
    }

    /**
     * Keeps a note in the session, from a form: 302 to the profile. A note that is refused comes back on the profile,
     * with the reason; where nobody is logged in, the reason comes on a page with a way back.
     */
    public Route saveNoteThenProfile(String profilePage) {
        return (request, response) -> {
            String note = RequestBody.required(RequestBody.fields(request), "note");
            try {
                keepNote(request, note);
                return redirect(response, "/profile");
            } catch (HttpError e) {
                response.status(e.status());
                return Sessions.user(request) == null
                        ? render("trouble.ftlh", request, Map.of("sentence", e.getMessage(), "storeFailed", false))
                        : render(profilePage, request, Map.of("error", e.getMessage(), "note", note));
            }
        };
    }

    private static void keepNote(Request request, String note) {
        if (note.getBytes(StandardCharsets.UTF_8).length > MAX_NOTE_BYTES) {
            throw new HttpError(413, "A note has at most 10,000 bytes.");
        }
        spark.Session session = request.session(false);
        if (session == null) {
            throw new HttpError(401, "There is no session to keep the note in: log in first.");
        }
        session.attribute(Sessions.NOTE, note);
    }

    private static String redirect(Response response, String path) {
        response.redirect(path);
        return "";
    }

    private String render(String template, Request request, Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>();
        values.put("stage", stage);
        values.put("addresses", addresses);
        values.put("accounts", DemoAccount.ALL);
        values.put("shownUser", SHOWN_USER);
        values.put("user", Sessions.user(request));
        values.put("note", Sessions.note(request));
        values.putAll(more);
        return pages.render(template, values);
    }
}
