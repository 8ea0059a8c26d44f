package logout.testing;

import java.io.IOException;
import logout.experiment.HttpUser;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.express.ExpressUnavailableException;
import org.opentest4j.TestAbortedException;

/** The Express apps, for a test. Where there is no Node.js, the test is skipped, with the reason; in CI it fails. */
public final class RunningExpress {

    private RunningExpress() {}

    /** Starts these apps, and returns when they answer. */
    public static ExpressStack start(ExpressStack.Options options) {
        try {
            return ExpressStack.start(options, System.err::println);
        } catch (ExpressUnavailableException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(e.getMessage(), e);
            }
            throw new TestAbortedException(e.getMessage(), e);
        }
    }

    /** Somebody who is logged in where this logout is. */
    public static HttpUser loggedIn(ExpressLogout logout) throws IOException {
        HttpUser ada = logout.newUser("test");
        ada.logIn(logout.protocol(), logout.user(), logout.password());
        return ada;
    }
}
