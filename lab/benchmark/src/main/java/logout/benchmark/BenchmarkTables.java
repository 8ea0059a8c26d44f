package logout.benchmark;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The measurements as tables in Markdown. */
final class BenchmarkTables {

    private static final String TIME = "%.2f";
    private static final String RATE = "%.0f";
    private static final String WHOLE = "%.0f";

    private final BenchmarkPlan plan;
    private final PrintStream out;

    BenchmarkTables(BenchmarkPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** Each kind of request at each size of the store, and how its median latency has grown since the smallest. */
    void print(List<Measurement> measured) {
        line("request", "clients", "rows", "per second", "p50, ms", "p99, ms", "p50 against the fewest rows");
        line("---", "---:", "---:", "---:", "---:", "---:", "---:");
        for (Measurement one : measured) {
            double growth = one.p50().median() / fewestRows(measured, one).p50().median();
            line(
                    one.what(),
                    Integer.toString(one.clients()),
                    number("%,d", one.rows()),
                    one.perSecond().inWords(RATE),
                    one.p50().inWords(TIME),
                    one.p99().inWords(TIME),
                    number("%.2f", growth));
        }
    }

    private Measurement fewestRows(List<Measurement> measured, Measurement one) {
        return measured.stream()
                .filter(other -> other.what().equals(one.what()) && other.clients() == one.clients())
                .filter(other -> other.rows() == plan.sizes().get(0))
                .findFirst()
                .orElseThrow();
    }

    /** How long each program took to answer, and the memory that it held then. */
    void printStarts(Map<String, List<ProgramStart>> starts) {
        if (starts.isEmpty()) {
            out.printf("%nNo program is packaged yet, so none was started: run mvn package first.%n");
            return;
        }
        out.println();
        line("program", "first answer, ms", "resident memory, MB");
        line("---", "---:", "---:");
        starts.forEach((program, runs) -> line(
                "`" + program + "`",
                new Statistics(runs.stream().map(ProgramStart::millis).toList()).inWords(WHOLE),
                new Statistics(runs.stream().map(ProgramStart::megabytes).toList()).inWords(WHOLE)));
    }

    /** Logouts per second on Spark, on Express, and as many as the database alone can do. */
    void printBesideExpress(Map<Integer, BesideExpress.Rates> rates) {
        out.println();
        line(
                "clients",
                "stage 4, per second",
                "Express, per second",
                "times Express",
                "the database alone, per second");
        line("---:", "---:", "---:", "---:", "---:");
        rates.forEach((clients, one) -> line(
                Integer.toString(clients),
                new Statistics(one.spark).inWords(RATE),
                new Statistics(one.express).inWords(RATE),
                new Statistics(one.ratios()).inWords(TIME),
                new Statistics(one.database).inWords(RATE)));
    }

    private void line(String... cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
