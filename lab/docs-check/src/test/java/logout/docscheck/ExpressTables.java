package logout.docscheck;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import logout.experiment.Call;
import logout.experiment.Experiment;
import logout.experiment.HttpUser;
import logout.experiment.Observation;
import logout.experiment.Probes;
import logout.experiment.RequestInFlight;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.experiment.StoredSession;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.testing.RunningExpress;

/** The tables about Express in the pages, made by running Express. */
final class ExpressTables {

    /** Variants of the logouts, by their names for programs, and what the pages call them. */
    private static final Map<String, String> OTHER_ORDERS = Map.of(
            "log-out-send", "log out, `send()`",
            "log-out-clear", "log out, clear",
            "destroy-clear", "destroy, clear, the error ignored",
            "destroy", "destroy alone",
            "clear", "clear alone",
            "clear-log-out-0.4", "clear, `req.logout()`, Passport 0.4");

    private static final List<String> IN_FLIGHT =
            List.of("freecodecamp-0.4", "passport", "clear-log-out", "article", "take-home");
    private static final List<String> FAILING =
            List.of("passport", "clear-log-out", "article", "destroy-clear", "take-home");

    private ExpressTables() {}

    /** The table of this name. */
    static List<String> lines(String name) throws IOException {
        return switch (name) {
            case "the logouts of the story" -> residues(null, EnumSet.allOf(ResidueColumn.class));
            case "other orders" ->
                residues(List.copyOf(OTHER_ORDERS.keySet()), EnumSet.range(ResidueColumn.REPLY, ResidueColumn.REPLAY));
            case "a request in flight" -> inFlight();
            case "a store that fails" -> failingStore();
            case "the two headers of clear, log out" -> twoHeaders();
            default -> throw new AssertionError("there is no table `" + name + "` about Express");
        };
    }

    private static ExpressStack start(List<String> logouts, boolean resave) {
        return RunningExpress.start(new ExpressStack.Options("5", null, Map.of("resave", resave), logouts));
    }

    private static List<String> residues(List<String> keys, Set<ResidueColumn> columns) {
        try (ExpressStack stack = start(keys, false)) {
            List<String> rows = stack.logouts().parallelStream()
                    .map(logout -> residue(logout, columns))
                    .toList();
            return table(
                    "logout | " + columns.stream().map(ResidueColumn::title).collect(Collectors.joining(" | ")), rows);
        }
    }

    private static String residue(ExpressLogout logout, Set<ResidueColumn> columns) {
        Experiment experiment = new Experiment(logout);
        List.of(Step.values()).forEach(experiment::perform);
        Map<ResidueColumn, Observation> residue = experiment.residue();
        return row(
                logout,
                columns.stream().map(column -> residue.get(column).inWords()).toArray(String[]::new));
    }

    /** Whether the old cookie is logged in again when a slow request ends that began before the logout. */
    private static List<String> inFlight() throws IOException {
        List<String> rows = new ArrayList<>();
        try (ExpressStack stack = start(IN_FLIGHT, false);
                ExpressStack resaving = start(IN_FLIGHT, true)) {
            for (String key : IN_FLIGHT) {
                ExpressLogout logout = stack.logout(key);
                ExpressLogout again = resaving.logout(key);
                rows.add(row(
                        logout,
                        broughtBack(logout, false),
                        broughtBack(logout, true),
                        broughtBack(again, false),
                        broughtBack(again, true)));
            }
        }
        return table(
                "logout | only reads, `resave: false` | saves, `resave: false`"
                        + " | only reads, `resave: true` | saves, `resave: true`",
                rows);
    }

    private static String broughtBack(ExpressLogout logout, boolean saves) throws IOException {
        HttpUser ada = RunningExpress.loggedIn(logout);
        String cookie = ada.cookie(logout.cookieName());
        Call note = logout.protocol().keepNote("late");
        // What has no route reads the session all the same, and changes nothing in it.
        Call request = saves ? note : new Call(note.method(), "/nothing", note.contentType(), note.body(), Map.of());
        try (RequestInFlight slow = ada.begin(request)) {
            ada.send(logout.logout());
            slow.finish();
        }
        StoredSession row = logout.session(cookie);
        return row != null && row.logsIn() ? "**yes**" : "no";
    }

    private static List<String> failingStore() throws IOException {
        List<String> rows = new ArrayList<>();
        try (ExpressStack stack = start(FAILING, false)) {
            for (String key : FAILING) {
                ExpressLogout logout = stack.logout(key);
                rows.add(row(
                        logout,
                        whatIsClaimedAndWhatIsSo(logout, "set"),
                        whatIsClaimedAndWhatIsSo(logout, "destroy"),
                        whatIsClaimedAndWhatIsSo(logout, "set,destroy")));
            }
        }
        return table("logout | `set` fails | `destroy` fails | both fail", rows);
    }

    /** The status, what the browser holds, and what a copy of the cookie from before finds. */
    private static String whatIsClaimedAndWhatIsSo(ExpressLogout logout, String failing) throws IOException {
        logout.makeStoreFail("");
        HttpUser ada = RunningExpress.loggedIn(logout);
        ada.send(logout.protocol().keepNote("milk"));
        HttpUser thief = ada.copy();
        String cookie = ada.cookie(logout.cookieName());
        logout.makeStoreFail(failing);

        String status = statusOfLogout(ada, logout);
        Observation held = Observation.cookie(cookie, ada.cookie(logout.cookieName()));
        Observation.Replay replay = new Probes(logout).replay(thief, cookie);
        String found = replay.loggedIn() ? "**" + replay.inWords() + "**" : replay.inWords();
        return status + ", cookie " + held.inWords() + ", replay: " + found;
    }

    private static String statusOfLogout(HttpUser visitor, ExpressLogout logout) throws IOException {
        try {
            return String.valueOf(logout.atLogout(visitor).send(logout.logout()).statusCode());
        } catch (HttpTimeoutException e) {
            return "no reply";
        }
    }

    /** With the id shortened: it is another one each time. */
    private static List<String> twoHeaders() throws IOException {
        try (ExpressStack stack = start(List.of("clear-log-out"), false)) {
            ExpressLogout logout = stack.logout("clear-log-out");
            return RunningExpress.loggedIn(logout).send(logout.logout()).headers().allValues("Set-Cookie").stream()
                    .map(header -> "Set-Cookie: " + header.replaceFirst("=s%3A[^;]*", "=s%3A…"))
                    .toList();
        }
    }

    private static List<String> table(String heading, List<String> rows) {
        List<String> lines = new ArrayList<>(rows);
        lines.add(0, "| " + heading + " |");
        lines.add(1, lines.get(0).replaceAll("[^|]+", " --- "));
        return lines;
    }

    private static String row(ExpressLogout logout, String... cells) {
        String name = OTHER_ORDERS.getOrDefault(logout.key(), logout.name() + ", `" + logout.logout() + "`");
        return "| " + name + " | " + String.join(" | ", cells) + " |";
    }
}
