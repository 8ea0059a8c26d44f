package logout.testing;

import logout.app.account.Accounts;
import logout.app.account.DemoAccount;
import org.mindrot.jbcrypt.BCrypt;

/**
 * The demo accounts, with passwords that are quick to check. Tests log in more than a thousand times; with bcrypt at cost 10
 * that would take them more time than everything else. A login that is as slow as it must be is for login-app's own tests.
 */
public final class QuickAccounts {

    /** The names and passwords of {@link Accounts#DEMO}. */
    public static final Accounts ALL =
            new Accounts(DemoAccount.ALL.stream().map(QuickAccounts::quick).toList());

    private static final int LEAST_COST = 4;

    private QuickAccounts() {}

    private static DemoAccount quick(DemoAccount account) {
        String hash = BCrypt.hashpw(account.password(), BCrypt.gensalt(LEAST_COST));
        return new DemoAccount(account.name(), account.password(), hash);
    }
}
