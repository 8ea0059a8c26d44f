package logout.app.server;

import java.net.URI;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import logout.app.Stage;
import logout.app.session.RowStatement;
import logout.app.session.SessionStore;
import spark.Request;
import spark.Response;
import spark.Service;

/** Runs beside a stage, in its server: it sees each exchange, has addresses of its own, and a part of each page. */
public interface StageListener {

    /**
     * What the path of each of its own addresses begins with. The server looks up no session for them: whoever only
     * watches must not use one.
     */
    String PATH = "/lab/";

    /**
     * The folder of the class path that holds the templates {@code beside.ftlh}, which each page shows beside the app,
     * {@code beside-guide.ftlh}, which it shows above, and {@code beside-head.ftlh}.
     */
    String folder();

    /** Adds its addresses to those of the stage, which may be an edited form of the one that it was made for. */
    void addRoutes(Service spark, Stage served);

    /** Is called when the headers of a request have come, before its session is looked up. */
    void begun(HttpServletRequest request);

    /** Is called when the session store has sent a statement for a request. */
    void statement(HttpServletRequest request, HttpServletResponse response, RowStatement statement);

    void before(Request request, Response response, Stage served);

    /** Is called when the reply is decided and the session is saved. */
    void after(Request request, Response response);

    interface Factory {
        /** The listener of a stage that will answer at this address and keeps its sessions in this store. */
        StageListener of(Stage stage, URI address, SessionStore store);
    }
}
