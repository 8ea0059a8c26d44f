package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logout.testing.Json;
import org.eclipse.jetty.server.session.SessionData;
import org.eclipse.jetty.util.ClassLoadingObjectInputStream;
import org.openqa.selenium.Cookie;

/**
 * Knows what is so without asking the panel, from the browser's cookies, SQL and {@code GET /api/me} with a copy of its
 * cookie, and from what the walker has noted of its logouts. It holds each sentence of a stage's page to that.
 */
final class Oracle {

    private static final List<String> OUTCOMES =
            List.of("#lab-replay-outcome", "#lab-slow-save-outcome", "#lab-foreign-link-outcome");

    private static final String SHOWN = """
            const text = selector => {
              const one = document.querySelector(selector);
              return one === null ? null : one.closest('[hidden]') ? '' : one.innerText.replace(/\\s+/g, ' ').trim();
            };
            const lines = change => [...document.querySelectorAll(`#lab-lines .line:is([data-change="same"], [data-change="${change}"])`)]
              .map(line => line.lastChild.textContent).join('');
            const part = (line, name) => line.querySelector(`[data-part="${name}"]`)?.textContent.trim() ?? '';
            return { ...Object.fromEntries(arguments[0].map(place => [place, text(place)])),
              rows: [...document.querySelectorAll('#lab-rows tr')].map(line => line.hasAttribute('data-dangling') ? 'dangling'
                : `${line.hasAttribute('data-yours') ? 'yours ' : ''}${part(line, 'user')} ${part(line, 'note')}`).sort(),
              residue: [...document.querySelectorAll('#lab-residue tr[data-column]')].map(line =>
                `${line.dataset.column}: ${line.querySelector('[data-part="after"] .words')?.textContent ?? ''}`),
              own: document.querySelector('#lab-rows :is([data-yours], [data-dangling])')?.dataset.row ?? null,
              isDrawn: document.getElementById('lab-drawing').checkVisibility(),
              logged: [...document.querySelectorAll('#lab-exchanges li[data-logout]')].map(line => ['code', '.status', '.sent .fingerprint']
                .map(part => line.querySelector(part)).map(part => part.dataset.fingerprint ?? part.textContent.trim()).join(' ')),
              drawn: [...document.querySelectorAll('#lab-said .sentence')].map(one => one.textContent).join(' '),
              pictured: document.querySelectorAll('#lab-drawn svg [data-what]').length,
              told: document.querySelectorAll('#lab-said .sentence').length,
              code: lines('new'), codeBefore: lines('gone'), isCodeOpen: document.getElementById('lab-code').open,
              ids: arguments[1].filter(id => document.documentElement.outerHTML.includes(id)),
              taken: document.querySelector('#lab-lines [data-taken]')?.textContent ?? null };""";

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

    private static final String SERVER = "(?:For (\\S+ /\\S+), the|The) server ";
    private static final Map<String, String> REPLIES =
            Map.of("same", "sets no", "gone", "deletes", "replaced", "sets the cookie");
    private static final String TIME = "(\\d\\d:\\d\\d:\\d\\d)";
    private static final String LABEL = "([0-9a-f]{6})";
    private static final String SAVED = "(?:The slow save is over:|The session) " + LABEL;
    private static final String TRIED = "(?:Another site:|The session) " + LABEL;

    /** What a logout was and left, as the walker has measured it, and what was tried since. */
    static final class Seen {
        private final LocalTime begun;
        private final LocalTime ended = LocalTime.now();
        final String request;
        final String user;
        final int status;
        final Facts before;
        final Facts after;
        final boolean overwritten;

        /** Whether a link on another site was this logout. */
        final boolean byLink;

        /** How many edits had been saved before it. */
        final int edit;

        /** Whether the old cookie was sent again, and whether what came of it could be seen the last time. */
        boolean replayed;

        boolean replaySeen;
        String replay = "not tried yet";

        /** Whether a slow save came after it, and whether that brought the user back; null where she had never been away. */
        boolean saved;

        Boolean saveBroughtBack;
        String link = "not tried yet";

        Seen(
                LocalTime begun,
                String request,
                int status,
                Facts before,
                Facts after,
                boolean overwritten,
                boolean byLink,
                int edit) {
            this.begun = begun;
            this.edit = edit;
            this.byLink = byLink;
            this.request = request;
            this.user = before.user();
            this.status = status;
            this.before = before;
            this.after = after;
            this.overwritten = overwritten;
        }

        /** Whether it was at this time of a day. */
        boolean isAt(String time) {
            return secondsSinceItBegan(LocalTime.parse(time)) <= secondsSinceItBegan(ended);
        }

        private int secondsSinceItBegan(LocalTime time) {
            return Math.floorMod(time.toSecondOfDay() - begun.toSecondOfDay(), 24 * 60 * 60);
        }

        /** @param seen whether the store could be asked */
        void isReplayed(Facts now, int edits, boolean seen) {
            replayed = true;
            replaySeen = seen;
            String unseen = !seen || saved || edits != edit ? "not seen: " : null;
            if (unseen == null || replay.startsWith("not tried") || replay.startsWith("not seen")) {
                replay = unseen != null
                        ? unseen
                        : now.worth(
                                before.cookie(),
                                "logged in",
                                "not logged in, reads the note",
                                "logged in, reads the note",
                                "not logged in, an empty session",
                                "nothing");
            }
        }

        void isSaved(Facts now) {
            saved = true;
            Row row = now.rows().get(before.cookie());
            saveBroughtBack = left(oldRow()) ? null : (Boolean) left(row);
        }

        private static boolean left(Row row) {
            return row != null && row.user() != null;
        }

        Row oldRow() {
            return after.rows().get(before.cookie());
        }

        Row newRow() {
            return after.rows().get(newId());
        }

        String newId() {
            return after.rows().keySet().stream()
                    .filter(id -> !before.rows().containsKey(id))
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

        String drawn() {
            return Objects.requireNonNullElse(user, "nobody") + (note == null ? ", no note" : ", with a note");
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

    /** What was tried last, and in which story: whose login, with which cookie, after which logout. */
    private List<Object> tried;

    /** The logout whose drawing was looked at last. */
    private Seen drawnLast;

    /** How often the source was saved, and what is wrong with it, or null. */
    int edits;

    String mistake;

    /** The route that runs, and that of the stage before; null where there is none. */
    String route;

    String routeBefore;

    /**
     * @param before what was so before it
     * @param loggedOut whether it ended the session
     */
    record Link(Facts before, String request, boolean loggedOut) {
        String cookie() {
            return before.cookie();
        }
    }

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
                (now, said) -> now.user() == null
                        && last.status < 400
                        && said.group(1).equals(last.request)
                        && last.isAt(said.group(2)));
        says(
                "The logout failed: (\\S+ \\S+) at " + TIME + "\\.",
                (now, said) -> now.user() == null
                        && last.status >= 400
                        && said.group(1).equals(last.request)
                        && last.isAt(said.group(2)));
        says(
                "A link on another site logged the user out\\.",
                (now, said) ->
                        now.user() == null && link.loggedOut() && link.cookie().equals(now.cookie()));
        says("Log in again\\.", (now, said) -> now.user() == null && step(now) >= 5);
        says("See what was left, then try the old cookie\\.", (now, said) -> step(now) == 4);
        says("Try a save that is under way at the logout\\.", (now, said) -> step(now) == 5);
        says("See what another site can do\\.", (now, said) -> step(now) == 6);
        says(
                "(Do it all with the other logout, or go on|Go on|That was all of this stage)\\. The code that did it stands below\\.",
                (now, said) ->
                        step(now) == 7 && stage.isPlainSite() == said.group(1).startsWith("Do it all"));
        says(
                "The old cookie " + LABEL + " (is [^.]*\\.)(?: \\S+ /\\S+ \\d{3}(?= |$))*",
                (now, said) -> isLabelOf(last.before.cookie(), said.group(1))
                        && last.replaySeen
                        && said.group(2)
                                .equals(now.worth(
                                        last.before.cookie(),
                                        "is still logged in.",
                                        "is not logged in, yet it reads the note.",
                                        "is still logged in, and reads the note.",
                                        "is not logged in and reads no note, but its session is still in the store.",
                                        "is worth nothing.")));
        says(
                "The old cookie " + LABEL
                        + " was sent, but what it can do was not seen: .*? Try again\\.(?: \\S+ /\\S+ \\d{3}(?= |$))*",
                (now, said) -> isLabelOf(last.before.cookie(), said.group(1)) && last.replayed && !last.replaySeen);
        says(
                SAVED
                        + " is logged in again: the save brought the user back\\.(?: The save was answered [23]\\d\\d\\.)?",
                (now, said) -> isLabelOf(last.before.cookie(), said.group(1)) && last.saveBroughtBack);
        says(
                SAVED
                        + " stays logged out: the save did not bring the user back\\.(?: The save was answered [1-5]\\d\\d\\.)?",
                (now, said) -> isLabelOf(last.before.cookie(), said.group(1)) && !last.saveBroughtBack);
        says(
                SAVED + " had its logout, but whether the save brought the user back was not seen: .*? Try again\\.",
                (now, said) ->
                        isLabelOf(last.before.cookie(), said.group(1)) && last.saved && last.saveBroughtBack == null);
        says(
                TRIED + " was logged out by the (link|form)\\.",
                (now, said) -> isOfLink(said) && link.loggedOut() && now.user() == null);
        says(
                TRIED
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
                (now, said) -> said.group(1).equals(last.request)
                        && said.group(2).equals(last.user)
                        && last.isAt(said.group(3)));
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
        says(
                "(The browser|Another site) sends (\\S+ \\S+) with the cookie " + LABEL + "\\.",
                (now, said) -> last.byLink == said.group(1).startsWith("Another")
                        && said.group(2).equals(last.request)
                        && isLabelOf(last.before.cookie(), said.group(3)));
        says(
                "The slow save sends \\S+ /\\S+ with the cookie " + LABEL + "\\.",
                (now, said) -> last.saved && isLabelOf(last.before.cookie(), said.group(1)));
        says(
                SERVER + "reads the row " + LABEL + "(?:: ([^.]*)| and finds none)\\.",
                (now, said) -> said.group(3) == null || isOldRow(last.before, said));
        says(
                SERVER + "writes the row " + LABEL + "(?:: ([^.]*)| and finds none: nothing is saved)\\.",
                (now, said) -> said.group(1) != null
                        || said.group(3).equals("only the time of its last use")
                        || isOldRow(last.after, said));
        says(
                "(\\S+) is back in the store\\.",
                (now, said) -> last.saveBroughtBack && said.group(1).equals(last.user));
        says(
                SERVER + "deletes the row " + LABEL + "\\.",
                (now, said) -> last.oldRow() == null && isLabelOf(last.before.cookie(), said.group(2)));
        says(
                SERVER + "inserts the row " + LABEL + ": (.*?)\\.",
                (now, said) -> isLabelOf(last.newId(), said.group(2))
                        && said.group(3).equals(last.newRow().drawn()));
        says(
                SERVER + "puts the deletion of the cookie into its reply\\.",
                (now, said) -> last.cookie().equals("gone") || last.overwritten);
        says(
                SERVER + "puts the cookie " + LABEL + " into its reply\\.",
                (now, said) -> isLabelOf(last.newId(), said.group(2)));
        says(
                "The deletion is overwritten: " + LABEL + " stands in its place\\.",
                (now, said) -> last.overwritten && isLabelOf(last.newId(), said.group(1)));
        says(
                "The cookie " + LABEL + " is overwritten: it stands in the reply no longer\\.",
                (now, said) -> last.cookie().equals("gone") && isLabelOf(last.newId(), said.group(1)));
        says(
                SERVER + "answers (\\d{3}) and (?:sets the cookie " + LABEL
                        + ", then )?(sets no session cookie|deletes the cookie|sets the cookie " + LABEL + ")\\.",
                (now, said) -> said.group(1) != null
                        || last.status == Integer.parseInt(said.group(2))
                                && said.group(4).startsWith(REPLIES.get(last.cookie())));
    }

    private boolean isOldRow(Facts then, MatchResult said) {
        return isLabelOf(last.before.cookie(), said.group(2))
                && said.group(3).equals(then.rows().get(last.before.cookie()).drawn());
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
        String user = null;
        if (cookie != null) {
            Response me = stage.elsewhere(cookie).get("/api/me");
            user = me.statusCode() == 200 ? Json.of(me).text("user") : null;
        }
        return new Facts(cookie, user, rows());
    }

    Map<String, Row> rows() {
        try (Connection connection = DriverManager.getConnection(stage.running().databaseAddress());
                ResultSet found = connection
                        .createStatement()
                        .executeQuery("SELECT sessionId, map FROM "
                                + stage.running().stage().table())) {
            Map<String, Row> rows = new LinkedHashMap<>();
            while (found.next()) {
                rows.put(found.getString(1), row(found.getBytes(2)));
            }
            return rows;
        } catch (SQLException | IOException | ClassNotFoundException e) {
            throw new AssertionError("The session store cannot be read.", e);
        }
    }

    private static Row row(byte[] map) throws IOException, ClassNotFoundException {
        SessionData data = new SessionData("", "", "", 0, 0, 0, 0);
        SessionData.deserializeAttributes(data, new ClassLoadingObjectInputStream(new ByteArrayInputStream(map)));
        return new Row((String) data.getAttribute("user"), (String) data.getAttribute("note"));
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
        List<String> places = new ArrayList<>(List.of(
                "#lab-cookie", "#lab-count", "#lab-which", "#lab-verdict", "#lab-step", "#lab-outcome", "#lab-news"));
        places.addAll(OUTCOMES);
        places.add("#lab-problem");
        places.add("#lab-contact");
        Map<String, Object> shown = (Map<String, Object>) browser.script(SHOWN, places, ids(now));
        String contact = (String) shown.get(places.remove(places.size() - 1));
        String problem = (String) shown.get(places.remove(places.size() - 1));
        assertThat(problem)
                .as("%s, problem", step)
                .matches(mistake == null ? "" : "What ran before goes on\\. .*" + Pattern.quote(mistake) + ".*");
        assertThat((String) shown.get("code")).as("%s, code", step).isEqualToIgnoringWhitespace(route);
        assertThat((String) shown.get("codeBefore"))
                .as("%s, the code of the stage before", step)
                .isEqualToIgnoringWhitespace(Objects.requireNonNullElse(routeBefore, route));
        assertThat((List<?>) shown.get("ids")).as("%s, ids", step).isEmpty();
        assertThat(step(now) < 7 || (Boolean) shown.get("isCodeOpen"))
                .as("%s, the code is unfolded when it is spoken of", step)
                .isTrue();
        if (storeIsAway) {
            assertThat(contact).as(step).startsWith("The session store cannot be read. Showing what was last seen");
        } else {
            assertThat(contact).as(step).isEmpty();
        }
        for (String place : places) {
            readTrue(step + ", " + place, (String) shown.get(place), now);
        }
        holdsWhatIsDrawn(step, shown, now);
        isSaid(step, shown, "Step|All steps", "#lab-step");
        isSaid(step, shown, "stage-0|No cookie", "#lab-cookie");
        isSaid(step, shown, "ow", "#lab-count");
        isSaid(
                step,
                shown,
                last == null ? "Nobody" : last.status >= 400 ? "The logout failed" : "Nothing was left|Left behind",
                "#lab-verdict");
        if (last != null && last.overwritten) {
            isSaid(step, shown, "Why is there a cookie", "#lab-verdict");
        }
        Row old = last == null ? null : now.rows().get(last.before.cookie());
        if (old != null && old.user() != null && Boolean.TRUE.equals(last.saveBroughtBack)) {
            isSaid(step, shown, "brought", "#lab-verdict");
        }
        if (last != null && now.user() == null) {
            isSaid(step, shown, "ogged|logout failed", "#lab-step");
            isSaid(step, shown, "Nothing was left|Left behind", "#lab-outcome");
        }
        List<Object> story = Arrays.asList(now.user(), now.cookie(), last);
        if (toldIn != null) {
            isSaid(step, shown, ".", toldIn);
            tried = List.of(toldIn, story);
            toldIn = null;
        }
        for (String place : OUTCOMES) {
            String outcome = (String) shown.get(place);
            boolean isOfNow = outcome.isEmpty() || outcome.contains(labels.getOrDefault(now.cookie(), "-"));
            if (now.user() != null && !isOfNow) {
                assertThat(List.of(place, story))
                        .as("%s, “%s” was tried in this story", step, outcome)
                        .isEqualTo(tried);
            }
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
        List<String> shownRows = (List<String>) shown.get("rows");
        assertThat(rows).as("%s, rows", step).containsAll(shownRows);
        assertThat(shownRows)
                .as("%s, rows", step)
                .hasSize(Math.min(now.rows().size(), 5)
                        + rows.size()
                        - now.rows().size());
        String own = (String) shown.get("own");
        assertThat(own == null ? now.cookie() == null : isLabelOf(now.cookie(), own))
                .as("%s, the row of this browser", step)
                .isTrue();
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
                    .anyMatch(line -> line.startsWith("replay: " + last.replay))
                    .anyMatch(line -> line.startsWith("saveInFlight: "
                            + (!last.saved
                                    ? "not tried yet"
                                    : last.saveBroughtBack == null ? "" : last.saveBroughtBack ? "yes" : "no")))
                    .anyMatch(line -> line.startsWith("foreignLink: " + last.link))
                    .anyMatch(line -> line.startsWith("reply: " + last.status));
        }
    }

    /** What nobody must be told. */
    private List<String> ids(Facts now) {
        return Stream.concat(labels.keySet().stream(), now.rows().keySet().stream())
                .toList();
    }

    /** The drawing, the log and the code tell how the last logout came about. */
    private void holdsWhatIsDrawn(String step, Map<String, Object> shown, Facts now) {
        String drawn = (String) shown.get("drawn");
        readTrue(step + ", drawing", drawn, now);
        assertThat(shown.get("pictured")).as("%s, steps in the picture", step).isEqualTo(shown.get("told"));
        List<?> logged = (List<?>) shown.get("logged");
        String taken = (String) shown.get("taken");
        assertThat(shown.get("isDrawn")).as("%s, a drawing is on show", step).isEqualTo(last != null);
        if (last == null) {
            assertThat(logged).as("%s, logged", step).isEmpty();
            assertThat(drawn + Objects.requireNonNullElse(taken, "")).as(step).isEmpty();
            return;
        }
        if (last != drawnLast || !logged.isEmpty()) {
            String request = last.request + " " + last.status + " " + labels.get(last.before.cookie());
            assertThat(logged).as("%s, logged", step).isEqualTo(List.of(request));
        }
        drawnLast = last;
        assertThat(drawn)
                .as("%s, drawing", step)
                .contains(" sends " + last.request, "The server answers " + last.status)
                .matches(last.oldRow() == null ? ".*The server deletes the row.*" : "(?!.*The server deletes).*")
                .matches(last.newRow() != null ? ".*The server inserts the row.*" : "(?!.*The server inserts).*");
        String begins = last.request.replaceFirst("(\\S+) (\\S+)", "spark.$1(\"$2\",");
        assertThat(taken != null)
                .as("%s, the route that it took is marked", step)
                .isEqualTo(last.edit == edits);
        assertThat(taken == null || taken.toLowerCase(Locale.ROOT).contains(begins.toLowerCase(Locale.ROOT)))
                .as("%s, marked is %s", step, taken)
                .isTrue();
    }

    private String who() {
        return (String) browser.script("return document.querySelector('main #who')?.textContent ?? null");
    }

    /** Waits until the page shows what the server tells now. */
    void pageHasHeard() {
        browser.eventually(() -> browser.asyncScript(LOOK_TWICE));
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
