package logout.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.experiment.Cookie;
import logout.experiment.HttpUser;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
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
            Pattern.compile("(css) (\\S+|.*\\S(?= ))(?: +([\\w-]+))?|(json|cookie|header) (\\S+)");

    static Capture parse(String name, String text) {
        Matcher form = FORM.matcher(text);
        try {
            if (form.matches()) {
                return form.group(1) == null
                        ? new Capture(name, form.group(4), form.group(5), null)
                        : new Capture(name, form.group(1), known(form.group(2)), form.group(3));
            }
        } catch (SelectorParseException e) {
            // Neither is this one of the four forms.
        }
        throw new CannotJudgeException(
                "The line \"capture " + name + "\" says where in a reply the value is: css SELECTOR"
                        + " ATTRIBUTE, json PATH, cookie NAME, or header NAME.");
    }

    private static String known(String selector) {
        QueryParser.parse(selector);
        return selector;
    }

    /** The value in the replies to a request, redirects included. */
    Optional<String> in(List<HttpResponse<String>> replies, HttpUser user) {
        String body = HttpUser.last(replies).body();
        return switch (kind) {
            case "css" ->
                Optional.ofNullable(Jsoup.parse(body).selectFirst(what)).map(this::of);
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

    private String of(Element element) {
        return attribute == null ? element.text() : element.attr(attribute);
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
}
