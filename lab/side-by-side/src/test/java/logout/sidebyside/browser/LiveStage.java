package logout.sidebyside.browser;

import java.net.URI;
import java.util.List;
import logout.app.Stage;
import logout.app.account.DemoAccount;
import logout.experiment.StoredSession;
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

    private RunningStage running;

    void start(Stage stage) {
        running = RunningStage.of(stage).start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (running != null) {
            running.close();
        }
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
