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
 * @param recordings of the logout and of the requests of its session that were under way meanwhile
 */
record ObservedLogout(
        Exchange exchange, String user, String oldId, Residue residue, List<Recordings.Recording> recordings) {

    /** The logout's request. */
    Call call() {
        return Call.of(exchange.method(), exchange.path());
    }

    /** Whether it was sent by a visitor of the comparison page. */
    boolean byVisitor() {
        return exchange.by().equals(Sender.VISITOR);
    }
}
