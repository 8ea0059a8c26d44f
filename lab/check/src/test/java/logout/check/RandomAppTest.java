package logout.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Apps of random traits: no verdict may contradict what the traits imply. */
class RandomAppTest {

    static Stream<List<String>> apps() {
        return LongStream.rangeClosed(1, 40).mapToObj(RandomAppTest::traits);
    }

    private static List<String> traits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> traits = new ArrayList<>(List.of("seed=" + seed));
        for (String choices : List.of(
                "cookie-stays cookie-emptied deleted-for-anybody cookie-replaced -",
                "session-stays - -",
                "unguarded unguarded -",
                "adopts-any-id keeps-own-id -",
                "begins-before -",
                "one-session -",
                "remember - - - -",
                "cache=private -",
                "methods=POST,GET - -",
                "token=long field=do=logout -",
                "logins=1 logins=2 logins=5 logins=8 - - - - - - - -",
                "done=200 done=204 done=500 -",
                "out=200 out=401 out=403 -",
                "same-site= same-site=Strict same-site=None -",
                "base=/app -",
                "marker -")) {
            List<String> words = List.of(choices.split(" "));
            traits.add(words.get(random.nextInt(words.size())));
        }
        // A logout that does nothing logs nobody out, and one that fails has failed where the user is logged in again.
        traits.remove(traits.contains("cookie-stays") ? "session-stays" : "-");
        traits.remove(traits.contains("remember") ? "done=500" : "-");
        traits.removeIf("-"::equals);
        return traits;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("apps")
    void no_verdict_contradicts_the_traits(List<String> traits) throws IOException {
        try (TinyApp app = new TinyApp(traits.toArray(String[]::new))) {
            app.description.put("login-page", (app.is("base=/app") ? "/app" : "") + "/login");
            if (app.is("out=200") || app.is("marker")) {
                app.description.put("marker", "Hello, ada");
            }

            Checked.of(app).assertVerdicts(oracle(app, traits.toString().contains("logins=")));
        }
    }

    private static String oracle(TinyApp app, boolean limited) {
        boolean outlives = app.is("session-stays");
        boolean remembers = app.is("remember");
        boolean replaces = app.is("cookie-replaced");
        boolean token = app.is("token=long");
        boolean byGet = app.is("methods=POST,GET") && !token;
        boolean byForm = app.is("unguarded") && !token;
        boolean forAnybody = replaces || app.is("deleted-for-anybody");
        boolean fixed = app.is("adopts-any-id") || app.is("keeps-own-id");
        boolean none = app.is("same-site=None");
        // A browser that is logged in again by another cookie does not look logged out.
        String any = "yes/no/not-seen";
        String yes = remembers ? any : "yes";

        String fixation = app.is("begins-before")
                ? (fixed ? "yes" : "no")
                : app.is("adopts-any-id") ? "yes/no/moot/not-seen" : "no/moot/not-seen";
        String get = !byGet ? "no" : app.is("field=do=logout") ? any : yes;
        // With a GET, another site may get there by a link, which the condition before says already.
        String link = byGet && !app.is("same-site=Strict") ? any : "no";
        String forced = byForm && (app.is("same-site=") || none) ? yes : link;
        // Where the session outlives the logout itself, a forged one that drops the cookie is this, or a forced logout.
        String dropped = (byForm || byGet) && (forAnybody || outlives) ? any : "no";
        String taken = byForm && forAnybody && !none ? yes : dropped;
        String second = app.is("done=500") ? (token ? "yes/no/not-seen/moot" : "yes") : "no";
        String later = limited ? "/not-seen: " : ": ";
        return String.join(
                "; ",
                (outlives || remembers ? "yes" : "no") + ": replay",
                (remembers ? "yes" : "no") + later + "logs-in-again",
                // To tell which cookies are the login's takes more logins.
                (remembers || app.is("cookie-stays") ? "yes" : "no") + later + "cookie-stays",
                (replaces ? "yes" : "no") + later + "cookie-replaced",
                (app.is("cache=private") ? "yes" : "no") + ": page-kept",
                (replaces && !token ? "yes" : "no") + later + "session-for-nobody",
                second + ": second-logout-fails",
                fixation + later + "fixation",
                (app.is("adopts-any-id") ? "yes" : "no") + later + "adopted-id",
                get + later + "logout-by-get",
                forced + later + "forced-logout",
                taken + later + "cookie-taken");
    }
}
