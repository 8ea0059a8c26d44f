package logout.panel;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import logout.app.Stage;
import logout.app.account.DemoAccount;
import logout.app.session.SessionStore;
import logout.experiment.Call;
import logout.experiment.ContractLogout;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.experiment.StoredSession;

/**
 * One logout of a running stage, as the logout under test of the experiment and of the lab panel.
 *
 * @param lostDeletion whether the logout with this session cookie lost the deletion that its route had asked for
 */
public record StageLogout(
        Stage stage, URI address, SessionStore store, Predicate<String> lostDeletion, Call logout, String effect)
        implements ContractLogout {

    private static final DemoAccount ACCOUNT = DemoAccount.ALL.get(0);

    /** The same app, and another logout of it. */
    public StageLogout with(Call other) {
        return new StageLogout(stage, address, store, lostDeletion, other, "");
    }

    @Override
    public String name() {
        return String.valueOf(stage.number());
    }

    @Override
    public String cookieName() {
        return stage.sessionCookie().name();
    }

    @Override
    public PageProtocol protocol() {
        return LabPanel.protocolOf(stage);
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
        return RecordedRequest.agent(RecordedRequest.VISITOR);
    }

    /** Somebody who holds this session's cookie, and says by name what he tries. */
    HttpUser holder(String sender, String id) {
        HttpUser holder = newUser(RecordedRequest.agent(sender));
        String attributes = String.join("; ", stage.sessionCookie().attributes());
        holder.jar().keep(address, List.of(cookieName() + "=" + id + "; " + attributes));
        return holder;
    }

    @Override
    public StoredSession session(String cookie) throws IOException {
        return new RowReader(store).row(cookie);
    }

    @Override
    public boolean deletionWasOverwritten(String cookie) {
        return lostDeletion.test(cookie);
    }

    @Override
    public void end(String cookie) {
        store.destroy(cookie);
    }
}
