package logout.sidebyside;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
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
 * A logout that runs, as a column of the comparison.
 *
 * @param view how the page introduces it
 * @param fingerprints makes the fingerprint of what is in a session cookie
 * @param recorded gives what the app has recorded of the requests with a {@code User-Agent}
 */
record LogoutColumn(
        Map<String, ?> view, ContractLogout subject, Function<String, Fingerprint> fingerprints, Recorded recorded) {

    /** What an app has recorded. */
    interface Recorded {
        /** The last requests that came with this {@code User-Agent}, oldest first. */
        List<RecordedRequest> by(String agent) throws IOException;
    }

    static LogoutColumn of(StageWithPanel stage, Logout logout) {
        ContractLogout subject = logout.of(stage);
        String name = "Stage " + logout.stage().number();
        String chapter = Docs.chapter(logout.stage());
        return new LogoutColumn(
                view(
                        name,
                        logout.stage().title(),
                        subject,
                        chapter,
                        stage.panel().route()),
                subject,
                Fingerprint::of,
                stage.panel()::recorded);
    }

    /** The logout at this place, from 0, of those on Express. Its route is compared with that of the one before. */
    static LogoutColumn of(List<ExpressLogout> logouts, int place) {
        ExpressLogout logout = logouts.get(place);
        RouteSource code = RouteSource.of(
                ExpressStack.FILE,
                place == 0 ? null : "Express " + place,
                place == 0 ? List.of() : logouts.get(place - 1).code(),
                logout.code());
        Gson ids = new GsonBuilder()
                .registerTypeAdapter(Fingerprint.class, (JsonDeserializer<Fingerprint>)
                        (id, type, context) -> Fingerprint.of(id.getAsString()))
                .create();
        String chapter = Docs.PATH + "from-express-to-spark.md";
        return new LogoutColumn(
                view("Express " + (place + 1), logout.name(), logout, chapter, code.toJson()),
                logout,
                cookie -> cookie == null ? null : Fingerprint.of(ExpressLogout.idIn(cookie)),
                agent -> List.of(ids.fromJson(logout.recorded(agent), RecordedRequest[].class)));
    }

    /** Two logouts of one stage share its name; the title is two or three words; the code is as the lab panel shows it. */
    private static Map<String, ?> view(String name, String title, ContractLogout subject, String chapter, String code) {
        return Map.of(
                "name", name,
                "title", title,
                "logout", subject.logout().toString(),
                "does", subject.effect(),
                "address", subject.address().toString(),
                "chapter", chapter,
                "code", JsonParser.parseString(code));
    }
}
