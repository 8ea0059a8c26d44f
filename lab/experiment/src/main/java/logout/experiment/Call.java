package logout.experiment;

import com.google.gson.Gson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request as a page sends it, but for its cookies.
 *
 * @param contentType of the body, or null where there is none
 * @param body the body, or an empty text
 * @param headers other headers by their names
 */
public record Call(String method, String path, String contentType, String body, Map<String, String> headers) {

    private static final Gson GSON = new Gson();

    /** A request without a body. */
    public static Call of(String method, String path) {
        return new Call(method, path, null, "", Map.of());
    }

    /** A form that is sent. */
    public static Call form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return new Call("POST", path, "application/x-www-form-urlencoded", body, Map.of());
    }

    /** A JSON object that is sent. */
    public static Call json(String method, String path, Map<String, String> members) {
        return new Call(method, path, "application/json", GSON.toJson(members), Map.of());
    }

    /** The path of the request for an address, with its query: {@code /} where it has none. */
    public static String pathOf(URI address) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    /** The same with another body. */
    public Call withBody(String other) {
        return new Call(method, path, contentType, other, headers);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
