package logout.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import logout.app.session.Database;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
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

    private static final String STAGE = "stage-04-destroy-session/target/";

    /** How many rounds' requests are sent before any counts. */
    private static final int WARM_UP = 15;

    /**
     * Measures, and prints.
     *
     * @param database the address of a database without rows of this project; none means an H2 in memory
     * @param root the project's folder, where the packaged programs are
     * @throws UncheckedIOException where something could not be measured
     */
    public void run(Optional<String> database, Path root) {
        String address = database.orElseGet(() -> "jdbc:h2:mem:" + UUID.randomUUID());
        try (Database opened = Database.at(address)) {
            String conditions =
                    "Java %s, %s processors; medians of %s rounds, and in parentheses the lowest and the highest.";
            int processors = Runtime.getRuntime().availableProcessors();
            out.println(conditions.formatted(Runtime.version().feature(), processors, rounds));
            measureStarts(root.toAbsolutePath());
            heading("logout", "rows", "p50, ms", "p50 against the fewest rows");
            for (Logout logout : Logout.values()) {
                measureGrowth(logout, address, opened);
            }
            if (ExpressStack.canUse(address)) {
                measureBesideExpress(address, opened);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new UncheckedIOException(e.getMessage(), new IOException(e));
        }
    }

    private void measureStarts(Path root) throws Exception {
        List<String> programs = Stream.of("@" + STAGE + "start", "-jar " + STAGE + "stage-04-destroy-session.jar")
                .filter(program -> Files.exists(root.resolve(program.replaceFirst("@|-jar ", ""))))
                .toList();
        if (programs.isEmpty()) {
            out.println("No program is packaged yet, so none was started: run mvn package first.");
            return;
        }
        heading("program", "first page, ms", "resident memory, MB");
        inTurns(programs, program -> ProgramStart.of("java " + program, root))
                .forEach((program, starts) -> line(
                        "`java " + program + "`",
                        inWords("%.0f", starts.stream().map(ProgramStart::millis)),
                        inWords("%.0f", starts.stream().map(ProgramStart::megabytes))));
    }

    private void measureGrowth(Logout logout, String address, Database opened) throws Exception {
        try (FilledStage stage = new FilledStage(logout.stage(), address, opened)) {
            stage.logOut(logout.call(), WARM_UP * requests + 1, 2, WARM_UP * requests);
            Map<Integer, Double> medians = new LinkedHashMap<>();
            for (int size : sizes) {
                List<Double> p50 = inTurns(
                                List.of(size),
                                rows -> stage.logOut(logout.call(), rows, 1, requests)
                                        .p50())
                        .get(size);
                medians.put(size, median(p50));
                line(
                        logout.stage().number() + " `" + logout.call() + "`",
                        number("%,d", size),
                        inWords("%.2f", p50.stream()),
                        number("%.2f", medians.get(size) / medians.get(sizes.get(0))));
            }
        }
    }

    /** Stage 4's logout and the one to take home, with the same client, in turns. */
    private void measureBesideExpress(String address, Database opened) throws Exception {
        var options = new ExpressStack.Options("5", address, Map.of(), List.of("take-home"));
        try (FilledStage stage = new FilledStage(Logout.STAGE_4.stage(), address, opened);
                ExpressStack stack = ExpressStack.start(options, System.err::println)) {
            ExpressLogout express = stack.logout("take-home");
            Call logout = Logout.STAGE_4.call();
            stage.logOut(logout, WARM_UP * requests + 1, 2, WARM_UP * requests);
            logOut(express, 2, WARM_UP * requests / 4);
            heading("clients", "stage 4, per second", "Express, per second", "times Express");
            for (int clients : List.of(1, 16)) {
                var rates = inTurns(
                        List.of(true, false),
                        here -> here
                                ? stage.logOut(logout, requests + 1, clients, requests)
                                        .perSecond()
                                : logOut(express, clients, requests).perSecond());
                List<Double> here = rates.get(true);
                List<Double> there = rates.get(false);
                line(
                        number("%d", clients),
                        inWords("%.0f", here.stream()),
                        inWords("%.0f", there.stream()),
                        inWords("%.2f", IntStream.range(0, rounds).mapToObj(i -> here.get(i) / there.get(i))));
            }
        }
    }

    private static Round logOut(ExpressLogout express, int clients, int requests) throws IOException {
        List<HttpUser> users = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            users.add(new HttpUser(express.address(), express.agent(), new CookieJar()));
            users.get(i).send(express.protocol().logIn(express.user(), express.password()));
        }
        return Round.of(clients, users, express.logout());
    }

    /** Measures these round after round, so that whatever else the machine does meanwhile falls on all of them. */
    private <T, R> Map<T, List<R>> inTurns(List<T> each, Measurement<T, R> measurement) throws Exception {
        Map<T, List<R>> measured = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (T one : each) {
                measured.computeIfAbsent(one, first -> new ArrayList<>()).add(measurement.of(one));
            }
        }
        return measured;
    }

    private interface Measurement<T, R> {
        R of(T one) throws Exception;
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    /** The median, and from which to which figure all of them go. */
    static String inWords(String format, Stream<Double> figures) {
        List<Double> sorted = figures.sorted().toList();
        double highest = sorted.get(sorted.size() - 1);
        String all = format + " (" + format + "–" + format + ")";
        return Double.isNaN(highest) ? "not measured" : number(all, median(sorted), sorted.get(0), highest);
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
