package dev.rollcall.portal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A grading service with the extended interface: one student, one item, a grade with versions. Thread-safe. */
final class ExtendedGrading {
    private final Map<Long, Map<String, Object>> grades = new TreeMap<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private int queried;
    private int notModified;
    private long nextId = 7;

    /** Returns the changes: method, path, If-Match and body. */
    List<String> changes() {
        return changes;
    }

    /** Returns how often the list was queried, and how often the response was 304. */
    synchronized List<Integer> queried() {
        return List.of(queried, notModified);
    }

    /** Applies another user's change. */
    synchronized void put(long id, String score) {
        var grade = grades.computeIfAbsent(id, ExtendedGrading::newGrade);
        grade.put("Score", new BigDecimal(score));
        grade.merge("Version", 1L, (old, one) -> (long) old + (long) one);
    }

    Routes routes() {
        return Routes.NONE
                .get("/students", this::students)
                .get("/students/{id}", request -> json(student()))
                .get("/students/{id}/history", request -> json(history()))
                .get("/students/{id}/grades/{grade}", this::grade)
                .with("PUT", "/students/{id}/grades/{grade}", this::change)
                .delete("/students/{id}/grades/{grade}", this::change)
                .with("PUT", "/students/{id}/items/{item}", this::fill)
                .get("/gradebook", request -> json(grid()))
                .get("/items", request -> json(List.of(item())))
                .get("/statistics", request -> json(List.of(statistics())))
                .get("/items/{id}/statistics", request -> json(statistics()))
                .get("/types", request -> json(List.of(Map.of("Name", "Essay", "Weight", 20))))
                .post("/students.csv", this::sheet)
                .post(
                        "/students",
                        request ->
                                recorded(request, Response.json(201, student()).with("Location", "/students/1")))
                .with("PUT", "/students/{id}", this::person)
                .delete("/students/{id}", this::person)
                .post(
                        "/students/{id}/history/{entry}/undo",
                        request -> recorded(
                                request,
                                request.pathValue("entry").equals("41") ? json(student()) : Response.empty(409)))
                .post("/items", request -> recorded(request, Response.json(201, item())))
                .with("PUT", "/items/{id}", request -> recorded(request, Response.json(412, item())))
                .delete("/items/{id}", request -> recorded(request, Response.empty(409)));
    }

    private synchronized Response students(Request request) {
        queried++;
        var tag = "\"" + changes.size() + "\"";
        if (request.header("If-None-Match").equals(Optional.of(tag))) {
            notModified++;
            return Response.empty(304).with("ETag", tag);
        }
        return Response.json(200, List.of(student())).with("ETag", tag).with("Total-Count", "10000");
    }

    private synchronized Map<String, Object> student() {
        var student = new LinkedHashMap<String, Object>();
        student.put("ID", 1);
        student.put("FirstName", "Zoë <script>");
        student.put("LastName", "O'Neil");
        student.put("Grades", new ArrayList<>(grades.values()));
        student.put("Withdrawn", false);
        student.put("Version", 1);
        student.put("Average", Map.of("SoFar", new BigDecimal("88.25"), "WithBlanksAsZero", 71.3, "Letter", "B"));
        return student;
    }

    private static Map<String, Object> item() {
        return Map.of("ID", 3, "Title", "Quiz <b>1", "Type", "Quiz", "Points", 100, "Version", 1);
    }

    private static Map<String, Object> statistics() {
        return Map.of(
                "Item",
                item(),
                "Count",
                28,
                "Missing",
                2,
                "Mean",
                81.5,
                "Median",
                84,
                "Min",
                40,
                "Max",
                100,
                "Histogram",
                List.of(Map.of("From", 0, "To", 50, "Count", 8), Map.of("From", 50, "To", 100, "Count", 20)));
    }

    private static List<Object> history() {
        return List.of(Map.of(
                "ID",
                41,
                "Time",
                "2026-11-22T09:15:00Z",
                "Who",
                "portal",
                "What",
                "grade changed",
                "From",
                Map.of("Title", "Quiz <b>1", "Score", 80, "Comment", ""),
                "To",
                Map.of("Title", "Quiz <b>1", "Score", 85, "Comment", "<i>late</i>"),
                "Why",
                "",
                "Trace",
                "4bf92f3577b34da6a3ce929d0e0e4736"));
    }

    private synchronized Map<String, Object> grid() {
        var cells = new ArrayList<Object>();
        cells.add(grades.values().stream()
                .findFirst()
                .map(grade -> Map.of(
                        "Item",
                        3,
                        "Grade",
                        grade.get("ID"),
                        "Score",
                        grade.get("Score"),
                        "Excused",
                        false,
                        "Version",
                        grade.get("Version")))
                .orElse(null));
        var row = new LinkedHashMap<>(student());
        row.remove("Grades");
        row.put("Cells", cells);
        return Map.of("Items", List.of(item()), "Students", List.of(row), "Total", 1);
    }

    private synchronized Response grade(Request request) {
        var grade = grades.get(Long.parseLong(request.pathValue("grade")));
        return grade == null ? Response.empty(404) : json(grade).with("ETag", tag(grade));
    }

    private static String tag(Map<String, Object> grade) {
        return "\"" + grade.get("Version") + ".99\"";
    }

    private synchronized Response change(Request request) throws IOException {
        var id = Long.parseLong(request.pathValue("grade"));
        var grade = grades.get(id);
        var match = request.header("If-Match").orElse("");
        if (grade == null) {
            return Response.empty(404);
        }
        if (!match.equals(tag(grade))) {
            return Response.json(match.isEmpty() ? 428 : 412, grade);
        }
        var text = request.text();
        changes.add(request.method() + " " + request.path() + " " + match + " " + text);
        if (request.method().equals("DELETE")) {
            grades.remove(id);
            return Response.json(200, grade);
        }
        var body = Json.read(text, JsonNode.class);
        if (body.has("Score")) {
            put(id, body.path("Score").decimalValue().toPlainString());
        }
        return Response.json(200, grades.get(id));
    }

    private synchronized Response fill(Request request) throws IOException {
        if (!request.header("If-None-Match").equals(Optional.of("*"))) {
            return Response.empty(428);
        }
        if (!grades.isEmpty()) {
            return Response.json(412, grades.values().iterator().next());
        }
        var text = request.text();
        changes.add(request.method() + " " + request.path() + " " + text);
        put(nextId, Json.read(text, JsonNode.class).path("Score").decimalValue().toPlainString());
        return Response.json(200, grades.get(nextId++));
    }

    private Response recorded(Request request, Response response) throws IOException {
        changes.add(request.method() + " " + request.path() + " "
                + request.header("Idempotency-Key").isPresent() + " " + request.text());
        return response;
    }

    private Response person(Request request) throws IOException {
        return request.header("If-Match").equals(Optional.of("\"1\""))
                ? recorded(request, json(student()))
                : Response.json(412, student());
    }

    private Response sheet(Request request) throws IOException {
        var text = request.text();
        if (text.contains("wrong")) {
            return Response.bytes(
                    200,
                    "application/json",
                    "{\"Changes\":[],\"NewStudents\":[{\"Line\":2,\"FirstName\":\"<b>Bo\"}],\"NewItems\":[{\"Title\":\"T\"}],\"Errors\":[{\"Line\":3,\"Problem\":\"<i>no</i> number\"}],\"Token\":\"t1\"}"
                            .getBytes(StandardCharsets.UTF_8));
        }
        var isAdding = request.query("namesakes").equals(Optional.of("add"));
        if (text.contains("namesake") && request.query("dry-run").isPresent()) {
            var errors = isAdding ? "" : "{\"Line\":2,\"Problem\":\"Ada Abel is there already\"}";
            return Response.bytes(
                    200,
                    "application/json",
                    ("{\"NewStudents\":[{\"Line\":2,\"FirstName\":\"Ada\",\"LastName\":\"Abel\",\"SameAsStudent\":7}],"
                                    + "\"Errors\":[" + errors + "],\"Token\":\"t1\"}")
                            .getBytes(StandardCharsets.UTF_8));
        }
        if (text.contains("namesake") && !isAdding) {
            return Response.empty(422);
        }
        if (request.query("dry-run").isPresent()) {
            return Response.bytes(
                    200,
                    "application/json",
                    ("{\"Changes\":[{\"Line\":2,\"Student\":1,\"Item\":\"Quiz <b>1\",\"From\":85,\"To\":90}],"
                                    + "\"NewStudents\":[],\"Errors\":[],\"Token\":\"t1\"}")
                            .getBytes(StandardCharsets.UTF_8));
        }
        changes.add("sheet " + request.header("If-Match").orElse("") + " " + text);
        return Response.json(200, Map.of());
    }

    private static Response json(Object value) {
        return Response.json(200, value);
    }

    private static Map<String, Object> newGrade(long id) {
        var grade = new LinkedHashMap<String, Object>();
        grade.put("Title", "Quiz <b>1");
        grade.put("Type", "Quiz");
        grade.put("Score", BigDecimal.ZERO);
        grade.put("ID", id);
        grade.put("Item", 3);
        grade.put("Points", 100);
        grade.put("Excused", false);
        grade.put("Comment", "\"<u>\" \u202e 😀");
        grade.put("Version", 0L);
        grade.put("Time", "2026-11-22T09:15:00Z");
        return grade;
    }
}
