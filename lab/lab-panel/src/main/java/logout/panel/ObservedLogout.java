package logout.panel;

import java.util.List;
import logout.experiment.Call;

/**
 * A logout that the stage has seen, with the id from before it: the only raw id that the panel remembers, and only
 * here.
 *
 * @param exchange the logout
 * @param user who was logged in
 * @param oldId the id of the session from before
 * @param residue what is known of what it left behind
 * @param code which edit of the stage's code it ran
 * @param recordings of the logout and of the requests of its session that were under way meanwhile
 */
record ObservedLogout(
        Exchange exchange,
        String user,
        String oldId,
        Residue residue,
        int code,
        List<Recordings.Recording> recordings) {

    /** The logout's request. */
    Call call() {
        return Call.of(exchange.method(), exchange.path());
    }
}
