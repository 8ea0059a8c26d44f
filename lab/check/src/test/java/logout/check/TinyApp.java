package logout.check;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** An app of a few lines. Without traits it does everything right; a trait changes one thing. */
final class TinyApp implements AutoCloseable {

    static final String PASSWORD = "correct horse";
    static final String COOKIE = "tiny.sid";

    /** The ids and tokens that apps have given out since the last check. */
    static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();

    private static final String SECOND = "second";
    private static final String REMEMBER = "remember";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** What answers a request, with the fields of its form and its query. */
    interface Route {
        void answer(HttpExchange exchange, Map<String, String> fields) throws IOException;
    }

    record Received(String request, Map<String, List<String>> headers, String body) {}

    final Map<String, Route> routes = new ConcurrentHashMap<>();
    final List<Received> received = new CopyOnWriteArrayList<>();
    final AtomicInteger logins = new AtomicInteger();

    /** The users by their session ids. */
    final Map<String, String> users = new ConcurrentHashMap<>();

    /** What its reader says of it. */
    final Map<String, String> description = new LinkedHashMap<>();

    /** What a login and a logout do to a session in a store. */
    Consumer<String> begun = id -> {};

    Consumer<String> ended = id -> {};

    /** What stands before the form to log out, and that form; without one it is the app's own. */
    String links = "";

    String form;

    private final Set<String> traits;
    private final String base;
    private final Set<String> issued = ConcurrentHashMap.newKeySet();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<String, String> notes = new ConcurrentHashMap<>();
    private final HttpServer server;

    TinyApp(String... traits) throws IOException {
        this(null, traits);
    }

    TinyApp(SSLContext tls, String... traits) throws IOException {
        // Otherwise each small reply waits 40 ms for the acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.traits = Set.of(Stream.of(traits).filter(trait -> !trait.isEmpty()).toArray(String[]::new));
        base = value("base", "");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = tls == null ? HttpServer.create(address, 0) : HttpsServer.create(address, 0);
        if (server instanceof HttpsServer https) {
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
        }
        server.setExecutor(Executors.newCachedThreadPool(run -> {
            Thread thread = new Thread(run);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            try (exchange) {
                handle(exchange);
            }
        });
        description.putAll(Map.of("address", address(), "user", "ada", "password", PASSWORD));
        description.put("personal", base + "/mine");
        describeRoutes();
        server.start();
    }

    private void describeRoutes() {
        routes.put("GET /", (exchange, fields) -> reply(exchange, 200, "Home page"));
        routes.put("GET /login", this::loginPage);
        routes.put("POST /login", this::logIn);
        routes.put(is("personal-redirects") ? "GET /users/1" : "GET /mine", this::personal);
        if (is("personal-redirects")) {
            routes.put(
                    "GET /mine",
                    (exchange, fields) -> redirect(exchange, user(exchange) == null ? "/login" : "/users/1"));
        }
        for (String method : List.of("POST", "GET", "HEAD", "DELETE")) {
            if (is("by-" + method) || method.equals("POST") && !is("no-POST")) {
                routes.put(method + " /logout", this::logOut);
            }
        }
        if (is("third-step")) {
            routes.put("POST /logout", (exchange, fields) -> {
                if (isForeign(exchange)) {
                    reply(exchange, 403, "Not from there.");
                } else {
                    redirect(exchange, "/bye");
                }
            });
            routes.put("GET /bye", (exchange, fields) -> redirect(exchange, "/bye/now"));
            routes.put("GET /bye/now", this::logOut);
        }
        if (is("notes")) {
            description.put("note", "curl " + address() + "/note -d note=buy-milk");
            routes.put("POST /note", (exchange, fields) -> {
                notes.put(String.valueOf(cookie(exchange, COOKIE)), fields.get("note"));
                reply(exchange, 204, "");
            });
            routes.put(
                    "GET /note",
                    (exchange, fields) ->
                            reply(exchange, 200, "Note: " + notes.get(String.valueOf(cookie(exchange, COOKIE)))));
        }
    }

    boolean is(String trait) {
        return traits.contains(trait);
    }

    /** What stands behind a trait's equals sign. */
    private String value(String trait, String otherwise) {
        return traits.stream()
                .filter(one -> one.startsWith(trait + "="))
                .map(one -> one.substring(trait.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }

    String address() {
        return (server instanceof HttpsServer ? "https" : "http") + "://localhost:"
                + server.getAddress().getPort();
    }

    String described() {
        return description.entrySet().stream()
                .map(line -> line.getKey() + " = " + line.getValue() + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath().replaceFirst(";.*", "");
        String request =
                exchange.getRequestMethod() + " " + (path.startsWith(base) ? path.substring(base.length()) : "");
        received.add(new Received(request, Map.copyOf(exchange.getRequestHeaders()), body));
        if (is("tenant") && request.equals("GET /login")) {
            setCookie(exchange, "tenant=the-fourth-analytical-engine; Path=/");
        } else if (is("tenant") && !request.equals("GET /") && cookie(exchange, "tenant") == null) {
            redirect(exchange, "/login");
            return;
        }
        routes.getOrDefault(request, (any, fields) -> reply(exchange, 404, "Not Found"))
                .answer(exchange, fields(body + "&" + exchange.getRequestURI().getRawQuery()));
    }

    /** Lets something happen before a request is answered as it was. */
    void before(String request, Route first) {
        Route then = routes.get(request);
        routes.put(request, (exchange, fields) -> {
            first.answer(exchange, fields);
            then.answer(exchange, fields);
        });
    }

    private void loginPage(HttpExchange exchange, Map<String, String> fields) throws IOException {
        if (is("begins-before") && cookie(exchange, COOKIE) == null) {
            setSession(exchange, newSession());
        }
        reply(
                exchange,
                200,
                "<form method=post action=" + base + "/login>"
                        + "<input name=who><input type=password name=secret></form>");
    }

    private void logIn(HttpExchange exchange, Map<String, String> fields) throws IOException {
        if (logins.incrementAndGet() > Integer.parseInt(value("logins", "1000"))) {
            reply(exchange, 429, "Too many logins.");
        } else if (!PASSWORD.equals(fields.get("secret"))) {
            reply(exchange, 403, "No.");
        } else {
            String id = begin(exchange, fields.get("who"));
            redirect(exchange, "/mine" + (is("id-in-login-address") ? ";jsessionid=" + id : ""));
        }
    }

    String begin(HttpExchange exchange, String who) {
        if (is("one-session")) {
            users.values().removeIf(who::equals);
        }
        String sent = cookie(exchange, COOKIE);
        boolean goesOn = sent != null && (is("adopts-any-id") || is("keeps-own-id") && issued.contains(sent));
        String id = goesOn ? sent : newSession();
        users.put(id, who);
        begun.accept(id);
        if (!goesOn) {
            setSession(exchange, id);
        }
        for (String more : List.of(REMEMBER, SECOND)) {
            if (is(more)) {
                String token = newId();
                (more.equals(SECOND) ? users : tokens).put(token, who);
                setCookie(exchange, more + "=" + token + attributes());
            }
        }
        return id;
    }

    private void personal(HttpExchange exchange, Map<String, String> fields) throws IOException {
        oddCookies(exchange);
        Stream.of(value("cache", "no-store").split(","))
                .forEach(directive -> exchange.getResponseHeaders().add("Cache-Control", directive));
        String who = user(exchange);
        String id = cookie(exchange, COOKIE);
        String remembered = is(REMEMBER) ? tokens.get(String.valueOf(cookie(exchange, REMEMBER))) : null;
        if (who == null && remembered != null) {
            who = remembered;
            id = newSession();
            users.put(id, who);
            setSession(exchange, id);
        }
        int out = Integer.parseInt(value("out", "302"));
        if (who != null) {
            reply(exchange, 200, "Hello, " + who + "! " + links + (form == null ? form(id) : form));
        } else if (out == 302) {
            redirect(exchange, "/login");
        } else if (out == 200) {
            loginPage(exchange, fields);
        } else {
            reply(exchange, out, "Log in first.");
        }
    }

    private String form(String id) {
        String field = field(id);
        if (is("no-POST")) {
            return "<a href='" + base + "/logout" + (field.isEmpty() ? "" : "?" + field) + "'>Log out</a>";
        }
        String hidden = "<input type=hidden name=" + field.replace("=", " value=") + ">";
        return "<form method=post action=" + base + "/logout>" + (field.isEmpty() ? "" : hidden)
                + "<button>Log out</button></form>";
    }

    /** The field that the logout needs in this session, as {@code name=value}; empty where it needs none. */
    private String field(String id) {
        if (is("token")) {
            return "_csrf=" + tokens.computeIfAbsent(String.valueOf(id), any -> newId());
        }
        if (is("short-token")) {
            return "n=" + String.valueOf(id).hashCode() % 100_000;
        }
        return is("constant-token") ? "key=" + tokens.computeIfAbsent("", any -> newId()) : value("field", "");
    }

    private void logOut(HttpExchange exchange, Map<String, String> fields) throws IOException {
        oddCookies(exchange);
        String id = cookie(exchange, COOKIE);
        String header = value("needs", "");
        if (!is("unguarded") && isForeign(exchange)
                || !fields.entrySet().toString().contains(field(id))
                || !exchange.getRequestHeaders().entrySet().toString().contains(header)) {
            reply(exchange, 403, "Not so.");
            return;
        }
        if (!is("session-stays")) {
            Stream.of(COOKIE, SECOND).forEach(name -> users.remove(String.valueOf(cookie(exchange, name))));
        }
        if (id != null) {
            ended.accept(id);
        }
        if (is("forgets-notes")) {
            notes.remove(String.valueOf(id));
        }
        forget(exchange, id);
        String told = is("id-in-logout-address") && id != null ? "?session=" + id : "";
        String toldNobody = is("id-in-nobodys-address") && id == null ? ";jsessionid=" + newId() : "";
        exchange.getResponseHeaders().set("Location", base + "/" + told + toldNobody);
        reply(exchange, Integer.parseInt(value("done", "302")), "");
    }

    private void forget(HttpExchange exchange, String id) {
        if (is("cookie-replaced")) {
            setSession(exchange, newId());
        } else if (is("deleted-for-anybody") || id != null && !is("cookie-stays")) {
            setCookie(
                    exchange,
                    COOKIE + "=; Path=" + value("deleted", cookiePath()) + (is("cookie-emptied") ? "" : "; Max-Age=0"));
        }
    }

    private void oddCookies(HttpExchange exchange) {
        if (is("nameless")) {
            setCookie(exchange, ";");
        }
        if (is("flash")) {
            setCookie(exchange, "flash=You-are-logged-out-0");
        }
    }

    boolean isForeign(HttpExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        return origin != null && !origin.equals(address());
    }

    String user(HttpExchange exchange) {
        String id = String.valueOf(cookie(exchange, COOKIE));
        String one = is("signed") ? (issued.contains(id) ? "ada" : null) : users.get(id);
        String other = users.get(String.valueOf(cookie(exchange, SECOND)));
        return is("needs-both") ? (other == null ? null : one) : (one == null ? other : one);
    }

    private String newSession() {
        String id = newId();
        issued.add(id);
        return id;
    }

    private void setSession(HttpExchange exchange, String id) {
        setCookie(exchange, COOKIE + "=" + id + attributes());
    }

    private String attributes() {
        String sameSite = value("same-site", "Lax");
        return "; Path=" + cookiePath() + "; HttpOnly" + (sameSite.isEmpty() ? "" : "; SameSite=" + sameSite)
                + (sameSite.equals("None") ? "; Secure" : "");
    }

    private String cookiePath() {
        return base.isEmpty() ? "/" : base;
    }

    static String newId() {
        String id = UUID.randomUUID().toString().replace("-", "");
        SECRETS.add(id);
        return id;
    }

    static void setCookie(HttpExchange exchange, String value) {
        exchange.getResponseHeaders().add("Set-Cookie", value);
    }

    static String cookie(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .flatMap(header -> Stream.of(header.split("; ")))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElse(null);
    }

    void redirect(HttpExchange exchange, String path) throws IOException {
        exchange.getResponseHeaders().set("Location", path.startsWith("/") ? base + path : path);
        reply(exchange, 302, "");
    }

    static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : form.split("&")) {
            String[] both = pair.split("=", 2);
            if (both.length == 2) {
                fields.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    /** What the app answers to a client that is not the check's, and follows no redirect. */
    HttpResponse<String> ask(String request, String form, String... headers) throws Exception {
        String[] both = request.split(" ");
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(address() + base + both[1]))
                        .method(both[0], BodyPublishers.ofString(form))
                        .headers(headers)
                        .build(),
                BodyHandlers.ofString());
    }

    /** The cookies of a new login. */
    String login() throws Exception {
        String form = "who=ada&secret=" + PASSWORD.replace(' ', '+');
        return ask("POST /login", form, "Cookie", "tenant=any").headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";")[0])
                .collect(Collectors.joining("; "));
    }

    boolean isIn(String cookies) throws Exception {
        String page = is("personal-redirects") ? "GET /users/1" : "GET /mine";
        return ask(page, "", "Cookie", cookies).body().contains("Hello, ada");
    }

    /** Whether a session is there after another site has sent its logout with its cookies. */
    boolean outlivesForgedLogout(String cookies, String form) throws Exception {
        ask("POST /logout", form, "Cookie", cookies, "Origin", "http://elsewhere.example");
        return isIn(cookies);
    }
}
