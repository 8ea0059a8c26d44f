package logout.check;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.LogoutUnderTest;
import logout.experiment.StoredSession;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The app that is checked: how somebody logs in, is known to be logged in, and logs out. */
final class App implements LogoutUnderTest {

    private static final String BASIC =
            "The request for the personal page brings the name and the password itself (basic"
                    + " authentication), and that is enough to see it. There is no session that a logout could end, so there is"
                    + " nothing to judge: only who forgets the password is logged out.";

    private final Description description;
    private final Rows rows;
    private final Consumer<String> told;
    private final HttpClient client;
    private final AttackerKnowledge attacker = new AttackerKnowledge();
    private final Evidence evidence;

    /** What was found, dropped and renewed on the way, in words. */
    private final Set<String> found = new LinkedHashSet<>();

    private final Set<Capture> captured = new HashSet<>();

    /** The page with the form or the link to log out; null until it is looked for. */
    private String logoutPage;

    private boolean isLink;

    /** What the personal page looks like to somebody who is not logged in, and to somebody who is. */
    private Look out;

    private Look in;

    /** The text by which a page is known to be a user's; null where there is none. */
    private String marker;

    /**
     * An app.
     *
     * @param rows of its session store, or null
     * @param told hears what was found, before anything of it is sent
     */
    App(Description description, Rows rows, Consumer<String> told) {
        this.description = description;
        this.rows = rows;
        this.told = told;
        this.marker = description.get("marker");
        this.evidence = new Evidence(description);
        evidence.add("personal", "", description.request("personal"));
        this.client = description.isInsecure() ? AnyCertificate.client() : null;
    }

    /** The requests by which somebody else sees what was seen. */
    Evidence evidence() {
        return evidence;
    }

    private void found(String what) {
        if (found.add(what)) {
            told.accept(what);
        }
    }

    @Override
    public URI address() {
        return description.address();
    }

    @Override
    public String agent() {
        return "logout-step-by-step: check";
    }

    @Override
    public Duration timeout() {
        return description.timeout();
    }

    @Override
    public HttpUser newUser(String agent) {
        return client == null
                ? LogoutUnderTest.super.newUser(agent)
                : new HttpUser(address(), agent, new CookieJar(), timeout(), client);
    }

    @Override
    public String userName() {
        return description.get("user");
    }

    @Override
    public String cookieName() {
        return null;
    }

    @Override
    public StoredSession session(String cookie) {
        return null;
    }

    @Override
    public Map<String, Map<String, String>> rows() {
        return rows == null ? null : rows.now();
    }

    /** Node, for one, asks for a body before the app has seen the request. */
    @Override
    public boolean readsSessionBeforeBody() {
        return false;
    }

    @Override
    public Call personal(HttpUser user) {
        return filled(description.request("personal"), user);
    }

    @Override
    public boolean isLoggedIn(HttpUser user) throws IOException {
        List<HttpResponse<String>> replies = user.copy().follow(personal(user));
        String page = text(HttpUser.last(replies));
        if (out == null) {
            out = look(replies, page);
            return insistOnNobody(user, page);
        }
        if (in == null
                && marker == null
                && userName() != null
                && page.contains(userName())
                && !out.page.contains(userName())) {
            marker = userName();
            out = out.withMarker(false);
        }
        Look now = look(replies, page);
        if (in == null && (marker == null ? now.status < 400 && !now.isLike(out) : now.marked)) {
            in = now;
        }
        if (in == null || now.isLike(out)) {
            return false;
        }
        if (now.isLike(in)) {
            return true;
        }
        throw new IOException("the app answered " + now.inWords() + " to "
                + description.request("personal")
                + ", which is neither what a user gets nor what somebody gets who is not logged in");
    }

    private boolean insistOnNobody(HttpUser user, String page) {
        if (marker != null && page.contains(marker)) {
            throw new CannotJudgeException(
                    sendsPassword(user)
                            ? BASIC
                            : "Everybody sees the marker, also who is not logged in. Choose a text that only a"
                                    + " logged-in user sees.");
        }
        return false;
    }

    private boolean sendsPassword(HttpUser user) {
        return personal(user).headers().getOrDefault("authorization", "").startsWith("Basic ");
    }

    private Look look(List<HttpResponse<String>> replies, String page) {
        HttpResponse<String> first = replies.get(0);
        String location = first.headers()
                .firstValue("Location")
                .map(given -> given.replaceFirst("[?#;].*", "").replaceFirst("^https?://[^/]*", ""))
                .orElse("");
        return new Look(first.statusCode(), location, marker != null && page.contains(marker), page);
    }

    /** What one reads on a page, and its source: a marker may stand in either. */
    private static String text(HttpResponse<String> reply) {
        if (reply.body().indexOf(0) >= 0) {
            throw new CannotJudgeException(
                    "The reply to GET " + Call.masked(reply.uri().getPath())
                            + " is no text, so nothing can be looked for in it. Choose another page.");
        }
        return reply.body() + "\n" + Jsoup.parse(reply.body()).text();
    }

    @Override
    public void visit(HttpUser user) throws IOException {
        loginPage(user);
    }

    @Override
    public List<HttpResponse<String>> logIn(HttpUser user) throws IOException {
        if (description.names().contains("unique")) {
            user.captured().put("unique", "u" + UUID.randomUUID().toString().replaceAll(".*-", ""));
        }
        List<CurlCommand> described = description.requests("login");
        List<HttpResponse<String>> replies =
                described.isEmpty() ? user.follow(loginForm(user)) : send("login", described, user);
        if (in == null && !isLoggedIn(user)) {
            throw new CannotJudgeException(
                    marker == null && out.status == 200
                            ? sendsPassword(user)
                                    ? BASIC
                                    : "The personal page is shown to somebody who is not logged in. Choose another one, or name a text"
                                            + " that only a logged-in user sees: \"marker = …\"."
                            : "Nobody is logged in after the login, which was answered "
                                    + replies.get(0).statusCode() + ". Are the name and the password right"
                                    + (marker == null ? "?" : ", and is the marker on the personal page?"));
        }
        return replies;
    }

    private Document loginPage(HttpUser user) throws IOException {
        Call page = Objects.requireNonNullElse(description.request("login-page"), description.request("personal"));
        evidence.add("visit", "", page);
        return page(user.follow(filled(page, user)));
    }

    private Call loginForm(HttpUser user) throws IOException {
        FoundForm form = FoundForm.login(loginPage(user), userName(), description.password())
                .orElse(null);
        if (form == null && in != null) {
            throw new IOException("the form to log in was not there any more");
        }
        if (form == null) {
            throw new CannotJudgeException("No form with a password was found."
                    + " Name the page that has it by \"login-page = /…\", or paste the request: \"login = curl …\".");
        }
        insistOnTheApp("login", form);
        found("login", form, "");
        evidence.add("login", "form", form.call());
        return filled(form.call(), user);
    }

    private void found(String key, FoundForm form, String where) {
        found(key + ": the " + (form.isLink() ? "link" : "form") + " to "
                + Call.masked(form.target().getPath()) + where
                + (form.fields().isEmpty()
                        ? ""
                        : ", with the fields " + String.join(", ", form.fields().keySet())));
    }

    private void insistOnTheApp(String key, FoundForm form) {
        if (!form.isSentTo(address())) {
            throw new CannotJudgeException(
                    "The " + key + " is sent to another site, " + form.target().getAuthority()
                            + ", and nothing is sent there. Describe the request by \"" + key
                            + " = curl …\" if it is part of this app.");
        }
    }

    @Override
    public LogoutRequest logout(HttpUser user) throws IOException {
        Call described = described("logout", user);
        if (described != null) {
            return withoutTokens(described);
        }
        if (logoutPage == null) {
            logoutPage = findLogoutPage(user);
        }
        FoundForm form = FoundForm.logout(page(user, logoutPage), isLink)
                .orElseThrow(() -> new IOException("the form to log out is gone from " + logoutPage));
        evidence.add("logout", "form", form.call());
        return withoutTokens(filled(form.call(), user));
    }

    private LogoutRequest withoutTokens(Call call) {
        LogoutRequest request = attacker.without(call);
        evidence.add("forged", "", request.forged());
        evidence.add("get", "", Call.of("GET", request.forged().path()));
        return request;
    }

    /** A link may lead to a page that asks first: then its form is sent. At last, the page forgets its tokens. */
    @Override
    public List<HttpResponse<String>> logOut(HttpUser user, Call logout) throws IOException {
        List<HttpResponse<String>> replies = user.follow(logout);
        FoundForm behind = isLink && isLoggedIn(user)
                ? FoundForm.logout(page(replies), false).orElse(null)
                : null;
        if (behind == null) {
            if (HttpUser.last(replies).statusCode() < 400) {
                user.captured().clear();
            }
            return replies;
        }
        insistOnTheApp("logout", behind);
        logoutPage = logout.path();
        isLink = false;
        found("logout", behind, " on " + Call.masked(logoutPage));
        evidence.add("logout", "behind", behind.call());
        return user.follow(filled(behind.call(), user));
    }

    private String findLogoutPage(HttpUser user) throws IOException {
        Set<String> paths = new LinkedHashSet<>(List.of(personal(user).path(), Call.pathOf(address())));
        for (String path : paths) {
            FoundForm form = FoundForm.logout(page(user, path), true).orElse(null);
            if (form != null) {
                insistOnTheApp("logout", form);
                found("logout", form, " on " + path);
                isLink = form.isLink();
                return path;
            }
        }
        throw new CannotJudgeException("No form and no link that logs out was found on "
                + String.join(" and on ", paths) + ". Paste the request: \"logout = curl …\".");
    }

    private Document page(HttpUser user, String path) throws IOException {
        return page(user.follow(filled(Call.page(path), user)));
    }

    private static Document page(List<HttpResponse<String>> replies) {
        HttpResponse<String> last = HttpUser.last(replies);
        return Jsoup.parse(last.body(), last.uri().toString());
    }

    @Override
    public Call keepNote(HttpUser user, String note) throws IOException {
        return described("note", user);
    }

    @Override
    public Boolean readsNote(HttpUser user) throws IOException {
        List<CurlCommand> notes = description.requests("note");
        if (notes.isEmpty()) {
            return null;
        }
        Call note = filled(notes.get(notes.size() - 1).call(), user);
        Call read = Objects.requireNonNullElseGet(description.request("note-page"), () -> Call.page(note.path()));
        List<HttpResponse<String>> replies = user.copy().follow(filled(read, user));
        evidence.add("read", "", read);
        String page = text(HttpUser.last(replies));
        return note.texts().stream().anyMatch(page::contains);
    }

    /** The last of the requests that a key describes, behind all others; null where there are none. */
    private Call described(String key, HttpUser user) throws IOException {
        List<CurlCommand> commands = description.requests(key);
        if (commands.isEmpty()) {
            return null;
        }
        send(key, commands.subList(0, commands.size() - 1), user);
        return pasted(key, commands.get(commands.size() - 1), user);
    }

    /**
     * Sends requests in their order, and keeps what later ones need of the replies.
     *
     * @return all replies, those to the last request first
     */
    private List<HttpResponse<String>> send(String key, List<CurlCommand> commands, HttpUser user) throws IOException {
        List<HttpResponse<String>> all = new ArrayList<>();
        for (CurlCommand command : commands) {
            List<HttpResponse<String>> replies = user.follow(pasted(key, command, user));
            for (Capture capture : command.captures()) {
                user.captured().put(capture.name(), captured(capture, command, replies, user));
            }
            all.addAll(0, replies);
        }
        return all;
    }

    /** What has once been there may be missing for a reason of its own; otherwise the description is wrong. */
    private String captured(Capture capture, CurlCommand command, List<HttpResponse<String>> replies, HttpUser user)
            throws IOException {
        String value = capture.in(replies, user).orElse("");
        String missing = "\"capture " + capture.name() + "\" found no " + capture + " in the reply to " + command.call()
                + ", which was " + HttpUser.last(replies).statusCode();
        if (value.isEmpty() && captured.contains(capture)) {
            throw new IOException(missing);
        } else if (value.isEmpty()) {
            throw new CannotJudgeException("The line " + missing + ".");
        }
        captured.add(capture);
        return value;
    }

    /** A request of the user's own page: with all headers that it has, and with what it has captured in place of the names. */
    private Call filled(Call call, HttpUser user) {
        Map<String, String> headers = new LinkedHashMap<>(description.headers());
        headers.putAll(call.headers());
        headers.values()
                .removeIf(value -> description.names().stream()
                        .anyMatch(name -> value.contains("{" + name + "}")
                                && value(name, user).isEmpty()));
        headers.replaceAll((name, value) -> sent(filled(value, user, UnaryOperator.identity())));
        boolean isJson = call.contentType() != null && call.contentType().contains("json");
        return new Call(
                call.method(),
                filled(call.path(), user, App::encoded),
                call.contentType(),
                filled(call.body(), user, isJson ? App::quoted : App::encoded),
                headers);
    }

    /** Name and password of a basic authentication are encoded when the password is known. */
    private static String sent(String header) {
        return header.matches("Basic .*:.*")
                ? "Basic "
                        + Base64.getEncoder().encodeToString(header.substring(6).getBytes(StandardCharsets.UTF_8))
                : header;
    }

    private String filled(String text, HttpUser user, UnaryOperator<String> as) {
        String filled = text;
        for (String name : description.names()) {
            filled = filled.replace("{" + name + "}", as.apply(value(name, user)));
        }
        return filled;
    }

    private String value(String name, HttpUser user) {
        return name.equals("password")
                ? description.password()
                : user.captured().getOrDefault(name, "");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String quoted(String value) {
        return new JsonPrimitive(value).toString().replaceAll("^\"|\"$", "");
    }

    /** A pasted request, with the tokens that the user's own page has. */
    private Call pasted(String key, CurlCommand command, HttpUser user) throws IOException {
        if (command.dropped() > 0) {
            found(key + ": " + command.dropped() + " stale cookies of the pasted command were dropped");
        }
        Call call = filled(command.call(), user);
        Call shown = command.call();
        if (command.page() == null) {
            evidence.add(key, command, shown);
            return call;
        }
        for (Element hidden : page(user, command.page()).select("input[type=hidden][name]")) {
            String name = hidden.attr("name");
            Pattern field = Pattern.compile("(?<=^|&)" + Pattern.quote(name) + "=[^&]*");
            if (field.matcher(call.body()).find()) {
                found(key + ": the field " + name + " was renewed from " + Call.masked(command.page()));
                String fresh = Call.form("", Map.of(name, hidden.val())).body();
                call = call.withBody(field.matcher(call.body()).replaceFirst(Matcher.quoteReplacement(fresh)));
                String named = Matcher.quoteReplacement(name + "={" + name + "}");
                shown = shown.withBody(field.matcher(shown.body()).replaceFirst(named));
            }
        }
        evidence.add(key, command, shown);
        return call;
    }

    /**
     * A look at the personal page.
     *
     * @param location the path to which its first reply redirects, or empty
     * @param marked whether the marker is on the page behind all redirects
     * @param page what one sees there
     */
    private record Look(int status, String location, boolean marked, String page) {

        boolean isLike(Look other) {
            return status == other.status && location.equals(other.location) && marked == other.marked;
        }

        Look withMarker(boolean isMarked) {
            return new Look(status, location, isMarked, page);
        }

        String inWords() {
            return location.isEmpty() ? String.valueOf(status) : status + " " + location;
        }
    }
}
