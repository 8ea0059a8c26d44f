package logout.docscheck;

import java.util.Arrays;
import java.util.List;
import logout.app.Stage;
import logout.sidebyside.Logout;

/** The stages that the pages speak of. */
final class Stages {

    private Stages() {}

    static List<Stage> all() {
        return Arrays.stream(Logout.values()).map(Logout::stage).distinct().toList();
    }

    static Stage of(int number) {
        return all().stream()
                .filter(stage -> stage.number() == number)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no stage " + number));
    }
}
