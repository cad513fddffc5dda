package dev.rollcall.system;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Program;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keeps {@code docs/settings.md} and what the services' {@code --help} lists the same: each setting and its default. */
final class SettingsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");
    private static final Pattern HELP_LINE = Pattern.compile("^  --([a-z-]+)(?: VALUE)? +.*?(?: \\(([^()]*)\\))?$");
    private static final Pattern ROW =
            Pattern.compile("^\\| `--([a-z-]+)` \\| ([^|]*) \\| [^|]* \\| ([^|]*) \\| .*\\|$");
    /** Not read from the environment: another program may well use ROLLCALL_VERSION. */
    private static final List<String> FLAGS_ONLY = List.of("help", "version");

    @ParameterizedTest
    @EnumSource
    void givenProgram_whenHelpIsComparedWithTheDocument_thenTheSameSettingsAndDefaults(Program program)
            throws Exception {
        var documented = new HashMap<>(documented("Every service", program));
        documented.putAll(documented(program.service(), program));

        assertThat(fromHelp(program)).isEqualTo(documented);
    }

    /** Returns the defaults by the settings' names; empty where there is none. */
    private static Map<String, String> fromHelp(Program program) throws Exception {
        return help(program)
                .lines()
                .map(HELP_LINE::matcher)
                .filter(matcher -> matcher.matches())
                .collect(toMap(
                        matcher -> matcher.group(1), matcher -> matcher.group(2) == null ? "" : matcher.group(2)));
    }

    private static String help(Program program) throws IOException, InterruptedException {
        var classes = Path.of("..", program.file(), "target", "classes");
        assertThat(classes).as("compiled classes; mvn compile makes them").isDirectory();
        var main = "dev.rollcall." + program.name().toLowerCase(Locale.ROOT) + "." + program.service();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = classes + File.pathSeparator + System.getProperty("java.class.path");
        var process = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, main, "--help")
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private static Map<String, String> documented(String section, Program program) throws IOException {
        var lines = Files.readAllLines(DOCUMENT);
        assertThat(lines).contains("## " + section);
        return lines.stream()
                .skip(lines.indexOf("## " + section) + 1L)
                .takeWhile(line -> !line.startsWith("## "))
                .map(ROW::matcher)
                .filter(matcher -> matcher.matches())
                .peek(row -> assertThat(row.group(2))
                        .as("variable of --" + row.group(1))
                        .isEqualTo(variable(row.group(1))))
                .collect(toMap(row -> row.group(1), row -> otherwise(row.group(3), program)));
    }

    private static String variable(String setting) {
        return FLAGS_ONLY.contains(setting)
                ? "–"
                : "`ROLLCALL_" + setting.toUpperCase(Locale.ROOT).replace('-', '_') + "`";
    }

    /** Reads a cell: {@code –} for none, one value for all programs, or one for each in the order of {@link Program}. */
    private static String otherwise(String cell, Program program) {
        var values = Arrays.stream(cell.split(", ", -1))
                .map(value -> value.replace("`", "").replace("PROGRAM", program.file()))
                .toList();
        var value = values.size() == 1 ? values.get(0) : values.get(program.ordinal());
        return value.equals("–") ? "" : value;
    }
}
