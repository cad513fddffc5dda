package dev.rollcall.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpUrlTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "http://localhost:6000,http://localhost:6000",
                "http://localhost:6000/,http://localhost:6000",
                "http://localhost:6000///,http://localhost:6000",
                " \thttp://localhost:6000/ \t,http://localhost:6000",
                "'\nhttp://localhost:6000/\r\n',http://localhost:6000",
                "http://localhost,http://localhost",
                "https://example.org/a/b/,https://example.org/a/b",
                "HTTP://Example.ORG:80,HTTP://Example.ORG:80",
                "http://127.0.0.1:1,http://127.0.0.1:1",
                "http://127.0.0.1:65535,http://127.0.0.1:65535",
                "http://[::1]:4000/,http://[::1]:4000",
                "http://[2001:db8::7]/log,http://[2001:db8::7]/log",
                "http://localhost:6000/a%20b,http://localhost:6000/a%20b",
            })
    void givenValidUrl_whenMade_thenOnlySpaceAndSlashesAtTheEndsAreDropped(String text, String value) {
        var url = HttpUrl.of(text);

        assertThat(url.value()).isEqualTo(value);
        assertThat(url).hasToString(value).isEqualTo(HttpUrl.of(value));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "/",
                "localhost:6000",
                "//localhost:6000",
                "/services",
                "ftp://localhost:6000",
                "javascript:alert(1)",
                "file:///etc/passwd",
                "http:",
                "http://",
                "http:///path",
                "http://:6000",
                "http:localhost",
                "http://localhost:0",
                "http://localhost:65536",
                "http://localhost:99999999999",
                "http://localhost:-1",
                "http://localhost:http",
                "http://[::1",
                "http://user@localhost:6000",
                "http://user:secret@localhost:6000",
                "http://localhost:6000?x=1",
                "http://localhost:6000/?",
                "http://localhost:6000/#top",
                "http://local host:6000",
                "http://localhost:6000/a b",
                "http://localhost:6000/\nX-Header: 1",
                "http://localhost:6000/%zz",
            })
    void givenAnythingElse_whenMade_thenRefused(String text) {
        assertThatThrownBy(() -> HttpUrl.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenLongUrls_whenMade_thenTwoThousandCharactersAreTheMost() {
        var longest = "http://localhost/" + "x".repeat(2_000 - 17);

        assertThat(HttpUrl.of(longest).value()).hasSize(2_000);
        assertThatThrownBy(() -> HttpUrl.of(longest + "x")).hasMessageContaining("2000");
    }

    @Test
    void givenControlCharacters_whenRefused_thenTheMessageDoesNotRepeatThem() {
        assertThatThrownBy(() -> HttpUrl.of("http://localhost:6000/\u001b[31m\nforged line"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("\u001b", "\n");
    }

    @Test
    void givenUrlWithPath_whenPathIsResolved_thenItIsPutBelow() {
        var url = HttpUrl.of("http://localhost:6000/grading/");

        assertThat(url.resolve("/students?limit=5"))
                .isEqualTo(URI.create("http://localhost:6000/grading/students?limit=5"));
        assertThat(url.uri()).isEqualTo(URI.create("http://localhost:6000/grading"));
    }

    @Test
    void givenUrl_whenWrittenAndRead_thenItIsAJsonText() throws Exception {
        var url = HttpUrl.of("http://localhost:6000");

        var json = Json.text(url);

        assertThat(json).isEqualTo("\"http://localhost:6000\"");
        assertThat(Json.read(json, HttpUrl.class)).isEqualTo(url);
    }

    @Test
    void givenUrls_whenCompared_thenByText() {
        assertThat(HttpUrl.of("http://a")).isLessThan(HttpUrl.of("http://b"));
    }
}
