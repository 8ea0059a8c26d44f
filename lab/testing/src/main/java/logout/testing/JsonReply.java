package logout.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.restassured.response.Response;

/** A reply that is a JSON object and may lack what is asked for; {@link Json} is for one that may not. */
public final class JsonReply {

    private JsonReply() {}

    /** The text of this name, or null where it is null or not there. */
    public static String text(Response reply, String name) {
        JsonElement text =
                JsonParser.parseString(reply.asString()).getAsJsonObject().get(name);
        return text == null || text.isJsonNull() ? null : text.getAsString();
    }
}
