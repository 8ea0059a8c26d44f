package logout.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.util.List;
import java.util.stream.IntStream;
import logout.panel.Fingerprint;
import logout.testing.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The marks of ids. They are given out to all pages of a process. */
@Isolated
class FingerprintsTest {

    private static final int SHAPES = 12;
    private static final int MARKS = 48;

    /** The marks of so many ids that are shown one after the other. */
    private List<Integer> latest(int count) {
        return IntStream.range(0, count).mapToObj(i -> mark("an id " + i)).toList();
    }

    private static int mark(String id) {
        return Json.of(new Gson().toJson(Fingerprint.of(id))).number("mark");
    }

    @Test
    void no_two_of_the_latest_ids_share_a_mark() {
        latest(500);

        assertThat(latest(MARKS)).doesNotHaveDuplicates();
    }

    @Test
    void the_latest_dozen_differ_in_shape_whatever_was_shown_before() {
        for (int before = 0; before < 100; before++) {
            latest(before);
            String fresh = "new after " + before + ": ";

            assertThat(IntStream.range(0, SHAPES).mapToObj(i -> mark(fresh + i) % SHAPES))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void an_id_keeps_its_mark_while_it_is_shown() {
        int ada = mark("ada's id");
        for (int i = 0; i < 500; i++) {
            mark("another id " + i);

            assertThat(mark("ada's id")).isEqualTo(ada);
        }
    }

    @Test
    void an_id_that_is_not_shown_takes_no_mark_from_one_that_is() {
        int ada = mark("ada's id");
        for (int i = 0; i < 500; i++) {
            Fingerprint.of("an id that nobody sees " + i);
        }

        assertThat(mark("ada's id")).isEqualTo(ada);
    }
}
