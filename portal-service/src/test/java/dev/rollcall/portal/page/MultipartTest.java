package dev.rollcall.portal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.http.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MultipartTest {
    private static final String TYPE = "multipart/form-data; boundary=----x1";

    @Test
    void givenFileAndField_whenParsed_thenTextsInUtf8() {
        var body = "------x1\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n"
                + "------x1\r\nContent-Disposition: form-data; name=\"File\"; filename=\"g.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\nID,Zoë\r\n1,--😀\r\n\r\n------x1--\r\n";

        var fields = Multipart.fields(TYPE, body.getBytes(StandardCharsets.UTF_8));

        assertThat(fields)
                .containsEntry("token", "abc")
                .containsEntry("File", "ID,Zoë\r\n1,--😀\r\n")
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "multipart/form-data, x",
        "multipart/form-data; boundary=b, --b",
        "multipart/form-data; boundary=b, '--b\r\n\r\nwithout a name\r\n--b--'"
    })
    void givenMalformedBody_whenParsed_thenBadRequest(String type, String body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Multipart.fields(type, body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void givenFileInWindows1252_whenParsed_thenTextAndGuess() {
        var fields = file("ID,Jürgen €\n".getBytes(Charset.forName("windows-1252")));

        assertThat(fields).containsEntry("File", "ID,Jürgen €\n").containsEntry("File-read-as", "Windows-1252");
    }

    @Test
    void givenFileWithByteOrderMark_whenParsed_thenTextWithoutGuess() {
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            var fields = file("\ufeffID,Jürgen 😀\n".getBytes(charset));

            assertThat(fields).as(charset.name()).containsOnly(Map.entry("File", "ID,Jürgen 😀\n"));
        }
    }

    @Test
    void givenFileThatIsNotText_whenParsed_thenRejected() {
        var broken = List.of(
                "PK\3\4\0\0\ufffd".getBytes(StandardCharsets.ISO_8859_1),
                "ID,Jürgen".getBytes(StandardCharsets.UTF_16LE),
                new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'I', (byte) 0xfc},
                new byte[] {(byte) 0xff, (byte) 0xfe, 'I'},
                new byte[] {'I', (byte) 0xfc, (byte) 0x81});

        for (var bytes : broken) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> file(bytes))
                    .withMessageContaining("no text");
        }
    }

    @Test
    void givenFieldNotInUtf8_whenParsed_thenBadRequest() {
        var body = "------x1\r\nContent-Disposition: form-data; name=\"Title\"\r\n\r\nJürgen\r\n------x1--\r\n";

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Multipart.fields(TYPE, body.getBytes(StandardCharsets.ISO_8859_1)))
                .withMessageContaining("Title");
    }

    private static Map<String, String> file(byte[] content) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("------x1\r\nContent-Disposition: form-data; name=\"File\"; filename=\"g.csv\"\r\n"
                        + "Content-Type: text/csv\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n------x1--\r\n".getBytes(StandardCharsets.UTF_8));
        return Multipart.fields(TYPE, body.toByteArray());
    }
}
