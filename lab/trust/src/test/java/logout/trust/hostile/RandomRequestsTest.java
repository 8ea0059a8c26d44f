package logout.trust.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import logout.sidebyside.Logout;
import logout.testing.RawRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests made at random, always the same ones: a failure shows the request. {@code -Dhostile.seed=…} makes others,
 * {@code -Dhostile.tries=…} more.
 */
@DisplayName("A random request logs nobody out, unless it is the real one")
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomRequestsTest {

    private static final long SEED = Long.getLong("hostile.seed", 4570);
    private static final int TRIES = Integer.getInteger("hostile.tries", 50);

    private static final List<UnaryOperator<String>> LINES = List.of(
            noise -> "X-Noise: " + noise,
            noise -> "Cookie: " + noise,
            noise -> "Cookie: a=" + noise + "; b",
            noise -> "Accept: " + noise,
            noise -> "Range: bytes=" + noise,
            noise -> "Origin: " + noise,
            noise -> "X-Forwarded-For: " + noise,
            noise -> "Content-Type: " + noise,
            noise -> noise + ": x");

    @Parameter
    Logout logout;

    @AutoClose
    private Victim victim;

    private Random random;

    @BeforeParameterizedClassInvocation
    void start() {
        victim = new Victim(logout);
    }

    @BeforeEach
    void begin_the_same_series() {
        random = new Random(SEED);
    }

    @Test
    void a_trick_among_random_headers_is_inert() {
        List<Trick> tricks = Trick.all(logout, victim.port()).toList();
        victim.beLoggedIn();
        for (int i = 0; i < TRIES; i++) {
            RawRequest decorated = victim.realLogout();
            for (int lines = random.nextInt(4); lines > 0; lines--) {
                decorated = decorated.withFirst(oneOf(LINES).apply(noise()));
            }
            RawRequest request = oneOf(tricks).change().apply(decorated);

            victim.send(request);

            assertThat(victim.isLoggedIn()).as("after %s", request).isTrue();
        }
        victim.assertLoggedIn();
    }

    @Test
    void the_real_request_with_a_few_wrong_bytes_is_done_as_such_or_changes_nothing() {
        for (int i = 0; i < TRIES; i++) {
            victim.beLoggedIn();
            String request = withWrongBytes(victim.realLogout().toString());

            int status = victim.send(request).status();

            if (victim.isLoggedIn()) {
                victim.assertLoggedIn();
            } else {
                assertThat(status).as(request).isEqualTo(logout.onPlainSite() ? 302 : 204);
                assertThat(request)
                        .startsWith(logout.method() + " " + logout.path())
                        .contains(victim.id());
            }
        }
    }

    /** Up to three bytes replaced, added or taken out. */
    private String withWrongBytes(String text) {
        StringBuilder bytes = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(bytes.length());
            switch (random.nextInt(3)) {
                case 0 -> bytes.setCharAt(at, anyByte());
                case 1 -> bytes.insert(at, anyByte());
                default -> bytes.deleteCharAt(at);
            }
        }
        return bytes.toString();
    }

    /** Up to 40 bytes of all kinds, but no end of a line. */
    private String noise() {
        StringBuilder noise = new StringBuilder();
        for (int length = random.nextInt(40); length > 0; length--) {
            noise.append(anyByte());
        }
        return noise.toString().replaceAll("[\r\n]", "");
    }

    /** Half of them are among those that mean something in HTTP. */
    private char anyByte() {
        String telling = " \t\r\n\0\"\\;,=:%$/?#.";
        return random.nextBoolean() ? telling.charAt(random.nextInt(telling.length())) : (char) random.nextInt(256);
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
