package logout.app.web;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import spark.Request;
import spark.Response;
import spark.Route;
import spark.Service;
import spark.route.HttpMethod;

/** What every request passes before it reaches a route. Each check refuses with one sentence. */
public final class Guards {

    private static final Set<HttpMethod> FILTERS = Set.of(HttpMethod.before, HttpMethod.after, HttpMethod.afterafter);

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    public static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            // Not "no-referrer": with that, browsers send a form's Origin as "null".
            "Referrer-Policy", "same-origin",
            "X-Content-Type-Options", "nosniff");

    private static final String FOREIGN_SITE = "Requests from another site are refused.";

    /** An origin that may be repeated to whoever sent it: nothing but a name, and a short one. */
    private static final Pattern NAME_OF_A_SITE = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]{1,80}");

    private final int port;

    /** What the pages may be called by: the Host of every request is one of these. */
    private final Set<String> hosts = new HashSet<>();

    /** Origins of the own pages which differ from the host, because a proxy stands between. */
    private final Set<String> forwardedOrigins = new HashSet<>();

    private final Map<String, Set<String>> methodsByPath = new TreeMap<>();

    /**
     * Puts the guards in front of a service's routes. To be called before the first route, and to be told of the routes
     * with {@link #learnRoutes} once they are there.
     *
     * @param port the port that the service answers on
     * @param environment the variables that may say that this is a Codespace, and which name it has
     */
    public Guards(Service spark, int port, Map<String, String> environment) {
        this.port = port;
        LOOPBACK_NAMES.forEach(name -> hosts.add(withoutDefaultPort(name + ":" + port)));
        String name = environment.get("CODESPACE_NAME");
        String domain = environment.get("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN");
        if ("true".equals(environment.get("CODESPACES")) && name != null && domain != null) {
            // Its proxy keeps this Host, and is reported to put localhost into the Origin of the own pages alone.
            String forwarded = name + "-" + port + "." + domain;
            hosts.add(forwarded);
            forwardedOrigins.addAll(
                    Set.of("https://" + forwarded, "https://localhost:" + port, "http://localhost:" + port));
        }
        spark.before((request, response) -> HEADERS.forEach(response::header));
        spark.before(this::checkHost);
        spark.before(this::checkMethod);
        spark.before((request, response) -> {
            if (!request.requestMethod().equals("GET")
                    && !request.requestMethod().equals("HEAD")) {
                checkOrigin(request);
                RequestBody.read(request);
            }
        });
    }

    /**
     * Learns which methods each path has, and lets HEAD run what GET runs. Everything else is unknown.
     *
     * @param logouts the paths that log out: a link may do so by GET, and whoever asks for the head only wants to look
     */
    public void learnRoutes(Service spark, List<String> logouts) {
        spark.routes().stream()
                .filter(route -> route.getHttpMethod() == HttpMethod.get)
                .filter(route -> !logouts.contains(route.getMatchUri()))
                .forEach(route -> spark.head(route.getMatchUri(), (Route) route.getTarget()));
        spark.routes().stream()
                .filter(route -> !FILTERS.contains(route.getHttpMethod()))
                .forEach(route -> methodsByPath
                        .computeIfAbsent(route.getMatchUri(), path -> new TreeSet<>())
                        .add(route.getHttpMethod().name().toUpperCase(Locale.ROOT)));
    }

    /** A page that rebinds its own name to this machine sends that name: refused. */
    private void checkHost(Request request, Response response) {
        String host = withoutDefaultPort(request.host());
        if (hosts.stream().noneMatch(own -> own.equalsIgnoreCase(host))) {
            throw new HttpError(
                    421,
                    "This app answers only as http://localhost:" + port + "/."
                            + " If you forward a port to it, forward one with the same number.");
        }
    }

    /** A browser does not name the port that http has by default. */
    private static String withoutDefaultPort(String authority) {
        return authority == null ? "" : authority.replaceFirst(":80$", "");
    }

    private void checkMethod(Request request, Response response) {
        if (request.headers("X-HTTP-Method-Override") != null) {
            // Spark would obey it: a GET, which a link can send, would become a POST.
            throw new HttpError(400, "X-HTTP-Method-Override is not accepted.");
        }
        Set<String> methods = methodsByPath.get(request.uri());
        if (methods == null) {
            throw new HttpError(404, "Not Found");
        }
        if (!methods.contains(request.requestMethod())) {
            String allowed = String.join(", ", methods);
            response.header("Allow", allowed);
            throw new HttpError(405, "This address takes " + allowed + " only.");
        }
    }

    /** What another site makes a browser send changes nothing: from another port of localhost, the cookie comes along. */
    private void checkOrigin(Request request) {
        String origin = request.headers("Origin");
        String site = request.headers("Sec-Fetch-Site");
        boolean foreignOrigin = origin != null
                && !forwardedOrigins.contains(origin)
                && !withoutDefaultPort(origin).equals("http://" + withoutDefaultPort(request.host()));
        boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
        if (foreignOrigin && NAME_OF_A_SITE.matcher(origin).matches()) {
            // A proxy that rewrites one of the two makes the app's own pages look foreign.
            String names = " The Origin is " + origin + ", the Host is " + request.host() + ".";
            throw new HttpError(403, FOREIGN_SITE + names);
        }
        if (foreignOrigin || foreignSite) {
            throw new HttpError(403, FOREIGN_SITE);
        }
    }
}
