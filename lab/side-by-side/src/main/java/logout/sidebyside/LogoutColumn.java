package logout.sidebyside;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import logout.app.web.Docs;
import logout.experiment.ContractLogout;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.launcher.StageWithPanel;
import logout.panel.Fingerprint;
import logout.panel.RecordedRequest;
import logout.panel.RouteSource;

/**
 * A logout that runs, and how the comparison page introduces it.
 *
 * @param name what its column is called; two logouts of one stage share it
 * @param title two or three words
 * @param chapter the path of the page that explains it
 * @param code its route as the lab panel shows it
 * @param fingerprints makes the fingerprint of what is in a session cookie
 * @param recorded gives what the app has recorded of the requests with a {@code User-Agent}
 */
record LogoutColumn(
        String name,
        String title,
        ContractLogout subject,
        String chapter,
        JsonElement code,
        Function<String, Fingerprint> fingerprints,
        Recorded recorded) {

    /** What an app has recorded. */
    interface Recorded {
        /** The last requests that came with this {@code User-Agent}, oldest first. */
        List<RecordedRequest> by(String agent) throws IOException;
    }

    /** What the page is told of it. */
    Map<String, ?> view() {
        return Map.of(
                "name", name,
                "title", title,
                "logout", subject.logout().toString(),
                "does", subject.effect(),
                "address", subject.address().toString(),
                "chapter", chapter,
                "code", code);
    }

    static LogoutColumn of(StageWithPanel stage, Logout logout) {
        return new LogoutColumn(
                "Stage " + logout.stage().number(),
                logout.stage().title(),
                logout.of(stage),
                Docs.chapter(logout.stage()),
                JsonParser.parseString(stage.panel().route()),
                Fingerprint::of,
                stage.panel()::recorded);
    }

    /**
     * A logout on Express.
     *
     * @param before the one that its route is compared with; null for the first
     */
    static LogoutColumn of(ExpressLogout logout, int number, ExpressLogout before) {
        RouteSource code = RouteSource.of(
                ExpressStack.FILE,
                before == null ? null : "Express " + (number - 1),
                before == null ? List.of() : before.code(),
                logout.code());
        Gson ids = new GsonBuilder()
                .registerTypeAdapter(Fingerprint.class, (JsonDeserializer<Fingerprint>)
                        (id, type, context) -> Fingerprint.of(id.getAsString()))
                .create();
        return new LogoutColumn(
                "Express " + number,
                logout.name(),
                logout,
                Docs.PATH + "from-express-to-spark.md",
                JsonParser.parseString(code.toJson()),
                cookie -> cookie == null ? null : Fingerprint.of(ExpressLogout.idIn(cookie)),
                agent -> List.of(ids.fromJson(logout.recorded(agent), RecordedRequest[].class)));
    }
}
