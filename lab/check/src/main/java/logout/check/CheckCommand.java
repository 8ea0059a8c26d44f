package logout.check;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks what the logout of an app on this machine leaves behind. */
@Command(
        name = "check",
        description =
                "Logs in to an app on this machine, logs out, and says what is left behind. Exit status: 0 nothing, 1"
                        + " something, 2 it could not be judged.")
public final class CheckCommand implements Callable<Integer> {

    private static final int NOT_JUDGED = 2;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The description of the app. Default: what -Dcheck=FILE names.")
    private Path file;

    @Option(names = "--format", paramLabel = "FORM", description = "${COMPLETION-CANDIDATES}. Default: text.")
    private Report.Format format = Report.Format.text;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help, and end.")
    private boolean help;

    /** Does what the arguments say, and ends the program. */
    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new CheckCommand()).setUsageHelpAutoWidth(true).execute(arguments));
    }

    @Override
    public Integer call() {
        String named = file == null ? System.getProperty("check", "") : file.toString();
        try {
            if (named.isEmpty()) {
                throw new CannotJudgeException(
                        "Name the file that describes your app. docs/check-your-own-app.md has examples.");
            }
            Description description = Description.of(Path.of(named));
            App app = new App(description);
            List<Finding> findings = new Check(app, Rows.of(description)).run();
            Report report = new Report(app.found(), findings);
            System.out.print(report.format(format));
            return report.hasFaults() ? 1 : 0;
        } catch (CannotJudgeException e) {
            System.err.println(e.getMessage());
            return NOT_JUDGED;
        }
    }
}
