package dev.rollcall.grading.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.wire.Json;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScoreTest {
    @ParameterizedTest
    @CsvSource({
        "85, 85",
        "85.5, 85.5",
        "85.50, 85.5",
        "100, 100",
        "1e2, 100",
        "1E+6, 1000000",
        "1000000.000000000, 1000000",
        "999999.999999, 999999.999999",
        "0.000001, 0.000001",
        "0, 0",
        "0.00, 0",
        "-0, 0",
        "-0.0, 0",
        "0e400000000, 0",
        "0e-400000000, 0"
    })
    void givenNumberWithinBounds_whenWritten_thenPlainAndWithoutNeedlessZeros(BigDecimal number, String written) {
        var score = new Score(number);

        assertThat(Json.text(score)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0.000001",
                "-1",
                "1000000.000001",
                "1000001",
                "0.0000001",
                "85.1234567",
                "1e400000000",
                "1e-400000000",
                "1e2147483647",
                "1e-2147483647"
            })
    void givenNumberOutOfBounds_whenMadeAScore_thenRefused(String number) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Score(new BigDecimal(number)));
    }
}
