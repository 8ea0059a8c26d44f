package logout.sidebyside.browser;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import logout.app.Stage;
import logout.app.account.DemoAccount;
import logout.experiment.StoredSession;
import logout.launcher.LiveSource;
import logout.launcher.StageSource;
import logout.launcher.StageWithPanel;
import logout.panel.RouteSource;
import logout.testing.Browser;
import logout.testing.RunningStage;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A stage that a test chooses and starts. It ends with the test.
 *
 * <p>Register it with {@code @RegisterExtension}.
 */
final class LiveStage implements AfterEachCallback {

    /** The folder that is watched is deleted then. */
    private static final long STOP_MS = 10_000;

    private RunningStage running;
    private Thread live;
    volatile Runnable beforeEachLook = () -> {};

    void start(Stage stage) {
        running = RunningStage.of(stage).start();
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        if (live != null) {
            live.interrupt();
            live.join(STOP_MS);
        }
        if (running != null) {
            running.close();
        }
    }

    /** From now on the stage runs what stands in a copy of its app class, which is put into this folder. */
    Path runsFrom(Path module) throws IOException {
        Stage stage = running.stage();
        Path app = module.resolve("src/main/java" + stage.folder()).resolve(RouteSource.file(stage));
        Files.createDirectories(app.getParent());
        Files.writeString(app, RouteSource.resource(stage, "now"));
        StageSource source = new StageSource(new StageWithPanel(running.server(), running.panel()), module);
        live = LiveSource.watch(() -> {
            beforeEachLook.run();
            return List.of(source);
        });
        return app;
    }

    RunningStage running() {
        return running;
    }

    URI address() {
        return running.address();
    }

    URI address(String path) {
        return running.address().resolve(path);
    }

    String cookieName() {
        return running.stage().sessionCookie().name();
    }

    /** The rows of the session store, oldest first. */
    List<StoredSession> rows() {
        return running.rows();
    }

    boolean isPlainSite() {
        return running.stage().number() == 1;
    }

    /** Another browser, which holds this session cookie. */
    Browser elsewhere(String cookie) {
        return running.newBrowser().holding(cookie);
    }

    Browser graceLogsInElsewhere() {
        return running.newBrowser().logIn(DemoAccount.ALL.get(1));
    }
}
