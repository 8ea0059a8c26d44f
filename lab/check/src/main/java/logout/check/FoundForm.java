package logout.check;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final Pattern USER = Pattern.compile("(?i)user|login|mail|account");
    /** Whole words, also in a name such as {@code doLogout}; not {@code catalog/outlet}. */
    private static final Pattern LOGOUT = Pattern.compile(
            "(?:(?<!\\p{L})|(?<=\\p{Ll})(?=\\p{Lu}))"
                    + "(?:(?:[Ll]og|LOG|[Ss]ign|SIGN)[\\s_-]?(?:[Oo]ut|OUT|[Oo]ff|OFF)(?!\\p{Ll})|(?iu:abmelden|déconnexion)(?!\\p{L}))");

    /** What does more than to log this user out. */
    private static final Pattern MORE =
            Pattern.compile("(?iu)delet|remov|close|lösch|\\b(all|alle|others?|everywhere)\\b");

    /** The first form with a password on this page, filled in. */
    static Optional<FoundForm> login(Document page, String user, String password) {
        Element secret = page.selectFirst("form input[type=password]");
        if (secret == null) {
            return Optional.empty();
        }
        Element form = secret.closest("form");
        FoundForm found = of(form);
        List<Element> texts = form.select("input[type=text], input[type=email], input:not([type])");
        texts.stream()
                .filter(text -> USER.matcher(text.attr("name")).find())
                .findFirst()
                .or(() -> texts.stream().findFirst())
                .ifPresent(text -> found.fields.put(text.attr("name"), user));
        found.fields.put(secret.attr("name"), password);
        return Optional.of(found);
    }

    /**
     * The form, or failing that the link, that says that it logs out.
     *
     * @param links whether links count
     * @throws CannotJudgeException where several say so, and do not send the same
     */
    static Optional<FoundForm> logout(Document page, boolean links) {
        Map<String, FoundForm> found = new LinkedHashMap<>();
        for (Element form : page.select("form:not(:has(input[type=password]))")) {
            Element shown = form.clone();
            // What can be chosen is not what the button does.
            shown.select("select").remove();
            addIf(form.attr("action"), shown.text() + " " + buttons(form).eachAttr("value"), of(form), found);
        }
        for (Element link : page.select(links ? "a[href]" : "none")) {
            String address = link.absUrl("href");
            if (address.startsWith("http") && !address.contains(" ")) {
                FoundForm one = new FoundForm("GET", URI.create(address), Map.of(), true);
                addIf(link.attr("href"), link.text(), one, found);
            }
        }
        if (found.size() > 1) {
            throw new CannotJudgeException("Several forms or links say that they log out, and none was pressed: "
                    + found.values().stream().map(one -> one.inWords("")).collect(Collectors.joining("; "))
                    + ". Paste the right request: \"logout = curl …\".");
        }
        return found.values().stream().findFirst();
    }

    /** Forms come first, and one to a path takes the place of links there. */
    private static void addIf(String address, String text, FoundForm one, Map<String, FoundForm> found) {
        String words = address + " " + text;
        boolean isKnown = one.isLink
                && found.values().stream()
                        .anyMatch(other -> Objects.equals(other.target.getPath(), one.target.getPath()));
        if (LOGOUT.matcher(words).find() && !MORE.matcher(words).find() && !isKnown) {
            found.putIfAbsent(one.method + " " + one.target.getPath() + fixed(one), one);
        }
    }

    /** What tells two requests to one path apart, but for tokens, which are long. */
    private static String fixed(FoundForm one) {
        return one.fields.entrySet().stream()
                .filter(field -> field.getValue().length() < 16)
                .map(Map.Entry::toString)
                .collect(Collectors.joining("&", "?", ""));
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

    /** As if somebody pressed the button that logs out, or else the first one. */
    private static FoundForm of(Element form) {
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
        return Call.of("GET", fields.isEmpty() ? path : path.split("\\?", 2)[0] + "?" + form.body());
    }

    /** Refuses what is not sent to the origin of the app. */
    void insistOn(URI app, String key) {
        if (!app.getScheme().equals(target.getScheme())
                || !String.valueOf(app.getAuthority()).equals(target.getAuthority())) {
            throw new CannotJudgeException("The " + key + " is sent to another site, " + target.getAuthority()
                    + ", and nothing is sent there. Describe the request by \"" + key
                    + " = curl …\" if it is part of this app.");
        }
    }
}
