package logout.launcher;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import logout.app.Stage;
import logout.app.account.Accounts;
import logout.app.server.StageListener;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.app.session.SessionStore;
import logout.panel.LabPanel;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;

/** A stage that runs with the lab panel beside it. */
public record StageWithPanel(StageServer server, LabPanel panel) implements AutoCloseable {

    /**
     * Starts a stage and waits until it answers.
     *
     * @param port where to listen on the loopback addresses; 0 for any free port
     * @param database where the session store is; it stays the caller's to close
     * @throws logout.app.StartException where the stage cannot start
     */
    public static StageWithPanel start(Stage stage, int port, Database database, Accounts accounts) {
        return start(stage, port, database, accounts, SessionStore.NO_CACHE);
    }

    /**
     * The same with another cache in front of the session store, to see what that does to a logout.
     *
     * @param caching what Jetty keeps of the sessions in memory
     */
    public static StageWithPanel start(
            Stage stage,
            int port,
            Database database,
            Accounts accounts,
            Function<SessionHandler, ? extends SessionCache> caching) {
        AtomicReference<LabPanel> panel = new AtomicReference<>();
        StageListener.Factory watched = (of, at, store) -> panel.updateAndGet(none -> new LabPanel(of, at, store));
        StageServer server = new StageServer(stage, port, database, accounts, caching, watched);
        return new StageWithPanel(server, panel.get());
    }

    @Override
    public void close() {
        server.close();
    }
}
