package dev.rollcall.grading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GradingSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5432/grades, jdbc:postgresql://db:5432/grades",
        "jdbc:postgresql://db/grades?user=anna&password=secret, jdbc:postgresql://db/grades",
        "jdbc:postgresql://db/grades?password=secret@x, jdbc:postgresql://db/grades",
        "jdbc:postgresql://10.0.0.1:5432/grades_2?password=secret, jdbc:postgresql://10.0.0.1:5432/grades_2",
        "jdbc:postgresql://anna:secret@db/grades?ssl=true, jdbc:postgresql:…",
        "jdbc:postgresql://anna:s@cret@db/grades, jdbc:postgresql:…",
        "jdbc:postgresql://anna:secret?of@db/grades, jdbc:postgresql:…",
        "jdbc:postgresql:grades, jdbc:postgresql:grades",
        "jdbc:postgresql:grades?password=secret, jdbc:postgresql:grades",
    })
    void givenADatabaseUrl_whenPublished_thenWithoutUserAndPassword(String url, String shown) {
        var published = parse("--database", url).published().entries();

        assertThat(published).containsEntry("database", shown).containsEntry("engine", "PostgreSQL");
        assertThat(published.toString()).doesNotContain("secret", "anna");
    }

    @Test
    void givenSeveralHosts_whenPublished_thenAllAreShown() {
        assertThat(parse("--database", "jdbc:postgresql://a:5432,b-2:5433/grades")
                        .databaseWithoutSecrets())
                .isEqualTo("jdbc:postgresql://a:5432,b-2:5433/grades");
    }

    @Test
    void givenNoDatabase_whenPublished_thenItIsSqlite() {
        assertThat(parse("--no-samples", "--database-max", "1GiB").published().entries())
                .isEqualTo(
                        Map.of("engine", "SQLite", "database-max", "1GiB", "grades-max", "1000000", "samples", "no"));
    }

    private static GradingSettings parse(String... args) {
        return GradingSettings.parseOrExit(args, Map.of());
    }
}
