package logout.sidebyside;

import logout.app.Stage;
import logout.experiment.Call;
import logout.experiment.ContractLogout;
import logout.experiment.PageProtocol;
import logout.launcher.StageWithPanel;
import logout.panel.LabPanel;
import logout.stage01.RedirectLogoutApp;
import logout.stage02.SpaLogoutApp;
import logout.stage03.ClearCookieApp;
import logout.stage04.DestroySessionApp;

/** The five logouts of the four stages, in the order of the story. */
public enum Logout {
    STAGE_1_GET(RedirectLogoutApp.STAGE, "GET", "forgets the user, redirects"),
    STAGE_1_POST(RedirectLogoutApp.STAGE, "POST", "renews the session, redirects"),
    STAGE_2(SpaLogoutApp.STAGE, "POST", "renews the session, no redirect"),
    STAGE_3(ClearCookieApp.STAGE, "POST", "clears the cookie, renews the session"),
    STAGE_4(DestroySessionApp.STAGE, "POST", "destroys the session, clears the cookie");

    private final Stage stage;
    private final String method;
    private final String effect;

    Logout(Stage stage, String method, String effect) {
        this.stage = stage;
        this.method = method;
        this.effect = effect;
    }

    public Stage stage() {
        return stage;
    }

    public String method() {
        return method;
    }

    public String path() {
        return call().path();
    }

    /** What the route does, in a few words. */
    public String effect() {
        return effect;
    }

    /** What the stage's pages send. */
    public PageProtocol protocol() {
        return LabPanel.protocolOf(stage);
    }

    public Call call() {
        return protocol().logOut(method);
    }

    /** The same of a stage that runs, as the logout under test of the experiment. */
    public ContractLogout of(StageWithPanel running) {
        return running.panel().logout(call(), effect);
    }

    /** Whether the stage is a site of pages and forms; else it is a single page with an API. */
    public boolean onPlainSite() {
        return protocol() == PageProtocol.CLASSIC;
    }
}
