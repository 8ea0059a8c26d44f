package logout.app.lab;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import javax.servlet.http.HttpSession;
import logout.app.SessionCookie;
import logout.app.Stage;
import logout.app.session.Row;
import logout.app.session.SessionStore;
import logout.app.web.HttpError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * The lab panel: watches every exchange with a stage, and tells the page beside it what the browser holds,
 * what went over the wire, what the session store holds, and what the last logout left behind.
 *
 * <p>Watching changes nothing: requests under {@link #PATH} never reach Jetty's session code. No raw id leaves
 * the panel; ids are shown as {@link Chip}s.
 */
public final class LabPanel {

    /** What the path of each of the panel's own addresses begins with. */
    public static final String PATH = "/lab/";

    /** The attribute of a request whose route asked the browser to drop the session cookie. */
    public static final String DELETION_ASKED = LabPanel.class.getName() + ".deletion";

    private static final Logger LOG = LoggerFactory.getLogger(LabPanel.class);
    private static final String ROW_BEFORE = LabPanel.class.getName() + ".before";
    private static final String LOGOUT = "/logout";
    private static final int SHOWN_ROWS = 50;

    private final SessionCookie cookie;
    private final SessionStore store;
    private final Fingerprints chips = new Fingerprints();
    private final Wire wire;
    private final Trials trials;
    private final Stage stage;

    /** Makes the panel of a stage that answers at this address and keeps its sessions in this store. */
    public LabPanel(Stage stage, URI address, SessionStore store) {
        this.cookie = stage.sessionCookie();
        this.store = store;
        this.wire = new Wire(cookie, chips);
        this.trials = new Trials(new Tries(address, cookie.name()), store, chips);
        this.stage = stage;
    }

    /** Whether a request asks for a logout, whichever stage it is sent to. */
    public static boolean isLogout(Request request) {
        return request.uri().endsWith(LOGOUT);
    }

    /** Adds the panel's addresses to a service. */
    public void addRoutes(Service spark) {
        spark.get(PATH + "state", this::state);
        spark.get(PATH + "headers", this::headers);
        spark.get(PATH + "code", (request, response) -> json(response, route()));
        spark.post(PATH + "replay", (request, response) -> {
            trials.replay();
            return accepted(response);
        });
        spark.post(PATH + "slow-save", (request, response) -> {
            trials.saveSlowly(cookieOfAUser(request), hasRoute(spark, "/note"));
            return accepted(response);
        });
        spark.post(PATH + "foreign-link", (request, response) -> {
            trials.followForeignLink(cookieOfAUser(request), hasRoute(spark, LOGOUT) ? LOGOUT : "/api" + LOGOUT);
            return accepted(response);
        });
    }

    /**
     * The chip by which the panel shows an id.
     *
     * @param cookieOrId the value of a session cookie or the key of a row; null makes no chip
     */
    public Chip chip(String cookieOrId) {
        return chips.chip(cookieOrId);
    }

    /**
     * Whether the logout that was sent with this cookie lost the deletion that its route had asked for. It looks at the
     * last exchanges only.
     */
    public boolean deletionWasOverwritten(String oldCookie) {
        return wire.newestFirst().stream()
                .filter(exchange -> exchange.path().endsWith(LOGOUT))
                .filter(exchange -> chip(oldCookie).equals(exchange.sent()))
                .findFirst()
                .map(Exchange::overwritten)
                .orElse(false);
    }

    /** The logout route that runs, and what changed in it since the stage before, as JSON. */
    public String route() {
        return PanelJson.of(RouteSource.of(stage));
    }

    /** To be called before a route runs: looks at the row that a logout is about to change. */
    public void lookBefore(Request request, Response response) {
        String sent = request.cookie(cookie.name());
        if (sent != null && isLogout(request)) {
            request.attribute(ROW_BEFORE, row(sent));
        }
    }

    /** To be called when the reply is decided and the session is saved: takes down what happened. */
    public void lookAfter(Request request, Response response) {
        boolean askedForDeletion = request.attribute(DELETION_ASKED) != null;
        String sender = sender(request);
        Exchange exchange = wire.record(request, response, sender, askedForDeletion);
        Row before = request.attribute(ROW_BEFORE);
        if (before != null && before.user() != null && exchange.status() < 400) {
            Row oldRow = row(before.id());
            Residue residue = new Residue(
                    exchange, response.raw().getHeader("Location"), before, oldRow, newRow(request, before), chips);
            LastLogout logout = new LastLogout(exchange, before.user(), request.cookie(cookie.name()), residue);
            trials.remember(logout, sender.equals(Tries.FOREIGN_LINK));
        }
    }

    private Row newRow(Request request, Row before) {
        HttpSession session = request.raw().getSession(false);
        return session == null || session.getId().equals(before.id()) ? null : row(session.getId());
    }

    private static String sender(Request request) {
        String agent = request.userAgent();
        return agent != null && agent.startsWith(Tries.AGENT) ? agent.substring(Tries.AGENT.length()) : "browser";
    }

    /** A look at the store that must not fail the request which is looked at. */
    private Row row(String id) {
        try {
            return store.row(id);
        } catch (SQLException e) {
            LOG.warn("The lab panel cannot look into the session store: SQL state {}", e.getSQLState());
            return null;
        }
    }

    private String state(Request request, Response response) {
        String state = PanelJson.of(state(request.cookie(cookie.name())));
        String tag = '"' + Long.toHexString(checksum(state)) + '"';
        response.header("ETag", tag);
        if (tag.equals(request.headers("If-None-Match"))) {
            response.status(304);
            return "";
        }
        return json(response, state);
    }

    private String headers(Request request, Response response) {
        String number = request.raw().getParameter("exchange");
        Exchange.Headers headers =
                number != null && number.matches("\\d{1,9}") ? wire.headers(Integer.parseInt(number)) : null;
        if (headers == null) {
            throw new HttpError(404, "That exchange is not among the last ones any more.");
        }
        return json(response, PanelJson.of(headers));
    }

    private PanelState state(String sent) {
        try {
            String yours = sent == null ? "" : sent;
            Row yourRow = yours.isEmpty() ? null : store.row(yours);
            List<Row> rows = new ArrayList<>(store.newestRows(SHOWN_ROWS));
            if (yourRow != null && rows.stream().noneMatch(row -> row.id().equals(yours))) {
                rows.add(yourRow);
            }
            return new PanelState(
                    new PanelState.Cookie(cookie.name(), cookie.attributes(), chips.chip(sent), yourRow != null),
                    wire.newestFirst(),
                    new PanelState.Store(
                            store.count(),
                            rows.stream()
                                    .map(row -> PanelState.ShownRow.of(row, chips, yours))
                                    .toList()),
                    trials.logout(),
                    trials.replayed(),
                    trials.slowSave(),
                    trials.foreignLink());
        } catch (SQLException e) {
            throw new HttpError(503, "The session store cannot be read.");
        }
    }

    private String cookieOfAUser(Request request) {
        String sent = request.cookie(cookie.name());
        Row row = sent == null ? null : row(sent);
        if (row == null || row.user() == null) {
            throw new HttpError(409, "Log in first: this is about a logout that is yet to come.");
        }
        return sent;
    }

    private static boolean hasRoute(Service spark, String path) {
        return spark.routes().stream().anyMatch(route -> route.getMatchUri().equals(path));
    }

    private static String accepted(Response response) {
        response.status(202);
        return json(response, "{}");
    }

    private static String json(Response response, String json) {
        response.type("application/json; charset=utf-8");
        return json;
    }

    private static long checksum(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return checksum.getValue();
    }
}
