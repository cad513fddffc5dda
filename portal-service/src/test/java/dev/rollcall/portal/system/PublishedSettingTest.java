package dev.rollcall.portal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PublishedSettingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    keep-bytes  | 10GiB                        | Log kept, at most | 10 GiB
                    keep-age    | 720h                         | Log kept for | 30 days
                    segment-age | 24h                          | Segment closed after | 24 h
                    drain       | 2s                           | A stop waits for requests | 2 s
                    drain       | 90m                          | A stop waits for requests | 90 min
                    grades-max  | 1000000                      | Grades, at most | 1,000,000
                    heap-max    | 5986MiB                      | Memory for objects, at most | 5,986 MiB
                    pid         | 12345                        | Process id | 12345
                    version     | 0.1.0                        | Version | 0.1.0
                    database    | jdbc:postgresql://db/grades  | Database | jdbc:postgresql://db/grades
                    zone        | 1000                         | zone | 1000
                    grades-max  | 99999999999999999999         | Grades, at most | 99999999999999999999
                    """)
    void givenSetting_whenShown_thenLabelAndReadableValue(String name, String value, String words, String shown) {
        assertThat(PublishedSetting.of(Map.of(name, value))).containsExactly(new PublishedSetting(words, shown));
    }

    @Test
    void givenKnownAndUnknownSettings_whenShown_thenKnownOnesFirst() {
        var settings = PublishedSetting.of(Map.of("a-zone", "x", "pid", "1", "engine", "SQLite", "weight", "2"));

        assertThat(settings)
                .extracting(PublishedSetting::label)
                .containsExactly("Kept by", "Process id", "a-zone", "weight");
    }
}
