package logout.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where Java's own jar and a browser differ, this one does as the browser. */
class CookieJarTest {

    private static final URI HOME = URI.create("http://localhost:4571/");

    private final CookieJar jar = new CookieJar();

    private void keep(String path, String... setCookies) {
        jar.keep(HOME.resolve(path), List.of(setCookies));
    }

    @ParameterizedTest
    @CsvSource({
        "/app, /app, true",
        "/app, /app/x, true",
        "/app, /application, false",
        "/app/, /app, false",
        "/, /anything, true"
    })
    void a_cookie_goes_to_its_path_and_below(String path, String target, boolean sent) {
        keep("/", "sid=1; Path=" + path);

        assertThat(jar.header(HOME.resolve(target))).isEqualTo(sent ? "sid=1" : null);
    }

    @Test
    void without_a_path_it_is_for_the_folder_of_the_address_that_set_it() {
        keep("/api/login", "sid=1");

        assertThat(jar.header(HOME.resolve("/api"))).isEqualTo("sid=1");
        assertThat(jar.header(HOME.resolve("/api/me"))).isEqualTo("sid=1");
        assertThat(jar.header(HOME)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "sid=; Path=/; Max-Age=0,",
        "sid=; Path=/; Max-Age=-1,",
        "'sid=; Path=/; Expires=Thu, 01-Jan-1970 00:00:00 GMT',",
        "'sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT',",
        "'sid=2; Path=/; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 2",
        "'sid=2; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Expires=soon',",
        "sid=; Path=/api; Max-Age=0, 1",
        "SID=; Path=/; Max-Age=0, 1",
        "sid=; Path=/; Domain=localhost; Max-Age=0,",
        "sid=; Max-Age=0, 1"
    })
    void a_deletion_has_to_name_the_same_cookie(String deletion, String left) {
        keep("/api/login", "sid=1; Path=/");

        keep("/api/logout", deletion);

        assertThat(jar.value(HOME, "sid")).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Path=/ | Domain=example.test | the cookie's domain is example.test, the deletion's is .example.test",
                "Domain=.Example.test | Path=/ | the cookie's domain is .example.test, the deletion's is example.test",
                "Secure; Partitioned | Secure | the cookie is partitioned, the deletion is not",
                "Secure | Secure; Partitioned | the cookie is not partitioned, the deletion is",
                "Secure; Partitioned | Partitioned | the browser refuses it (Secure, Domain, or the rules for a __Host- or __Secure- name)"
            })
    void a_deletion_that_misses_says_why(String cookie, String deletion, String reason) {
        URI address = URI.create("https://example.test/");
        jar.keep(address, List.of("sid=1; " + cookie));

        assertThat(jar.keep(address, List.of("sid=; Max-Age=0; " + deletion)))
                .containsExactly(new CookieJar.IneffectiveDeletion("sid", reason));
        assertThat(jar.value(address, "sid")).isEqualTo("1");
        assertThat(jar.keep(address, List.of("sid=; Max-Age=0; " + cookie))).isEmpty();
        assertThat(jar.held()).isEmpty();
    }

    @Test
    void of_two_cookies_of_one_name_the_one_with_the_longer_path_goes_first() {
        keep("/", "sid=home; Path=/", "sid=api; Path=/api");

        assertThat(jar.header(HOME.resolve("/api/me"))).isEqualTo("sid=api; sid=home");
        assertThat(jar.value(HOME, "sid")).isEqualTo("home");
    }

    @Test
    void a_prefix_is_a_promise() {
        keep("/", "__Host-sid=1; Path=/; Secure", "__Host-other=1; Path=/", "__Secure-sid=1; Path=/");
        keep("/", "__Host-deep=1; Path=/deep; Secure");
        assertThat(jar.held()).extracting(Cookie::name).containsExactly("__Host-sid");

        keep("/", "__Host-sid=; Path=/; Max-Age=0");
        assertThat(jar.header(HOME)).isEqualTo("__Host-sid=1");

        keep("/", "__Host-sid=; Path=/; Max-Age=0; Secure");
        assertThat(jar.header(HOME)).isNull();
    }

    @Test
    void quotes_are_part_of_the_value_and_a_copy_lives_its_own_life() {
        keep("/", "sid=\"1\"; Path=/");
        CookieJar copy = jar.copy();

        keep("/", "sid=; Path=/; Max-Age=0");

        assertThat(jar.header(HOME)).isNull();
        assertThat(copy.header(HOME)).isEqualTo("sid=\"1\"");
    }
}
