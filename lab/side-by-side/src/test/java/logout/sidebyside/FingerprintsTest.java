package logout.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import logout.panel.Fingerprint;
import logout.panel.Fingerprints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The marks of ids. They are given out to all pages of a process. */
@Isolated
class FingerprintsTest {

    private static final int SHAPES = 12;
    private static final int MARKS = 48;

    private final Fingerprints stage = new Fingerprints();
    private final Fingerprints otherStage = new Fingerprints();

    private List<Fingerprint> latest(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> (i % 2 == 0 ? stage : otherStage).of("an id " + i))
                .toList();
    }

    @Test
    void no_two_of_the_latest_ids_share_a_mark_whichever_stage_they_are_of() {
        latest(500);

        assertThat(latest(MARKS)).extracting(Fingerprint::look).doesNotHaveDuplicates();
    }

    @Test
    void the_latest_dozen_differ_in_shape_whatever_was_shown_before() {
        for (int before = 0; before < 100; before++) {
            latest(before);
            Fingerprints fresh = new Fingerprints();

            assertThat(IntStream.range(0, SHAPES).mapToObj(i -> fresh.of("new " + i)))
                    .extracting(fingerprint -> fingerprint.look() % SHAPES)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void an_id_keeps_its_mark_while_it_is_shown() {
        Fingerprint ada = stage.of("ada's id");
        for (int i = 0; i < 500; i++) {
            stage.of("another id " + i);

            assertThat(stage.of("ada's id")).isEqualTo(ada);
        }
    }
}
