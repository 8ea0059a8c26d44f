package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.openqa.selenium.JavascriptException;

/**
 * Knows what is so without asking the panel, from the browser's cookies, SQL, {@code GET /api/me} and {@code GET /api/note} with a
 * copy of a cookie, and from what the walker has noted of its logouts. It holds each sentence of a stage's page to that.
 */
final class Oracle {

    private static final List<String> OUTCOMES =
            List.of("#lab-replay-outcome", "#lab-slow-save-outcome", "#lab-foreign-link-outcome");

    private static final String SHOWN = """
            const text = selector => {
              const one = document.querySelector(selector);
              return one === null ? null : one.closest('[hidden]') ? '' : one.innerText.replace(/\\s+/g, ' ').trim();
            };
            const part = (line, name) => line.querySelector(`[data-part="${name}"]`)?.textContent.trim() ?? '';
            return { ...Object.fromEntries(arguments[0].map(place => [place, text(place)])),
              rows: [...document.querySelectorAll('#lab-rows tr')].map(line => line.hasAttribute('data-dangling') ? 'dangling'
                : `${line.hasAttribute('data-yours') ? 'yours ' : ''}${part(line, 'user')} ${part(line, 'note')}`).sort(),
              residue: [...document.querySelectorAll('#lab-residue tr[data-column]')].map(line =>
                `${line.dataset.column}: ${line.querySelector('[data-part="after"] .words')?.textContent ?? ''}`) };""";

    /** The page looks again; when a second look begins, it shows all that the first has brought. */
    private static final String LOOK_TWICE = """
            const done = arguments[0];
            const begun = performance.now();
            const look = () => dispatchEvent(new Event('exchange'));
            let looks = 0;
            new PerformanceObserver((seen, observer) => {
              looks += seen.getEntries().filter(one => one.name.includes('/lab/state') && one.startTime > begun).length;
              if (looks < 2) return look();
              observer.disconnect();
              setTimeout(done);
            }).observe({ type: 'resource' });
            look();""";

    private static final String TIME = "\\d\\d:\\d\\d:\\d\\d";
    private static final String LABEL = "([0-9a-f]{6})";

    /** What a logout was and left, as the walker has measured it, and what was tried since. */
    static final class Seen {
        final String request;
        final String user;
        final int status;
        final Facts before;
        final Facts after;
        final boolean overwritten;

        /** Whether a link on another site was this logout. */
        final boolean byLink;

        boolean replayed;
        String replay = "not tried yet";
        Boolean saveBroughtBack;
        String link = "not tried yet";

        Seen(String request, int status, Facts before, Facts after, boolean overwritten, boolean byLink) {
            this.byLink = byLink;
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

        /** What this cookie is worth: who it lets in, and what it reads. */
        String worth(String cookie, String user, String note, String both, String empty, String nothing) {
            Row row = rows.get(cookie);
            if (row == null) {
                return nothing;
            }
            return row.user() != null ? row.note() != null ? both : user : row.note() != null ? note : empty;
        }
    }

    /** A sentence that the page may say, and when it is true. */
    private record Shape(Pattern pattern, BiPredicate<Facts, MatchResult> isTrue) {}

    private final RealBrowser browser;
    private final LiveStage stage;
    private final List<Shape> shapes = new ArrayList<>();

    /** This browser's last logout, or null. */
    Seen last;

    /** What this browser's last try of a link on another site tried to log out, and what came of it; or null. */
    Link link;

    /** Whether this browser has tried a slow save. */
    boolean saved;

    /** Where the outcome of what was just tried has to stand, or null. */
    String toldIn;

    boolean storeIsAway;

    /** @param loggedOut whether it ended the session of this cookie */
    record Link(String cookie, String request, boolean loggedOut) {}

    /** The label that stood for a cookie when it was shown first. */
    private final Map<String, String> labels = new HashMap<>();

    Oracle(RealBrowser browser, LiveStage stage) {
        this.browser = browser;
        this.stage = stage;
        knowSentences();
    }

    private void says(String pattern, BiPredicate<Facts, MatchResult> isTrue) {
        shapes.add(new Shape(Pattern.compile("(?:" + pattern + ")\\s*"), isTrue));
    }

    private void knowSentences() {
        says("Step (\\d) of 6", (now, said) -> step(now) == Integer.parseInt(said.group(1)));
        says("All steps done", (now, said) -> step(now) == 7);
        says("Log in as ada\\.", (now, said) -> now.user() == null && step(now) == 1);
        says("Write a note, and save it\\.", (now, said) -> step(now) == 2);
        says("Log out, and watch the lab panel\\.", (now, said) -> step(now) == 3);
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
                (now, said) -> now.user() == null
                        && link.loggedOut()
                        && link.cookie().equals(now.cookie())
                        && said.group(1).equals(last.user));
        says("Log in again\\.", (now, said) -> now.user() == null && step(now) >= 5);
        says("Look at what was left\\. Then try the old cookie\\.", (now, said) -> step(now) == 4);
        says("Try a save that is under way at the logout\\.", (now, said) -> step(now) == 5);
        says("See what another site can do\\.", (now, said) -> step(now) == 6);
        says(
                "(Do it all with the other logout, or go on|Go on|That was all of this stage)\\. The code that did it stands below\\.",
                (now, said) ->
                        step(now) == 7 && stage.isPlainSite() == said.group(1).startsWith("Do it all"));
        says(
                "The old cookie " + LABEL + " (.*?\\.) (?:\\S+ /\\S+ \\d{3}(?: |$))+",
                (now, said) -> isLabelOf(last.before.cookie(), said.group(1))
                        && last.replayed
                        && said.group(2)
                                .equals(now.worth(
                                        last.before.cookie(),
                                        "is still logged in.",
                                        "is not logged in, yet it reads the note.",
                                        "is still logged in, and reads the note.",
                                        "is not logged in and reads no note, but its session is still in the store.",
                                        "is worth nothing.")));
        says(
                "The session " + LABEL
                        + " is logged in again: the save brought the user back\\. The save was answered 2\\d\\d\\.",
                (now, said) -> isLabelOf(last.before.cookie(), said.group(1)) && last.saveBroughtBack);
        says(
                "The session " + LABEL
                        + " stays logged out: the save did not bring the user back\\. The save was answered \\d{3}\\.",
                (now, said) -> isLabelOf(last.before.cookie(), said.group(1)) && !last.saveBroughtBack);
        says(
                "The session " + LABEL + " was logged out by the (link|form)\\.",
                (now, said) -> isOfLink(said) && link.loggedOut() && now.user() == null);
        says(
                "The session " + LABEL
                        + " (?:is still logged in: the (link|form) did not log it out|lives on, but without its cookie the (?:link|form) takes it from the browser)\\.",
                (now, said) -> isOfLink(said)
                        && !link.loggedOut()
                        && now.rows().get(link.cookie()).user() != null);
        says("Nobody has logged out here yet: there is no old cookie to replay\\.", (now, said) -> last == null);
        says("Nobody has logged out here yet\\.", (now, said) -> last == null);
        says(
                "The logout failed: its reply was (\\d+).*?\\.",
                (now, said) -> last.status == Integer.parseInt(said.group(1)) && last.status >= 400);
        says(
                "Nothing was left: the session’s cookie is gone from the browser, its row from the store\\.",
                (now, said) -> last.cookie().equals("gone") && last.oldRow() == null && last.newRow() == null);
        says(
                "Left behind: (.*?)\\.",
                (now, said) ->
                        said.group(1).replaceAll("cookie [0-9a-f]{6}", "cookie").equals(left())
                                && Pattern.compile("cookie " + LABEL)
                                        .matcher(said.group(1))
                                        .results()
                                        .allMatch(id -> isLabelOf(last.after.cookie(), id.group(1))));
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
        says(
                "stage-0\\d\\.sid ?" + LABEL + " Path=/ · HttpOnly · SameSite=Lax",
                (now, said) -> now.cookie() != null && isLabelOf(now.cookie(), said.group(1)));
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

    /** Where the lesson is. */
    private int step(Facts now) {
        if (link != null && last != null) {
            return 7;
        }
        if (saved) {
            return 6;
        }
        if (last != null && last.replayed) {
            return 5;
        }
        if (now.user() == null) {
            return last == null ? 1 : 4;
        }
        return now.own().note() == null ? 2 : 3;
    }

    /** Whether a label stands for this cookie, and has always done so, and for no other. */
    private boolean isLabelOf(String cookie, String label) {
        labels.putIfAbsent(cookie, label);
        return labels.get(cookie).equals(label)
                && labels.values().stream().filter(label::equals).count() == 1;
    }

    private boolean isOfLink(MatchResult said) {
        boolean isLink = link.request().startsWith("GET ");
        return isLabelOf(link.cookie(), said.group(1))
                && (said.group(2) == null || said.group(2).equals(isLink ? "link" : "form"));
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

    /** Holds every sentence on the page to what is so, once the page has heard of it. */
    void holdsThePageToIt(String step) {
        holdsThePageToIt(step, facts());
    }

    /** @param now what is so, or was when the store could be read last */
    @SuppressWarnings("unchecked")
    void holdsThePageToIt(String step, Facts now) {
        browser.eventually(
                () -> assertThat(who()).as("%s, who is logged in", step).isEqualTo(now.user()));
        pageHasHeard();
        List<String> places = new ArrayList<>(
                List.of("#lab-cookie", "#lab-count", "#lab-which", "#lab-verdict", "#lab-step", "#lab-outcome"));
        places.addAll(OUTCOMES);
        places.add("#lab-contact");
        Map<String, Object> shown = (Map<String, Object>) browser.script(SHOWN, places);
        String contact = (String) shown.get(places.remove(places.size() - 1));
        if (storeIsAway) {
            assertThat(contact).as(step).startsWith("The session store cannot be read. Showing what was last seen");
        } else {
            assertThat(contact).as(step).isEmpty();
        }
        for (String place : places) {
            readTrue(step + ", " + place, (String) shown.get(place), now);
        }
        isSaid(step, shown, "Step|All steps", "#lab-step");
        isSaid(step, shown, "stage-0|No cookie", "#lab-cookie");
        isSaid(step, shown, "ow", "#lab-count");
        isSaid(
                step,
                shown,
                last == null ? "Nobody" : last.status >= 400 ? "The logout failed" : "Nothing was left|Left behind",
                "#lab-verdict");
        Row old = last == null ? null : now.rows().get(last.before.cookie());
        if (old != null && old.user() != null && Boolean.TRUE.equals(last.saveBroughtBack)) {
            isSaid(step, shown, "brought", "#lab-verdict");
        }
        if (last != null && now.user() == null) {
            isSaid(step, shown, "ogged|logout failed", "#lab-step");
            isSaid(step, shown, "Nothing was left|Left behind", "#lab-outcome");
        }
        if (toldIn != null) {
            isSaid(step, shown, ".", toldIn);
            toldIn = null;
        }
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
                    .contains("replay: " + last.replay)
                    .contains("saveInFlight: "
                            + (last.saveBroughtBack == null ? "not tried yet" : last.saveBroughtBack ? "yes" : "no"))
                    .anyMatch(line -> line.startsWith("foreignLink: " + last.link))
                    .anyMatch(line -> line.startsWith("reply: " + last.status));
        }
    }

    private String who() {
        return (String) browser.script("return document.querySelector('main #who')?.textContent ?? null");
    }

    /** Waits until the page shows what the server tells now. */
    void pageHasHeard() {
        try {
            browser.asyncScript(LOOK_TWICE);
        } catch (JavascriptException e) {
            browser.asyncScript(LOOK_TWICE); // the page was loaded anew meanwhile
        }
    }

    private static void isSaid(String step, Map<String, Object> shown, String pattern, String place) {
        assertThat((String) shown.get(place)).as("%s, %s", step, place).containsPattern(pattern);
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
