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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;

/** An app of a few lines. Without traits it does everything right; a trait, a word, changes one thing. */
final class TinyApp implements AutoCloseable {

    static final String PASSWORD = "correct horse";
    static final String COOKIE = "tiny.sid";
    private static final String BASIC = "Basic YWRhOmNvcnJlY3QgaG9yc2U=";

    /** The ids and tokens that apps have given out since the last check. */
    static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();

    /** What answers a request, with the fields of its form and its query. */
    interface Route {
        void answer(HttpExchange exchange, Map<String, String> fields) throws IOException;
    }

    record Received(String request, Map<String, List<String>> headers, String body) {}

    final Map<String, Route> routes = new ConcurrentHashMap<>();
    final List<Received> received = new CopyOnWriteArrayList<>();
    final AtomicInteger logins = new AtomicInteger();
    final Map<String, String> users = new ConcurrentHashMap<>();

    /** What its reader says of it. */
    final Map<String, String> description = new LinkedHashMap<>();

    /** What happens in a store to a session that begins, or that a logout ends. */
    Consumer<String> begun = id -> {};

    Consumer<String> ended = id -> {};

    /** Where the form to log in is sent. */
    String action;

    private final Set<String> traits;
    private final String base;
    private final Map<String, String> issued = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<String, String> notes = new ConcurrentHashMap<>();
    private final HttpServer server;

    TinyApp(String... traits) throws IOException {
        this(null, traits);
    }

    TinyApp(SSLContext tls, String... traits) throws IOException {
        // Otherwise each small reply waits 40 ms for the acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.traits = Set.copyOf(List.of(traits));
        base = value("base", "");
        action = value("action", "/login").replace("{id}", newId());
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = tls == null ? HttpServer.create(address, 0) : HttpsServer.create(address, 0);
        if (server instanceof HttpsServer https) {
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
        }
        routes.put("GET /", (exchange, fields) -> reply(exchange, 200, "Home page"));
        routes.put("GET /binary", (exchange, fields) -> reply(exchange, 200, "\0\1\2"));
        routes.put("GET /login", this::loginPage);
        routes.put("POST /login", this::logIn);
        routes.put("POST /code", this::logIn);
        routes.put("GET /mine", this::personal);
        routes.put("GET /users/1", this::personal);
        routes.put("GET /bye", (exchange, fields) -> redirect(exchange, "/bye/now"));
        routes.put("GET /bye/now", this::logOut);
        routes.put("GET /note", (exchange, fields) -> reply(exchange, 200, "Note: " + notes.get(sessionId(exchange))));
        routes.put("POST /note", (exchange, fields) -> {
            notes.put(sessionId(exchange), fields.getOrDefault("note", String.join("", fields.keySet())));
            if (is("saves-whole")) {
                users.put(sessionId(exchange), "ada");
            }
            reply(exchange, is("forgets-notes") && user(exchange) == null ? 401 : 204, "");
        });
        routes.put("POST /graphql", this::query);
        routes.put("POST /api/login", this::logIn);
        routes.put("GET /api/me", this::personal);
        routes.put("POST /api/logout", this::logOut);
        routes.put("POST /register", (exchange, fields) -> {
            logins.incrementAndGet();
            boolean isNew = tokens.put(fields.get("who"), "") == null;
            if (isNew) {
                begin(exchange, fields.get("who"));
            }
            reply(exchange, isNew ? 204 : 409, "");
        });
        Stream.of(value("methods", "POST").split(",")).forEach(method -> routes.put(method + " /logout", this::logOut));
        description.putAll(
                Map.of("address", address(), "user", "ada", "password", PASSWORD, "personal", base + "/mine"));
        if (is("notes")) {
            description.put("note", "curl " + address() + "/note -d note=buy-milk");
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            try (exchange) {
                handle(exchange);
            }
        });
        server.start();
    }

    boolean is(String trait) {
        return traits.contains(trait);
    }

    /** What stands behind a trait's equals sign. */
    private String value(String trait, String otherwise) {
        String begin = trait + "=";
        return traits.stream()
                .filter(one -> one.startsWith(begin))
                .map(one -> one.substring(begin.length()))
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
                .collect(Collectors.joining("", "# traits: " + String.join(" ", traits) + "\n", ""));
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
        } else if (request.startsWith("POST ") && !isOfOwnScript(exchange)) {
            reply(exchange, 403, "Not so.");
            return;
        }
        if (is("xsrf") && request.endsWith(" /login")) {
            String end = request.startsWith("GET ") ? "+%3D" : "";
            setCookie(exchange, "XSRF-TOKEN=" + newId() + end + "; Path=/");
        }
        Map<String, String> fields = new HashMap<>();
        for (String pair : (body + "&" + exchange.getRequestURI().getRawQuery()).split("&")) {
            String[] both = (pair + "=").split("=", 3);
            fields.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        fields.keySet().removeAll(Set.of("", "null"));
        routes.getOrDefault(request, (any, none) -> reply(exchange, 404, "Not Found"))
                .answer(exchange, fields);
    }

    /** Whether a header holds the token of the page, or that of the cookie, where it must. */
    private boolean isOfOwnScript(HttpExchange exchange) {
        String held = cookie(exchange, "XSRF-TOKEN");
        return is("xsrf")
                ? held != null && header(exchange, "X-XSRF-TOKEN").equals(held.replace("%3D", "="))
                : !is("meta") || header(exchange, "X-CSRF-Token").equals(tokens.get(sessionId(exchange)));
    }

    private String meta(String id) {
        String token = is("meta") ? tokens.computeIfAbsent(id, any -> newId()) : "";
        return token.isEmpty() ? "" : "<meta name=csrf-token content=" + token + ">";
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
            setSession(exchange, newId("", issued));
        }
        if (is("meta")) {
            setCookie(exchange, "visit=" + newId());
        }
        String inputs = meta(sessionId(exchange)) + "<input name=who value=" + cookie(exchange, "who")
                + "><input type=password name=secret>";
        reply(exchange, 200, "<form method=post action=" + base + action + ">" + inputs + "</form>");
    }

    /** By a form, by JSON, by basic authentication or in two steps; a cookie holds what it begins, or a token does that the reply tells. */
    private void logIn(HttpExchange exchange, Map<String, String> fields) throws IOException {
        String ticket = tokens.get(fields.getOrDefault("ticket", ""));
        String sent = fields + header(exchange, "Authorization") + ticket;
        if (is("two-steps") && ticket == null) {
            exchange.getResponseHeaders().set("X-Ticket", newId(fields.get("secret"), tokens));
            reply(exchange, 204, "");
        } else if (is("needs-visit") && !issued.containsKey(sessionId(exchange))) {
            reply(exchange, 403, "Come to the form first.");
        } else if (logins.incrementAndGet() > Integer.parseInt(value("logins", "1000"))) {
            reply(exchange, 429, "Too many logins.");
        } else if (!sent.contains(PASSWORD) && !sent.contains(BASIC)) {
            reply(exchange, 403, "No.");
        } else if (is("bearer")) {
            reply(exchange, 200, "{\"data\":[{\"token\":\"" + newId("ada", users) + "\"}]}");
        } else {
            String id = begin(exchange, fields.getOrDefault("who", "ada"));
            redirect(exchange, value("login-to", "/mine").replace("{id}", id));
        }
    }

    String begin(HttpExchange exchange, String who) {
        if (is("one-session")) {
            users.values().removeIf(who::equals);
        }
        String sent = cookie(exchange, COOKIE);
        boolean goesOn = sent != null && (is("adopts-any-id") || is("keeps-own-id") && issued.containsKey(sent));
        String id = goesOn ? sent : newId("", issued);
        users.put(id, who);
        begun.accept(id);
        if (!goesOn) {
            setSession(exchange, id);
        }
        if (is("remember")) {
            setCookie(exchange, "remember=" + newId(who, tokens) + attributes());
        }
        if (is("second")) {
            setCookie(exchange, "second=" + newId(who, users) + attributes());
        }
        return id;
    }

    private void personal(HttpExchange exchange, Map<String, String> fields) throws IOException {
        Stream.of(value("cache", "no-store").split(","))
                .forEach(directive -> exchange.getResponseHeaders().add("Cache-Control", directive));
        if (is("bearer") && cookie(exchange, "language") == null) {
            // It is no login's.
            setCookie(exchange, "language=en; Path=/");
        }
        String id = sessionId(exchange);
        String who = user(exchange);
        if (who == null && is("remember") && tokens.containsKey(String.valueOf(cookie(exchange, "remember")))) {
            who = tokens.get(cookie(exchange, "remember"));
            id = newId(who, users);
            setSession(exchange, id);
        }
        int out = Integer.parseInt(value(cookie(exchange, COOKIE) == null ? "out" : "stale", value("out", "302")));
        if (who != null && is("personal-redirects") && isFor(exchange, "/mine")) {
            redirect(exchange, "/users/1");
        } else if (who != null) {
            reply(exchange, 200, "Hello, " + who + "! " + value("links", "") + meta(id) + value("form", form(id)));
        } else if (out == 302) {
            redirect(exchange, "/login");
        } else if (out == 200) {
            loginPage(exchange, fields);
        } else {
            reply(exchange, out, "Log in first.");
        }
    }

    private void query(HttpExchange exchange, Map<String, String> fields) throws IOException {
        String who = fields.toString().contains("{me{name}}") ? user(exchange) : null;
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        reply(exchange, 200, who == null ? "Nobody" : "<p>This is <b>" + who + "</b>&apos;s page");
    }

    private String form(String id) {
        String field = field(id);
        if (!routes.containsKey("POST /logout")) {
            return "<a href='" + base + "/logout" + (field.isEmpty() ? "" : "?" + field) + "'>Log out</a>";
        }
        String hidden = field.isEmpty() ? "" : "<input type=hidden name=" + field.replaceFirst("=", " value=") + ">";
        return "<form method=post action=" + base + "/logout>" + hidden + "<button>Log out</button></form>";
    }

    /** The field that the logout needs in this session, as {@code name=value}; empty where it needs none. */
    private String field(String id) {
        return switch (value("token", "")) {
            case "long" -> "_csrf=" + tokens.computeIfAbsent(id, any -> newId());
            case "short" -> "n=" + Math.abs(id.hashCode() % 100_000);
            case "shared" -> "key=" + tokens.computeIfAbsent("", any -> newId());
            default -> value("field", "");
        };
    }

    private void logOut(HttpExchange exchange, Map<String, String> fields) throws IOException {
        Stream.of(value("sets", "")).filter(set -> !set.isEmpty()).forEach(set -> setCookie(exchange, set));
        String id = cookie(exchange, COOKIE);
        String headers = exchange.getRequestHeaders().entrySet().toString();
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (!is("unguarded") && origin != null && !origin.equals(address())
                || !fields.entrySet().toString().contains(field(sessionId(exchange)))
                || !headers.contains(value("needs", ""))) {
            if (is("replaced-for-others")) {
                setSession(exchange, newId());
            }
            reply(exchange, 403, "Not so.");
        } else if (is("late") && isFor(exchange, "/logout")) {
            redirect(exchange, "/bye");
        } else {
            if (!is("session-stays")) {
                users.keySet().removeAll(List.of(sessionId(exchange), String.valueOf(cookie(exchange, "second"))));
            }
            if (is("forgets-notes")) {
                notes.remove(sessionId(exchange));
            }
            if (id != null) {
                ended.accept(id);
            }
            forget(exchange, id);
            String to = value(id == null ? "nobody-to" : "to", "/").replace("{id}", id == null ? newId() : id);
            exchange.getResponseHeaders().set("Location", base + to);
            reply(exchange, Integer.parseInt(value("done", "302")), "");
        }
    }

    private void forget(HttpExchange exchange, String id) {
        String path = "; Path=" + value("deleted", base.isEmpty() ? "/" : base);
        if (is("cookie-replaced")) {
            setSession(exchange, newId());
        } else if (is("deleted-for-anybody") || id != null && !is("cookie-stays")) {
            setCookie(exchange, COOKIE + "=" + path + (is("cookie-emptied") ? "" : "; Max-Age=0"));
        }
    }

    private String user(HttpExchange exchange) {
        String one = header(exchange, "Authorization").equals(BASIC) ? "ada" : users.get(sessionId(exchange));
        String other = users.get(String.valueOf(cookie(exchange, "second")));
        if (is("signed")) {
            return issued.containsKey(sessionId(exchange)) ? "ada" : null;
        }
        return is("needs-both") ? (other == null ? null : one) : (one == null ? other : one);
    }

    private static boolean isFor(HttpExchange exchange, String path) {
        return exchange.getRequestURI().getPath().equals(path);
    }

    private static String sessionId(HttpExchange exchange) {
        String bearer = header(exchange, "Authorization").replaceFirst("^Bearer ", "");
        return bearer.matches("\\w{32}") ? bearer : String.valueOf(cookie(exchange, COOKIE));
    }

    static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    private void setSession(HttpExchange exchange, String id) {
        setCookie(exchange, COOKIE + "=" + id + attributes());
    }

    private String attributes() {
        String sameSite = value("same-site", "Lax");
        return "; HttpOnly; Path=" + (base.isEmpty() ? "/" : base)
                + (sameSite.isEmpty() ? "" : "; SameSite=" + sameSite) + (sameSite.equals("None") ? "; Secure" : "");
    }

    /** In a random id there may be a short name. */
    static String newId() {
        String id = "0ada0" + UUID.randomUUID().toString().replace("-", "").substring(5);
        SECRETS.add(id);
        return id;
    }

    private static String newId(String who, Map<String, String> known) {
        String id = newId();
        known.put(id, who);
        return id;
    }

    static void setCookie(HttpExchange exchange, String value) {
        exchange.getResponseHeaders().add("Set-Cookie", value);
    }

    static String cookie(HttpExchange exchange, String name) {
        Matcher found =
                Pattern.compile("(?<=^|; )" + Pattern.quote(name) + "=([^;]*)").matcher(header(exchange, "Cookie"));
        return found.find() ? found.group(1) : null;
    }

    void redirect(HttpExchange exchange, String path) throws IOException {
        exchange.getResponseHeaders().set("Location", path.startsWith("/") ? base + path : path);
        reply(exchange, 302, "");
    }

    static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        boolean hasBody = bytes.length > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? bytes.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Somebody who has logged in, and held a cookie of the tenant before. */
    HttpUser login() throws IOException {
        HttpUser user = new HttpUser(URI.create(address()), "somebody", new CookieJar());
        user.send(Call.page(base + "/login"));
        user.send(Call.form(base + "/login", Map.of("who", "ada", "secret", PASSWORD)));
        return user;
    }

    /** Whether somebody is logged in, also without cookies of these names. */
    boolean isIn(HttpUser user, String... dropped) throws IOException {
        HttpUser copy = user.copy();
        Stream.of(dropped).forEach(copy.jar()::drop);
        return HttpUser.last(copy.follow(Call.page(base + "/mine"))).body().contains("Hello, ada");
    }

    /** Whether somebody is logged in after another site has sent logouts with those cookies, whatever a browser holds back. */
    boolean isInAfterForgedLogout(HttpUser user) throws IOException {
        for (String method : List.of("GET", "POST")) {
            Map<String, String> headers = Map.of("Origin", "http://elsewhere.example");
            user.copy().send(new Call(method, base + "/logout", null, "", headers));
        }
        return isIn(user);
    }
}
