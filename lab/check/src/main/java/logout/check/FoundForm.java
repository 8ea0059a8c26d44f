package logout.check;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
    private static final Pattern LOGOUT =
            Pattern.compile("(?i)log\\W?(out|off)|sign\\W?(out|off)|abmelden|déconnexion");

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

    /** The form, or failing that the link, that says that it logs out. */
    static Optional<FoundForm> logout(Document page) {
        for (Element form : page.select("form:not(:has(input[type=password]))")) {
            String words = form.attr("action") + " " + form.text() + " "
                    + buttons(form).eachAttr("value");
            if (LOGOUT.matcher(words).find()) {
                return Optional.of(of(form));
            }
        }
        return page.select("a[href]").stream()
                .filter(link ->
                        LOGOUT.matcher(link.attr("href") + " " + link.text()).find())
                .findFirst()
                .map(link -> new FoundForm("GET", URI.create(link.absUrl("href")), Map.of(), true));
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
        if (method.equals("POST")) {
            return Call.form(path, fields);
        }
        // The fields of a form take the place of its own query.
        String asked = fields.isEmpty()
                ? path
                : path.split("\\?", 2)[0] + "?" + Call.form("", fields).body();
        return Call.of("GET", asked);
    }

    /** The same without what a page of another site cannot know: the hidden fields. */
    Call forged() {
        return new FoundForm(method, target, Map.of(), isLink).call();
    }
}
