package logout.exercises.check;

import logout.testing.RunningStage;

/** Exercises 3, 4 and 7: {@code POST /api/logout} leaves nothing behind. */
final class ThoroughCheck implements RoutesCheck {

    @Override
    public void tryOut(RunningStage stage) {
        new ThoroughLogout(stage, "POST", "/api/logout").insist();
    }
}
