package dev.rollcall.system;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Enforces the design's package table. */
final class WallsTest {
    private static final String OURS = "dev.rollcall.";
    private static final List<String> LIBRARY = List.of("wire", "http", "discovery", "shipping", "disk", "host");
    private static final List<String> MODULES =
            List.of("registry-client", "registry-service", "log-service", "grading-service", "portal-service");

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        var directories = MODULES.stream()
                .map(module -> Path.of("..", module, "target", "classes"))
                .toList();
        assertThat(directories)
                .allSatisfy(directory -> assertThat(directory)
                        .as("compiled classes; mvn compile makes them")
                        .isDirectory());
        classes = new ClassFileImporter().importPaths(directories);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wire",
                "http",
                "http.client",
                "discovery",
                "shipping",
                "disk",
                "host",
                "registry",
                "registry.core",
                "registry.journal",
                "registry.outgoing",
                "registry.watch",
                "log",
                "grading",
                "grading.book",
                "grading.store",
                "grading.sums",
                "grading.csv",
                "portal"
            })
    void givenPackageOfTheDesign_whenLookedFor_thenItHasClasses(String name) {
        assertThat(classes.stream().filter(resideInAPackage(OURS + name))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "wire, ''",
        "http, wire",
        "http.client, wire",
        "discovery, wire http.client",
        "shipping, wire disk http.client",
        "disk, ''",
        "host, wire http discovery shipping",
        "registry, wire http discovery shipping host disk",
        "registry.core, wire",
        "registry.journal, disk host registry.core wire",
        "registry.outgoing, host http wire",
        "registry.watch, host http registry.core wire",
        "log, wire http discovery shipping host disk",
        "log.line, wire",
        "log.store, wire disk log.line",
        "log.query, wire http host log.line log.store",
        "grading, wire http discovery shipping host disk",
        "grading.book, wire grading.store grading.sums grading.csv",
        "grading.store, disk",
        "grading.sums, ''",
        "grading.csv, ''",
        "portal, wire http discovery shipping host",
        "portal.page, wire http discovery",
        "portal.live, wire http",
        "portal.gradebook, wire http discovery portal.page",
        "portal.logs, wire http discovery portal.page portal.live",
        "portal.system, wire http discovery portal.page portal.live portal.logs"
    })
    void givenPackage_whenItUsesOurs_thenOnlyWhatTheDesignAllows(String name, String allowed) {
        var mayUse = Stream.concat(
                        Stream.of(name), Stream.of(allowed.split(" ")).filter(each -> !each.isEmpty()))
                .map(each -> OURS + each + "..")
                .toArray(String[]::new);

        noClasses()
                .that(resideInAPackage(OURS + name + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage(OURS + ".").and(resideOutsideOfPackages(mayUse)))
                .check(classes);
    }

    @Test
    void givenTheBuiltInServer_whenSomeoneUsesIt_thenItIsThePackageHttp() {
        noClasses()
                .that(resideOutsideOfPackages(OURS + "http.."))
                .should()
                .dependOnClassesThat(resideInAPackage("com.sun.net.httpserver.."))
                .check(classes);
    }

    @Test
    void givenDatabases_whenSomeoneSpeaksToThem_thenItIsThePackageStore() {
        noClasses()
                .that(resideOutsideOfPackages(OURS + "grading.store.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.sqlite..", "org.postgresql..", "com.zaxxer..", "javax.sql.."))
                .check(classes);
    }

    @Test
    void givenWire_whenItUsesLibraries_thenOnlyJackson() {
        noClasses()
                .that(resideInAPackage(OURS + "wire.."))
                .should()
                .dependOnClassesThat(
                        resideOutsideOfPackages(OURS + "wire..", "java..", "com.fasterxml.jackson..", "org.jspecify.."))
                .check(classes);
    }

    @Test
    void givenServices_whenTheyUseTheLibrary_thenNothingElseOfOurs() {
        var library = LIBRARY.stream().map(name -> OURS + name + "..").toArray(String[]::new);

        noClasses()
                .that(resideInAnyPackage(library))
                .should()
                .dependOnClassesThat(resideInAPackage(OURS + ".").and(resideOutsideOfPackages(library)))
                .check(classes);
    }

    @Test
    void givenTextsForMachines_whenTheyAreMade_thenInNoLocaleOfTheMachine() {
        noClasses()
                .should()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(PrintStream.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(PrintStream.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
                .because("Arabic has other digits, Turkish another small i")
                .check(classes);
    }

    @Test
    void givenPackages_whenTheyUseEachOther_thenWithoutCycles() {
        slices().matching(OURS + "(*)..").should().beFreeOfCycles().check(classes);
    }
}
