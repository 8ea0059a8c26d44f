package logout.check;

import static logout.check.CannotJudgeException.unless;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
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

    private String nobodysPage = "";

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
        String name = String.valueOf(userName());
        if (out != null && in == null && marker == null && page.contains(name) && !nobodysPage.contains(name)) {
            marker = userName();
        }
        Look now = look(replies.get(0), page);
        if (out == null) {
            out = now;
            nobodysPage = page;
            if (out.marked) {
                throw notJudged(user, "marker");
            }
        }
        if (in == null && (marker == null ? now.status < 400 && !now.equals(out) : now.marked)) {
            in = now;
        }
        if (in != null && !now.equals(in) && !now.equals(out)) {
            throw new IOException("the app answered " + now.status + " " + now.location + " to "
                    + description.request("personal")
                    + ", which is neither what a user gets nor what somebody gets who is not logged in");
        }
        return now.equals(in);
    }

    /** With basic authentication, whatever else is wrong, there is nothing to judge. */
    private CannotJudgeException notJudged(HttpUser user, String reason) {
        String authorization = personal(user).headers().getOrDefault("authorization", "");
        return new CannotJudgeException(authorization.startsWith("Basic ") ? "basic" : reason);
    }

    private Look look(HttpResponse<String> first, String page) {
        String location = first.headers()
                .firstValue("Location")
                .map(given -> given.replaceFirst("[?#;].*", "").replaceFirst("^https?://[^/]*", ""))
                .orElse("");
        return new Look(first.statusCode(), location, marker != null && page.contains(marker));
    }

    /** What one reads on a page, and its source: a marker may stand in either. */
    private static String text(HttpResponse<String> reply) {
        unless(reply.body().indexOf(0) < 0, "no-text", Call.masked(reply.uri().getPath()));
        return reply.body() + "\n" + Jsoup.parse(reply.body()).text();
    }

    @Override
    public void visit(HttpUser user) throws IOException {
        loginPage(user);
    }

    @Override
    public List<HttpResponse<String>> logIn(HttpUser user) throws IOException {
        if (description.names().containsKey("unique")) {
            user.captured().put("unique", "u" + UUID.randomUUID().toString().replaceAll(".*-", ""));
        }
        List<CurlCommand> described = description.requests("login");
        List<HttpResponse<String>> replies =
                described.isEmpty() ? user.follow(loginForm(user)) : send("login", described, user);
        if (in == null && !isLoggedIn(user)) {
            if (marker == null && out.status == 200) {
                throw notJudged(user, "open");
            }
            int status = replies.get(0).statusCode();
            throw new CannotJudgeException(marker == null ? "nobody" : "nobody-marked", status);
        }
        return replies;
    }

    private Document loginPage(HttpUser user) throws IOException {
        Call page = Objects.requireNonNullElse(description.request("login-page"), description.request("personal"));
        evidence.add("visit", "", page);
        return page(user.follow(filled(page, user)));
    }

    private Call loginForm(HttpUser user) throws IOException {
        Optional<FoundForm> form =
                FoundForm.login(loginPage(user), userName(), description.names().get("password"));
        unless(form.isPresent() || in != null, "no-login");
        return found(
                "login",
                form.orElseThrow(() -> new IOException("the form to log in was not there any more")),
                "",
                user);
    }

    /** The request of a form that was found, which is said before it is sent. */
    private Call found(String key, FoundForm form, String where, HttpUser user) {
        unless(user.isOfTheApp(form.target()), "other-site", key, form.target().getAuthority());
        found(key + ": " + form.inWords(where));
        evidence.add(key, "form", form.call());
        return filled(form.call(), user);
    }

    @Override
    public LogoutRequest logout(HttpUser user) throws IOException {
        Call logout = described("logout", user);
        LogoutRequest request = attacker.without(logout == null ? logoutForm(user) : logout);
        evidence.add("forged", "", request.forged());
        evidence.add("get", "", Call.page(request.forged().path()));
        return request;
    }

    private Call logoutForm(HttpUser user) throws IOException {
        Set<String> pages = new LinkedHashSet<>(
                logoutPage == null ? List.of(personal(user).path(), Call.pathOf(address())) : List.of(logoutPage));
        for (String page : pages) {
            Optional<FoundForm> form = FoundForm.logout(page(user, page), logoutPage == null || isLink);
            if (form.isPresent()) {
                logoutPage = page;
                isLink = form.get().isLink();
                return found("logout", form.get(), " on " + Call.masked(page), user);
            }
        }
        unless(logoutPage != null, "no-logout", String.join(" and on ", pages));
        throw new IOException("the form to log out is gone from " + logoutPage);
    }

    /** A link may lead to a page that asks first: then its form is sent. At last, the page forgets its tokens. */
    @Override
    public List<HttpResponse<String>> logOut(HttpUser user, Call logout) throws IOException {
        List<HttpResponse<String>> replies = user.follow(logout);
        Optional<FoundForm> behind =
                isLink && isLoggedIn(user) ? FoundForm.logout(page(replies), false) : Optional.empty();
        if (behind.isPresent()) {
            logoutPage = logout.path();
            isLink = false;
            return user.follow(found("logout", behind.get(), " on " + Call.masked(logoutPage), user));
        }
        if (HttpUser.last(replies).statusCode() < 400) {
            user.captured().clear();
        }
        return replies;
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
        }
        unless(!value.isEmpty(), "capture-missing", missing);
        captured.add(capture);
        return value;
    }

    /** A request of the user's own page: with all headers that it has, and with what it has captured in place of the names. */
    private Call filled(Call call, HttpUser user) {
        Map<String, String> values = new HashMap<>(description.names());
        values.putAll(user.captured());
        return Capture.filled(call, description.headers(), values);
    }

    /** A pasted request, with the tokens that the user's own page has. */
    private Call pasted(String key, CurlCommand command, HttpUser user) throws IOException {
        if (command.dropped() > 0) {
            found(key + ": " + command.dropped() + " stale cookies of the pasted command were dropped");
        }
        Call call = filled(command.call(), user);
        Call shown = command.call();
        Document page = command.page() == null ? new Document("") : page(user, command.page());
        for (Element hidden : page.select("input[type=hidden][name]")) {
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
     */
    private record Look(int status, String location, boolean marked) {}
}
