package logout.docscheck;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.Experiment;
import logout.experiment.HttpUser;
import logout.experiment.Observation;
import logout.experiment.RequestInFlight;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.experiment.StoredSession;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.testing.RunningExpress;

/** The tables about Express in the pages, made by running Express. */
final class ExpressTables {

    private static final List<ResidueColumn> IN_SHORT = List.of(
            ResidueColumn.REPLY,
            ResidueColumn.SET_COOKIE,
            ResidueColumn.COOKIE,
            ResidueColumn.OLD_ROW,
            ResidueColumn.NEW_ROW,
            ResidueColumn.REPLAY);

    private static final List<String> OTHER_ORDERS =
            List.of("log-out-send", "log-out-clear", "destroy-clear", "destroy", "clear", "clear-log-out-0.4");
    private static final List<String> IN_FLIGHT =
            List.of("freecodecamp-0.4", "passport", "clear-log-out", "article", "take-home");
    private static final List<String> FAILING =
            List.of("passport", "clear-log-out", "article", "destroy-clear", "take-home");
    private static final List<String> FAILURES = List.of("set", "destroy", "set,destroy");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private ExpressTables() {}

    /** The table of this name. */
    static List<String> lines(String name) {
        return switch (name) {
            case "the logouts of the story" -> residues(null, List.of(ResidueColumn.values()));
            case "other orders" -> residues(OTHER_ORDERS, IN_SHORT);
            case "a request in flight" -> inFlight();
            case "a store that fails" -> failingStore();
            case "the two headers of clear, log out" -> twoHeaders();
            default -> throw new AssertionError("there is no table `" + name + "` about Express");
        };
    }

    private static ExpressStack start(List<String> logouts, boolean resave) {
        return RunningExpress.start(new ExpressStack.Options("5", null, Map.of("resave", resave), logouts));
    }

    private static List<String> residues(List<String> keys, List<ResidueColumn> columns) {
        Map<String, Map<ResidueColumn, Observation>> residues = new ConcurrentHashMap<>();
        try (ExpressStack stack = start(keys, false)) {
            stack.logouts().parallelStream().forEach(logout -> residues.put(logout.key(), residue(logout)));
            List<String> lines =
                    table(Stream.concat(Stream.of("logout"), columns.stream().map(ResidueColumn::title)));
            for (ExpressLogout logout : stack.logouts()) {
                Map<ResidueColumn, Observation> residue = residues.get(logout.key());
                lines.add(row(
                        nameOf(logout),
                        columns.stream().map(column -> residue.get(column).inWords())));
            }
            return lines;
        }
    }

    private static Map<ResidueColumn, Observation> residue(ExpressLogout logout) {
        Experiment experiment = new Experiment(logout);
        List.of(Step.values()).forEach(experiment::perform);
        return experiment.residue();
    }

    private static String nameOf(ExpressLogout logout) {
        return switch (logout.key()) {
            case "log-out-send" -> "log out, `send()`";
            case "log-out-clear" -> "log out, clear";
            case "destroy-clear" -> "destroy, clear, the error ignored";
            case "destroy" -> "destroy alone";
            case "clear" -> "clear alone";
            case "clear-log-out-0.4" -> "clear, `req.logout()`, Passport 0.4";
            default -> logout.name() + ", `" + logout.logout() + "`";
        };
    }

    /** Whether the old cookie is logged in again when a slow request ends that began before the logout. */
    private static List<String> inFlight() {
        List<String> lines = table(Stream.of(
                "logout",
                "only reads, `resave: false`",
                "saves, `resave: false`",
                "only reads, `resave: true`",
                "saves, `resave: true`"));
        try (ExpressStack stack = start(IN_FLIGHT, false);
                ExpressStack resaving = start(IN_FLIGHT, true)) {
            for (String key : IN_FLIGHT) {
                lines.add(row(
                        nameOf(stack.logout(key)),
                        Stream.of(stack, resaving)
                                .flatMap(each -> Stream.of(false, true)
                                        .map(saves -> bringsBack(each.logout(key), saves) ? "**yes**" : "no"))));
            }
        }
        return lines;
    }

    private static boolean bringsBack(ExpressLogout logout, boolean saves) {
        try {
            HttpUser ada = loggedIn(logout);
            String cookie = ada.cookie(logout.cookieName());
            Call note = logout.protocol().keepNote("late");
            // What has no route reads the session all the same, and changes nothing in it.
            Call request =
                    saves ? note : new Call(note.method(), "/nothing", note.contentType(), note.body(), Map.of());
            try (RequestInFlight slow = ada.begin(request)) {
                ada.send(logout.logout());
                slow.finish();
            }
            StoredSession row = logout.session(cookie);
            return row != null && row.logsIn();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> failingStore() {
        List<String> lines = table(Stream.of("logout", "`set` fails", "`destroy` fails", "both fail"));
        for (String key : FAILING) {
            List<String> cells = new ArrayList<>();
            String name = "";
            for (String operations : FAILURES) {
                try (ExpressStack stack = start(List.of(key), false)) {
                    name = nameOf(stack.logout(key));
                    cells.add(whatIsClaimedAndWhatIsSo(stack.logout(key), operations));
                }
            }
            lines.add(row(name, cells.stream()));
        }
        return lines;
    }

    /** With the id shortened: it is another one each time. */
    private static List<String> twoHeaders() {
        try (ExpressStack stack = start(List.of("clear-log-out"), false)) {
            ExpressLogout logout = stack.logout("clear-log-out");
            return loggedIn(logout).send(logout.logout()).headers().allValues("Set-Cookie").stream()
                    .map(header -> "Set-Cookie: " + header.replaceFirst("=s%3A[^;]*", "=s%3A…"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The status, what the browser holds, and what a copy of the cookie from before finds. */
    private static String whatIsClaimedAndWhatIsSo(ExpressLogout logout, String failing) {
        try {
            HttpUser ada = loggedIn(logout);
            ada.send(logout.protocol().keepNote("milk"));
            HttpUser thief = ada.copy();
            String cookie = ada.cookie(logout.cookieName());
            logout.makeStoreFail(failing);

            String status = statusOfLogout(ada, logout);
            String now = ada.cookie(logout.cookieName());
            String browser = now == null ? "cookie gone" : now.equals(cookie) ? "cookie the same" : "cookie replaced";
            String replay = thief.isLoggedIn(logout.protocol())
                    ? "**replay is logged in**"
                    : logout.session(cookie) == null ? "old row gone" : "old row keeps the note";
            return status + ", " + browser + ", " + replay;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String statusOfLogout(HttpUser visitor, ExpressLogout logout) throws IOException {
        try {
            HttpResponse<String> reply = visitor.send(logout.logout());
            return String.valueOf(reply.statusCode());
        } catch (HttpTimeoutException e) {
            return "no reply";
        }
    }

    private static HttpUser loggedIn(ExpressLogout logout) throws IOException {
        HttpUser ada = new HttpUser(logout.address(), logout.agent(), new CookieJar(), TIMEOUT);
        ada.logIn(logout.protocol(), logout.user(), logout.password());
        return ada;
    }

    private static List<String> table(Stream<String> heading) {
        List<String> cells = heading.toList();
        List<String> lines = new ArrayList<>();
        lines.add(row(cells.get(0), cells.stream().skip(1)));
        lines.add(row("---", cells.stream().skip(1).map(cell -> "---")));
        return lines;
    }

    private static String row(String first, Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
    }
}
