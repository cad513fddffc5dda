package dev.rollcall.portal;

import dev.rollcall.http.Handler;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** The parts that a grading service can play before the portal. */
final class PlayedGrading {
    static final String FIRST_STUDENT = "{\"ID\":1,\"FirstName\":\"Averill\",\"LastName\":\"Simen\",\"Grades\":["
            + "{\"Title\":\"Quiz 1\",\"Type\":\"Quiz\",\"Score\":85},"
            + "{\"Title\":\"Week 1 Homework\",\"Type\":\"Homework\",\"Score\":94},"
            + "{\"Title\":\"Quiz 2\",\"Type\":\"Quiz\",\"Score\":88}]}";

    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final List<String> traces = new CopyOnWriteArrayList<>();

    /** What was posted to it. */
    List<String> posted() {
        return posted;
    }

    /** The traceparent headers that came. */
    List<String> traces() {
        return traces;
    }

    /** Ours: one student, who takes any grade. */
    Routes well() {
        return takingGrades(request -> Response.empty(201));
    }

    /** One student, and this answer to a posted grade. */
    Routes takingGrades(Handler answer) {
        return serving("[" + FIRST_STUDENT + "]", FIRST_STUDENT).post("/students/{id}/grades", request -> {
            posted.add(request.text());
            return answer.handle(request);
        });
    }

    /** These bodies for all and for student 1. */
    Routes serving(String all, String one) {
        return Routes.NONE
                .get("/students", request -> json(request, all))
                .get(
                        "/students/{id}",
                        request -> request.pathValue("id").equals("1") ? json(request, one) : Response.empty(404));
    }

    /** The same answer whatever is asked. */
    static Routes answering(Handler answer) {
        return Routes.NONE
                .get("/students", answer)
                .get("/students/{id}", answer)
                .post("/students/{id}/grades", answer);
    }

    /** Answers nothing until it is let go. */
    static Routes stalling(CountDownLatch letGo) {
        return answering(request -> stall(letGo));
    }

    private Response json(Request request, String body) {
        request.header("traceparent").ifPresent(traces::add);
        return Response.bytes(200, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Response stall(CountDownLatch letGo) {
        try {
            letGo.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Response.empty(200);
    }
}
