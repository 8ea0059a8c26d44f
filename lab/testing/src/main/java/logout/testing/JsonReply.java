package logout.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.restassured.response.Response;

/** A reply that is a JSON object with a few texts in it. */
public final class JsonReply {

    private JsonReply() {}

    /**
     * The text of this name, or null where it is null or not there. REST-assured's own way to ask for it compiles a
     * Groovy script each time, which in a helper that every test calls takes more than the request.
     */
    public static String text(Response reply, String name) {
        JsonElement text =
                JsonParser.parseString(reply.asString()).getAsJsonObject().get(name);
        return text == null || text.isJsonNull() ? null : text.getAsString();
    }
}
