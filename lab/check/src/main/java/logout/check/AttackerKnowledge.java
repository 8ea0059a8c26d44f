package logout.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.experiment.Call;
import logout.experiment.LogoutUnderTest.LogoutRequest;

/**
 * What somebody on another site knows of a logout's request: all of its fields but the tokens, which differ from session to
 * session.
 */
final class AttackerKnowledge {

    private static final Pattern FIELD = Pattern.compile("([^=&?]+)=([^&]*)");
    private static final Set<String> SIMPLE = Set.of("accept", "Accept", "accept-language", "origin", "referer");
    private static final String FORM = "application/x-www-form-urlencoded";

    /** A value of so many characters that are no words is taken for a token, even where it has not been seen to differ. */
    static final String RANDOM = "(?=.*\\d).{16,}|[A-Za-z]{16,}";

    /** The values of each field that have been seen. */
    private final Map<String, Set<String>> seen = new HashMap<>();

    /** The request, and the same as a page of another site can make a browser send it: a form or a link without the tokens. */
    LogoutRequest without(Call call) {
        List<String> doubtful = new ArrayList<>();
        String[] address = call.path().split("\\?", 2);
        String query = address.length == 1 ? "" : known(address[1], doubtful);
        boolean isForm = call.contentType() == null || call.contentType().startsWith(FORM);
        String body = isForm ? known(call.body(), doubtful) : call.body();
        Call forged = new Call(
                call.method(),
                query.isEmpty() ? address[0] : address[0] + "?" + query,
                isForm ? call.contentType() : "text/plain",
                body,
                Map.of());
        return new LogoutRequest(
                call,
                forged.navigation(),
                lacks(call, isForm),
                doubtful.isEmpty()
                        ? null
                        : "the field " + String.join(" and ", doubtful)
                                + " was the same for every session, so it is unknown whether an attacker knows it");
    }

    /** What makes a browser ask the app first, before it sends a request of another site. */
    private static String lacks(Call call, boolean isForm) {
        List<String> headers = new ArrayList<>(call.headers().keySet());
        headers.removeAll(SIMPLE);
        if (!isForm) {
            headers.add("Content-Type: " + call.contentType());
        }
        return headers.isEmpty()
                ? ""
                : " A page of another site cannot send " + String.join(" and ", headers)
                        + " unless the app agrees to it first (a preflight).";
    }

    private String known(String fields, List<String> doubtful) {
        List<String> known = new ArrayList<>();
        Matcher field = FIELD.matcher(fields);
        while (field.find()) {
            Set<String> values = seen.computeIfAbsent(field.group(1), any -> new HashSet<>());
            boolean isFirst = values.isEmpty();
            values.add(field.group(2));
            boolean differs = values.size() > 1;
            if (!differs && !field.group(2).matches(RANDOM)) {
                known.add(field.group());
            } else if (!differs && !isFirst) {
                doubtful.add(field.group(1));
            }
        }
        return String.join("&", known);
    }
}
