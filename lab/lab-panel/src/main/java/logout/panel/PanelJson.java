package logout.panel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.time.Instant;

/** What the lab panel tells its page, as JSON. A class of its own: Gson is loaded when the page first asks. */
final class PanelJson {

    private static final JsonSerializer<Instant> ISO_TIME = (time, type, context) -> new JsonPrimitive(time.toString());
    private static final Gson JSON = new GsonBuilder()
            .registerTypeAdapter(Instant.class, ISO_TIME)
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private PanelJson() {}

    static String of(Object value) {
        return JSON.toJson(value);
    }
}
