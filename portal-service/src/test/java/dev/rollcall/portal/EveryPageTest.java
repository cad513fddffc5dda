package dev.rollcall.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EveryPageTest {
    private final PlayedGrading grading = new PlayedGrading();

    @ParameterizedTest
    @CsvSource({
        "/, 200",
        "/students, 200",
        "/students/1, 200",
        "/students/2, 404",
        "/studens, 404",
        "/students/1/x, 404",
        "/a/b/c, 404"
    })
    void givenAddress_whenAsked_thenAWholePageUnderAStrictPolicy(String path, int status) throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.well())) {
            var page = portal.get(path);

            assertThat(page.status()).isEqualTo(status);
            assertIsWholeAndStrict(page);
        }
    }

    @Test
    void givenRefusedPosts_whenAnswered_thenWholePagesUnderAStrictPolicy() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.well())) {
            var form = portal.form("/students/1/grades", Map.of("Title", "T"));

            assertIsWholeAndStrict(portal.send(form));
            assertIsWholeAndStrict(portal.send(form.header("Sec-Fetch-Site", "cross-site")));
        }
    }

    @Test
    void givenHead_whenSent_thenHeadersWithoutBody() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.well())) {
            var page = portal.send(portal.request("/students").method("HEAD", BodyPublishers.noBody()));

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.html()).isEmpty();
        }
    }

    @Test
    void givenStyleSheet_whenAsked_thenOwnAndWithoutOtherAddresses() throws Exception {
        try (var portal = PortalTestbed.alone()) {
            var style = portal.get("/style.css");

            assertThat(style.status()).isEqualTo(200);
            assertThat(style.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
            assertThat(style.html())
                    .contains("prefers-color-scheme: dark", ":focus-visible")
                    .doesNotContain("url(", "@import");
        }
    }

    private static void assertIsWholeAndStrict(SeenPage page) {
        var headers = page.headers();
        assertThat(headers.firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
                        + "frame-ancestors 'none'");
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
        assertThat(page.html()).doesNotContain("style=", "<script", "onclick");
    }
}
