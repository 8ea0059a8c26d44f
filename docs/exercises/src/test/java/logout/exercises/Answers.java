package logout.exercises;

import static logout.exercises.Attempt.right;
import static logout.exercises.Attempt.wrong;
import static logout.exercises.check.Exercises.A_LINK_LOGS_OUT;
import static logout.exercises.check.Exercises.A_SAVE_IN_FLIGHT;
import static logout.exercises.check.Exercises.CLEARED_IS_NOT_LOGGED_OUT;
import static logout.exercises.check.Exercises.DONE_BEFORE_IT_IS;
import static logout.exercises.check.Exercises.EVERY_DEVICE;
import static logout.exercises.check.Exercises.NOT_FOUND_AFTER_ALL;
import static logout.exercises.check.Exercises.THE_COOKIE_COMES_BACK;
import static logout.exercises.check.Exercises.THE_COOKIE_WILL_NOT_GO;
import static logout.exercises.check.Exercises.THE_GUARD_THAT_WAVES_THROUGH;
import static logout.exercises.check.Exercises.THE_NEXT_USER;
import static logout.exercises.check.Exercises.THE_NOTE_STAYS;
import static logout.exercises.check.Exercises.TWO_SERVERS;
import static logout.exercises.check.Exercises.WORD_FOR_WORD;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import logout.app.LoginApp;
import logout.app.session.Sessions;
import logout.app.web.Replies;
import logout.app.web.RequestBody;
import logout.experiment.StoredSession;
import logout.panel.RowReader;
import org.eclipse.jetty.server.session.DefaultSessionCache;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;
import spark.Request;
import spark.Response;
import spark.Service;
import spark.Session;

/** Answers that a learner may give: our solutions, others that are right as well, and some that are only half right. */
final class Answers {

    private static final String OLD_COOKIE = "The browser still holds the old cookie";

    private Answers() {}

    static Stream<Attempt<?>> thatPass() {
        return Stream.concat(ourSolutions(), otherSolutions());
    }

    static Stream<Attempt<?>> thatFail() {
        return Stream.of(wrongForTheEasy(), wrongForTheMiddling(), wrongForTheHard())
                .flatMap(all -> all);
    }

    private static Stream<Attempt<?>> ourSolutions() {
        return Stream.of(
                right(THE_NOTE_STAYS, "ours", logout.exercises.solutions.TheNoteStays::routes),
                right(NOT_FOUND_AFTER_ALL, "ours", logout.exercises.solutions.NotFoundAfterAll::routes),
                right(CLEARED_IS_NOT_LOGGED_OUT, "ours", logout.exercises.solutions.ClearedIsNotLoggedOut::routes),
                right(THE_COOKIE_WILL_NOT_GO, "ours", logout.exercises.solutions.TheCookieWillNotGo::routes),
                right(A_LINK_LOGS_OUT, "ours", logout.exercises.solutions.ALinkLogsOut::routes),
                right(THE_COOKIE_COMES_BACK, "ours", logout.exercises.solutions.TheCookieComesBack::routes),
                right(WORD_FOR_WORD, "ours", logout.exercises.solutions.WordForWord::routes),
                right(
                        THE_GUARD_THAT_WAVES_THROUGH,
                        "ours",
                        logout.exercises.solutions.TheGuardThatWavesThrough::routes),
                right(THE_NEXT_USER, "ours", logout.exercises.solutions.TheNextUser::routes),
                right(A_SAVE_IN_FLIGHT, "ours", logout.exercises.solutions.ASaveInFlight::routes),
                right(DONE_BEFORE_IT_IS, "ours", logout.exercises.solutions.DoneBeforeItIs::routes),
                right(EVERY_DEVICE, "ours", logout.exercises.solutions.EveryDevice::routes),
                right(TWO_SERVERS, "ours", logout.exercises.solutions.TwoServers::cache));
    }

    /** Checks look at what can be seen, so these pass too. */
    private static Stream<Attempt<?>> otherSolutions() {
        return Stream.of(
                right(THE_NOTE_STAYS, "renew", get((request, response, app) -> Sessions.renew(request))),
                right(WORD_FOR_WORD, "clear, then destroy", post((request, response, app) -> {
                    clear(response, app);
                    destroy(request);
                })),
                right(THE_NEXT_USER, "a new id for the same session, emptied", login((request, user) -> {
                    forget(request, Sessions.NOTE);
                    if (request.session(false) != null) {
                        request.raw().changeSessionId();
                    }
                    request.session(true).attribute(Sessions.USER, user);
                })),
                // Here a reply that a route sends early is deferred.
                right(
                        DONE_BEFORE_IT_IS,
                        "reply first, then do it",
                        (spark, app) -> spark.post("/api/logout", (request, response) -> {
                            clear(response, app);
                            response.status(204);
                            response.raw().flushBuffer();
                            destroy(request);
                            return "";
                        })));
    }

    private static Stream<Attempt<?>> wrongForTheEasy() {
        return Stream.of(
                wrong(
                        THE_NOTE_STAYS,
                        "forget the user and clear the cookie",
                        get((request, response, app) -> {
                            forget(request, Sessions.USER);
                            clear(response, app);
                        }),
                        "still reads the note"),
                wrong(
                        THE_NOTE_STAYS,
                        "forget the note as well",
                        get((request, response, app) -> {
                            forget(request, Sessions.USER);
                            forget(request, Sessions.NOTE);
                        }),
                        "a basket with apples"),
                wrong(
                        THE_NOTE_STAYS,
                        "forget the note alone",
                        get((request, response, app) -> forget(request, Sessions.NOTE)),
                        "still logged in as ada"),
                wrong(
                        NOT_FOUND_AFTER_ALL,
                        "reply 200 and null",
                        (spark, app) -> spark.post("/api/logout", (request, response) -> {
                            destroy(request);
                            clear(response, app);
                            response.status(200);
                            return null;
                        }),
                        "The reply says 404"),
                wrong(
                        CLEARED_IS_NOT_LOGGED_OUT,
                        "destroy without clearing",
                        post((request, response, app) -> destroy(request)),
                        OLD_COOKIE + ": the reply has no Set-Cookie"),
                wrong(
                        CLEARED_IS_NOT_LOGGED_OUT,
                        "clear and forget the user",
                        post((request, response, app) -> {
                            clear(response, app);
                            forget(request, Sessions.USER);
                        }),
                        "still reads the note"),
                wrong(
                        CLEARED_IS_NOT_LOGGED_OUT,
                        "clear and renew, as stage 3 does",
                        post((request, response, app) -> {
                            clear(response, app);
                            Sessions.renew(request);
                        }),
                        "A new row is in the session store, and the browser holds a new cookie"),
                wrong(
                        THE_COOKIE_WILL_NOT_GO,
                        "the path of the route",
                        post((request, response, app) -> {
                            destroy(request);
                            response.removeCookie("/api", app.cookie().name());
                        }),
                        OLD_COOKIE),
                wrong(
                        THE_COOKIE_WILL_NOT_GO,
                        "the name that Jetty gives by default",
                        post((request, response, app) -> {
                            destroy(request);
                            response.removeCookie("/", "JSESSIONID");
                        }),
                        OLD_COOKIE));
    }

    private static Stream<Attempt<?>> wrongForTheMiddling() {
        return Stream.of(
                wrong(
                        A_LINK_LOGS_OUT,
                        "refuse what another site sends",
                        get((request, response, app) -> {
                            if (!"cross-site".equals(request.headers("Sec-Fetch-Site"))) {
                                destroy(request);
                                clear(response, app);
                            }
                        }),
                        "A link that does not say where it comes from"),
                wrong(
                        A_LINK_LOGS_OUT,
                        "a POST beside the GET",
                        get((request, response, app) -> destroy(request))
                                .andThen((spark, app) -> spark.post("/logout", (request, response) -> "")),
                        "A link on another site has logged Ada out"),
                wrong(A_LINK_LOGS_OUT, "no logout at all", (spark, app) -> {}, "Nobody can log out any more"),
                wrong(
                        THE_COOKIE_COMES_BACK,
                        "clear the cookie again",
                        post((request, response, app) -> {
                                    destroy(request);
                                    clear(response, app);
                                })
                                .andThen((spark, app) -> spark.get("/api/greeting", (request, response) -> {
                                    String user = request.session().attribute(Sessions.USER);
                                    if (user == null) {
                                        clear(response, app);
                                    }
                                    return user == null ? "Hello, stranger." : "Hello, " + user + ".";
                                })),
                        "GET /api/greeting puts a row into the session store"),
                wrong(
                        THE_COOKIE_COMES_BACK,
                        "mend the greeting and not the logout",
                        post((request, response, app) -> {
                                    request.session().invalidate();
                                    clear(response, app);
                                })
                                .andThen((spark, app) -> spark.get("/api/greeting", (request, response) -> {
                                    String user = Sessions.user(request);
                                    return user == null ? "Hello, stranger." : "Hello, " + user + ".";
                                })),
                        "The reply to a second logout sets the session cookie 2 times"),
                wrong(
                        WORD_FOR_WORD,
                        "renew, destroy, clear",
                        post((request, response, app) -> {
                            Sessions.renew(request);
                            destroy(request);
                            clear(response, app);
                        }),
                        "sets the session cookie 2 times"),
                wrong(
                        WORD_FOR_WORD,
                        "renew, clear",
                        post((request, response, app) -> {
                            Sessions.renew(request);
                            clear(response, app);
                        }),
                        "no browser holds the cookie that points to it"),
                wrong(
                        THE_GUARD_THAT_WAVES_THROUGH,
                        "401 without halt()",
                        (spark, app) -> {
                            List<String> diary = new CopyOnWriteArrayList<>();
                            spark.before("/api/diary", (request, response) -> {
                                if (Sessions.user(request) == null) {
                                    response.status(401);
                                }
                            });
                            spark.post("/api/diary", (request, response) -> {
                                diary.add("Dear diary, I was here.");
                                return "Written.";
                            });
                            spark.get("/api/diary", (request, response) -> String.join("\n", diary));
                        },
                        "wrote into the diary all the same"));
    }

    private static Stream<Attempt<?>> wrongForTheHard() {
        return Stream.of(
                wrong(
                        THE_NEXT_USER,
                        "a new id, and what the session held",
                        login((request, user) -> {
                            if (request.session(false) != null) {
                                request.raw().changeSessionId();
                            }
                            request.session(true).attribute(Sessions.USER, user);
                        }),
                        "reads Grace's note"),
                wrong(
                        THE_NEXT_USER,
                        "a logout that destroys, and the same login",
                        login((request, user) -> request.session(true).attribute(Sessions.USER, user)),
                        "Grace forgets to log out"),
                wrong(
                        A_SAVE_IN_FLIGHT,
                        "mark the session as logged out",
                        post((request, response, app) -> {
                                    forget(request, Sessions.USER);
                                    forget(request, Sessions.NOTE);
                                    if (request.session(false) != null) {
                                        request.session(false).attribute("loggedOut", true);
                                    }
                                    clear(response, app);
                                })
                                .andThen((spark, app) -> spark.before((request, response) -> {
                                    Session session = request.session(false);
                                    if (session != null && session.attribute("loggedOut") != null) {
                                        spark.halt(401);
                                    }
                                })),
                        "A save was under way during the logout. After it, a copy of the old cookie is logged in"),
                wrong(
                        DONE_BEFORE_IT_IS,
                        "wait for the other thread",
                        post((request, response, app) -> {
                            Session session = request.session(false);
                            if (session != null) {
                                CompletableFuture.runAsync(session::invalidate).join();
                            }
                            clear(response, app);
                        }),
                        "the reply said 204, as if all were done"),
                wrong(
                        EVERY_DEVICE,
                        "end every session that there is",
                        everywhere((request, row) -> true),
                        "Grace is logged out too"),
                wrong(
                        EVERY_DEVICE,
                        "end the others and keep this one",
                        everywhere((request, row) -> row.user().equals(Sessions.user(request))
                                && !request.session(false).id().equals(row.id())),
                        "still logged in on the laptop"),
                wrong(
                        TWO_SERVERS,
                        "forget what no request uses",
                        sessions -> evicting(sessions, SessionCache.EVICT_ON_SESSION_EXIT),
                        "As long as that save takes"),
                wrong(
                        TWO_SERVERS,
                        "forget what no request has used for a second",
                        sessions -> evicting(sessions, 1),
                        "Ada logs out on one server, and on the other"));
    }

    private static SessionCache evicting(SessionHandler sessions, int policy) {
        DefaultSessionCache cache = new DefaultSessionCache(sessions);
        cache.setEvictionPolicy(policy);
        return cache;
    }

    private static BiConsumer<Service, LoginApp> get(Effect effect) {
        return (spark, app) -> spark.get("/logout", (request, response) -> {
            effect.on(request, response, app);
            response.redirect("/");
            return "";
        });
    }

    private static BiConsumer<Service, LoginApp> post(Effect effect) {
        return (spark, app) -> spark.post("/api/logout", (request, response) -> {
            effect.on(request, response, app);
            response.status(204);
            return "";
        });
    }

    private static BiConsumer<Service, LoginApp> login(BiConsumer<Request, String> effect) {
        return (spark, app) -> spark.post("/api/login", (request, response) -> {
            String user = RequestBody.required(RequestBody.fields(request), "username");
            effect.accept(request, user);
            return Replies.json(response, "user", user);
        });
    }

    private static BiConsumer<Service, LoginApp> everywhere(Choice choice) {
        return (spark, app) -> spark.post("/api/logout-everywhere", (request, response) -> {
            if (Sessions.user(request) != null) {
                for (StoredSession row : new RowReader(app.store()).newest(Integer.MAX_VALUE)) {
                    if (choice.ends(request, row)) {
                        app.store().destroy(row.id());
                    }
                }
            }
            clear(response, app);
            response.status(204);
            return "";
        });
    }

    private static void destroy(Request request) {
        Session session = request.session(false);
        if (session != null) {
            session.invalidate();
        }
    }

    private static void forget(Request request, String attribute) {
        Session session = request.session(false);
        if (session != null) {
            session.removeAttribute(attribute);
        }
    }

    private static void clear(Response response, LoginApp app) {
        response.removeCookie(app.cookie().path(), app.cookie().name());
    }

    /** What a logout does before it replies. */
    private interface Effect {
        void on(Request request, Response response, LoginApp app);
    }

    /** Which rows a logout everywhere ends. */
    private interface Choice {
        boolean ends(Request request, StoredSession row);
    }
}
