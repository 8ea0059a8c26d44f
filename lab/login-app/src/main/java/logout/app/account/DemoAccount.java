package logout.app.account;

import java.util.List;

/**
 * An account to try the logouts with. The login page shows the password; the check uses the hash
 * alone, as it would for an account whose password nobody knows.
 *
 * @param name what one logs in with
 * @param password shown on the login page
 * @param hash made by jBCrypt at cost 10 from the password
 */
public record DemoAccount(String name, String password, String hash) {

    public static final List<DemoAccount> ALL = List.of(
            new DemoAccount("ada", "analytical-engine", "$2a$10$p0q2lhPSxOTRI.ifAF.hIOHuD86rDc4xp/VpWulRVx9H0eQjYSUjq"),
            new DemoAccount("grace", "nanoseconds", "$2a$10$AkiNpbAIW4Ua2l0Z28WshO.50Ah5Z7dWmo5ONJugXP6spX7lC3do6"));
}
