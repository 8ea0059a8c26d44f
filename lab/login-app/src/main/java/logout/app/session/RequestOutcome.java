package logout.app.session;

import logout.app.session.SessionStore.Outcome;

/**
 * How the store fared during the request that runs on this thread. Outside a request (Jetty's
 * housekeeping) nothing is remembered.
 */
final class RequestOutcome {

    private final ThreadLocal<Outcome> current = new ThreadLocal<>();

    void begin() {
        current.set(Outcome.DONE);
    }

    void end() {
        current.remove();
    }

    Outcome get() {
        return current.get();
    }

    void set(Outcome outcome) {
        if (current.get() != null) {
            current.set(outcome);
        }
    }
}
