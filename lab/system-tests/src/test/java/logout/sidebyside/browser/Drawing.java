package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/** The drawing of the last logout in the lab panel, or of a request on the comparison page. */
record Drawing(RealBrowser browser) {

    private static final String SENTENCES =
            "return [...document.querySelectorAll('#lab-drawing .sentence')].map(one => one.textContent)";
    private static final String DRAWN =
            "return [...document.querySelectorAll('#lab-drawing svg [data-what]')].map(one => one.dataset.what)";
    private static final String RECORDED = """
            fetch('/lab/state?held=' + JSON.parse(localStorage.getItem('held')).join(',')).then(reply => reply.json()).then(({ logout }) => logout.recorded.flatMap(one => one.events)
                .sort((one, other) => one.order - other.order).map(event => event.what)).then(arguments[0])""";

    /** The texts of the drawing that are cut off, and those that the bar of another request crosses. */
    private static final String SPOILT_LABELS = """
            const bars = [...document.querySelectorAll('.drawing .band')].map(bar => bar.getBoundingClientRect());
            const boxOf = node => { const range = document.createRange(); range.selectNodeContents(node); return range.getBoundingClientRect(); };
            return [...document.querySelectorAll('.drawing .label > div')].filter(one => one.scrollWidth > one.clientWidth
                || bars.some(bar => { const box = boxOf(one); return box.left < bar.right && bar.left < box.right && box.top < bar.bottom && bar.top < box.bottom; }))
                .map(one => one.innerText);""";

    /** Asserts that no text is cut off, and none crossed. */
    void spoilsNoLabel() {
        assertThat(texts(SPOILT_LABELS)).isEmpty();
    }

    /** The sentences of its steps. */
    List<String> sentences() {
        return texts(SENTENCES);
    }

    /** The texts that a script returns. */
    List<String> texts(String script) {
        return ((List<?>) browser.script(script)).stream().map(String::valueOf).toList();
    }

    /** Its sentences with a letter for each id, in the order of their appearance. */
    private List<String> told() {
        String all = String.join("\n", sentences());
        char letter = 'A';
        var id = Pattern.compile("\\b[0-9a-f]{6}\\b");
        for (var found = id.matcher(all); found.find(); found = id.matcher(all)) {
            all = all.replace(found.group(), String.valueOf(letter++));
        }
        return all.lines().toList();
    }

    /** Asserts that it tells these, and draws what was recorded and nothing else. */
    void tells(List<String> expected) {
        browser.eventually(() -> assertThat(told()).containsExactlyElementsOf(expected));
        assertThat(texts(DRAWN)).isEqualTo(browser.asyncScript(RECORDED));
    }

    /** Takes its picture, if the docs show it. */
    void takePicture(Way way, String addition) {
        browser.setSize(1280, 800);
        browser.script("document.activeElement.blur()");
        spoilsNoLabel();
        Pictures.takePart(browser, "drawing-" + name(way) + addition, "#lab-drawing");
    }

    /** What the pictures of a logout are called. */
    static String name(Way way) {
        return "stage-" + way.stage.number() + (way == Way.LINK ? "-get" : way == Way.FORM ? "-post" : "");
    }

    /** What is told of a logout. */
    static List<String> of(Way way) {
        String begins = "The browser sends " + way.logout.call() + " with the cookie A.\n"
                + "The server reads the row A: ada, with a note.\n";
        String renews = """
                The server deletes the row A.
                The server reads the row A and finds none.
                The server inserts the row B: nobody, no note.
                The server puts the cookie B into its reply.
                """;
        String sets = "The server answers %d and sets the cookie B.";
        String rest = switch (way) {
            case LINK -> """
                            The server writes the row A: nobody, with a note.
                            The server answers 302 and sets no session cookie.""";
            case FORM -> renews + sets.formatted(302);
            case STAGE_2 -> renews + sets.formatted(204);
            case STAGE_3 ->
                "The server puts the deletion of the cookie into its reply.\n" + renews
                        + "The deletion is overwritten: B stands in its place.\n" + sets.formatted(204);
            case STAGE_4 -> """
                            The server deletes the row A.
                            The server puts the deletion of the cookie into its reply.
                            The server answers 204 and deletes the cookie.""";
        };
        return (begins + rest).lines().toList();
    }

    /** What is told of a logout that came while a slow save was under way. */
    static List<String> aroundASlowSave(Way way) {
        String save = way.logout.protocol().keepNote("late").toString();
        String begins =
                "The slow save sends %s with the cookie A.\nFor %s, the server reads the row A: ada, with a note.\n";
        String ends = way == Way.LINK
                ? "\nFor %s, the server writes the row A: ada, with a note. ada is back in the store."
                        + "\nFor %s, the server answers 302 and sets no session cookie."
                : "\nFor %s, the server writes the row A and finds none: nothing is saved."
                        + "\nFor %s, the server answers 401 and sets no session cookie.";
        return (begins + String.join("\n", of(way)) + ends)
                .formatted(save, save, save, save)
                .lines()
                .toList();
    }
}
