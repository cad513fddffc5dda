package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProblemPagesTest {
    private static final Routes ROUTES = Routes.NONE
            .get("/here", request -> Response.text(200, "text/plain", "well"))
            .get("/broken", request -> {
                throw new IllegalStateException("broken");
            })
            .withProblemPages((problem, trace) -> Response.text(problem.status(), "text/html", "<p>" + problem.title()))
            .and(Routes.NONE.get("/there", request -> {
                throw ProblemException.badRequest("no");
            }));

    @ParameterizedTest
    @CsvSource({
        "GET, /here, 200, well",
        "GET, /there, 400, <p>Bad request",
        "GET, /a/b/c/d, 404, <p>Not found",
        "DELETE, /here, 405, <p>Method not allowed",
        "GET, /broken, 500, <p>Internal error"
    })
    void givenBrowser_whenSomethingIsWrong_thenItIsToldByAPage(String method, String path, int status, String text)
            throws Exception {
        try (var host = HttpHost.onFreePort(ROUTES)) {
            var answer = send(host, method, path, "text/html,application/xhtml+xml,*/*;q=0.8");

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(text);
            assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /there, 400", "GET, /nowhere, 404", "PUT, /here, 405", "GET, /broken, 500"})
    void givenProgram_whenSomethingIsWrong_thenAProblemAsJson(String method, String path, int status) throws Exception {
        try (var host = HttpHost.onFreePort(ROUTES)) {
            var answer = send(host, method, path, "*/*");

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    private static HttpResponse<String> send(HttpHost host, String method, String path, String accept)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                .header("Accept", accept)
                .method(method, BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
