package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.host.Settings.Exit;
import dev.rollcall.host.Settings.Parsed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
    private final Settings settings = Settings.of("grading-service", "Keeps grades.")
            .option("port", "8081", SettingParsers::port, "TCP port")
            .option("log-file", "grades.log", text -> text, "file")
            .option("label", "", text -> text, "any text")
            .flag("quiet", "say less");

    @Test
    void givenNothing_whenParsed_thenDefaults() {
        var parsed = parsed();

        assertThat(parsed.get("port", Integer.class)).isEqualTo(8081);
        assertThat(parsed.get("log-file", String.class)).isEqualTo("grades.log");
        assertThat(parsed.has("quiet")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "--port 9000, 9000",
        "--port=9000, 9000",
        "--port=9000 --port 9001, 9001",
        "--port 0, 0",
        "--quiet --port 9000, 9000",
    })
    void givenFlags_whenParsed_thenTheLastCounts(String args, int port) {
        assertThat(parsed(args.split(" ")).get("port", Integer.class)).isEqualTo(port);
    }

    @Test
    void givenValueWithEqualsOrNothing_whenParsed_thenAllAfterTheFirstEqualsIsTheValue() {
        assertThat(parsed("--log-file=a=b").get("log-file", String.class)).isEqualTo("a=b");
        assertThat(parsed("--log-file=").get("log-file", String.class)).isEmpty();
    }

    @Test
    void givenFlagWithoutValue_whenParsed_thenItIsThereOrNot() {
        assertThat(parsed("--quiet").has("quiet")).isTrue();
        assertThat(parsed("--quiet=false").has("quiet")).isFalse();
    }

    @Test
    void givenEnvironment_whenParsed_thenBeforeDefaultsAndAfterFlags() {
        var environment = Map.of("ROLLCALL_PORT", "7000", "ROLLCALL_LOG_FILE", "env.log", "ROLLCALL_QUIET", "true");

        var parsed = (Parsed) settings.parse(new String[] {"--port", "9000"}, environment);

        assertThat(parsed.get("port", Integer.class)).isEqualTo(9000);
        assertThat(parsed.get("log-file", String.class)).isEqualTo("env.log");
        assertThat(parsed.has("quiet")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--prot 9000, there is no --prot; --help lists what there is",
        "port, '\"port\" is not a setting; --help lists them'",
        "-p, '\"-p\" is not a setting; --help lists them'",
        "--quiet yes, '\"yes\" is not a setting; --help lists them'",
        "--port, --port needs a value: TCP port",
        "--port=, '--port is \"\": a whole number from 0 to 65535'",
        "--port 65536, '--port is \"65536\": a whole number from 0 to 65535'",
        "--quiet=yes, '--quiet is \"yes\": true or false'",
    })
    void givenMistake_whenParsed_thenOneLineSaysWhatIsAllowedAndStatusIs2(String args, String message) {
        var outcome = settings.parse(args.split(" "), Map.of());

        assertThat(outcome).isEqualTo(new Exit(2, "grading-service: " + message));
    }

    @Test
    void givenMistakeInTheEnvironment_whenParsed_thenItsVariableIsNamed() {
        var outcome = settings.parse(new String[0], Map.of("ROLLCALL_PORT", "x"));

        assertThat(outcome)
                .isEqualTo(new Exit(2, "grading-service: ROLLCALL_PORT is \"x\": a whole number from 0 to 65535"));
    }

    @Test
    void givenMistakeInTheEnvironment_whenTheFlagIsGiven_thenItDoesNotMatter() {
        var outcome = settings.parse(new String[] {"--port=1"}, Map.of("ROLLCALL_PORT", "x"));

        assertThat(outcome).isInstanceOf(Parsed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--port x --help", "--version --help"})
    void givenHelp_whenParsed_thenItListsAllWithTheirDefaults(String args) {
        var outcome = settings.parse(args.split(" "), Map.of());

        assertThat(outcome).isInstanceOfSatisfying(Exit.class, exit -> {
            assertThat(exit.status()).isZero();
            assertThat(exit.text().lines())
                    .contains("usage: java -jar grading-service.jar [--setting value]…", "Keeps grades.")
                    .anyMatch(line -> line.matches(" +--port VALUE +TCP port \\(8081\\)"))
                    .anyMatch(line -> line.matches(" +--log-file VALUE +file \\(grades.log\\)"))
                    .anyMatch(line -> line.matches(" +--label VALUE +any text"))
                    .anyMatch(line -> line.matches(" +--quiet +say less"))
                    .anyMatch(line -> line.matches(" +--help +.*"))
                    .anyMatch(line -> line.matches(" +--version +.*"))
                    .anyMatch(line -> line.contains("ROLLCALL_BODY_MAX"));
        });
    }

    @Test
    void givenVersion_whenParsed_thenTheProgramAndItsVersion() {
        var outcome = settings.parse(new String[] {"--version"}, Map.of());

        assertThat(outcome).isEqualTo(new Exit(0, "grading-service (not from a jar)"));
    }

    @Test
    void givenVariablesNamedHelpAndVersion_whenParsed_thenTheyMeanNothing() {
        var outcome = settings.parse(new String[0], Map.of("ROLLCALL_VERSION", "1.2", "ROLLCALL_HELP", "true"));

        assertThat(outcome).isInstanceOf(Parsed.class);
    }

    private Parsed parsed(String... args) {
        return (Parsed) settings.parse(args, Map.of());
    }
}
