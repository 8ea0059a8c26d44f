package logout.app.session;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * How long a request waits for its database, all in all. Whatever the database does, a reply is to be there within
 * five seconds; all the numbers that make it so are here.
 *
 * <p>A request has {@link #BUDGET_MS} to wait. Only the time spent in {@link #waitFor} counts, not, say, the time in
 * which a request's body is yet to come. A request that has less left than it may take to get a connection asks for
 * nothing more; who gets one waits for its answers no longer than what is left. So it has waited for at most
 * {@link #BUDGET_MS} in the end, and what remains of the five seconds is for a busy machine.
 */
final class Patience {

    /** How long one request waits for its database in all. */
    static final int BUDGET_MS = 3_500;

    /** How long it waits for a connection from the pool. */
    static final int CONNECTION_MS = 1_000;

    /** How long a connection that was idle may take to prove that it is alive. One second is HikariCP's least. */
    static final int VALIDATION_MS = 1_000;

    /**
     * How long the database itself works on one statement, where it can be told. It gives up before the request
     * does, so what waits for a lock is certainly not done, rather than done when nobody waits for it any more.
     */
    static final int STATEMENT_MS = 1_500;

    /** How long the pool itself waits for a new connection, and for an answer where no request is in a hurry. */
    static final int CONNECT_SECONDS = 2;

    static final int ANSWER_SECONDS = 3;

    private static final int LEAST_TO_BEGIN_MS = CONNECTION_MS + VALIDATION_MS;

    private final ThreadLocal<Budget> current = new ThreadLocal<>();

    /** From here on, on this thread, the time spent in {@link #waitFor} is added up. */
    void begin() {
        current.set(new Budget());
    }

    void end() {
        current.remove();
    }

    /**
     * Waits for the database to do something. Outside a request nothing is added up.
     *
     * @throws SQLTimeoutException at once, where too little is left of this request's time
     */
    <T, E extends Exception> T waitFor(Deed<T, E> deed) throws E, SQLException {
        Budget budget = current.get();
        if (budget == null) {
            return deed.run();
        }
        if (budget.leftMs() < LEAST_TO_BEGIN_MS) {
            throw new SQLTimeoutException("This request has waited long enough for its database.");
        }
        budget.begunNanos = System.nanoTime();
        budget.running = true;
        try {
            return deed.run();
        } finally {
            budget.stop();
        }
    }

    /** How long an answer may be waited for on this thread from now on, in milliseconds; at least one. */
    int leftMs() {
        Budget budget = current.get();
        return budget == null ? ANSWER_SECONDS * 1_000 : (int) Math.max(1, budget.leftMs());
    }

    /** Something that is asked of the database. */
    interface Deed<T, E extends Exception> {
        T run() throws E, SQLException;
    }

    /** What one request has spent. */
    private static final class Budget {
        private long spentNanos;
        private long begunNanos;
        private boolean running;

        void stop() {
            spentNanos += System.nanoTime() - begunNanos;
            running = false;
        }

        long leftMs() {
            long spent = running ? spentNanos + System.nanoTime() - begunNanos : spentNanos;
            return BUDGET_MS - TimeUnit.NANOSECONDS.toMillis(spent);
        }
    }
}
