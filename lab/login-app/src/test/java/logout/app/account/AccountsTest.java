package logout.app.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mindrot.jbcrypt.BCrypt;

class AccountsTest {

    private static final int ROUNDS = 3;

    private final Accounts accounts = new Accounts(DemoAccount.ALL);

    @ParameterizedTest
    @FieldSource("logout.app.account.DemoAccount#ALL")
    void a_shown_password_matches_its_hash_made_at_cost_10(DemoAccount account) {
        assertThat(account.hash()).matches("\\$2a\\$10\\$[./0-9A-Za-z]{53}");
        assertThat(accounts.matches(account.name(), account.password())).isTrue();
    }

    @Test
    void only_the_right_password_of_the_right_name_matches() {
        assertThat(accounts.matches("ada", "analytical-engine")).isTrue();
        assertThat(accounts.matches("ada", "nanoseconds")).isFalse();
        assertThat(accounts.matches("ada", "")).isFalse();
        assertThat(accounts.matches("ADA", "analytical-engine")).isFalse();
        assertThat(accounts.matches("nobody", "analytical-engine")).isFalse();
        assertThat(accounts.matches("", "")).isFalse();
    }

    @Test
    void an_unknown_name_costs_a_bcrypt_check_as_a_known_one_does() {
        long[] known = new long[ROUNDS];
        long[] unknown = new long[ROUNDS];
        // In turns, so that a busy machine slows both down alike.
        for (int i = 0; i < ROUNDS; i++) {
            known[i] = nanos("ada");
            unknown[i] = nanos("nobody");
        }

        // Without the check it would be a thousandth.
        assertThat(median(unknown)).isGreaterThan(median(known) * 3 / 10);
    }

    private long nanos(String name) {
        long begin = System.nanoTime();
        assertThat(accounts.matches(name, "wrong")).isFalse();
        return System.nanoTime() - begin;
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "🔑"})
    void of_seventy_two_bytes_each_counts_and_seventy_three_are_refused(String letter) {
        int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
        String longest = letter.repeat(Accounts.MAX_PASSWORD_BYTES / bytes);
        Accounts one = accountWith(longest);

        assertThat(one.matches("one", longest)).isTrue();
        assertThat(one.matches("one", longest.substring(letter.length()) + "b".repeat(bytes)))
                .isFalse();
        // Of these two, bcrypt itself would say that they are the same: it stops after 72 bytes.
        assertThatThrownBy(() -> one.matches("one", longest + "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.matches("nobody", longest + "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_password_repeated_after_a_zero_byte_is_another_password() {
        Accounts one = accountWith("secret");

        assertThat(one.matches("one", "secret")).isTrue();
        // bcrypt reads a password round and round, with a zero byte after each round.
        assertThat(one.matches("one", "secret\0secret")).isFalse();
    }

    private static Accounts accountWith(String password) {
        return new Accounts(List.of(new DemoAccount("one", password, BCrypt.hashpw(password, BCrypt.gensalt(4)))));
    }
}
