package logout.sidebyside;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import logout.app.server.LoopbackServer;
import logout.app.web.Assets;
import logout.app.web.HttpError;
import logout.app.web.Pages;
import logout.app.web.RequestBody;
import logout.experiment.Step;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.express.ExpressUnavailableException;
import logout.panel.LabPanel;
import spark.Request;
import spark.Response;
import spark.Service;

/** The comparison page: a column for each logout, and steps that are done for real on all of them at once. */
public final class ComparisonServer implements AutoCloseable {

    private static final String FOLDER = "/logout/sidebyside";
    private static final String PAGE = "comparison.ftlh";
    private static final String EXPRESS = "express";
    private static final int MAX_RUNS = 50;
    private static final Gson JSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private final LoopbackServer http;
    private final RunningStages stages;
    private final Pages pages = new Pages(FOLDER);

    /** Null until it is first asked for. */
    private ExpressStack express;

    /** Those who ask for it now: to install it takes minutes. */
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

    /** The newest runs, by the name that the page was given for its run; the oldest one goes first. */
    private final Map<String, ComparisonRun> runs = Collections.synchronizedMap(new LinkedHashMap<>());

    private ComparisonServer(LoopbackServer http, RunningStages stages) {
        this.http = http;
        this.stages = stages;
    }

    /**
     * Starts the page, and waits until it answers.
     *
     * @param port where to listen on the loopback address; 0 for any free port
     */
    public static ComparisonServer start(int port, RunningStages stages) {
        LoopbackServer http = new LoopbackServer(port, "The comparison page");
        ComparisonServer server = new ComparisonServer(http, stages);
        http.start(server::addRoutes);
        stages.link(server.address());
        return server;
    }

    private void addRoutes(Service spark) {
        // The page shows ids and code as the lab panel does.
        Assets.serve(spark, LabPanel.FOLDER + "/assets/");
        Assets.serve(spark, FOLDER + "/assets/");
        spark.get("/", (request, response) -> page(RequestBody.query(request)));
        spark.get("/api/story", this::story);
        spark.post("/api/run", this::begin);
        spark.get("/api/run", this::done);
        spark.post("/api/step", this::step);
        spark.get("/api/drawing", this::drawing);
        spark.post("/api/end", this::end);
    }

    /** The page, with the stage that works without JavaScript, where that one runs. */
    private String page(Map<String, String> query) {
        Map<String, Object> values = new HashMap<>(Map.of("onExpress", EXPRESS.equals(query.get("stack"))));
        stages.logouts().stream()
                .filter(Logout::onPlainSite)
                .findFirst()
                .ifPresent(logout ->
                        values.put("plainSite", stages.server(logout).address().toString()));
        return pages.render(PAGE, values);
    }

    private String story(Request request, Response response) {
        List<Map<String, ?>> views = compared(RequestBody.query(request).get("stack")).stream()
                .map(LogoutColumn::view)
                .toList();
        List<Map<String, ?>> steps = Stream.of(Step.values())
                .<Map<String, ?>>map(step -> Map.of("key", step.name(), "title", step.title(), "story", step.story()))
                .toList();
        return json(response, Map.of("logouts", views, "steps", steps));
    }

    /** The logouts of a stack; those of Express are started when they are first asked for. */
    private List<LogoutColumn> compared(String stack) {
        return EXPRESS.equals(stack) ? onExpress() : stages.columns();
    }

    private synchronized ExpressStack started() throws ExpressUnavailableException {
        if (express == null) {
            ExpressStack.Options options = ExpressStack.Options.of(stages.databaseAddress());
            express = ExpressStack.start(options, System.err::println);
        }
        return express;
    }

    private List<LogoutColumn> onExpress() {
        List<ExpressLogout> logouts = expressLogouts();
        return IntStream.range(0, logouts.size())
                .mapToObj(place -> LogoutColumn.of(logouts, place))
                .toList();
    }

    private List<ExpressLogout> expressLogouts() {
        waiting.add(Thread.currentThread());
        try {
            return started().logouts();
        } catch (ExpressUnavailableException e) {
            throw new HttpError(503, e.getMessage());
        } finally {
            waiting.remove(Thread.currentThread());
        }
    }

    private String begin(Request request, Response response) {
        String name = UUID.randomUUID().toString();
        List<LogoutColumn> compared = compared(RequestBody.query(request).get("stack"));
        ComparisonRun tooMany = null;
        synchronized (runs) {
            runs.put(name, new ComparisonRun(compared));
            if (runs.size() > MAX_RUNS) {
                tooMany = runs.remove(runs.keySet().iterator().next());
            }
        }
        if (tooMany != null) {
            tooMany.end();
        }
        return json(response, Map.of("run", name));
    }

    /** What a run has shown already, for a page that was loaded anew. */
    private String done(Request request, Response response) {
        ComparisonRun run = run(RequestBody.required(RequestBody.query(request), "run"));
        return json(response, Map.of("lines", run.done()));
    }

    /** Ends a run that nobody goes on with. One that is not known is over already. */
    private String end(Request request, Response response) {
        String name = RequestBody.required(RequestBody.jsonFields(request), "run");
        ComparisonRun run = runs.remove(name);
        if (run != null) {
            run.end();
        }
        response.status(204);
        return "";
    }

    private String step(Request request, Response response) {
        Map<String, String> fields = RequestBody.jsonFields(request);
        ComparisonRun run = run(RequestBody.required(fields, "run"));
        Step step = step(RequestBody.required(fields, "step"));
        return json(response, Map.of("step", step.name(), "lines", run.perform(step)));
    }

    private String drawing(Request request, Response response) {
        Map<String, String> query = RequestBody.query(request);
        ComparisonRun run = run(RequestBody.required(query, "run"));
        Step step = step(RequestBody.required(query, "step"));
        String column = RequestBody.required(query, "column");
        if (!column.matches("\\d") || Integer.parseInt(column) >= run.columns()) {
            throw new HttpError(400, "There is no such column.");
        }
        return json(response, Map.of("recorded", run.recorded(step, Integer.parseInt(column))));
    }

    private ComparisonRun run(String name) {
        ComparisonRun run = runs.get(name);
        if (run == null) {
            throw new HttpError(404, "This run is over. Begin a fresh one.");
        }
        return run;
    }

    private static Step step(String name) {
        return Stream.of(Step.values())
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new HttpError(400, "There is no such step."));
    }

    private static String json(Response response, Object value) {
        response.type("application/json; charset=utf-8");
        return JSON.toJson(value);
    }

    public URI address() {
        return http.address();
    }

    @Override
    public void close() {
        waiting.forEach(Thread::interrupt);
        http.close();
        synchronized (this) {
            if (express != null) {
                express.close();
            }
        }
    }
}
