package logout.sidebyside;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.function.Function;
import logout.experiment.Subject;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.panel.Fingerprint;
import logout.panel.Fingerprints;
import logout.panel.RouteSource;
import logout.panel.StageWithPanel;

/**
 * A logout that runs, and how the comparison page introduces it.
 *
 * @param name what its column is called; two logouts of one stage share it
 * @param title two or three words
 * @param code its route as the lab panel shows it
 * @param fingerprints makes the fingerprint of an id
 */
record Compared(
        String name, String title, Subject subject, JsonElement code, Function<String, Fingerprint> fingerprints) {

    static Compared of(StageWithPanel stage, Logout logout) {
        return new Compared(
                "Stage " + logout.stage().number(),
                logout.stage().title(),
                new StageLogout(stage, logout),
                JsonParser.parseString(stage.panel().route()),
                stage.panel()::fingerprint);
    }

    /**
     * A logout on Express.
     *
     * @param before the one that its route is compared with; null for the first
     */
    static Compared of(ExpressLogout logout, int number, ExpressLogout before, Fingerprints fingerprints) {
        RouteSource code = RouteSource.of(
                ExpressStack.FILE,
                before == null ? null : "Express " + (number - 1),
                before == null ? List.of() : before.code(),
                logout.code());
        return new Compared(
                "Express " + number, logout.name(), logout, JsonParser.parseString(code.toJson()), fingerprints::of);
    }
}
