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
                "http://log_service:4000,http://log_service:4000",
                "http://log_service/,http://log_service",
                "https://_a.b_:1/c,https://_a.b_:1/c",
                "http://example.org.:80,http://example.org.:80",
                "http://web.1a.2b:80,http://web.1a.2b:80",
                "http://1a:80,http://1a:80",
                "http://-a-:80,http://-a-:80",
                "http://[fe80::1%25eth0]:80,http://[fe80::1%25eth0]:80",
                "http://[fe80::1%eth0]:80,http://[fe80::1%eth0]:80",
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

    @ParameterizedTest
    @CsvSource({
        "'', a URL is missing",
        "localhost:6000, a URL begins with http:// or https://",
        "//localhost:6000, a URL begins with http:// or https://",
        "ftp://localhost, a URL begins with http:// or https://",
        "http://, a URL needs a host",
        "http://:6000, a URL needs a host",
        "http:///path, a URL needs a host",
        "http://a:0, a port is a number from 1 to 65535",
        "http://a:65536, a port is a number from 1 to 65535",
        "http://a:99999999999, a port is a number from 1 to 65535",
        "http://a:http, a port is a number from 1 to 65535",
        "http://a:+1, a port is a number from 1 to 65535",
        "http://me@a, a URL bears no user here",
        "http://me:secret@a, a URL bears no user here",
        "http://a b, a URL has no blanks and no control characters",
        "http://a/b c, a URL has no blanks and no control characters",
        "'http://a/	b', a URL has no blanks and no control characters",
        "http://a/#b, a URL bears no fragment here",
        "http://a?b, a ServiceURL bears no query",
        "http://bücher.example, a host has letters",
        "http://a..b, a host has letters",
        "http://.a, a host has letters",
        "http://a%41, a host has letters",
        "http://a!b, a host has letters",
        "http://256.1.1.1, an IPv4 address is four numbers from 0 to 255",
        "http://1.2.3, an IPv4 address is four numbers from 0 to 255",
        "http://127.0.0.01, an IPv4 address is four numbers from 0 to 255",
        "http://[a], not a URL",
        "http://[::1, what is in brackets is an IPv6 address",
        "http://[::g], what is in brackets is an IPv6 address",
        "http://[1:2], not a URL",
        "http://[::1]x, what is in brackets is an IPv6 address",
        "http://a/%zz, not a URL",
        "http://a/b\\c, not a URL",
    })
    void givenAnythingElse_whenRefused_thenForItsOwnReason(String text, String reason) {
        assertThatThrownBy(() -> HttpUrl.of(text)).hasMessageStartingWith(reason);
    }

    @Test
    void givenALongHost_whenMade_thenRefusedForItsLength() {
        assertThatThrownBy(() -> HttpUrl.of("http://" + "a.".repeat(127) + "b")).hasMessageContaining("253");
        assertThatThrownBy(() -> HttpUrl.of("http://" + "a".repeat(64))).hasMessageContaining("63");
        assertThat(HttpUrl.of("http://" + "a".repeat(63)).hostPort().host()).hasSize(63);
    }

    @ParameterizedTest
    @CsvSource({
        "http://log_service:4000/a, log_service, 4000, log_service:4000",
        "https://log_service, log_service, -1, log_service",
        "http://localhost:, localhost, -1, localhost",
        "http://[::1]:4000, ::1, 4000, [::1]:4000",
        "http://[fe80::1%25eth0]:80, fe80::1%eth0, 80, [fe80::1]:80",
        "http://[fe80::1%eth0], fe80::1%eth0, -1, [fe80::1]",
    })
    void givenUrl_whenItsHostIsAsked_thenAsResolversTakeIt(String url, String bare, int port, String header) {
        var at = HttpUrl.of(url).hostPort();

        assertThat(at.bareHost()).isEqualTo(bare);
        assertThat(at.port()).isEqualTo(port);
        assertThat(at).hasToString(header);
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
