package logout.testing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.StageServer;
import logout.app.session.Database;
import logout.app.session.Row;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import spark.Service;

/**
 * A stage that runs for the length of one test: on a free port, with a fresh session store.
 *
 * <p>Register it with {@code @RegisterExtension}.
 */
public final class RunningStage implements BeforeEachCallback, AfterEachCallback {

    private final Stage stage;
    private Database database;
    private StageServer server;

    private RunningStage(Stage stage) {
        this.stage = stage;
    }

    /** The stage as it is. */
    public static RunningStage of(Stage stage) {
        return new RunningStage(stage);
    }

    /** The stage with routes added: to try what another way of logging out would leave behind. */
    public static RunningStage of(Stage stage, BiConsumer<Service, LoginApp> moreRoutes) {
        return of(new Stage(
                stage.number(), stage.title(), stage.lesson(), stage.routes().andThen(moreRoutes)));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        database = Database.inMemory();
        server = StageServer.start(stage, 0, database);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.close();
        database.close();
    }

    /** A browser that has not been here before: it holds no cookie. */
    public Browser newBrowser() {
        return new Browser(server.address(), stage.sessionCookie());
    }

    /** The rows of the session store, as they are now, oldest first. */
    public List<Row> rows() {
        try {
            List<Row> newestFirst = new ArrayList<>(server.store().newestRows(Integer.MAX_VALUE));
            Collections.reverse(newestFirst);
            return newestFirst;
        } catch (SQLException e) {
            throw new AssertionError("The session store cannot be read.", e);
        }
    }

    /** The row that this browser's session cookie points to, or null. */
    public Row rowOf(Browser browser) {
        String cookie = browser.sessionCookie();
        return rows().stream()
                .filter(row -> cookie != null && cookie.startsWith(row.id() + "."))
                .findFirst()
                .orElse(null);
    }
}
