package logout.sidebyside;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import logout.app.account.DemoAccount;
import logout.experiment.Call;
import logout.experiment.ContractLogout;
import logout.experiment.PageProtocol;
import logout.experiment.StoredSession;
import logout.launcher.StageWithPanel;
import logout.panel.RowReader;
import logout.panel.Sender;

/**
 * One logout of a running stage, as the logout under test of the experiment.
 *
 * @param stage the stage that has it
 */
record StageLogout(StageWithPanel stage, Logout kind) implements ContractLogout {

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
        return stage.server().address();
    }

    @Override
    public String cookieName() {
        return kind.stage().sessionCookie().name();
    }

    @Override
    public PageProtocol protocol() {
        return kind.protocol();
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
            return new RowReader(stage.server().store()).row(cookie);
        } catch (SQLException e) {
            throw new IOException("The session store of stage " + name() + " does not answer.", e);
        }
    }

    @Override
    public boolean deletionWasOverwritten(String cookie) {
        return stage.panel().deletionWasOverwritten(cookie);
    }

    @Override
    public void end(String cookie) {
        stage.server().store().destroy(cookie);
    }
}
