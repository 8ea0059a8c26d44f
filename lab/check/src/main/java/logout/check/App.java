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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.LogoutUnderTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The app that is checked: how somebody logs in, is known to be logged in, and logs out. */
final class App implements LogoutUnderTest {

    private final Description description;
    private final HttpClient client;
    private final Evidence evidence;

    /** What was found and renewed on the way, in words. */
    private final Set<String> found = new HashSet<>();

    /** The page with the form or the link to log out; null until it is looked for. */
    private String logoutPage;

    private boolean isLink;

    /** How the personal page answers somebody who is not logged in, and somebody who is; null as long as neither was seen. */
    private String out;

    private String in;

    private String nobodysPage = "";

    /** What only a user's page has: the marker, or the name as a word of its own; null as long as nothing is known. */
    private Pattern marker;

    App(Description description, Evidence evidence) {
        this.description = description;
        this.evidence = evidence;
        String given = description.get("marker");
        this.marker = given == null ? null : Pattern.compile(given, Pattern.LITERAL);
        this.client = "yes".equals(description.get("insecure")) ? AnyCertificate.client() : null;
        evidence.add("personal", "", description.request("personal"));
    }

    /** What was found is said before anything of it is sent, apart from the report. */
    private void found(String what) {
        if (found.add(what)) {
            System.err.println("  " + what);
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
    public HttpUser newUser(String agent) {
        Duration timeout =
                Duration.ofSeconds(Long.parseLong(description.values().getOrDefault("timeout", "5")));
        return new HttpUser(address(), agent, new CookieJar(), timeout, client);
    }

    @Override
    public String userName() {
        return description.get("user");
    }

    @Override
    public Map<String, Map<String, String>> rows() {
        return Rows.now(description);
    }

    @Override
    public Call personal(HttpUser user) {
        return description.filled(description.request("personal"), user.captured());
    }

    @Override
    public boolean isLoggedIn(HttpUser user) throws IOException {
        List<HttpResponse<String>> replies = user.copy().follow(personal(user));
        String page = text(HttpUser.last(replies));
        String answer = answer(replies.get(0));
        // Only where status and redirect do not tell the two apart: a login page, too, can know a name.
        if (marker == null && userName() != null && in == null && answer.equals(out)) {
            Pattern name = Pattern.compile("(?<!\\w)" + Pattern.quote(userName()) + "(?!\\w)");
            marker = name.matcher(page).find() && !name.matcher(nobodysPage).find() ? name : null;
        }
        boolean isMarked = marker != null && marker.matcher(page).find();
        String now = answer + (isMarked ? " with what only a user's page has" : "");
        if (out == null) {
            out = now;
            nobodysPage = page;
            if (isMarked) {
                throw notJudged(user, "marker");
            }
        }
        if (in == null && (marker == null ? !now.matches("[45].*") && !now.equals(out) : isMarked)) {
            in = now;
        }
        if (in != null && !now.equals(in) && !now.equals(out)) {
            throw new IOException("the app answered " + now + " to " + description.request("personal")
                    + ", which is neither what a user gets nor what somebody gets who is not logged in");
        }
        return now.equals(in);
    }

    /** The status, and the path to which it redirects. */
    private static String answer(HttpResponse<String> reply) {
        String location = reply.headers().firstValue("Location").orElse("");
        return reply.statusCode() + " " + location.replaceFirst("[?#;].*", "").replaceFirst("^https?://[^/]*", "");
    }

    /** With basic authentication, whatever else is wrong, there is nothing to judge. */
    private CannotJudgeException notJudged(HttpUser user, String reason) {
        String authorization = personal(user).headers().getOrDefault("authorization", "");
        return new CannotJudgeException(authorization.startsWith("Basic ") ? "basic" : reason);
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
            throw marker == null && out.startsWith("200")
                    ? notJudged(user, "open")
                    : new CannotJudgeException("nobody", replies.get(0).statusCode());
        }
        return replies;
    }

    private Document loginPage(HttpUser user) throws IOException {
        Call page = Objects.requireNonNullElse(description.request("login-page"), description.request("personal"));
        List<HttpResponse<String>> replies = user.follow(description.filled(page, user.captured()));
        if (replies.stream()
                .anyMatch(reply -> reply.headers().firstValue("Set-Cookie").isPresent())) {
            evidence.add("visit", "", page);
        }
        return page(replies);
    }

    private Call loginForm(HttpUser user) throws IOException {
        return FoundForm.login(loginPage(user), userName(), description.names().get("password"))
                .map(form -> found("login", form, "", user))
                .orElseThrow(() -> new IOException("no form with a password was found; name the page that has it by"
                        + " \"login-page = /…\", or paste the request: \"login = curl …\""));
    }

    /** The request of a form that was found, which is said before it is sent. */
    private Call found(String key, FoundForm form, String where, HttpUser user) {
        unless(user.isOfTheApp(form.target()), "other-site", key, form.target().getAuthority());
        found(key + ": " + form.inWords() + where);
        evidence.add(key, "form", form.call());
        return description.filled(form.call(), user.captured());
    }

    @Override
    public LogoutRequest logout(HttpUser user) throws IOException {
        Call logout = described("logout", user);
        return evidence.logout(logout == null ? logoutForm(user) : logout);
    }

    private Call logoutForm(HttpUser user) throws IOException {
        List<String> pages =
                logoutPage == null ? List.of(personal(user).path(), Call.pathOf(address())) : List.of(logoutPage);
        for (String page : pages) {
            Optional<FoundForm> form = FoundForm.logout(page(user, Call.page(page)), logoutPage == null || isLink);
            if (form.isPresent()) {
                logoutPage = page;
                isLink = form.get().isLink();
                return found("logout", form.get(), " on " + Call.masked(page), user);
            }
        }
        throw new IOException("no form and no link that logs out was found on " + String.join(" and on ", pages)
                + "; paste the request: \"logout = curl …\"");
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

    private Document page(HttpUser user, Call call) throws IOException {
        return page(user.follow(description.filled(call, user.captured())));
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
    public boolean readsNote(HttpUser user) throws IOException {
        List<CurlCommand> notes = description.requests("note");
        if (notes.isEmpty()) {
            return false;
        }
        Call note = description.filled(notes.get(notes.size() - 1).call(), user.captured());
        Call read = Objects.requireNonNullElseGet(description.request("note-page"), () -> Call.page(note.path()));
        List<HttpResponse<String>> replies = user.copy().follow(description.filled(read, user.captured()));
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

    /** Sends requests in their order, and keeps what later ones need; the replies, those to the last request first. */
    private List<HttpResponse<String>> send(String key, List<CurlCommand> commands, HttpUser user) throws IOException {
        List<HttpResponse<String>> all = new ArrayList<>();
        for (CurlCommand command : commands) {
            List<HttpResponse<String>> replies = user.follow(pasted(key, command, user));
            for (Capture capture : command.captures()) {
                String value = capture.in(replies, user)
                        .filter(one -> !one.isEmpty())
                        .orElseThrow(() -> new IOException("\"capture " + capture.name() + "\" found no "
                                + capture.from().group() + " in the reply to " + command.call() + ", which was "
                                + HttpUser.last(replies).statusCode()));
                user.captured().put(capture.name(), value);
            }
            all.addAll(0, replies);
        }
        return all;
    }

    /** A pasted request, with the tokens that the user's own page has. */
    private Call pasted(String key, CurlCommand command, HttpUser user) throws IOException {
        Call call = command.call();
        Map<String, String> values = new HashMap<>(user.captured());
        Document page = command.page() == null ? new Document("") : page(user, Call.page(command.page()));
        for (Element hidden : page.select("input[type=hidden][name]")) {
            String name = hidden.attr("name");
            Matcher field =
                    Pattern.compile("(?<=^|&)" + Pattern.quote(name) + "=[^&]*").matcher(call.body());
            if (field.find()) {
                found(key + ": the field " + name + " was renewed from " + Call.masked(command.page()));
                String fresh = "fresh_" + name.replaceAll("\\W", "_");
                values.put(fresh, hidden.val());
                call = call.withBody(field.replaceFirst(Matcher.quoteReplacement(name + "={" + fresh + "}")));
            }
        }
        evidence.add(key, command, call);
        return description.filled(call, values);
    }
}
