package dev.rollcall.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.host.SmallHeap;
import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The upper bound for a gradebook: a server of the same {@code http} package that always responds with the same bytes,
 * and keeps what is posted in a list.
 */
final class PlainGradebook {
    private final byte[] students;
    private final List<JsonNode> grades = new ArrayList<>();

    private PlainGradebook(byte[] students) {
        this.students = students;
    }

    /** Runs the process. Argument: the file with the response. */
    static void run(String[] args) throws IOException, InterruptedException {
        // as each service does
        SmallHeap.arrange();
        var book = new PlainGradebook(Files.readAllBytes(Path.of(args[0])));
        var host =
                HttpHost.onFreePort(Routes.NONE.get("/students", book::list).post("/students/{id}/grades", book::add));
        System.out.println("GradingService listens on http://localhost:" + host.port());
        new CountDownLatch(1).await();
    }

    private Response list(Request request) {
        return Response.bytes(200, "application/json", students);
    }

    private Response add(Request request) throws IOException {
        var grade = request.json(JsonNode.class);
        synchronized (grades) {
            grades.add(grade);
        }
        return Response.json(201, grade);
    }
}
