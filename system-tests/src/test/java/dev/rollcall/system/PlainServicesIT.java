package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.plain.PlainGradingService;
import dev.rollcall.system.plain.PlainLogService;
import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Reply;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.StudentsPage;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our registry and portal with plain services. Each test leaves the roll as empty as before. */
final class PlainServicesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LATE = Duration.ofMillis(50);
    private static final String FORM = "application/x-www-form-urlencoded";

    @RegisterExtension
    static final Suite SUITE = Suite.ofTheClass();

    private static String portal = "";

    private final PlainGradingService plainGrading = new PlainGradingService();

    @BeforeAll
    static void start() throws InterruptedException {
        var registry = SUITE.startRegistry();
        portal = SUITE.start(Program.PORTAL).url();
        registry.url();
    }

    @AfterEach
    void close() {
        plainGrading.close();
    }

    @Test
    void givenPlainGradingServiceUpAfterItRegistered_whenPagesAreAsked_thenThePortalShowsIt() throws Exception {
        awaitPage(503);

        assertThat(plainGrading.start(SUITE.registryUrl(), LATE).status()).isEqualTo(200);
        awaitPage(200);

        assertThat(Http.get(portal + "/students").body()).contains("Gopher", "Plain");
        var posted = Http.post(portal + "/students/1/grades", FORM, "Title=By+Go&Type=Homework&Score=91.5");
        assertThat(posted.status()).isEqualTo(303);
        assertThat(Http.get(portal + "/students/1").body()).contains("By Go", "91.5");

        assertThat(plainGrading.pressEnter(SUITE.registryUrl()))
                .extracting(Reply::status)
                .containsExactly(200, 404);
        awaitPage(503);
    }

    @Test
    void givenPlainGradingService_whenItVanishesOnASignal_thenThePortalIsToldAndItMayReturn() throws Exception {
        plainGrading.start(SUITE.registryUrl(), Duration.ZERO);
        awaitPage(200);

        plainGrading.vanish();

        awaitPage(503);
        Await.atMost(
                LIMIT,
                () -> assertThat(Roll.of(SUITE.registryUrl())
                                .health(plainGrading.registration().url()))
                        .contains("evicted"));
        plainGrading.registration().deregisterFrom(SUITE.registryUrl());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givenPlainLogService_whenOursLog_thenRecordsArriveAsPlainLines(boolean answersWithBodies) throws Exception {
        try (var log = answersWithBodies ? PlainLogService.answeringWithBodies() : PlainLogService.listening()) {
            assertThat(log.registration().sendTo(SUITE.registryUrl()).status()).isEqualTo(200);
            var grading = SUITE.start(Program.GRADING);
            awaitPage(200);

            for (var i = 1; i <= 20; i++) {
                addGrade(grading.url(), "grade " + i);
            }

            Await.atMost(
                    LIMIT,
                    () -> assertThat(lines(log, "[GradingService] - "))
                            .contains(
                                    "[GradingService] - registered registry=\"[" + SUITE.registryUrl() + "]\"\n",
                                    added(20)));
            assertThat(lines(log, "[GradingService] - added"))
                    .as("each once, in order")
                    .hasSize(20)
                    .first()
                    .isEqualTo(added(1));
            assertThat(log.posts()).allSatisfy(post -> {
                assertThat(post.headers()).containsEntry("Content-Type", "text/plain");
                assertThat(post.body()).matches("(?s)\\[\\w+Service] - .*\\n");
            });
            Await.atMost(
                    LIMIT, () -> assertThat(lines(log, "[RegistryService] - ")).isNotEmpty());
            grading.pressEnter();
            assertThat(grading.awaitExit(LIMIT)).isZero();
            assertThat(lines(log, "[GradingService] - ")).last().isEqualTo("[GradingService] - deregistered\n");
            log.registration().deregisterFrom(SUITE.registryUrl());
            awaitPage(503);
        }
    }

    private static void addGrade(String grading, String title) throws IOException, InterruptedException {
        var json = "{\"Title\":\"" + title + "\",\"Type\":\"Quiz\",\"Score\":70}";
        assertThat(Http.post(grading + "/students/3/grades", "application/json", json)
                        .status())
                .isEqualTo(201);
    }

    private static String added(int number) {
        return "[GradingService] - added grade grade " + number
                + " to student 3 score=\"70\" student=\"3\" type=\"Quiz\"\n";
    }

    private static List<String> lines(PlainLogService log, String start) {
        return log.texts().stream().filter(text -> text.startsWith(start)).toList();
    }

    private static void awaitPage(int status) throws InterruptedException {
        Await.atMost(LIMIT, () -> assertThat(StudentsPage.status(portal)).isEqualTo(status));
    }
}
