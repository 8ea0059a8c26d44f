package logout.panel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.google.gson.annotations.JsonAdapter;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * How a session's id is shown: by a short fingerprint that cannot be turned back into the id, and by a mark.
 *
 * @param label six hexadecimal digits
 */
@JsonAdapter(Fingerprint.Marked.class)
public record Fingerprint(String label) {

    /**
     * Gives it its mark when it is shown, and not before: an id that nobody sees needs none. A mark is a shape in a colour: the
     * shape is its number modulo {@value #SHAPES}. The last {@value #SHAPES} ids that were shown differ in shape, so also for
     * those who see no colours; the last {@value #COUNT} differ in the mark. One for the whole process: a page can show ids of
     * several stages.
     */
    static final class Marked implements JsonSerializer<Fingerprint> {
        private static final int SHAPES = 12;
        private static final int COUNT = 48;

        /** By label, the one that was shown longest ago first; before any is shown, by names that are no labels. */
        private static final Map<String, Integer> MARKS = new LinkedHashMap<>(COUNT, 0.75f, true);

        static {
            for (int mark = 0; mark < COUNT; mark++) {
                MARKS.put("none yet: " + mark, mark);
            }
        }

        @Override
        public JsonElement serialize(Fingerprint fingerprint, Type type, JsonSerializationContext context) {
            JsonObject marked = new JsonObject();
            marked.addProperty("label", fingerprint.label());
            marked.addProperty("mark", mark(fingerprint.label()));
            return marked;
        }

        private static synchronized int mark(String label) {
            if (!MARKS.containsKey(label)) {
                MARKS.put(label, MARKS.remove(leastRecent()));
            }
            return MARKS.get(label);
        }

        /** Of the shape that was shown longest ago, the label that was shown longest ago. */
        private static String leastRecent() {
            Set<Integer> shapes = new LinkedHashSet<>();
            for (int mark : MARKS.values()) {
                shapes.remove(mark % SHAPES);
                shapes.add(mark % SHAPES);
            }
            int shape = shapes.iterator().next();
            return MARKS.entrySet().stream()
                    .filter(given -> given.getValue() % SHAPES == shape)
                    .findFirst()
                    .orElseThrow()
                    .getKey();
        }
    }
}
