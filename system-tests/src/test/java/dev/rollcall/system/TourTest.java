package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/tour.md} true: each type, method and file that it names exists. */
final class TourTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern LINK = Pattern.compile("]\\((\\.\\./[^)#]+)");
    private static final Pattern NAME = Pattern.compile("`([A-Z][a-z]\\w*)(?:\\.(\\w+))?`");
    private static final List<String> MODULES =
            List.of("registry-client", "registry-service", "log-service", "grading-service", "portal-service");

    @Test
    void givenFilesOfTheTour_whenLookedFor_thenTheyExist() throws IOException {
        var files = LINK.matcher(tour()).results().map(match -> DOCS.resolve(match.group(1)));

        assertThat(files)
                .hasSizeGreaterThan(12)
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void givenTypesAndMethodsOfTheTour_whenLookedFor_thenTheyExist() throws IOException {
        var directories = MODULES.stream()
                .flatMap(module ->
                        Stream.of("classes", "test-classes").map(kind -> Path.of("..", module, "target", kind)))
                .toList();
        var classes = new ClassFileImporter().importPaths(directories);

        var missing = NAME.matcher(tour())
                .results()
                .filter(match -> !exists(classes, match.group(1), match.group(2)))
                .map(match -> match.group());

        assertThat(missing).isEmpty();
    }

    /** Whether a type, and if named a method or nested type of it, exists. */
    private static boolean exists(JavaClasses classes, String type, String member) {
        return classes.stream()
                .filter(each -> each.getSimpleName().equals(type))
                .anyMatch(each -> member == null || hasMethod(each, member) || hasNested(classes, each, member));
    }

    private static boolean hasMethod(JavaClass type, String name) {
        return type.getMethods().stream().anyMatch(method -> method.getName().equals(name));
    }

    private static boolean hasNested(JavaClasses classes, JavaClass type, String name) {
        return classes.contain(type.getName() + "$" + name);
    }

    private static String tour() throws IOException {
        return Files.readString(DOCS.resolve("tour.md"));
    }
}
