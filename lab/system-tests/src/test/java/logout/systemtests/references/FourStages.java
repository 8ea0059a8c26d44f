package logout.systemtests.references;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import logout.sidebyside.Logout;
import logout.testing.RunningStage;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The four stages, running for as long as the tests of one class. Register it with {@code @RegisterExtension}. */
final class FourStages implements BeforeAllCallback, AfterAllCallback {

    private final Map<Logout, RunningStage> stageOf = new EnumMap<>(Logout.class);
    private final Map<Integer, RunningStage> stages = new HashMap<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        for (Logout logout : Logout.values()) {
            stageOf.put(logout, stages.computeIfAbsent(logout.stage().number(), number -> started(logout)));
        }
    }

    private static RunningStage started(Logout logout) {
        RunningStage stage = RunningStage.of(logout.stage());
        stage.start();
        return stage;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stages.values().forEach(RunningStage::close);
    }

    /** The stage that has this logout. */
    RunningStage with(Logout logout) {
        return stageOf.get(logout);
    }
}
