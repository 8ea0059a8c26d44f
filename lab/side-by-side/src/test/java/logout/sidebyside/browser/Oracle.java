package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.testing.Json;
import org.openqa.selenium.Cookie;

/**
 * Knows what is so without asking the panel, from the browser's cookies, SQL, {@code GET /api/me} and {@code GET /api/note} with a
 * copy of a cookie, and from what the walker has noted of its logouts. It holds each sentence of a stage's page to that.
 */
final class Oracle {

    private static final String SHOWN = """
            const text = selector => document.querySelector(selector)?.innerText.replace(/\\s+/g, ' ').trim() ?? null;
            const part = (line, name) => line.querySelector(`[data-part="${name}"]`)?.textContent.trim() ?? '';
            const places = ['#lab-step', '#lab-which', '#lab-verdict', '#lab-cookie', '#lab-count', '#lab-contact', 'main #who'];
            return { ...Object.fromEntries(places.map(place => [place, text(place)])),
              rows: [...document.querySelectorAll('#lab-rows tr')].map(line => line.hasAttribute('data-dangling') ? 'dangling'
                : `${line.hasAttribute('data-yours') ? 'yours ' : ''}${part(line, 'user')} ${part(line, 'note')}`).sort(),
              residue: [...document.querySelectorAll('#lab-residue tr[data-column]')].map(line =>
                `${line.dataset.column}: ${line.querySelector('[data-part="after"] .words')?.textContent ?? ''}`) };""";

    private static final String TIME = "\\d\\d:\\d\\d:\\d\\d";

    /** What a logout was and left, as the walker has measured it, and what was tried since. */
    static final class Seen {
        final String request;
        final String user;
        final int status;
        final Facts before;
        final Facts after;
        final boolean overwritten;
        String replay;
        Boolean saveBroughtBack;
        Boolean linkLoggedOut;

        Seen(String request, int status, Facts before, Facts after, boolean overwritten) {
            this.request = request;
            this.user = before.user();
            this.status = status;
            this.before = before;
            this.after = after;
            this.overwritten = overwritten;
        }

        Row oldRow() {
            return after.rows().get(before.cookie());
        }

        Row newRow() {
            return after.rows().entrySet().stream()
                    .filter(row -> !before.rows().containsKey(row.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }

        String cookie() {
            return after.cookie() == null ? "gone" : after.cookie().equals(before.cookie()) ? "same" : "replaced";
        }
    }

    /** A row; null where it has no user, no note. */
    record Row(String user, String note) {
        String left(boolean old) {
            String who = user != null ? (old ? "with the user" : "of " + user) : old ? "without the user" : "anonymous";
            String what = note != null ? (old ? "with the note" : "with a note") : old ? "without the note" : "empty";
            return who + ", " + what;
        }
    }

    /** What is so now. */
    record Facts(String cookie, String user, Map<String, Row> rows) {
        Row own() {
            return rows.get(cookie);
        }
    }

    /** A sentence that the page may say, and when it is true. */
    private record Shape(Pattern pattern, BiPredicate<Facts, MatchResult> isTrue) {}

    private final RealBrowser browser;
    private final LiveStage stage;
    private final List<Shape> shapes = new ArrayList<>();

    /** This browser's last logout, or null. */
    Seen last;

    boolean storeIsAway;

    Oracle(RealBrowser browser, LiveStage stage) {
        this.browser = browser;
        this.stage = stage;
        knowSentences();
    }

    private void says(String pattern, BiPredicate<Facts, MatchResult> isTrue) {
        shapes.add(new Shape(Pattern.compile("(?:" + pattern + ")\\s*"), isTrue));
    }

    private void knowSentences() {
        says("Step \\d of 6|All steps done", (now, said) -> true);
        says("Log in: press “Use ada”, then “Log in”\\.", (now, said) -> now.user() == null && last == null);
        says(
                "Write a note, and press “Save note”\\.",
                (now, said) -> now.user() != null && now.own().note() == null);
        says(
                "Log out, and watch the lab panel\\.",
                (now, said) -> now.user() != null && now.own().note() != null);
        says(
                "Logged out by (\\S+ \\S+) at " + TIME + "\\.",
                (now, said) ->
                        now.user() == null && last.status < 400 && said.group(1).equals(last.request));
        says(
                "The logout failed: (\\S+ \\S+) at " + TIME + "\\.",
                (now, said) -> now.user() == null
                        && last.status >= 400
                        && said.group(1).equals(last.request));
        says(
                "A link on another site logged (\\S+) out\\.",
                (now, said) -> now.user() == null && Boolean.TRUE.equals(last.linkLoggedOut));
        says("Log in again\\.", (now, said) -> now.user() == null);
        says(
                "Look at what was left\\. Then try the old cookie: press Send it again\\.",
                (now, said) -> last != null && now.user() == null);
        says(
                "The old cookie (.*?\\.)(?= Log in again| Try a save)",
                (now, said) -> said.group(1).equals(last.replay));
        says(
                "Try a save that is under way at the logout: press Begin to save, then “Log out now”\\.",
                (now, said) -> last != null && last.replay != null);
        says("See what another site can do: press Follow the link\\.", (now, said) -> true);
        says("The session is logged in again: the save brought the user back\\.", (now, said) -> last.saveBroughtBack);
        says(
                "The session stays logged out: the save did not bring the user back\\.",
                (now, said) -> !last.saveBroughtBack);
        says("(Do it all with the other logout, or go on|Go on): [^.]+\\.", (now, said) -> last != null);
        says(
                "Nobody has logged out here yet\\. Log in, keep a note, log out; then look here\\.",
                (now, said) -> last == null);
        says(
                "The logout failed: its reply was (\\d+).*?\\.",
                (now, said) -> last.status == Integer.parseInt(said.group(1)) && last.status >= 400);
        says(
                "Nothing was left: the session’s cookie is gone from the browser, its row from the store\\.",
                (now, said) -> last.cookie().equals("gone") && last.oldRow() == null && last.newRow() == null);
        says(
                "Left behind: (.*?)\\.",
                (now, said) ->
                        said.group(1).replaceAll("cookie [0-9a-f]{6}", "cookie").equals(left()));
        says(
                "Why is there a cookie\\? The deletion never left the server: .*? See the exchange log, and the code\\.",
                (now, said) -> last.overwritten);
        says(
                "And then the save in flight brought (\\S+) back\\.",
                (now, said) -> Boolean.TRUE.equals(last.saveBroughtBack)
                        && said.group(1).equals(last.user));
        says(
                "(\\S+ \\S+) of (\\S+), " + TIME,
                (now, said) ->
                        said.group(1).equals(last.request) && said.group(2).equals(last.user));
        says("No cookie This browser sends no \\S+\\.", (now, said) -> now.cookie() == null);
        says("stage-0\\d\\.sid ?[0-9a-f]{6} Path=/ · HttpOnly · SameSite=Lax", (now, said) -> now.cookie() != null);
        says("points to no row: it dangles", (now, said) -> now.cookie() != null && now.own() == null);
        says(
                "points to (the|a) row of (\\S+?)(, with a note)?(?= |$)",
                (now, said) -> now.own() != null
                        && said.group(2)
                                .equals(Objects.requireNonNullElse(now.own().user(), "nobody"))
                        && (said.group(3) != null) == (now.own().note() != null));
        says("No rows\\.", (now, said) -> now.rows().isEmpty());
        says("One row\\.", (now, said) -> now.rows().size() == 1);
        says("(\\d+) rows\\.", (now, said) -> now.rows().size() == Integer.parseInt(said.group(1)));
    }

    /** What the last logout left behind, as the verdict says it. */
    private String left() {
        List<String> things = new ArrayList<>();
        if (last.after.cookie() != null) {
            things.add(last.cookie().equals("same") ? "the same cookie" : "a new cookie");
        }
        boolean pointsToOld = last.cookie().equals("same");
        if (last.oldRow() != null) {
            things.add((pointsToOld ? "the row it points to (" : "the old row (")
                    + last.oldRow().left(true) + ")");
        }
        if (last.newRow() != null) {
            boolean pointsToNew = last.cookie().equals("replaced");
            things.add((pointsToNew ? "the row it points to (" : "a new row (")
                    + last.newRow().left(false) + ")");
        }
        return String.join(" and ", things);
    }

    /** What is so now, without the panel. */
    Facts facts() {
        Cookie held = browser.cookie(stage.cookieName());
        String cookie = held == null ? null : held.getValue();
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String id : ids()) {
            rows.put(id, new Row(ask("/api/me", id, "user"), ask("/api/note", id, "note")));
        }
        return new Facts(cookie, cookie == null ? null : ask("/api/me", cookie, "user"), rows);
    }

    private List<String> ids() {
        try (Connection connection = DriverManager.getConnection(stage.running().databaseAddress());
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("SELECT sessionId FROM " + stage.stage().table())) {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        } catch (SQLException e) {
            throw new AssertionError("The session store cannot be read.", e);
        }
    }

    private String ask(String path, String cookie, String member) {
        HttpResponse<String> reply = stage.ask("GET", path, cookie);
        Json body = reply.statusCode() == 200 ? Json.of(reply.body()) : null;
        return body == null || body.isNull(member) ? null : body.text(member);
    }

    /** Holds every sentence on the page to what is so, once the page has had the time to hear of it. */
    void holdsThePageToIt(String step) {
        browser.script("dispatchEvent(new Event('exchange'))");
        browser.eventually(() -> check(step));
    }

    @SuppressWarnings("unchecked")
    private void check(String step) {
        Map<String, Object> shown = (Map<String, Object>) browser.script(SHOWN);
        String contact = (String) shown.get("#lab-contact");
        if (storeIsAway) {
            assertThat(contact).as(step).startsWith("The session store cannot be read. Showing what was last seen");
            return;
        }
        assertThat(contact).as(step).isEmpty();
        Facts now = facts();
        for (String place : List.of("#lab-step", "#lab-which", "#lab-verdict", "#lab-cookie", "#lab-count")) {
            readTrue(step + ", " + place, (String) shown.get(place), now);
        }
        assertThat(shown.get("main #who")).as("%s, who", step).isEqualTo(now.user());
        List<String> rows = new ArrayList<>(now.rows().entrySet().stream()
                .map(row -> (row.getKey().equals(now.cookie()) ? "yours " : "")
                        + Objects.requireNonNullElse(row.getValue().user(), "nobody") + " "
                        + (row.getValue().note() == null
                                ? "none"
                                : "“" + row.getValue().note() + "”"))
                .toList());
        if (now.cookie() != null && now.own() == null) {
            rows.add("dangling");
        }
        if (rows.size() <= 5) {
            assertThat((List<String>) shown.get("rows")).as("%s, rows", step).containsExactlyInAnyOrderElementsOf(rows);
        }
        if (last != null) {
            assertThat((List<String>) shown.get("residue"))
                    .as("%s, residue", step)
                    .contains("cookie: " + last.cookie())
                    .contains("oldRow: "
                            + (last.oldRow() == null
                                    ? "gone"
                                    : "stays, " + last.oldRow().left(true)))
                    .contains("newRow: "
                            + (last.newRow() == null
                                    ? "none"
                                    : "one, " + last.newRow().left(false)))
                    .anyMatch(line -> line.startsWith("reply: " + last.status));
        }
    }

    private void readTrue(String where, String text, Facts now) {
        for (int at = 0; at < text.length(); ) {
            boolean isKnown = false;
            for (Shape shape : shapes) {
                Matcher said = shape.pattern().matcher(text).region(at, text.length());
                if (said.lookingAt()) {
                    assertThat(holds(shape, now, said))
                            .as("%s says “%s”; so is %s", where, said.group().strip(), now)
                            .isTrue();
                    at = said.end();
                    isKnown = true;
                    break;
                }
            }
            assertThat(isKnown)
                    .as("%s says what the oracle does not know: “%s”", where, text.substring(at))
                    .isTrue();
        }
    }

    private boolean holds(Shape shape, Facts now, Matcher said) {
        try {
            return shape.isTrue().test(now, said);
        } catch (NullPointerException e) {
            return false; // it speaks of what there was not
        }
    }
}
