package logout.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The app that is checked: how somebody logs in, is known to be logged in, and logs out. */
final class App {

    private static final String AGENT = "logout-step-by-step: check";
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_REDIRECTS = 5;

    private final Description description;

    /** What was found by itself, in words, for the report. */
    private final Set<String> found = new LinkedHashSet<>();

    /** The page with the form or the link to log out; null until it is looked for. */
    private String logoutPage;

    App(Description description) {
        this.description = description;
    }

    /** What was found, dropped and renewed on the way, in words. */
    List<String> found() {
        return List.copyOf(found);
    }

    /** The address of its home page. */
    URI address() {
        return description.address();
    }

    /** Somebody who has not been there before. */
    HttpUser newVisitor() {
        return new HttpUser(description.address(), AGENT, new CookieJar(), TIMEOUT);
    }

    /** What the personal page looks like to a visitor, who does not notice that it was looked at. */
    Look look(HttpUser visitor) throws IOException {
        HttpUser copy = visitor.copy();
        HttpResponse<String> first = copy.send(get(description.get("personal")));
        HttpResponse<String> last = follow(copy, first);
        return new Look(first, last.body());
    }

    /** Whether a visitor is logged in, by the personal page. */
    boolean isLoggedIn(HttpUser visitor) throws IOException {
        return isLoggedIn(look(visitor));
    }

    boolean isLoggedIn(Look look) {
        String marker = description.get("marker");
        return marker == null ? look.first.statusCode() == 200 : look.page.contains(marker);
    }

    /** Whether a text tells who is logged in; without it, the status does. */
    boolean hasMarker() {
        return description.get("marker") != null;
    }

    /** The name of who logs in; null where the description does not tell it. */
    String user() {
        return description.get("user");
    }

    /** Logs a visitor in. */
    void logIn(HttpUser visitor) throws IOException {
        Call login = description.get("login") == null ? loginForm(visitor) : pasted("login", visitor);
        follow(visitor, visitor.send(login));
    }

    /** Somebody who has just logged in. */
    HttpUser loggedIn() throws IOException {
        HttpUser visitor = newVisitor();
        logIn(visitor);
        return visitor;
    }

    /** Lets a visitor come to the page on which one logs in. */
    Document loginPage(HttpUser visitor) throws IOException {
        String path = description.get("login-page");
        return page(visitor, path == null ? description.get("personal") : path);
    }

    private Call loginForm(HttpUser visitor) throws IOException {
        FoundForm form = FoundForm.login(loginPage(visitor), user(), description.password())
                .orElseThrow(
                        () -> new CannotJudgeException(
                                "No form with a password was found."
                                        + " Name the page that has it by \"login-page = /…\", or paste the request: \"login = curl …\"."));
        found.add("login: the form that is sent to " + form.target().getPath() + ", with the fields "
                + String.join(", ", form.fields().keySet()));
        return sameSite(form).call();
    }

    private FoundForm sameSite(FoundForm form) {
        if (!String.valueOf(form.target().getAuthority())
                .equals(description.address().getAuthority())) {
            throw new CannotJudgeException(
                    "A form is sent to another site, " + form.target().getAuthority()
                            + ": nothing is sent there. Describe the request by \"curl …\" if it is part of this app.");
        }
        return form;
    }

    /** How this visitor, who is logged in, logs out. */
    Logout logout(HttpUser visitor) throws IOException {
        if (description.get("logout") != null) {
            Call call = pasted("logout", visitor);
            return new Logout(call, withoutTokens(call));
        }
        if (logoutPage == null) {
            logoutPage = findLogoutPage();
        }
        FoundForm form = FoundForm.logout(page(visitor, logoutPage))
                .orElseThrow(() -> new CannotJudgeException("The form to log out is gone from " + logoutPage + "."));
        return new Logout(sameSite(form).call(), form.forged());
    }

    /** The page with the form or the link: the personal page, the home page, or one to which a link there leads. */
    private String findLogoutPage() throws IOException {
        HttpUser visitor = loggedIn();
        for (String path : List.of(description.get("personal"), "/")) {
            Optional<FoundForm> form = FoundForm.logout(page(visitor, path));
            if (form.isEmpty()) {
                continue;
            }
            if (form.get().isLink()) {
                String asks = sameSite(form.get()).call().path();
                Optional<FoundForm> behind = FoundForm.logout(page(visitor, asks));
                if (isLoggedIn(visitor) && behind.isPresent() && !behind.get().isLink()) {
                    found.add("logout: the form to " + behind.get().target().getPath() + " on " + asks);
                    return asks;
                }
            }
            found.add("logout: the " + (form.get().isLink() ? "link" : "form") + " to "
                    + form.get().target().getPath() + " on " + path);
            return path;
        }
        throw new CannotJudgeException("No form and no link that logs out was found on " + description.get("personal")
                + " and on /. Paste the request: \"logout = curl …\".");
    }

    private Document page(HttpUser visitor, String path) throws IOException {
        HttpResponse<String> reply = follow(visitor, visitor.send(get(path)));
        return Jsoup.parse(reply.body(), reply.uri().toString());
    }

    /** Saves a note, or whatever changes the session; null where the description has no such request. */
    Call note(HttpUser visitor) throws IOException {
        return description.get("note") == null ? null : pasted("note", visitor);
    }

    /** A pasted request, with the tokens that the visitor's own page has. */
    private Call pasted(String key, HttpUser visitor) throws IOException {
        CurlCommand command = CurlCommand.parse(key, description.get(key));
        if (command.dropped() > 0) {
            found.add(key + ": " + command.dropped() + " stale cookies of the pasted command were dropped");
        }
        Call call = command.call();
        if (command.page() == null) {
            return call;
        }
        for (Element hidden : page(visitor, command.page()).select("input[type=hidden][name]")) {
            String name = Pattern.quote(hidden.attr("name"));
            Matcher field = Pattern.compile("(^|&)(" + name + ")=[^&]*").matcher(call.body());
            if (field.find()) {
                found.add(key + ": the field " + hidden.attr("name") + " was renewed from " + command.page());
                String fresh =
                        Call.form("", Map.of(hidden.attr("name"), hidden.val())).body();
                call = call.withBody(field.replaceFirst(Matcher.quoteReplacement(field.group(1) + fresh)));
            }
        }
        return call;
    }

    /** Another site can make a browser send a form, but it knows no token and sets no header. */
    private static Call withoutTokens(Call call) {
        String type = call.contentType() == null || call.contentType().startsWith("application/x-www-form")
                ? call.contentType()
                : "text/plain";
        String body = Stream.of(call.body().split("&"))
                .filter(field -> !field.matches("(?i).*(csrf|xsrf|token|nonce).*"))
                .collect(Collectors.joining("&"));
        return new Call(call.method(), call.path(), type, body, Map.of());
    }

    /** As a browser asks for a page: some apps send others to no login form. */
    private static Call get(String path) {
        return new Call("GET", path, null, "", Map.of("Accept", "text/html, */*;q=0.8"));
    }

    private HttpResponse<String> follow(HttpUser visitor, HttpResponse<String> reply) throws IOException {
        HttpResponse<String> last = reply;
        for (int i = 0; i < MAX_REDIRECTS && last.statusCode() / 100 == 3; i++) {
            String location = last.headers().firstValue("Location").orElse(null);
            if (location == null) {
                return last;
            }
            URI target = last.uri().resolve(location);
            if (!String.valueOf(target.getAuthority())
                    .equals(description.address().getAuthority())) {
                return last;
            }
            last = visitor.send(get(Call.pathOf(target)));
        }
        return last;
    }

    /**
     * How one logs out.
     *
     * @param call the request of the app's own page
     * @param forged the request that a page of another site can make a browser send
     */
    record Logout(Call call, Call forged) {}

    /**
     * A look at the personal page.
     *
     * @param first its reply
     * @param page what one sees, behind all redirects
     */
    record Look(HttpResponse<String> first, String page) {}
}
