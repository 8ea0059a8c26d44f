package logout.testing;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import io.restassured.response.Response;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A JSON value whose parts are read by their path: names with dots between them, such as {@code cookie.fingerprint.label}.
 * Where a name is not there, or its value is of another kind, the test fails.
 *
 * <p>REST-assured's own {@code JsonPath} compiles a Groovy script for each path, which takes a processor some ten
 * milliseconds.
 */
public final class Json {

    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private final JsonElement value;

    private Json(JsonElement value) {
        this.value = value;
    }

    /** The body of a reply. */
    public static Json of(Response reply) {
        return of(reply.asString());
    }

    /**
     * The value that a text holds; of an empty one it is null.
     *
     * @throws com.google.gson.JsonParseException if the text is not JSON
     */
    public static Json of(String text) {
        return new Json(Objects.requireNonNullElse(STRICT.fromJson(text, JsonElement.class), JsonNull.INSTANCE));
    }

    /** The text there, or null where the JSON says null. */
    public String text(String path) {
        return isNull(path)
                ? null
                : primitive(path, JsonPrimitive::isString, "a text").getAsString();
    }

    /** The whole number there. */
    public int number(String path) {
        return Integer.parseInt(
                primitive(path, JsonPrimitive::isNumber, "a number").getAsString());
    }

    /** The true or false there. */
    public boolean flag(String path) {
        return primitive(path, JsonPrimitive::isBoolean, "true or false").getAsBoolean();
    }

    /** The items of the array there. */
    public List<Json> list(String path) {
        JsonElement found = at(path);
        check(found.isJsonArray(), path + " is not an array");
        return found.getAsJsonArray().asList().stream().map(Json::new).toList();
    }

    /** Whether the JSON says null there. */
    public boolean isNull(String path) {
        return at(path).isJsonNull();
    }

    private JsonPrimitive primitive(String path, Predicate<JsonPrimitive> kind, String what) {
        JsonElement found = at(path);
        check(found.isJsonPrimitive() && kind.test(found.getAsJsonPrimitive()), path + " is not " + what);
        return found.getAsJsonPrimitive();
    }

    private JsonElement at(String path) {
        JsonElement found = value;
        for (String name : path.split("\\.")) {
            check(found.isJsonObject() && found.getAsJsonObject().has(name), "There is no " + path);
            found = found.getAsJsonObject().get(name);
        }
        return found;
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise + " in " + value);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
