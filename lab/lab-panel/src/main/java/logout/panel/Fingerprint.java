package logout.panel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.google.gson.annotations.JsonAdapter;
import java.lang.reflect.Type;

/**
 * How a session's id is shown: by a short fingerprint that cannot be turned back into the id, and by a mark.
 *
 * @param label six hexadecimal digits
 */
@JsonAdapter(Fingerprint.Marked.class)
public record Fingerprint(String label) {

    /** Gives it its mark when it is shown, and not before: an id that nobody sees needs none. See {@link IdMarks}. */
    static final class Marked implements JsonSerializer<Fingerprint> {
        @Override
        public JsonElement serialize(Fingerprint fingerprint, Type type, JsonSerializationContext context) {
            JsonObject marked = new JsonObject();
            marked.addProperty("label", fingerprint.label());
            marked.addProperty("mark", IdMarks.of(fingerprint.label()));
            return marked;
        }
    }
}
