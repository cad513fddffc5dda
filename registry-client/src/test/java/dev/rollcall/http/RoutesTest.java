package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testkit.LoopbackClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutesTest {
    private static HttpHost host;
    private static LoopbackClient client;

    @BeforeAll
    static void start() throws IOException {
        host = HttpHost.onFreePort(Routes.NONE
                .get("/", request -> text("root"))
                .get("/students", request -> text("all"))
                .post("/students", request -> text("new"))
                .get("/students/best", request -> text("best"))
                .get("/students/{id}", request -> text("one " + request.pathValue("id")))
                .delete("/students/{id}", request -> text("gone " + request.pathValue("id")))
                .get("/students/{id}/grades", request -> text("grades of " + request.pathValue("id")))
                .get("/students/{id}/{what}", request -> text(request.pathValue("what")))
                .get("/students/best/{what}", request -> text("best's " + request.pathValue("what")))
                .get("/search", request -> text(request.query("q").orElse("nothing")))
                .get("/pages", request -> text("page " + request.queryNumber("limit", 100, 1, 1_000))));
        client = new LoopbackClient(host.port());
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, root",
        "/students, all",
        "/students?x=y, all",
        "/students/7, one 7",
        "/students/best, best",
        "/students/7/grades, grades of 7",
        "/students/7/photo, photo",
        "/students/best/grades, best's grades",
        "/students/a%20b, one a b",
        "/students/a%2Fb, one a/b",
        "/students/a+b, one a+b",
        "/students/%C3%A9, one é",
        "/students/%7Bid%7D, one {id}",
        "/search?q=a+b, a b",
        "/search?q=a%2Bb, a+b",
        "/search?q=%C3%A9%26%3D, é&=",
        "/search?q=first&q=second, first",
        "/search?%71=x, x",
        "/search?q, ''",
        "/search?&&q=x&&, x",
        "/search?, nothing",
        "/search, nothing",
        "/pages, page 100",
        "/pages?limit=1, page 1",
        "/pages?limit=1000, page 1000",
    })
    void givenPath_whenAsked_thenTheRouteThatFitsBestAnswers(String path, String answer) throws Exception {
        var response = client.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/students/",
                "/students//grades",
                "/students/7/grades/1",
                "/Students",
                "/studentsx",
                "/students%2F7",
            })
    void givenPathWithoutRoute_whenAsked_then404AsProblem(String path) throws Exception {
        var response = client.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .isEqualTo("{\"title\":\"Not found\",\"status\":404,\"detail\":\"nothing is here\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /students, 'GET, HEAD, POST'",
        "DELETE, /students, 'GET, HEAD, POST'",
        "OPTIONS, /students, 'GET, HEAD, POST'",
        "POST, /students/7, 'DELETE, GET, HEAD'",
        "POST, /students/best, 'GET, HEAD'",
    })
    void givenMethodWithoutRoute_whenAsked_then405WithWhatIsAllowed(String method, String path, String allow)
            throws Exception {
        var response = client.send(method, path);

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().allValues("Allow")).containsExactly(allow);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("allowed here: " + allow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=-1", "limit=x", "limit=", "limit=1.0", "limit=99999999999"})
    void givenNumberOutOfBounds_whenAsked_then400SaysWhatIsAllowed(String query) throws Exception {
        var response = client.get("/pages?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("limit is a whole number from 1 to 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=%FF", "q=J%FCrgen", "q=%C3", "%FF=x", "q=%ED%A0%80"})
    void givenBytesThatAreNotUtf8_whenAsked_then400AndNoOtherCharactersInTheirPlace(String query) throws Exception {
        var response = client.get("/search?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("is not in UTF-8");
    }

    @Test
    void givenHead_whenAsked_thenTheSameHeadAsForGetAndNoBody() throws Exception {
        var response = client.send("HEAD", "/students/7");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains("5");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void givenHeadOfWhatIsNotThere_whenAsked_then404() throws Exception {
        var response = client.send("HEAD", "/nothing");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Length")).isPresent();
    }

    @Test
    void givenSameRouteTwice_whenAsked_thenTheLaterAnswers() throws Exception {
        var routes = Routes.NONE.get("/x", request -> text("old")).and(Routes.NONE.get("/x", request -> text("new")));

        try (var other = HttpHost.onFreePort(routes)) {
            assertThat(new LoopbackClient(other.port()).get("/x").body()).isEqualTo("new");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"students", "", "/{}", "/{student-id}", "/a{id}", "/{id}b", "/{id"})
    void givenTemplateThatNothingWouldMatch_whenMade_thenRefused(String template) {
        assertThatThrownBy(() -> Routes.NONE.get(template, request -> text("")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenTwoNamesForOnePlace_whenMade_thenRefused() {
        var routes = Routes.NONE.get("/students/{id}", request -> text("get"));

        assertThatThrownBy(() -> routes.delete("/students/{student}", request -> text("delete")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/students/{student}");
    }

    @Test
    void givenNameThatTheTemplateLacks_whenAsked_thenTheHandlerIsAtFault() throws Exception {
        try (var other = HttpHost.onFreePort(Routes.NONE.get("/x/{id}", request -> text(request.pathValue("name"))))) {
            assertThat(new LoopbackClient(other.port()).get("/x/7").statusCode())
                    .isEqualTo(500);
        }
    }

    private static Response text(String text) {
        return Response.text(200, "text/plain", text);
    }
}
