package logout.check;

import static logout.check.CannotJudgeException.unless;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import logout.experiment.Call;
import org.jsoup.Connection;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jsoup.select.Elements;

/**
 * A form or a link that was found on a page.
 *
 * @param call the request that it sends, hidden fields with their tokens included
 * @param target where it is sent
 * @param inWords what it is, without the values, of which one may be a token
 */
record FoundForm(Call call, URI target, boolean isLink, String inWords) {

    private static final String TEXT = "input:is([type=text], [type=email], :not([type]))";

    /** Whole words, also in a name such as {@code doLogout}; not {@code catalog/outlet}. */
    private static final Pattern LOGOUT = Pattern.compile(
            "(?:(?<!\\p{L})|(?<=\\p{Ll})(?=\\p{Lu}))"
                    + "(?:(?:[Ll]og|LOG|[Ss]ign|SIGN)[\\s_-]?(?:[Oo]ut|OUT|[Oo]ff|OFF)(?!\\p{Ll})|(?iu:abmelden|déconnexion)(?!\\p{L}))");

    /** What does more than to log this user out. */
    private static final Pattern MORE =
            Pattern.compile("(?iu)delet|remov|close|lösch|\\b(all|alle|others?|everywhere)\\b");

    /** The first form with a password on this page, filled in. */
    static Optional<FoundForm> login(Document page, String user, String password) {
        return Optional.ofNullable(page.selectFirst("form:has(input[type=password])"))
                .map(form -> {
                    Elements texts = form.select(TEXT + "[name~=(?i)user|login|mail|account]");
                    texts.addAll(form.select(TEXT));
                    Map<String, String> typed = new HashMap<>();
                    texts.stream().limit(1).forEach(text -> typed.put(text.attr("name"), user));
                    typed.put(form.select("input[type=password]").attr("name"), password);
                    return of(form, typed);
                });
    }

    /** The form, or where links count the link, that says that it logs out; several that do not send the same are refused. */
    static Optional<FoundForm> logout(Document page, boolean links) {
        List<Element> shown = page.select("form:not(:has(input[type=password]))");
        shown.addAll(page.select(links ? "a[abs:href^=http]" : "none"));
        List<FoundForm> found = new ArrayList<>();
        for (Element element : shown) {
            String words = words(element);
            if (LOGOUT.matcher(words).find() && !MORE.matcher(words).find()) {
                FoundForm one = of(element, Map.of());
                if (found.stream().noneMatch(one::sendsTheSameAs)) {
                    found.add(one);
                }
            }
        }
        String each = found.stream().map(FoundForm::inWords).collect(Collectors.joining("; "));
        unless(found.size() <= 1, "several-logouts", each);
        return found.stream().findFirst();
    }

    /** What a form or a link says of itself; what can be chosen in a form is not what its button does. */
    private static String words(Element element) {
        Element shown = element.clone();
        shown.select("select").remove();
        return element.attr("action") + element.attr("href") + " " + shown.text() + " "
                + buttons(element).eachAttr("value");
    }

    /** But for tokens, which are long; to a link, what is sent to its path is the same. */
    private boolean sendsTheSameAs(FoundForm other) {
        return isLink ? target.getPath().equals(other.target.getPath()) : fixed().equals(other.fixed());
    }

    private String fixed() {
        return (call.method() + call.path() + call.body()).replaceAll("=[^&]{16,}", "");
    }

    private static Elements buttons(Element form) {
        return form.select("[type=submit], button:not([type])");
    }

    /** A link, or a form as if somebody typed this and pressed its button that logs out, or else the first one. */
    private static FoundForm of(Element element, Map<String, String> typed) {
        if (!(element instanceof FormElement form)) {
            return of(URI.create(element.absUrl("href")), "link", Map.of(), false);
        }
        Connection.Request request = form.submit().request();
        Map<String, String> fields = new LinkedHashMap<>();
        request.data().forEach(field -> fields.put(field.key(), field.value()));
        // jsoup takes every button of this kind for one that was pressed.
        form.select("input[type=submit], input[type=reset]").eachAttr("name").forEach(fields::remove);
        Elements buttons = buttons(form);
        buttons.stream()
                .filter(button -> LOGOUT.matcher(button.attr("value") + " " + button.text())
                        .find())
                .findFirst()
                .or(() -> buttons.stream().findFirst())
                .filter(button -> button.hasAttr("name"))
                .ifPresent(button -> fields.put(button.attr("name"), button.attr("value")));
        fields.putAll(typed);
        return of(URI.create(request.url().toString()), "form", fields, request.method() == Connection.Method.POST);
    }

    private static FoundForm of(URI target, String kind, Map<String, String> fields, boolean isPost) {
        String path = Call.pathOf(target);
        Call form = Call.form(path, fields);
        // The fields of a form take the place of its own query.
        Call page = Call.page(fields.isEmpty() ? path : path.split("\\?", 2)[0] + "?" + form.body());
        String names = fields.isEmpty() ? "" : ", with the fields " + String.join(", ", fields.keySet());
        String inWords = "the " + kind + " to " + Call.masked(target.getPath()) + names;
        return new FoundForm(isPost ? form : page, target, kind.equals("link"), inWords);
    }
}
