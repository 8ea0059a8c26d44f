package logout.app.account;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.mindrot.jbcrypt.BCrypt;

/** Who may log in: names and bcrypt hashes. */
public final class Accounts {

    /** bcrypt reads no further than this many bytes; what comes after would be silently ignored. */
    public static final int MAX_PASSWORD_BYTES = 72;

    /** The hash of no password that anyone has: an unknown name is checked against it. */
    private static final String DECOY_HASH = "$2a$10$Z8rm6Og3c40UgD5qZ5QzieyYXPI6JHxt8tlbVYJ7nYn6w0uiJc8q.";

    public static final Accounts DEMO = new Accounts(DemoAccount.ALL);

    private final Map<String, String> hashes;

    public Accounts(Collection<DemoAccount> accounts) {
        hashes = accounts.stream().collect(Collectors.toUnmodifiableMap(DemoAccount::name, DemoAccount::hash));
    }

    /**
     * Whether this name has this password. An unknown name takes as long as a wrong password (one
     * bcrypt check, some 50 to 100 ms), so that the time does not tell which names exist.
     *
     * @throws IllegalArgumentException where the password is longer than bcrypt can read
     */
    public boolean matches(String name, String password) {
        if (password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
            throw new IllegalArgumentException("A password has at most " + MAX_PASSWORD_BYTES + " bytes.");
        }
        boolean passwordMatches = BCrypt.checkpw(password, hashes.getOrDefault(name, DECOY_HASH));
        // bcrypt reads a password round and round, with a zero byte in between: "a\0a" would pass for "a".
        return passwordMatches && password.indexOf('\0') < 0 && hashes.containsKey(name);
    }
}
