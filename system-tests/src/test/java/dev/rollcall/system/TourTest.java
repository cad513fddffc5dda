package dev.rollcall.system;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/tour.md} true: each file, type and member that it names is in the sources. */
final class TourTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern LINK = Pattern.compile("]\\((\\.\\./[^)#]+)");
    private static final Pattern NAME = Pattern.compile("`([A-Z][a-z]\\w*)(?:\\.(\\w+))?`");
    private static final List<String> MODULES = List.of(
            "registry-client", "registry-service", "log-service", "grading-service", "portal-service", "system-tests");

    @Test
    void givenFilesOfTheTour_whenLookedFor_thenTheyExist() throws IOException {
        var files = LINK.matcher(tour()).results().map(match -> DOCS.resolve(match.group(1)));

        assertThat(files)
                .hasSizeGreaterThan(12)
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void givenTypesAndMembersOfTheTour_whenLookedFor_thenTheyExist() throws IOException {
        var sources = sources();

        var missing = NAME.matcher(tour())
                .results()
                .filter(match -> !isDeclared(sources.get(match.group(1)), match.group(2)))
                .map(match -> match.group());

        assertThat(missing).isEmpty();
    }

    /** Whether a source is there and declares a member: {@code Type name(}, or a nested type of this name. */
    private static boolean isDeclared(@Nullable Path source, @Nullable String member) {
        if (source == null || member == null) {
            return source != null;
        }
        var declaration =
                "[\\w>\\]] (?<!(return|new) )" + member + "\\(|(class|record|interface|enum) " + member + "\\b";
        try {
            return Pattern.compile(declaration)
                    .matcher(Files.readString(source))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the source of each type; of two with one name, the one found first. */
    private static Map<String, Path> sources() throws IOException {
        try (var files = Files.find(Path.of(".."), 20, (path, attributes) -> isSource(path))) {
            return files.collect(toMap(
                    path -> path.getFileName().toString().replace(".java", ""), path -> path, (one, other) -> one));
        }
    }

    private static boolean isSource(Path path) {
        return path.toString().endsWith(".java")
                && MODULES.contains(path.getName(1).toString());
    }

    private static String tour() throws IOException {
        return Files.readString(DOCS.resolve("tour.md"));
    }
}
