package logout.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the check printed of an app, and its exit status.
 *
 * @param about the first line of the description
 * @param output what it printed as its result
 * @param errors what it printed beside it
 */
record Checked(String about, int status, String output, String errors) {

    private static final String JSON = "--format=json";

    private static final Map<String, String> CONDITIONS = table(
            "danger 613: replay note-readable logs-in-again logout-fails",
            "danger 384: fixation adopted-id",
            "danger 352: logout-by-get forced-logout cookie-taken",
            "danger 362: save-in-flight",
            "danger 525: page-kept",
            "danger 598: id-in-address",
            "residue null: cookie-stays cookie-replaced row-stays row-added",
            "untidy null: deletion-misses second-logout-fails session-for-nobody");

    /** The verdicts on an app that does everything right, and of which neither a store nor a note is described. */
    private static final Map<String, String> SOUND = table(
            "no: replay logs-in-again logout-fails adopted-id logout-by-get forced-logout cookie-taken page-kept",
            "no: id-in-address cookie-stays cookie-replaced second-logout-fails session-for-nobody",
            "no/moot: deletion-misses",
            "no/moot/not-seen: fixation",
            "moot/not-seen: note-readable save-in-flight row-stays row-added");

    private static final ByteArrayOutputStream RESULT = new ByteArrayOutputStream();
    private static final ByteArrayOutputStream ERRORS = new ByteArrayOutputStream();

    /** Each name behind a colon with what stands before the colon. */
    private static Map<String, String> table(String... rows) {
        Map<String, String> table = new TreeMap<>();
        for (String row : rows) {
            String[] parts = row.split(": ");
            Stream.of(parts[1].split(" ")).forEach(name -> table.put(name, parts[0]));
        }
        return table;
    }

    /** Checks an app, as its own description says. */
    static Checked of(TinyApp app, String... options) throws IOException {
        return of(app.described(), options);
    }

    /** Checks the app of a description. */
    static Checked of(String description, String... options) throws IOException {
        return by(description.getBytes(StandardCharsets.UTF_8), options.length == 0 ? new String[] {JSON} : options);
    }

    /** Checks the app that a file of these bytes describes. */
    static synchronized Checked by(byte[] description, String... options) throws IOException {
        Checked checked = printed(description, options);
        String all = checked.output + checked.errors;
        assertThat(TinyApp.SECRETS.stream().filter(all::contains)).isEmpty();
        assertThat(all).doesNotContain(TinyApp.PASSWORD, "staleid", "staletoken", "\tat ", "Exception");
        TinyApp.SECRETS.clear();
        if (List.of(options).contains(JSON)) {
            checked.assertContract();
        }
        return checked;
    }

    /** Checks it, whatever is printed. */
    static synchronized Checked printed(byte[] description, String... options) throws IOException {
        Path file = Files.write(Files.createTempFile("app", ".conf"), description);
        PrintStream out = System.out;
        PrintStream err = System.err;
        RESULT.reset();
        ERRORS.reset();
        System.setOut(new PrintStream(RESULT, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(ERRORS, true, StandardCharsets.UTF_8));
        try {
            int status = CheckCommand.command()
                    .execute(Stream.concat(Stream.of(options), Stream.of(file.toString()))
                            .toArray(String[]::new));
            String about = new String(description, StandardCharsets.UTF_8).split("\n")[0];
            return new Checked(
                    about, status, RESULT.toString(StandardCharsets.UTF_8), ERRORS.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
            Files.delete(file);
        }
    }

    private String all() {
        return about + "\n" + output + errors;
    }

    /** What the check that runs has printed until now. */
    static String printedSoFar() {
        return RESULT.toString(StandardCharsets.UTF_8) + ERRORS.toString(StandardCharsets.UTF_8);
    }

    Report report() {
        assertThat(output).as(all()).startsWith("{");
        return new Gson().fromJson(output, Report.class);
    }

    List<Report.Line> conditions() {
        return report().conditions();
    }

    Report.Line condition(String id) {
        return conditions().stream()
                .filter(condition -> condition.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(all()));
    }

    /** Why nothing was judged. */
    String reason() {
        assertThat(conditions()).as(all()).isEmpty();
        return report().reason();
    }

    /** What holds for every report, whatever the app. */
    private void assertContract() {
        Report report = report();
        JsonObject members = JsonParser.parseString(output).getAsJsonObject();
        assertThat(members.keySet()).containsExactly("format", "app", "status", "reason", "logins", "conditions");
        assertThat(report.format()).as(all()).isEqualTo(1);
        assertThat(report.status()).as(all()).isEqualTo(status);
        if (conditions().isEmpty()) {
            assertThat(status).isEqualTo(2);
            assertThat(report.reason()).isNotBlank().doesNotContain("\n", "null");
            return;
        }
        assertThat(members.getAsJsonArray("conditions"))
                .allSatisfy(condition -> assertThat(
                                String.join(" ", condition.getAsJsonObject().keySet()))
                        .isEqualTo("id verdict severity seen why read cwe accepted evidence cookies"));
        assertThat(conditions().stream()
                        .collect(Collectors.toMap(
                                Report.Line::id, condition -> condition.severity() + " " + condition.cwe())))
                .isEqualTo(CONDITIONS);
        assertThat(conditions()).allSatisfy(condition -> {
            assertThat(condition.verdict()).isIn("yes", "no", "not-seen", "moot");
            assertThat(condition.seen()).isNotBlank().doesNotContain("null");
            assertThat(
                            condition.verdict().equals("yes")
                                    ? "../../" + condition.read().replaceFirst("#.*", "")
                                    : ".")
                    .satisfies(page -> assertThat(Path.of(page)).exists());
        });
        assertThat(report.app()).startsWith("http");
        boolean counts = conditions().stream()
                .filter(condition -> condition.verdict().equals("yes"))
                .anyMatch(condition -> !condition.severity().equals("untidy") && !condition.accepted());
        assertThat(status).as(all()).isEqualTo(condition("replay").verdict().equals("not-seen") ? 2 : counts ? 1 : 0);
    }

    /**
     * That each condition has the verdict that a sound app has, but for these: {@code "yes: replay page-kept; moot: fixation"}. Where
     * one of several is right, a slash stands between them.
     */
    void assertVerdicts(String others) {
        Map<String, String> expected = new TreeMap<>(SOUND);
        expected.putAll(table(others.isEmpty() ? new String[0] : others.split("; ")));
        assertThat(expected).containsOnlyKeys(CONDITIONS.keySet());
        assertThat(conditions()).as(all()).isNotEmpty();
        assertThat(conditions().stream()
                        .filter(one ->
                                !List.of(expected.get(one.id()).split("/")).contains(one.verdict()))
                        .map(one -> one.id() + " is " + one.verdict() + ", not " + expected.get(one.id()) + ": "
                                + one.seen()))
                .as(about)
                .isEmpty();
    }
}
