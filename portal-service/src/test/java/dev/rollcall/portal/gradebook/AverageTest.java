package dev.rollcall.portal.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AverageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "85 94 88             | 89.00",
                "0.1 0.2              | 0.15",
                "0.1 0.2 0.3          | 0.20",
                "100 100 0            | 66.67",
                "0 0 100              | 33.33",
                "0                    | 0.00",
                "0.004                | 0.00",
                "0.005                | 0.01",
                "0.014999             | 0.01",
                "84.995               | 85.00",
                "84.994999            | 84.99",
                "1000000 1000000      | 1000000.00",
                "999999.999999 0.000001 | 500000.00",
                "1e2 1E+2             | 100.00"
            })
    void givenScores_whenAveraged_thenExactAndRoundedOnlyAsShown(String scores, String shown) {
        var numbers = Arrays.stream(scores.split(" ")).map(BigDecimal::new).toList();

        var average = Average.of(numbers);

        assertThat(average).map(Average::rounded).map(BigDecimal::toPlainString).contains(shown);
    }

    @Test
    void givenNoScores_whenAveraged_thenThereIsNone() {
        assertThat(Average.of(List.of())).isEmpty();
    }

    @Test
    void givenDecimals_whenSummed_thenNoBinaryNoise() {
        var average = Average.of(List.of(new BigDecimal("0.1"), new BigDecimal("0.2")));

        assertThat(average).map(Average::sum).contains(new BigDecimal("0.3"));
    }
}
