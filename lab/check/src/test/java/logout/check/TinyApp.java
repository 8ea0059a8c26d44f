package logout.check;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** An app of a few lines for one trap. As it is, it does everything right; a test changes one thing. */
class TinyApp implements AutoCloseable {

    static final String PASSWORD = "correct horse";
    static final String COOKIE = "tiny.sid";

    final Map<String, String> users = new ConcurrentHashMap<>();
    private final HttpServer server;

    TinyApp() throws IOException {
        // Otherwise each small reply waits 40 ms for the acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
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
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        switch (request) {
            case "GET /login" -> loginPage(exchange);
            case "POST /login" -> logIn(exchange, fields(form));
            case "GET /mine" -> personal(exchange);
            case "POST /logout" -> logOut(exchange, fields(form));
            case "GET /" -> home(exchange);
            default -> reply(exchange, 404, "Not Found");
        }
    }

    void home(HttpExchange exchange) throws IOException {
        reply(exchange, 200, "Home page");
    }

    void loginPage(HttpExchange exchange) throws IOException {
        reply(
                exchange,
                200,
                "<form method=post action=/login><input name=who><input type=password name=secret></form>");
    }

    void logIn(HttpExchange exchange, Map<String, String> fields) throws IOException {
        if (!PASSWORD.equals(fields.get("secret"))) {
            reply(exchange, 403, "No.");
            return;
        }
        begin(exchange, fields.get("who"));
        redirect(exchange, "/mine");
    }

    void begin(HttpExchange exchange, String user) {
        String id = newId();
        users.put(id, user);
        setCookie(exchange, COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Lax");
    }

    void personal(HttpExchange exchange) throws IOException {
        String user = user(exchange);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (user == null) {
            redirect(exchange, "/login");
        } else {
            reply(exchange, 200, "Hello, " + user + "! " + logoutForm());
        }
    }

    String logoutForm() {
        return "<form method=post action=/logout><button>Log out</button></form>";
    }

    void logOut(HttpExchange exchange, Map<String, String> fields) throws IOException {
        if (isForeign(exchange)) {
            reply(exchange, 403, "Not from there.");
            return;
        }
        String id = cookie(exchange, COOKIE);
        if (id != null) {
            users.remove(id);
        }
        forget(exchange);
        redirect(exchange, "/login");
    }

    boolean isForeign(HttpExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        return origin != null && !origin.equals(address());
    }

    void forget(HttpExchange exchange) {
        if (cookie(exchange, COOKIE) != null) {
            setCookie(exchange, COOKIE + "=; Path=/; Max-Age=0");
        }
    }

    String user(HttpExchange exchange) {
        String id = cookie(exchange, COOKIE);
        return id == null ? null : users.get(id);
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    static void setCookie(HttpExchange exchange, String value) {
        exchange.getResponseHeaders().add("Set-Cookie", value);
    }

    static String cookie(HttpExchange exchange, String name) {
        for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String pair : header.split("; ")) {
                if (pair.startsWith(name + "=")) {
                    return pair.substring(name.length() + 1);
                }
            }
        }
        return null;
    }

    static void redirect(HttpExchange exchange, String path) throws IOException {
        exchange.getResponseHeaders().set("Location", path);
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

    static Map<String, String> fields(String form) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : form.split("&")) {
            String[] both = pair.split("=", 2);
            if (both.length == 2) {
                fields.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
            }
        }
        return fields;
    }
}
