package logout.app.web;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.Collections;
import spark.Request;
import spark.Response;

/** How replies are written: JSON under {@code /api}, plain text for errors elsewhere. */
public final class Replies {

    private static final Gson JSON = new GsonBuilder().serializeNulls().create();

    private Replies() {}

    /** A JSON object with one member, as the body of a reply; the value may be null. */
    public static String json(Response response, String name, String value) {
        response.type("application/json; charset=utf-8");
        return JSON.toJson(Collections.singletonMap(name, value));
    }

    /** Makes the reply an error: one sentence, in the form that this address speaks. */
    public static void error(Request request, Response response, int status, String sentence) {
        response.status(status);
        if (isForScripts(request)) {
            response.body(json(response, "error", sentence));
        } else {
            response.type("text/plain; charset=utf-8");
            response.body(sentence);
        }
    }

    /** Whether this address speaks JSON, to a script; else it speaks to a person. */
    public static boolean isForScripts(Request request) {
        return request.uri().startsWith("/api/") || request.uri().startsWith("/lab/");
    }
}
