package logout.systemtests.start;

import logout.app.Stage;
import logout.launcher.StageLauncher;

/** A program that runs one stage: what each stage's own {@code main} does. */
final class TestProgram {

    private TestProgram() {}

    public static void main(String[] arguments) {
        Stage stage = new Stage(9, "Test stage", "Has one page, and keeps a note.", (spark, app) -> {
            spark.get("/", app.page("single-page.ftlh"));
            spark.post("/api/login", app::logIn);
            spark.put("/api/note", app::saveNote);
        });
        StageLauncher.main(stage, arguments);
    }
}
