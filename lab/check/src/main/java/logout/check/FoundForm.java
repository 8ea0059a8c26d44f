package logout.check;

import static logout.check.CannotJudgeException.unless;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.experiment.Call;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jsoup.select.Elements;

/**
 * A form or a link that was found on a page.
 *
 * @param method GET or POST
 * @param target where it is sent
 * @param fields what it sends, hidden fields with their tokens included
 * @param isLink whether it is a link
 */
record FoundForm(String method, URI target, Map<String, String> fields, boolean isLink) {

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
        Element form = page.selectFirst("form:has(input[type=password])");
        if (form == null) {
            return Optional.empty();
        }
        FoundForm found = of(form);
        Stream.of(TEXT + "[name~=(?i)user|login|mail|account]", TEXT)
                .flatMap(texts -> form.select(texts).stream())
                .findFirst()
                .ifPresent(text -> found.fields.put(text.attr("name"), user));
        found.fields.put(form.select("input[type=password]").attr("name"), password);
        return Optional.of(found);
    }

    /**
     * The form, or failing that the link, that says that it logs out.
     *
     * @param links whether links count
     * @throws CannotJudgeException where several say so, and do not send the same
     */
    static Optional<FoundForm> logout(Document page, boolean links) {
        List<Element> shown = page.select("form:not(:has(input[type=password]))");
        shown.addAll(page.select(links ? "a[abs:href^=http]" : "none"));
        List<FoundForm> found = new ArrayList<>();
        for (Element element : shown) {
            String words = words(element);
            if (LOGOUT.matcher(words).find() && !MORE.matcher(words).find()) {
                FoundForm one = of(element);
                if (found.stream().noneMatch(one::sendsTheSameAs)) {
                    found.add(one);
                }
            }
        }
        String each = found.stream().map(one -> one.inWords("")).collect(Collectors.joining("; "));
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
        return Objects.equals(target.getPath(), other.target.getPath())
                && (isLink || method.equals(other.method) && fixed().equals(other.fixed()));
    }

    private Set<Map.Entry<String, String>> fixed() {
        return fields.entrySet().stream()
                .filter(field -> field.getValue().length() < 16)
                .collect(Collectors.toSet());
    }

    /**
     * Without the values, of which one may be a token.
     *
     * @param where the page that it is on, or empty
     */
    String inWords(String where) {
        return "the " + (isLink ? "link" : "form") + " to " + Call.masked(target.getPath()) + where
                + (fields.isEmpty() ? "" : ", with the fields " + String.join(", ", fields.keySet()));
    }

    private static Elements buttons(Element form) {
        return form.select("[type=submit], button:not([type])");
    }

    /** A link, or a form as if somebody pressed its button that logs out, or else the first one. */
    private static FoundForm of(Element form) {
        if (form.tagName().equals("a")) {
            return new FoundForm("GET", URI.create(form.absUrl("href")), Map.of(), true);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        ((FormElement) form).formData().forEach(field -> fields.put(field.key(), field.value()));
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
        String action = form.hasAttr("action") ? form.absUrl("action") : form.baseUri();
        return new FoundForm(
                form.attr("method").equalsIgnoreCase("post") ? "POST" : "GET", URI.create(action), fields, false);
    }

    /** The request that it sends. */
    Call call() {
        String path = Call.pathOf(target);
        Call form = Call.form(path, fields);
        if (method.equals("POST")) {
            return form;
        }
        // The fields of a form take the place of its own query.
        return Call.page(fields.isEmpty() ? path : path.split("\\?", 2)[0] + "?" + form.body());
    }
}
