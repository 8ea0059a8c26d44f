package logout.check;

import static logout.check.CannotJudgeException.unless;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
            defaultValue = "${sys:check}",
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
            outputs.add(new Output("text", null));
        }
        Report report = report();
        if (report.conditions().isEmpty()) {
            System.err.println(report.reason());
        }
        for (Output output : outputs) {
            output.write(report);
        }
        return report.status();
    }

    private Report report() {
        URI address = null;
        try {
            unless(file != null, "no-file");
            Description description = Description.of(file);
            address = description.address();
            return judged(description);
        } catch (CannotJudgeException e) {
            return Report.of(address, e.getMessage(), 0, List.of());
        } catch (IllegalArgumentException e) {
            // Java's own message repeats the address, and there may be an id or a token in it.
            return Report.of(address, new CannotJudgeException("malformed").getMessage(), 0, List.of());
        }
    }

    private static Report judged(Description description) {
        Rows.insistOn(description);
        Evidence evidence = new Evidence(description);
        Experiment experiment = new Experiment(new App(description, evidence));
        List.of(Step.values()).forEach(experiment::perform);
        String failure = experiment.failure();
        if (failure != null) {
            throw new CannotJudgeException(refusal(failure), description.address(), failure);
        }
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

    /** What a failure is, by its own words. */
    private static String refusal(String failure) {
        boolean isSlow = failure.contains(" did not answer ");
        boolean isSilent = failure.contains(" does not answer");
        boolean isOfCertificate = failure.contains(" certificate is not trusted");
        return isSlow ? "slow" : isSilent ? "silent" : isOfCertificate ? "certificate" : "failed";
    }
}
