package logout.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import logout.app.account.DemoAccount;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.panel.LabPanel;
import logout.panel.Sender;
import picocli.CommandLine.Option;

/** The option with which the build has a program load what a start and a logout take, and then end: for the class archive. */
public final class CdsTrainingRun {

    @Option(names = "--train", hidden = true, description = "Start, log in and out once, and end.")
    private boolean wanted;

    /** Whether the program is to end as soon as it has done this once. */
    public boolean isWanted() {
        return wanted;
    }

    /** Visits these stages as a person does. */
    public static void at(List<StageWithPanel> stages) {
        for (StageWithPanel stage : stages) {
            visit(stage.server().address(), LabPanel.protocolOf(stage.server().stage()));
        }
    }

    private static void visit(URI address, PageProtocol protocol) {
        DemoAccount ada = DemoAccount.ALL.get(0);
        HttpUser visitor = new HttpUser(address, Sender.agent("training run"), new CookieJar());
        try {
            visitor.send(Call.of("GET", "/"));
            visitor.logIn(protocol, ada.name(), ada.password());
            visitor.send(protocol.keepNote("milk"));
            visitor.send(Call.of("GET", "/lab/state"));
            visitor.send(Call.of("GET", "/lab/code"));
            visitor.send(protocol.logOut("POST"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
