package logout.express;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import logout.experiment.Call;
import logout.experiment.ContractLogout;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.experiment.StoredSession;

/**
 * One logout of a running Express app, as the logout under test of the experiment.
 *
 * @param key its name for programs
 * @param name its name for people
 * @param effect what its route does, in a few words
 * @param address of the app's home page
 * @param logout the request of the logout
 * @param store whoever looks into the app's session store
 * @param cookieName the name of the session cookie
 * @param user who may log in
 * @param password of that user
 * @param code the lines of its route; none for a variant
 */
public record ExpressLogout(
        String key,
        String name,
        String effect,
        URI address,
        PageProtocol protocol,
        Call logout,
        HttpUser store,
        String cookieName,
        String user,
        String password,
        List<String> code)
        implements ContractLogout {

    private static final String AGENT = "logout-step-by-step: express";

    /** One of the logouts never answers; all else is waited for as long as anywhere, also on a busy machine. */
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    /** The logout of an app, as its process tells it. */
    static ExpressLogout of(JsonObject told, JsonObject app, List<String> code) {
        PageProtocol protocol = app.get("classic").getAsBoolean() ? PageProtocol.CLASSIC : PageProtocol.SINGLE_PAGE;
        return new ExpressLogout(
                app.get("key").getAsString(),
                app.get("title").getAsString(),
                app.get("effect").getAsString(),
                address(app.get("port").getAsInt()),
                protocol,
                protocol.logOut(app.get("method").getAsString()),
                new HttpUser(address(told.get("look").getAsInt()), AGENT, new CookieJar()),
                told.get("cookieName").getAsString(),
                told.get("user").getAsString(),
                told.get("password").getAsString(),
                code);
    }

    private static URI address(int port) {
        return URI.create("http://localhost:" + port + "/");
    }

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public HttpUser atLogout(HttpUser user) {
        return user.waiting(TIMEOUT);
    }

    @Override
    public StoredSession session(String cookie) throws IOException {
        JsonElement session = JsonParser.parseString(ask("GET", "?cookie=" + encoded(cookie)))
                .getAsJsonObject()
                .get("session");
        if (session.isJsonNull()) {
            return null;
        }
        return new StoredSession(
                idIn(cookie),
                text(session.getAsJsonObject().get("user")),
                text(session.getAsJsonObject().get("note")),
                null,
                null,
                null,
                true);
    }

    /**
     * What the app has recorded of the last requests that came with this {@code User-Agent}, oldest first, with raw ids.
     *
     * @throws IOException where the app is gone
     */
    public JsonArray recorded(String agent) throws IOException {
        return JsonParser.parseString(ask("GET", "?agent=" + encoded(agent))).getAsJsonArray();
    }

    /** The id in a session cookie: it stands between a prefix and a signature. */
    public static String idIn(String cookie) {
        String value = URLDecoder.decode(cookie, StandardCharsets.UTF_8);
        return value.substring(value.indexOf(':') + 1, value.lastIndexOf('.'));
    }

    private static String text(JsonElement value) {
        return value.isJsonNull() ? null : value.getAsString();
    }

    @Override
    public void end(String cookie) {
        try {
            ask("DELETE", "?cookie=" + encoded(cookie));
        } catch (IOException e) {
            // The session ends with the app.
        }
    }

    /**
     * Makes operations of the app's session store fail from now on, and no others.
     *
     * @param operations such as {@code set}, with commas between them; {@code set:throws} and {@code set:rejects} fail without
     *     calling back
     * @throws IOException where the app is gone
     */
    public void makeStoreFail(String operations) throws IOException {
        ask("PUT", "?fail=" + operations);
    }

    private String ask(String method, String query) throws IOException {
        HttpResponse<String> reply = store.send(Call.of(method, "/" + key + query));
        if (reply.statusCode() != 200) {
            throw new IOException("the session store does not answer");
        }
        return reply.body();
    }

    private static String encoded(String cookie) {
        return URLEncoder.encode(cookie, StandardCharsets.UTF_8);
    }
}
