package logout.panel;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;
import logout.app.SessionCookie;
import logout.app.Stage;
import logout.app.server.StageListener;
import logout.app.session.RowStatement;
import logout.app.session.SessionStore;
import logout.app.session.Sessions;
import logout.app.web.Assets;
import logout.app.web.HttpError;
import logout.experiment.Call;
import logout.experiment.Observation;
import logout.experiment.PageProtocol;
import logout.experiment.StoredSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * The lab panel: watches every exchange with a stage, and tells the page beside it what the browser holds,
 * what was sent, what the session store holds, and what the last logout left behind.
 *
 * <p>Watching changes nothing: requests under {@link #PATH} never reach Jetty's session code. No raw id leaves
 * the panel; ids are shown as {@link Fingerprint}s.
 */
public final class LabPanel implements StageListener {

    /** The folder of the class path that holds the panel's template and assets. */
    public static final String FOLDER = "/logout/panel";

    private static final Logger LOG = LoggerFactory.getLogger(LabPanel.class);
    private static final String ROW_BEFORE = LabPanel.class.getName() + ".before";
    private static final int SHOWN_ROWS = 50;

    private final SessionCookie cookie;
    private final URI address;
    private final SessionStore sessions;
    private final RowReader store;
    private final Fingerprints fingerprints = new Fingerprints();
    private final SessionCookies cookies;
    private final ExchangeLog exchangeLog;
    private final Recordings recordings;
    private final AttackRequests attacks;
    private final Stage stage;
    private final StageCode code;

    /** Tells this start of the stage from another one, whose exchanges have the same numbers. */
    private final String start = UUID.randomUUID().toString();

    /** Makes the panel of a stage that answers at this address and keeps its sessions in this store. */
    public LabPanel(Stage stage, URI address, SessionStore store) {
        this.cookie = stage.sessionCookie();
        this.address = address;
        this.sessions = store;
        this.store = new RowReader(store);
        this.cookies = new SessionCookies(address, cookie, fingerprints);
        this.exchangeLog = new ExchangeLog(cookies, fingerprints);
        this.recordings = new Recordings(cookies, fingerprints);
        this.stage = stage;
        this.code = new StageCode(stage);
        this.attacks = new AttackRequests(logout(protocolOf(stage).logOut("POST"), ""), recordings, fingerprints, code);
    }

    @Override
    public String folder() {
        return FOLDER;
    }

    @Override
    public void addRoutes(Service spark, Stage served) {
        Assets.serve(spark, FOLDER + "/assets/");
        spark.get(PATH + "state", this::state);
        spark.get(PATH + "headers", this::headers);
        spark.get(PATH + "code", (request, response) -> json(response, route()));
        spark.post(PATH + "replay", (request, response) -> {
            attacks.replay(viewer(request));
            return accepted(response);
        });
        spark.post(PATH + "slow-save", (request, response) -> {
            attacks.saveSlowly(takenFromAUser(request).id());
            return accepted(response);
        });
        spark.post(PATH + "foreign-link", (request, response) -> {
            attacks.followForeignLink(viewer(request), takenFromAUser(request).id(), aLogout(served));
            return accepted(response);
        });
    }

    /**
     * The fingerprint by which the panel shows an id.
     *
     * @param cookieOrId the value of a session cookie or the key of a row; null makes no fingerprint
     */
    public Fingerprint fingerprint(String cookieOrId) {
        return fingerprints.of(cookieOrId);
    }

    /** A logout of the stage, as the logout under test of an experiment; {@code effect} says in a few words what it does. */
    public StageLogout logout(Call call, String effect) {
        return new StageLogout(
                stage, address, sessions, cookie -> recordings.lostDeletion(fingerprint(cookie)), call, effect);
    }

    private static String aLogout(Stage served) {
        String path = protocolOf(served).logOut("GET").path();
        return served.isLogout(path) ? path : served.logouts().get(0);
    }

    /** The code that the panel shows. */
    public StageCode code() {
        return code;
    }

    /** The logout route that runs, and what changed in it since the stage before, as JSON. */
    public String route() {
        return code.shown().toJson();
    }

    /** The last requests that came with this {@code User-Agent}, as they happened, oldest first. */
    public List<RecordedRequest> recorded(String agent) {
        return recordings.by(agent);
    }

    @Override
    public void begun(HttpServletRequest request) {
        recordings.begin(request);
    }

    @Override
    public void statement(HttpServletRequest request, HttpServletResponse response, RowStatement statement) {
        recordings.statement(request, response, statement);
    }

    /** Notes the session that a logout is about to change. */
    @Override
    public void before(Request request, Response response, Stage served) {
        HttpSession session = request.raw().getSession(false);
        if (session != null && served.isLogout(request.uri())) {
            request.attribute(ROW_BEFORE, rowOf(session));
        }
    }

    /** The row as the server has read it for this request. */
    private static StoredSession rowOf(HttpSession session) {
        return new StoredSession(
                session.getId(),
                (String) session.getAttribute(Sessions.USER),
                (String) session.getAttribute(Sessions.NOTE),
                Instant.ofEpochMilli(session.getCreationTime()),
                Instant.ofEpochMilli(session.getLastAccessedTime()),
                null,
                true);
    }

    /** Records what happened. */
    @Override
    public void after(Request request, Response response) {
        Recordings.Recording recording = recordings.reply(request.raw(), response.raw());
        Exchange exchange = exchangeLog.record(request, response, recording.lostDeletion());
        StoredSession before = request.attribute(ROW_BEFORE);
        if (before != null && before.user() != null) {
            String location = response.raw().getHeader("Location");
            Residue residue = new Residue(
                    exchange,
                    location,
                    before,
                    seen(before.id(), Observation::oldRow),
                    newRow(request, before),
                    fingerprints);
            attacks.remember(new ObservedLogout(
                    exchange, before.user(), before.id(), residue, code.version(), recordings.around(recording)));
        }
    }

    private Observation newRow(Request request, StoredSession before) {
        HttpSession session = request.raw().getSession(false);
        return session == null || session.getId().equals(before.id())
                ? new Observation.NewRow(null)
                : seen(session.getId(), Observation.NewRow::new);
    }

    /** A look at the store that must not fail the request which is looked at. */
    private Observation seen(String id, Function<StoredSession, Observation> observation) {
        try {
            return observation.apply(store.row(id));
        } catch (SQLException e) {
            LOG.warn("The lab panel cannot look into the session store: SQL state {}", e.getSQLState());
            return new Observation.NotSeen(StageLogout.STORE_AWAY);
        }
    }

    private String state(Request request, Response response) {
        String state = PanelJson.of(state(request));
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
        String server = request.raw().getParameter("server");
        boolean known = number != null && number.matches("\\d{1,9}") && (server == null || server.equals(start));
        Exchange.Headers headers = known ? exchangeLog.headers(Integer.parseInt(number)) : null;
        if (headers == null) {
            throw new HttpError(404, "That exchange is not among the last ones any more.");
        }
        return json(response, PanelJson.of(headers));
    }

    private PanelState state(Request request) {
        CurrentSession taken = takenBy(request);
        AttackRequests.Story story = attacks.of(viewer(request));
        return new PanelState(
                start,
                code.version(),
                taken.isLoggedIn() ? taken.row().user() : null,
                new PanelState.Cookie(
                        cookie.name(),
                        cookie.attributes(),
                        taken.fingerprint(),
                        taken.row() != null,
                        taken.row() != null && taken.row().isExpired(),
                        exchangeLog.others(request.raw(), taken.id())),
                exchangeLog.newestFirst(),
                shownStore(taken),
                story.logout(),
                story.replay(),
                story.slowSave(),
                story.foreignLink());
    }

    private Viewer viewer(Request request) {
        return Viewer.of(request, sentIds(request).map(fingerprints::of).toList());
    }

    private Stream<String> sentIds(Request request) {
        return cookies.sentBy(request.raw())
                .map(javax.servlet.http.Cookie::getValue)
                .filter(value -> !value.isEmpty())
                .distinct();
    }

    private PanelState.Store shownStore(CurrentSession taken) {
        try {
            List<StoredSession> rows = new ArrayList<>(store.newest(SHOWN_ROWS));
            if (taken.row() != null && rows.stream().noneMatch(row -> row.id().equals(taken.id()))) {
                rows.add(taken.row());
            }
            return new PanelState.Store(
                    store.count(), rows.stream().map(row -> shown(row, taken)).toList());
        } catch (SQLException e) {
            throw storeAway();
        }
    }

    private PanelState.ShownRow shown(StoredSession row, CurrentSession taken) {
        Fingerprint fingerprint = fingerprints.of(row.id());
        return PanelState.ShownRow.of(
                row, fingerprint, row.id().equals(taken.id()), exchangeLog.isVisitors(fingerprint));
    }

    /**
     * The session cookie that the server takes from a browser which sends these: Jetty looks for a session that is
     * alive; where there is none, the panel shows the first that has a row, or else the first.
     */
    private CurrentSession takenBy(Request request) {
        try {
            CurrentSession first = null;
            for (String id : sentIds(request).toList()) {
                CurrentSession one = new CurrentSession(id, fingerprints.of(id), store.row(id));
                if (one.row() != null && !one.row().isExpired()) {
                    return one;
                }
                first = first == null || (first.row() == null && one.row() != null) ? one : first;
            }
            return first == null ? new CurrentSession(null, null, null) : first;
        } catch (SQLException e) {
            throw storeAway();
        }
    }

    private CurrentSession takenFromAUser(Request request) {
        CurrentSession taken = takenBy(request);
        if (!taken.isLoggedIn()) {
            throw new HttpError(409, "Log in first: this is about a logout that is yet to come.");
        }
        return taken;
    }

    private static HttpError storeAway() {
        return new HttpError(503, "The session store cannot be read.");
    }

    /**
     * A session cookie, and what it points to.
     *
     * @param id its value, or null where there is none
     * @param row the row of this id, or null
     */
    private record CurrentSession(String id, Fingerprint fingerprint, StoredSession row) {
        boolean isLoggedIn() {
            return row != null && row.logsIn();
        }
    }

    /** What the pages of a stage send: the first is a site of pages and forms, all others are single pages. */
    public static PageProtocol protocolOf(Stage stage) {
        return stage.number() == 1 ? PageProtocol.CLASSIC : PageProtocol.SINGLE_PAGE;
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
