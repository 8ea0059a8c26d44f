package logout.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.UUID;
import java.util.stream.Stream;
import logout.app.session.Database;
import logout.experiment.Call;
import logout.experiment.HttpUser;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.express.ExpressUnavailableException;
import logout.launcher.DatabaseOption;
import logout.sidebyside.Logout;

/**
 * What a start costs, how a logout grows with the session store, and, on PostgreSQL, what it costs beside Express; in tables of
 * Markdown. Clients, server and an H2 share one process, so the figures say little about a larger machine.
 *
 * @param sizes how many rows the session store holds, smallest first; more than the requests
 * @param rounds how often each measurement is repeated
 * @param requests how many requests make a round
 */
public record Benchmark(List<Integer> sizes, int rounds, int requests, PrintStream out) {

    static final String JAVA = System.getProperty("java.home") + "/bin/java";
    private static final String STAGE = "stage-04-destroy-session/target/";

    /** How many rounds' requests are sent before any counts. */
    private static final int WARM_UP = 15;

    /**
     * Measures, and prints.
     *
     * @param database the address of a database without rows of this project; none means an H2 in memory
     * @param root the project's folder, where the packaged programs are
     */
    public void run(Optional<String> database, Path root)
            throws IOException, SQLException, ExpressUnavailableException {
        out.printf(
                "Java %s, %s processors; medians of %s rounds, and in parentheses the lowest and the highest.%n",
                Runtime.version().feature(), Runtime.getRuntime().availableProcessors(), rounds);
        String address = database.orElseGet(() -> "jdbc:h2:mem:" + UUID.randomUUID());
        try (Database opened = Database.at(address)) {
            measureStarts(root.toAbsolutePath());
            heading("logout", "rows", "p50, ms", "p50 against the fewest rows");
            for (Logout logout : Logout.values()) {
                measureGrowth(logout, address, opened);
            }
            if (ExpressStack.canUse(address)) {
                measureBesideExpress(address, opened);
            }
        }
    }

    private void measureStarts(Path root) throws IOException {
        List<String> programs = Stream.of("@" + STAGE + "start", "-jar " + STAGE + "stage-04-destroy-session.jar")
                .filter(program -> Files.exists(root.resolve(program.replaceFirst("@|-jar ", ""))))
                .toList();
        if (programs.isEmpty()) {
            out.println("No program is packaged yet, so none was started: run mvn package first.");
            return;
        }
        Map<String, List<Double>> starts = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String program : programs) {
                starts.computeIfAbsent(program, first -> new ArrayList<>()).add(millisToFirstPage(program, root));
            }
        }
        heading("program", "first page, ms");
        starts.forEach((program, millis) -> line("`java " + program + "`", inWords("%.0f", millis)));
    }

    /** From the command, typed in the project's folder, to the last byte of the page. */
    private static double millisToFirstPage(String program, Path root) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(("java " + program + " --port 0").split(" "));
        builder.command().set(0, JAVA);
        builder.environment().remove(DatabaseOption.VARIABLE);
        builder.directory(root.toFile()).redirectErrorStream(true);
        long began = System.nanoTime();
        Process started = builder.start();
        try (Scanner output = new Scanner(started.getInputStream())) {
            String page = output.findWithinHorizon("http://localhost:\\d+/", 0);
            if (page == null) {
                throw new IOException("`java " + program + "` ended before it answered.");
            }
            URI.create(page).toURL().openStream().readAllBytes();
            return (System.nanoTime() - began) / 1e6;
        } finally {
            started.destroyForcibly().onExit().join();
        }
    }

    private void measureGrowth(Logout logout, String address, Database opened) throws IOException, SQLException {
        try (FilledStage stage = new FilledStage(logout.stage(), address, opened)) {
            stage.logOut(logout.call(), WARM_UP * requests + 1, 2, WARM_UP * requests);
            double fewest = 0;
            for (int size : sizes) {
                List<Double> p50 = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    p50.add(stage.logOut(logout.call(), size, 1, requests).p50());
                }
                fewest = fewest == 0 ? median(p50) : fewest;
                String request = logout.stage().number() + " `" + logout.call() + "`";
                line(request, number("%,d", size), inWords("%.2f", p50), number("%.2f", median(p50) / fewest));
            }
        }
    }

    /** Stage 4's logout and the one to take home, with the same client, in turns. */
    private void measureBesideExpress(String address, Database opened)
            throws IOException, SQLException, ExpressUnavailableException {
        var options = new ExpressStack.Options("5", address, Map.of(), List.of("take-home"));
        try (FilledStage stage = new FilledStage(Logout.STAGE_4.stage(), address, opened);
                ExpressStack stack = ExpressStack.start(options, System.err::println)) {
            ExpressLogout express = stack.logout("take-home");
            Call logout = Logout.STAGE_4.call();
            stage.logOut(logout, WARM_UP * requests + 1, 2, WARM_UP * requests);
            logOut(express, 2, WARM_UP * requests / 4);
            heading("clients", "stage 4, per second", "Express, per second", "times Express");
            for (int clients : List.of(1, 16)) {
                List<Double> here = new ArrayList<>();
                List<Double> there = new ArrayList<>();
                List<Double> times = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    here.add(stage.logOut(logout, requests + 1, clients, requests)
                            .perSecond());
                    there.add(logOut(express, clients, requests).perSecond());
                    times.add(here.get(round) / there.get(round));
                }
                line("" + clients, inWords("%.0f", here), inWords("%.0f", there), inWords("%.2f", times));
            }
        }
    }

    private static Round logOut(ExpressLogout express, int clients, int requests) throws IOException {
        List<HttpUser> users = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            users.add(express.newUser(express.agent()));
            users.get(i).logIn(express.protocol(), express.user(), express.password());
        }
        return Round.of(clients, users, express.protocol(), express.logout());
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get((figures.size() - 1) / 2);
    }

    /** The median, and from which to which figure all of them go. */
    static String inWords(String format, List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        String all = format + " (" + format + "–" + format + ")";
        return number(all, median(sorted), sorted.get(0), sorted.get(sorted.size() - 1));
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void heading(String... cells) {
        out.println();
        line(cells);
        out.println("| ---" + " | ---:".repeat(cells.length - 1) + " |");
    }

    private void line(String... cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }
}
