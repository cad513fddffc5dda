package dev.rollcall.grading.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {
    private static final int SEEDS = 2_000;
    private static final String ALPHABET = "a,\"\r\n '=+-@\t1é";

    @Test
    void givenCellsWithAnything_whenWritten_thenQuotedByTheStandard() {
        assertThat(Csv.line(List.of("", "a", "b,c", "d\"e", "f\r\ng")))
                .isEqualTo(",a,\"b,c\",\"d\"\"e\",\"f\r\ng\"\r\n");
    }

    @Test
    void givenBothLineEndsAMarkAndNoLastOne_whenRead_thenRecordsWithTheirLines() throws CsvException {
        var records = Csv.read("\ufeffa,b\r\n\"c\nd\",e\n\nf,");

        assertThat(records)
                .containsExactly(
                        new Csv.Row(1, List.of("a", "b")),
                        new Csv.Row(2, List.of("c\nd", "e")),
                        new Csv.Row(5, List.of("f", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n\"b", "a\nb\"c", "a\n\"b\"c"})
    void givenWrongQuotes_whenRead_thenRefusedWithTheLine(String text) {
        assertThatThrownBy(() -> Csv.read(text))
                .isInstanceOfSatisfying(
                        CsvException.class, e -> assertThat(e.line()).isEqualTo(2));
    }

    @Test
    void givenAnyCells_whenWrittenAndRead_thenTheSame() throws CsvException {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var cells = new ArrayList<String>();
            for (var i = 0; i < 1 + random.nextInt(4); i++) {
                cells.add(anyText(random));
            }

            var read = Csv.read(Csv.line(cells));

            assertThat(read).as("seed " + seed).extracting(Csv.Row::cells).containsExactly(cells);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"=1+1|'=1+1", "+1|'+1", "-1|'-1", "@x|'@x", "'=x|''=x", "'t Hooft|'t Hooft", "a=b|a=b", "Ann|Ann"})
    void givenText_whenGuarded_thenNoFormula(String text, String cell) {
        assertThat(FormulaGuard.escape(text)).isEqualTo(cell);
    }

    @Test
    void givenAnyText_whenGuarded_thenReadAsItWasAndNeverAFormula() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var text = anyText(new Random(seed));

            var cell = FormulaGuard.escape(text);

            assertThat(FormulaGuard.unescape(cell)).as("seed " + seed).isEqualTo(text);
            assertThat(cell).doesNotMatch("(?s)[=+\\-@\\t\\r].*");
        }
    }

    private static String anyText(Random random) {
        var text = new StringBuilder();
        for (var i = random.nextInt(6); i > 0; i--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
