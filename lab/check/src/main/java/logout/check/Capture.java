package logout.check;

import static logout.check.CannotJudgeException.unless;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.experiment.HttpUser;
import org.jsoup.Jsoup;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector.SelectorParseException;

/**
 * What is kept of the replies to a request, for later ones.
 *
 * @param from where it stands in them, as the description says it: its kind, what is looked for, and an attribute or null
 */
record Capture(String name, MatchResult from) {

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
        return new Capture(name, form.toMatchResult());
    }

    /** The value in the replies to a request, redirects included. */
    Optional<String> in(List<HttpResponse<String>> replies, HttpUser user) {
        String body = HttpUser.last(replies).body();
        String what = from.group(2);
        String attribute = from.group(3);
        return switch (from.group(1)) {
            case "css" ->
                Optional.ofNullable(Jsoup.parse(body).selectFirst(what))
                        .map(element -> attribute == null ? element.text() : element.attr(attribute));
            case "json" -> inJson(body, what);
            case "cookie" ->
                user.jar().held().stream()
                        .filter(cookie -> cookie.name().equals(what))
                        .map(cookie -> decoded(cookie.value()))
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

    private static Optional<String> inJson(String body, String what) {
        try {
            JsonElement found = JsonParser.parseString(body);
            for (String step : what.split("\\.")) {
                found = found instanceof JsonArray all
                        ? all.get(Integer.parseInt(step))
                        : found.getAsJsonObject().get(step);
            }
            return found.isJsonPrimitive() ? Optional.of(found.getAsString()) : Optional.empty();
        } catch (RuntimeException e) {
            // Something on the path is not there, or is of another kind.
            return Optional.empty();
        }
    }
}
