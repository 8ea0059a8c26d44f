package logout.sidebyside;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import logout.app.account.DemoAccount;
import logout.app.lab.LabPanel;
import logout.app.lab.Sender;
import logout.app.server.StageServer;
import logout.app.session.Row;
import logout.experiment.Call;
import logout.experiment.Site;
import logout.experiment.StoredSession;
import logout.experiment.Subject;

/**
 * One logout of a running stage, as the subject of the experiment.
 *
 * @param server the stage that has it
 */
record StageLogout(StageServer server, Logout kind) implements Subject {

    private static final DemoAccount ACCOUNT = DemoAccount.ALL.get(0);

    @Override
    public String name() {
        return String.valueOf(kind.stage().number());
    }

    @Override
    public String effect() {
        return kind.effect();
    }

    @Override
    public URI address() {
        return server.address();
    }

    @Override
    public String cookieName() {
        return kind.stage().sessionCookie().name();
    }

    @Override
    public Site site() {
        return kind.site();
    }

    @Override
    public Call logout() {
        return kind.call();
    }

    @Override
    public String user() {
        return ACCOUNT.name();
    }

    @Override
    public String password() {
        return ACCOUNT.password();
    }

    @Override
    public String agent() {
        return Sender.agent(Sender.VISITOR);
    }

    @Override
    public StoredSession session(String cookie) throws IOException {
        try {
            Row row = server.store().row(cookie);
            return row == null ? null : LabPanel.stored(row);
        } catch (SQLException e) {
            throw new IOException("The session store of stage " + name() + " does not answer.", e);
        }
    }

    @Override
    public boolean deletionWasOverwritten(String cookie) {
        return server.panel().deletionWasOverwritten(cookie);
    }

    @Override
    public void end(String cookie) {
        server.store().destroy(cookie);
    }
}
