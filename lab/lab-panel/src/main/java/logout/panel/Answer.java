package logout.panel;

import java.net.http.HttpResponse;

/** The status and the body of a reply. */
record Answer(int status, String body) {

    static Answer of(HttpResponse<String> reply) {
        return new Answer(reply.statusCode(), reply.body());
    }
}
