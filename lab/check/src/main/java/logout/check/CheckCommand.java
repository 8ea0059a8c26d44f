package logout.check;

import static logout.check.CannotJudgeException.unless;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import logout.experiment.Experiment;
import logout.experiment.Step;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks what the logout of an app on this machine leaves behind. */
@Command(
        name = "logout-check",
        description = "Logs in to an app on this machine, logs out, and says what is left behind.",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:nothing dangerous, and nothing left behind that is not accepted",
            "1:something",
            "2:it could not be judged",
            "3:the check itself failed"
        })
public final class CheckCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The description of the app. Default: what -Dcheck=FILE names.")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORM[:FILE]",
            description =
                    "text, markdown, json or junit; may be given several times, with files: --format=junit:logout.xml."
                            + " Where all go to files, the text is printed as well. Default: text.")
    private List<Output> outputs = new ArrayList<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help, and end.")
    private boolean help;

    /** Does what the arguments say, and ends the program. */
    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    /** The command as the program runs it: a fault of its own is one sentence, and exit status 3. */
    public static CommandLine command() {
        return new CommandLine(new CheckCommand())
                .registerConverter(Output.class, Output::parse)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    System.err.println(
                            "The check itself failed, which is a fault of it and says nothing of the app: " + e);
                    return 3;
                });
    }

    @Override
    public Integer call() throws IOException {
        if (outputs.stream().allMatch(output -> output.file() != null)) {
            outputs.add(new Output(Report.Format.text, null));
        }
        String named = file == null ? System.getProperty("check", "") : file.toString();
        Report report = report(named);
        if (report.conditions().isEmpty()) {
            System.err.println(report.reason());
        }
        for (Output output : outputs) {
            output.write(report);
        }
        return report.status();
    }

    private Report report(String named) {
        URI address = null;
        try {
            unless(!named.isEmpty(), "no-file");
            Description description = Description.of(Path.of(named));
            address = description.address();
            return judged(description);
        } catch (CannotJudgeException e) {
            return Report.of(address, e.getMessage(), 0, List.of());
        } catch (IllegalArgumentException e) {
            // Java's own message repeats the address, and there may be an id or a token in it.
            return Report.of(address, new CannotJudgeException("malformed").getMessage(), 0, List.of());
        }
    }

    private Report judged(Description description) {
        Rows.insistOn(description);
        Evidence evidence = new Evidence(description);
        App app = new App(description, evidence, this::tell);
        Experiment experiment = new Experiment(app);
        insistOnAnswer(app);
        List.of(Step.values()).forEach(experiment::perform);
        String failure = experiment.failure();
        boolean isSlow = String.valueOf(failure).contains(" did not answer ");
        unless(failure == null, isSlow ? "slow" : "failed", app.address(), failure);
        experiment.tryTheRest();
        return Report.of(
                description.address(),
                null,
                experiment.logins(),
                experiment.conditions().entrySet().stream()
                        .map(one -> Report.Line.of(
                                one.getKey(), one.getValue(), description.accepts(one.getKey()), evidence))
                        .toList());
    }

    /** What was found is said before it is sent; beside another format than text, apart from it. */
    private void tell(String found) {
        boolean amongText =
                outputs.stream().allMatch(output -> output.file() != null || output.format() == Report.Format.text);
        (amongText ? System.out : System.err).println("  " + found);
    }

    private static void insistOnAnswer(App app) {
        try {
            app.isLoggedIn(app.newUser(app.agent()));
        } catch (IOException e) {
            boolean isSlow = e instanceof HttpTimeoutException;
            String key = e instanceof SSLException ? "certificate" : isSlow ? "slow" : "silent";
            throw new CannotJudgeException(key, app.address(), e.getMessage());
        }
    }
}
