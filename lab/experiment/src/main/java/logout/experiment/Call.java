package logout.experiment;

import com.google.gson.Gson;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

    public static Call of(String method, String path) {
        return new Call(method, path, null, "", Map.of());
    }

    /** A page, as a browser asks for it. */
    public static Call page(String path) {
        return of("GET", path).navigation();
    }

    public static Call form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return new Call("POST", path, "application/x-www-form-urlencoded", body, Map.of()).navigation();
    }

    public static Call json(String method, String path, Map<String, String> members) {
        return new Call(method, path, "application/json", GSON.toJson(members), Map.of());
    }

    /** The path of the request for an address, with its query: {@code /} where it has none. */
    public static String pathOf(URI address) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    /** The texts in it: the values of a query, of a form or of a JSON object that have four characters or more. */
    public List<String> texts() {
        boolean isJson = contentType != null && contentType.contains("json");
        return Pattern.compile(isJson ? "\"([^\"\\\\]{4,})\"\\s*[,}]" : "=([^&]{4,})")
                .matcher(body.isEmpty() ? path : body)
                .results()
                .map(found -> found.group(1))
                .map(text -> isJson ? text : URLDecoder.decode(text, StandardCharsets.UTF_8))
                .toList();
    }

    /** The same as a browser sends it that goes to a page, by a link or by a form: some apps send others to no login form. */
    public Call navigation() {
        return new Call(method, path, contentType, body, Map.of("Accept", "text/html, */*;q=0.8"));
    }

    public Call withBody(String other) {
        return new Call(method, path, contentType, other, headers);
    }

    /** An address without what may be secret in it: the values of its query, and the id of a session. */
    public static String masked(String address) {
        return address.replaceAll("([?&][^=&#]*=)[^&#]+", "$1…").replaceAll("(?i)(;jsessionid=)[^?#/]*", "$1…");
    }

    /** Method and path, without what may be secret in the path. */
    @Override
    public String toString() {
        return method + " " + masked(path);
    }
}
