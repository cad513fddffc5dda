package dev.rollcall.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EveryPageTest {
    private final FakeGrading grading = new FakeGrading();

    @ParameterizedTest
    @CsvSource({
        "/, 200",
        "/students, 200",
        "/students?q=nobody&sort=-average&page=7&size=500&filter=all, 200",
        "/students/new, 200",
        "/gradebook, 200",
        "/items, 404",
        "/items/1, 404",
        "/weights, 404",
        "/import, 200",
        "/system, 200",
        "/system/Nobody, 404",
        "/logs, 200",
        "/logs/1-2, 404",
        "/students/1/grades/7, 404",
        "/a/b/c/d/e/f/g/h, 404",
        "/students/1, 200",
        "/students/2, 404",
        "/studens, 404",
        "/students/1/x, 404",
        "/a/b/c, 404"
    })
    void givenPath_whenRequested_thenWholePageUnderStrictPolicy(String path, int status) throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page = portal.browse(path);

            assertThat(page.status()).isEqualTo(status);
            assertIsWholeAndStrict(page);
        }
    }

    @Test
    void givenRejectedPosts_whenSent_thenWholePagesUnderStrictPolicy() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var form = portal.form("/students/1/grades", Map.of("Title", "T"));

            assertIsWholeAndStrict(portal.send(form));
            assertIsWholeAndStrict(portal.send(form.header("Sec-Fetch-Site", "same-origin")));
            assertIsWholeAndStrict(portal.send(form.header("Sec-Fetch-Site", "cross-site")));
        }
    }

    @Test
    void givenHead_whenSent_thenHeadersWithoutBody() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page = portal.send(portal.request("/students").method("HEAD", BodyPublishers.noBody()));

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.html()).isEmpty();
        }
    }

    @Test
    void givenStyleSheet_whenRequested_thenOwnAndWithoutOtherUrls() throws Exception {
        try (var portal = PortalTestbed.alone()) {
            var address = portal.get("/students")
                    .links()
                    .filter(link -> link.startsWith("/style.css?v="))
                    .findFirst();
            var style = portal.get(address.orElseThrow());

            assertThat(style.status()).isEqualTo(200);
            assertThat(style.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
            assertThat(style.headers().firstValue("Cache-Control")).contains("max-age=31536000, immutable");
            assertThat(portal.get("/style.css").headers().firstValue("Cache-Control"))
                    .contains("no-cache");
            assertThat(style.html())
                    .contains("prefers-color-scheme: dark", ":focus-visible")
                    .doesNotContain("url(", "@import");
        }
    }

    @Test
    void givenUnsupportedRequest_whenSentByBrowser_thenPageExplainsIt() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page = portal.send(portal.form("/items/1/2/3", Map.of()).header("Accept", "text/html"));
            var method = portal.send(portal.request("/gradebook")
                    .header("Accept", "text/html,*/*")
                    .method("DELETE", BodyPublishers.noBody()));
            var large = portal.send(portal.form("/students/1/grades", Map.of("Title", "x".repeat(2 << 20)))
                    .header("Accept", "text/html"));

            assertThat(page.status()).isEqualTo(404);
            assertThat(method.status()).isEqualTo(405);
            assertThat(method.headers().firstValue("Allow")).contains("GET, HEAD");
            assertThat(large.status()).isEqualTo(413);
            assertThat(large.heading()).isEqualTo("Too large");
            assertIsWholeAndStrict(page);
            assertIsWholeAndStrict(method);
            assertIsWholeAndStrict(large);
        }
    }

    @Test
    void givenUnknownPath_whenRequestedByProgram_thenProblemDocument() throws Exception {
        try (var portal = PortalTestbed.alone()) {
            var response = portal.get("/nowhere");

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    @Test
    void givenTraceOfRequest_whenShown_thenPageLinksItsLogLines() throws Exception {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var traced = portal.request("/students").header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

            assertThat(portal.send(traced).links()).contains("/logs?trace=" + trace);
            assertThat(portal.get("/students").links()).noneMatch(link -> link.contains(trace));
        }
    }

    private static void assertIsWholeAndStrict(ParsedPage page) {
        var headers = page.headers();
        assertThat(headers.firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                        + "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(page.html())
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .contains("<nav aria-label=\"Main\">");
        assertThat(page.title()).endsWith(" · Rollcall");
        assertThat(page.heading()).isNotBlank();
        assertThat(page.links())
                .contains("/", "/students")
                .allMatch(link -> link.startsWith("/") || link.startsWith("#"));
        assertThat(Pattern.compile("<(h\\d)").matcher(page.html()).results().map(h -> h.group(1)))
                .startsWith("h1")
                .isSorted();
        assertThat(Pattern.compile(" id=\"([^\"]*)\"")
                        .matcher(page.html())
                        .results()
                        .map(id -> id.group(1)))
                .doesNotHaveDuplicates();
        assertThat(page.html()).doesNotContain("style=", "<script>", "onclick", "javascript:");
        assertThat(Pattern.compile("<script[^>]*>(.)")
                        .matcher(page.html())
                        .results()
                        .map(m -> m.group(1)))
                .as("scripts are files")
                .allMatch("<"::equals);
        assertThat(page.html()).containsPattern("/logs\\?trace=[0-9a-f]{32}\">Log lines of this request");
    }
}
