package logout.check;

import static logout.check.CannotJudgeException.unless;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.experiment.Call;
import logout.experiment.Cookie;
import logout.experiment.HttpUser;
import org.jsoup.Jsoup;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector.SelectorParseException;

/**
 * What is kept of the replies to a request, for later ones.
 *
 * @param kind css, json, cookie or header
 * @param what the selector, the path, or the name
 * @param attribute of the element that the selector finds; null for its text
 */
record Capture(String name, String kind, String what, String attribute) {

    private static final Pattern FORM =
            Pattern.compile("(css|(?:json|cookie|header)(?= \\S+$)) (\\S+|.*\\S(?= ))(?: +([\\w-]+))?");

    static Capture parse(String name, String text) {
        Matcher form = FORM.matcher(text);
        unless(form.matches(), "capture", name);
        try {
            QueryParser.parse(form.group(1).equals("css") ? form.group(2) : "*");
        } catch (SelectorParseException e) {
            throw new CannotJudgeException("capture", name);
        }
        return new Capture(name, form.group(1), form.group(2), form.group(3));
    }

    /** The value in the replies to a request, redirects included. */
    Optional<String> in(List<HttpResponse<String>> replies, HttpUser user) {
        String body = HttpUser.last(replies).body();
        return switch (kind) {
            case "css" ->
                Optional.ofNullable(Jsoup.parse(body).selectFirst(what))
                        .map(element -> attribute == null ? element.text() : element.attr(attribute));
            case "json" -> inJson(body);
            case "cookie" ->
                user.jar().held().stream()
                        .filter(cookie -> cookie.name().equals(what))
                        .map(Cookie::value)
                        .map(Capture::decoded)
                        .findFirst();
            default ->
                replies.stream()
                        .flatMap(reply -> reply.headers().firstValue(what).stream())
                        .reduce((one, later) -> later);
        };
    }

    /** As a script of the page decodes it, before it is sent in a header. */
    private static String decoded(String value) {
        boolean isEncoded = value.matches("(?:[^%]|%[0-9a-fA-F]{2})*");
        return isEncoded ? URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8) : value;
    }

    private Optional<String> inJson(String body) {
        try {
            JsonElement found = JsonParser.parseString(body);
            for (String step : what.split("\\.")) {
                if (found instanceof JsonArray all && step.matches("\\d{1,4}")) {
                    found = Integer.parseInt(step) < all.size() ? all.get(Integer.parseInt(step)) : null;
                } else {
                    found = found instanceof JsonObject object ? object.get(step) : null;
                }
            }
            return found instanceof JsonPrimitive value ? Optional.of(value.getAsString()) : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    /** What is looked for, in words. */
    @Override
    public String toString() {
        return kind + " " + what + (attribute == null ? "" : " " + attribute);
    }

    /** A request with values in place of their names; a header for which one is not known yet is left out. */
    static Call filled(Call call, Map<String, String> common, Map<String, String> values) {
        Map<String, String> headers = new LinkedHashMap<>(common);
        headers.putAll(call.headers());
        values.forEach((name, value) ->
                headers.values().removeIf(header -> value.isEmpty() && header.contains("{" + name + "}")));
        headers.replaceAll((name, header) -> sent(filled(header, values, UnaryOperator.identity())));
        UnaryOperator<String> encoded = value -> URLEncoder.encode(value, StandardCharsets.UTF_8);
        UnaryOperator<String> quoted =
                value -> new JsonPrimitive(value).toString().replaceAll("^\"|\"$", "");
        boolean isJson = String.valueOf(call.contentType()).contains("json");
        return new Call(
                call.method(),
                filled(call.path(), values, encoded),
                call.contentType(),
                filled(call.body(), values, isJson ? quoted : encoded),
                headers);
    }

    private static String filled(String text, Map<String, String> values, UnaryOperator<String> as) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", as.apply(value.getValue()));
        }
        return filled;
    }

    /** Name and password of a basic authentication are encoded when the password is known. */
    private static String sent(String header) {
        return header.matches("Basic .*:.*")
                ? "Basic "
                        + Base64.getEncoder().encodeToString(header.substring(6).getBytes(StandardCharsets.UTF_8))
                : header;
    }
}
