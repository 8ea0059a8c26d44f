package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import logout.app.account.DemoAccount;
import logout.app.session.Database;
import logout.experiment.StoredSession;
import logout.testing.JsonReply;
import logout.testing.RawReply;
import logout.testing.RunningStage;

/** The test stage, running on a free port: to send requests to, and to look into its session store. */
final class RunningApp implements AutoCloseable {

    /** Sends content types as they are given. */
    private static final RestAssuredConfig CONFIG = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private final RunningStage stage;

    private RunningApp(String databaseAddress) {
        this.stage = RunningStage.of(TestStage.STAGE)
                .withoutPanel()
                .on(databaseAddress)
                .start();
    }

    /** On an empty H2 of its own. */
    static RunningApp start() {
        return on(TestDatabase.H2.freshAddress());
    }

    /** On the database at this JDBC address. */
    static RunningApp on(String databaseAddress) {
        return new RunningApp(databaseAddress);
    }

    int port() {
        return stage.server().address().getPort();
    }

    Database database() {
        return stage.database();
    }

    /** A request without a cookie; redirects are not followed, addresses are sent as they are given. */
    RequestSpecification anonymous() {
        return RestAssured.given()
                .config(CONFIG)
                .baseUri("http://localhost")
                .port(port())
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false);
    }

    /** A request with this session cookie. */
    RequestSpecification with(String cookie) {
        return anonymous().header("Cookie", TestStage.COOKIE + "=" + cookie);
    }

    /** A request as a socket sends it: the start line and any further lines, to be completed. */
    RawCall raw(String method, String target) {
        return new RawCall(port(), method, target);
    }

    /** Logs in with the right password, and returns the cookie's value once it is proven to work. */
    String logIn(String user) {
        return logIn(anonymous(), user);
    }

    /** The same, in a request that has been begun, with a cookie for instance. */
    String logIn(RequestSpecification request, String user) {
        Response reply = request.formParam("username", user)
                .formParam("password", passwordOf(user))
                .post("/api/login");
        assertThat(reply.statusCode()).isEqualTo(200);
        String cookie = newCookie(reply);
        assertThat(userOf(cookie)).isEqualTo(user);
        return cookie;
    }

    static String passwordOf(String user) {
        return DemoAccount.ALL.stream()
                .filter(account -> account.name().equals(user))
                .findFirst()
                .orElseThrow()
                .password();
    }

    /** The session cookie's value that a reply sets. */
    static String newCookie(Response reply) {
        String value = reply.cookie(TestStage.COOKIE);
        assertThat(value).as("the session cookie of the reply").isNotEmpty();
        return value;
    }

    static String newCookie(RawReply reply) {
        String start = TestStage.COOKIE + "=";
        String header = reply.header("Set-Cookie");
        assertThat(header).startsWith(start);
        return header.substring(start.length(), header.indexOf(';'));
    }

    /** Who is logged in with this cookie, or null. */
    String userOf(String cookie) {
        Response reply = with(cookie).get("/api/me");
        assertThat(reply.statusCode()).isIn(200, 401);
        return reply.statusCode() == 401 ? null : JsonReply.text(reply, "user");
    }

    void keepNote(String cookie, String note) {
        with(cookie)
                .contentType("application/json")
                .body("{\"note\":\"" + note + "\"}")
                .put("/api/note")
                .then()
                .statusCode(200);
        assertThat(noteOf(cookie)).isEqualTo(note);
    }

    /** The note that this cookie's session keeps, or null. */
    String noteOf(String cookie) {
        Response reply = with(cookie).get("/api/note");
        assertThat(reply.statusCode()).isEqualTo(200);
        return JsonReply.text(reply, "note");
    }

    /** What the session store holds, in no order that means anything. */
    List<StoredSession> rows() {
        return stage.rows().stream()
                .sorted(Comparator.comparing(StoredSession::id))
                .toList();
    }

    /** The only row that the session store holds. */
    StoredSession onlyRow() {
        List<StoredSession> rows = rows();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    /** Changes the database behind the app's back. */
    int sql(String update) {
        try (Connection connection = DriverManager.getConnection(stage.databaseAddress());
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(update);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks the database behind the app's back for one number. */
    long number(String query) {
        try (Connection connection = DriverManager.getConnection(stage.databaseAddress());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stage.close();
    }
}
