package dev.rollcall.portal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.http.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MultipartTest {
    private static final String TYPE = "multipart/form-data; boundary=----x1";

    @Test
    void givenFileAndField_whenRead_thenTheirTextsInUtf8() {
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
    void givenBrokenBody_whenRead_thenTheCallersMistake(String type, String body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Multipart.fields(type, body.getBytes(StandardCharsets.UTF_8)));
    }
}
