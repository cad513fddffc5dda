package dev.rollcall.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.book.PlainStudent;
import dev.rollcall.grading.store.Store;
import dev.rollcall.http.HttpHost;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StudentRoutesTest {
    private static final String FIRST_STUDENT =
            "{\"ID\":1,\"FirstName\":\"Averill\",\"LastName\":\"Simen\",\"Grades\":["
                    + "{\"Title\":\"Quiz 1\",\"Type\":\"Quiz\",\"Score\":85},"
                    + "{\"Title\":\"Week 1 Homework\",\"Type\":\"Homework\",\"Score\":94},"
                    + "{\"Title\":\"Quiz 2\",\"Type\":\"Quiz\",\"Score\":88}]}";
    private static final String GRADE = "{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":85.5}";

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpHost host;
    private Gradebook gradebook;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws IOException {
        var clock = InstantSource.system();
        var store = Store.sqlite(directory, 1L << 30, Gradebook.seed(true, clock));
        gradebook = Gradebook.on(store, clock, 16);
        host = HttpHost.onFreePort(GradingRoutes.over(gradebook, clock));
    }

    @AfterEach
    void stop() {
        host.close();
        gradebook.close();
    }

    @Test
    void givenNewStore_whenStudentsAreRequested_thenTheProtocolsBytesWithFiveStudents() throws Exception {
        var response = send(request("/students"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
                .startsWith("[" + FIRST_STUDENT + ",{\"ID\":2,")
                .endsWith("]}]");
        var students = Json.readList(response.body().getBytes(), JsonNode.class);
        assertThat(students)
                .hasSize(5)
                .allSatisfy(student -> assertThat(student.get("Grades")).hasSize(3));
        assertThat(students).extracting(student -> student.get("ID").intValue()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void givenStudent_whenRequestedById_thenTheProtocolsFieldsFirst() throws Exception {
        var response = send(request("/students/1"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(plain(response.body())).isEqualTo(FIRST_STUDENT);
        assertThat(response.body())
                .startsWith("{\"ID\":1,\"FirstName\":\"Averill\",\"LastName\":\"Simen\",\"Grades\":["
                        + "{\"Title\":\"Quiz 1\",\"Type\":\"Quiz\",\"Score\":85,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6",
                "0",
                "-1",
                "01",
                "+1",
                "1.0",
                "x",
                "1x",
                "%31%00",
                "999999999",
                "99999999999999999999",
                "%D9%A1"
            })
    void givenNoSuchStudent_whenRequested_thenNotFound(String id) throws Exception {
        var one = send(request("/students/" + id));
        var add = send(post("/students/" + id + "/grades", GRADE));

        assertProblem(one, 404);
        assertProblem(add, 404);
    }

    @Test
    void givenPercentEncodedId_whenRequested_thenFound() throws Exception {
        assertThat(plain(send(request("/students/%31")).body())).isEqualTo(FIRST_STUDENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json", "application/x-www-form-urlencoded", "text/plain; charset=utf-8"})
    void givenAnyContentType_whenGradeIsPosted_thenCreatedAndServed(String contentType) throws Exception {
        var posted = post("/students/1/grades", GRADE);
        if (!contentType.isEmpty()) {
            posted.header("Content-Type", contentType);
        }

        var response = send(posted);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).startsWith(GRADE.substring(0, GRADE.length() - 1) + ",");
        assertThat(plain(send(request("/students/1")).body())).endsWith("," + GRADE + "]}");
        assertThat(send(request("/students")).body()).contains("," + GRADE + "]},{\"ID\":2,");
    }

    @Test
    void givenAnotherCaseAndNeedlessZeros_whenGradeIsPosted_thenReturnedAsStored() throws Exception {
        var response =
                send(post("/students/1/grades", " {\"score\": 85.50, \"type\": \"Exam\", \"title\": \" é\\n\"} "));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).startsWith("{\"Title\":\" é\\n\",\"Type\":\"Exam\",\"Score\":85.5,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "\"grade\"",
                "Title=T1&Type=Test&Score=85.5",
                "{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":NaN}",
                "{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":85,5}",
                "{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":85.5}}"
            })
    void givenBrokenJson_whenPosted_thenBadRequestAndNothingStored(String body) throws Exception {
        var response = send(post("/students/1/grades", body));

        assertProblem(response, 400);
        assertThat(plain(send(request("/students/1")).body())).isEqualTo(FIRST_STUDENT);
    }

    @Test
    void givenSeveralMistakes_whenPosted_thenAllAreReportedByField() throws Exception {
        var response = send(post("/students/1/grades", "{\"Title\":\" \",\"Type\":\"Essay\",\"Score\":\"85\"}"));

        var problem = assertProblem(response, 400);
        assertThat(problem.get("errors"))
                .extracting(error -> error.get("field").textValue())
                .containsExactly("Title", "Type", "Score");
        assertThat(plain(send(request("/students/1")).body())).isEqualTo(FIRST_STUDENT);
    }

    @Test
    void givenFullGradebook_whenPosted_thenInsufficientStorage() throws Exception {
        send(post("/students/1/grades", GRADE));

        var response = send(post("/students/1/grades", GRADE));

        assertProblem(response, 507);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /students          | GET, HEAD, POST",
                "PUT    | /students          | GET, HEAD, POST",
                "POST   | /students/1        | DELETE, GET, HEAD, PUT",
                "PATCH  | /students/1        | DELETE, GET, HEAD, PUT",
                "GET    | /students/1/grades | POST",
                "HEAD   | /students/1/grades | POST",
                "DELETE | /students/1/grades | POST"
            })
    void givenMethodThatIsNotServed_whenSent_thenNotAllowedWithWhatIs(String method, String path, String allowed)
            throws Exception {
        var response = send(request(path).method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/students/", "/students/1/", "/students/1/grades/1/", "/Students"})
    void givenPathThatIsNotServed_whenRequested_thenNotFound(String path) throws Exception {
        assertProblem(send(request(path)), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/students", "/students/1"})
    void givenHead_whenSent_thenTheHeadersOfGetWithoutBody(String path) throws Exception {
        var get = send(request(path));

        var head = send(request(path).method("HEAD", BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .contains(Integer.toString(get.body().getBytes().length));
    }

    private static JsonNode assertProblem(HttpResponse<String> response, int status) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
        var problem = Json.read(response.body(), JsonNode.class);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("detail").textValue()).isNotBlank();
        return problem;
    }

    /** Reduces a student to the fields of the plain layer, as a plain client does. */
    private static String plain(String student) throws IOException {
        return Json.text(Json.read(student, PlainStudent.class));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    private HttpRequest.Builder post(String path, String body) {
        return request(path).POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
