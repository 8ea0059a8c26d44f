package logout.sidebyside.browser;

import java.util.Map;
import logout.app.Stage;
import logout.sidebyside.Logout;
import logout.sidebyside.ReadmeTable;

/** The five ways to log out, as the residue table has them from left to right. */
enum Way {
    LINK(Logout.STAGE_1_GET, "#log-out-get"),
    FORM(Logout.STAGE_1_POST, "#log-out-post"),
    STAGE_2(Logout.STAGE_2, "#log-out"),
    STAGE_3(Logout.STAGE_3, "#log-out"),
    STAGE_4(Logout.STAGE_4, "#log-out");

    final Logout logout;
    final Stage stage;
    final String method;
    final String path;

    /** What a person clicks. */
    final String button;

    Way(Logout logout, String button) {
        this.logout = logout;
        this.stage = logout.stage();
        this.method = logout.method();
        this.path = logout.path();
        this.button = button;
    }

    /** This way's column of the residue table, as the README prints it: without the markup. */
    Map<String, String> residue() {
        Map<String, String> column = ReadmeTable.ofTheReadme().column(logout);
        column.remove("what the route does");
        return column;
    }

    @Override
    public String toString() {
        return "Stage " + stage.number() + ", " + method + " " + path;
    }
}
