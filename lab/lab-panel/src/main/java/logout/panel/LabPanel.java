package logout.panel;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.servlet.http.Cookie;
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
import logout.experiment.PageProtocol;
import logout.experiment.StoredSession;
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

    private static final String ROW_BEFORE = LabPanel.class.getName() + ".before";
    private static final int SHOWN_ROWS = 50;

    private final SessionCookie cookie;
    private final URI address;
    private final SessionStore sessions;
    private final RowReader store;
    private final ExchangeLog log;
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
        this.log = new ExchangeLog(address, cookie.name());
        this.stage = stage;
        this.code = new StageCode(stage);
        this.attacks = new AttackRequests(log, code);
    }

    @Override
    public String folder() {
        return FOLDER;
    }

    @Override
    public void addRoutes(Service spark, Stage served) {
        Assets.serve(spark, FOLDER + "/assets/");
        spark.get(PATH + "state", (request, response) -> json(response, PanelState.json(state(request))));
        spark.get(PATH + "headers", this::headers);
        spark.get(PATH + "code", (request, response) -> json(response, route()));
        StageLogout app = logout(served, aLogout(served), "");
        addTry(spark, "replay", request -> attacks.replay(app, held(request)));
        addTry(spark, "slow-save", request -> attacks.saveSlowly(app, takenFromAUser(request)));
        addTry(
                spark,
                "foreign-link",
                request -> attacks.followForeignLink(app, held(request), takenFromAUser(request)));
    }

    private static void addTry(Service spark, String name, Consumer<Request> attack) {
        spark.post(PATH + name, (request, response) -> {
            attack.accept(request);
            response.status(202);
            return json(response, "{}");
        });
    }

    /** A logout of the stage, as the logout under test of an experiment; {@code effect} says in a few words what it does. */
    public StageLogout logout(Call call, String effect) {
        return logout(stage, call, effect);
    }

    private StageLogout logout(Stage served, Call call, String effect) {
        return new StageLogout(
                served, address, sessions, cookie -> log.lostDeletion(Fingerprint.of(cookie)), call, effect);
    }

    private static Call aLogout(Stage served) {
        Call call = protocolOf(served).logOut("GET");
        return served.isLogout(call.path())
                ? call
                : Call.of("GET", served.logouts().get(0));
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
        return log.by(agent);
    }

    @Override
    public void begun(HttpServletRequest request) {
        log.begin(request);
    }

    @Override
    public void statement(HttpServletRequest request, HttpServletResponse response, RowStatement statement) {
        log.statement(request, response, statement);
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
        String user = (String) session.getAttribute(Sessions.USER);
        String note = (String) session.getAttribute(Sessions.NOTE);
        return new StoredSession(session.getId(), user, note, null, null, null, true);
    }

    /** Records what happened. */
    @Override
    public void after(Request request, Response response) {
        ExchangeLog.Recording recording = log.reply(request.raw(), response.raw());
        StoredSession before = request.attribute(ROW_BEFORE);
        if (before != null && before.user() != null) {
            HttpSession now = request.raw().getSession(false);
            String begun = now == null || now.getId().equals(before.id()) ? null : now.getId();
            attacks.remember(new ObservedLogout(
                    response.raw().getHeader("Location"), before, begun, store, code.version(), log.around(recording)));
        }
    }

    private String headers(Request request, Response response) {
        String number = request.raw().getParameter("exchange");
        String server = request.raw().getParameter("server");
        boolean known = number != null && number.matches("\\d{1,9}") && (server == null || server.equals(start));
        ExchangeLog.Headers headers = known ? log.headers(Integer.parseInt(number)) : null;
        if (headers == null) {
            throw new HttpError(404, "That exchange is not among the last ones any more.");
        }
        return json(response, PanelState.json(headers));
    }

    private PanelState state(Request request) {
        try {
            CurrentSession taken = takenBy(request);
            AttackRequests.Story story = attacks.of(held(request));
            return new PanelState(
                    start,
                    code.version(),
                    taken.isLoggedIn() ? taken.row().user() : null,
                    new PanelState.Cookie(
                            cookie.name(),
                            cookie.attributes(),
                            Fingerprint.of(taken.id()),
                            log.others(request.raw(), taken.id())),
                    log.newestFirst(),
                    shownStore(taken),
                    story.logout(),
                    story.replay(),
                    story.slowSave(),
                    story.foreignLink());
        } catch (IOException e) {
            throw storeAway();
        }
    }

    /**
     * The session cookies that this browser has held. Its page remembers their fingerprints and tells them with each request,
     * since after a logout the browser may hold no cookie.
     */
    private Set<Fingerprint> held(Request request) {
        String told = Objects.requireNonNullElse(request.raw().getParameter("held"), "");
        return Stream.concat(
                        Stream.of(told.split(",")).map(Fingerprint::new),
                        sentIds(request).map(Fingerprint::of))
                .collect(Collectors.toSet());
    }

    private Stream<String> sentIds(Request request) {
        return log.sentBy(request.raw())
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty())
                .distinct();
    }

    private PanelState.Store shownStore(CurrentSession taken) throws IOException {
        List<StoredSession> rows = new ArrayList<>(store.newest(SHOWN_ROWS));
        if (taken.row() != null && rows.stream().noneMatch(row -> row.id().equals(taken.id()))) {
            rows.add(taken.row());
        }
        return new PanelState.Store(
                store.count(),
                rows.stream()
                        .map(row -> PanelState.ShownRow.of(row, taken.id(), log))
                        .toList());
    }

    /**
     * The session cookie that the server takes from a browser which sends these: Jetty looks for a session that is
     * alive; where there is none, the panel shows the first that has a row, or else the first.
     */
    private CurrentSession takenBy(Request request) throws IOException {
        CurrentSession first = new CurrentSession(null, null);
        for (String id : sentIds(request).toList()) {
            CurrentSession one = new CurrentSession(id, store.row(id));
            if (one.isAlive()) {
                return one;
            }
            first = first.id() == null || (first.row() == null && one.row() != null) ? one : first;
        }
        return first;
    }

    /** The id of the session in which somebody is logged in. */
    private String takenFromAUser(Request request) {
        try {
            CurrentSession taken = takenBy(request);
            if (taken.isLoggedIn()) {
                return taken.id();
            }
        } catch (IOException e) {
            throw storeAway();
        }
        throw new HttpError(409, "Log in first: this is about a logout that is yet to come.");
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
    private record CurrentSession(String id, StoredSession row) {
        boolean isAlive() {
            return row != null && !row.isExpired();
        }

        boolean isLoggedIn() {
            return row != null && row.logsIn();
        }
    }

    /** What the pages of a stage send: a site of pages and forms has no other logout than a page's. */
    public static PageProtocol protocolOf(Stage stage) {
        return stage.logouts().equals(Stage.LOGOUTS_OF_A_SITE) ? PageProtocol.CLASSIC : PageProtocol.SINGLE_PAGE;
    }

    private static String json(Response response, String json) {
        response.type("application/json; charset=utf-8");
        return json;
    }
}
