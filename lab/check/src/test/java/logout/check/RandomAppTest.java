package logout.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Apps of random traits: no verdict may contradict what the traits imply. */
class RandomAppTest {

    static LongStream seeds() {
        return LongStream.range(2500, 2540);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_verdict_contradicts_the_traits(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> traits = new ArrayList<>();
        for (String choice : List.of(
                "cookie-stays cookie-emptied deleted-for-anybody cookie-replaced -",
                "unguarded -",
                "adopts-any-id keeps-own-id -",
                "begins-before -",
                "one-session -",
                "remember - - - -",
                "cache=private -",
                "by-GET - -",
                "token field=do=logout -",
                "logins=1 logins=2 logins=5 logins=8 - - - - - - - -",
                "done=200 done=204 done=500 -",
                "out=200 out=401 out=403 -",
                "same-site= same-site=Strict same-site=None -",
                "base=/app -",
                "session-stays - -")) {
            String[] choices = choice.split(" ");
            traits.add(choices[random.nextInt(choices.length)]);
        }
        traits.removeIf("-"::equals);
        if (traits.contains("cookie-stays")) {
            // A logout that does nothing at all logs nobody out.
            traits.remove("session-stays");
        }
        if (traits.contains("remember")) {
            // It would have failed, and the user would be logged in again.
            traits.remove("done=500");
        }
        try (TinyApp app = new TinyApp(traits.toArray(String[]::new))) {
            app.description.put("login-page", (app.is("base=/app") ? "/app" : "") + "/login");
            if (app.is("out=200") || random.nextBoolean()) {
                app.description.put("marker", "Hello, ada");
            }
            System.out.println("seed " + seed + ": " + traits);

            Checked.of(app).assertVerdicts(oracle(app, traits.toString().contains("logins=")));
        }
    }

    private static String oracle(TinyApp app, boolean limited) {
        boolean stays = app.is("session-stays");
        boolean remembers = app.is("remember");
        boolean replaces = app.is("cookie-replaced");
        boolean token = app.is("token");
        boolean known = app.is("field=do=logout");
        boolean byGet = app.is("by-GET") && !token;
        boolean forged = !app.is("unguarded") ? false : !token;
        boolean goesWithForm = app.is("same-site=") || app.is("same-site=None");
        boolean forAnybody = replaces || app.is("deleted-for-anybody");
        // A browser that is logged in again by another cookie does not look logged out.
        String any = remembers ? "yes/no/not-seen" : "yes";

        String second = !app.is("done=500") ? "no" : token ? "yes/no/not-seen/moot" : "yes";
        String fixation = !app.is("begins-before")
                ? (app.is("adopts-any-id") ? "yes/no/moot/not-seen" : "no/moot/not-seen")
                : app.is("adopts-any-id") || app.is("keeps-own-id") ? "yes" : "no";
        String get = !byGet ? "no" : known ? "yes/no/not-seen" : any;
        String forced = forged && goesWithForm ? any : byGet && !app.is("same-site=Strict") ? "yes/no/not-seen" : "no";
        String taken = forged && forAnybody && !app.is("same-site=None")
                ? any
                // Where the session outlives the logout itself, a forged one that drops the cookie is this, or a forced
                // logout.
                : (forged || byGet) && (forAnybody || stays) ? "yes/no/not-seen" : "no";
        String later = limited ? "/not-seen: " : ": ";
        return String.join(
                "; ",
                (stays || remembers ? "yes" : "no") + ": replay",
                (remembers ? "yes" : "no") + ": logs-in-again",
                // Which cookies are the login's takes more logins.
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
