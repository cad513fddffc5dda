package dev.rollcall.portal;

import dev.rollcall.http.Handler;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Routes of a plain grading service, well-behaved or faulty. */
final class FakeGrading {
    static final String FIRST_STUDENT = "{\"ID\":1,\"FirstName\":\"Averill\",\"LastName\":\"Simen\",\"Grades\":["
            + "{\"Title\":\"Quiz 1\",\"Type\":\"Quiz\",\"Score\":85},"
            + "{\"Title\":\"Week 1 Homework\",\"Type\":\"Homework\",\"Score\":94},"
            + "{\"Title\":\"Quiz 2\",\"Type\":\"Quiz\",\"Score\":88}]}";

    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final List<String> traces = new CopyOnWriteArrayList<>();

    /** Returns the posted bodies. */
    List<String> posted() {
        return posted;
    }

    /** Returns the received traceparent headers. */
    List<String> traces() {
        return traces;
    }

    /** Returns the routes with one student; any posted grade is accepted. */
    Routes wellBehaved() {
        return acceptingGrades(request -> Response.empty(201));
    }

    /** Returns the routes with one student and this response to a posted grade. */
    Routes acceptingGrades(Handler response) {
        return serving("[" + FIRST_STUDENT + "]", FIRST_STUDENT).post("/students/{id}/grades", request -> {
            posted.add(request.text());
            return response.handle(request);
        });
    }

    /** Returns the routes with these bodies for all students and for student 1. */
    Routes serving(String all, String one) {
        return Routes.NONE
                .get("/students", request -> json(request, all))
                .get(
                        "/students/{id}",
                        request -> request.pathValue("id").equals("1") ? json(request, one) : Response.empty(404));
    }

    /** Returns the routes with one response to all requests. */
    static Routes answering(Handler response) {
        return Routes.NONE
                .get("/students", response)
                .get("/students/{id}", response)
                .post("/students/{id}/grades", response);
    }

    /** Returns the routes that block until released. */
    static Routes stalling(CountDownLatch release) {
        return answering(request -> stall(release));
    }

    private Response json(Request request, String body) {
        request.header("traceparent").ifPresent(traces::add);
        return Response.bytes(200, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Response stall(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Response.empty(200);
    }
}
