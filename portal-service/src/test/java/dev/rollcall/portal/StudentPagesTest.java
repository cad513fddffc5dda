package dev.rollcall.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.testkit.Fault;
import dev.rollcall.testkit.FaultyServer;
import dev.rollcall.wire.Problem;
import dev.rollcall.wire.Problem.FieldError;
import dev.rollcall.wire.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StudentPagesTest {
    private static final Map<String, String> GRADE = Map.of("Title", "T1", "Type", "Homework", "Score", "85.5");
    private static final String GRADES = "/students/1/grades";

    private final FakeGrading grading = new FakeGrading();

    @Test
    void givenStudents_whenListed_thenTableWithAveragesAndLinks() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page = portal.get("/students");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.heading()).isEqualTo("Students");
            assertThat(page.rows())
                    .containsExactly(
                            List.of("ID", "Name", "Grades", "Average so far", "With blanks as zero", "Letter", "Bar"),
                            List.of("1", "Averill Simen", "3", "89.00", "89.00", "–", ""));
            assertThat(page.links()).contains("/students/1");
            assertThat(page.text()).contains("rounded to 2 decimals only for display");
        }
    }

    @Test
    void givenPlainGradingService_whenListed_thenStudentsAreShown() throws Exception {
        var plain = "[{\"id\":1,\"firstName\":\"Ada\",\"lastname\":\"Vance\",\"Grades\":null},"
                + "{\"Id\":2,\"FirstName\":\"Bo\",\"LastName\":\"Tran\",\"Grades\":[{\"Title\":\"Q\",\"Score\":85.5}]}]";
        try (var portal = PortalTestbed.withGrading(grading.serving(plain, "{}"))) {
            var page = portal.get("/students");

            assertThat(page.rows())
                    .contains(
                            List.of("1", "Ada Vance", "0", "none yet", "0.00", "–", ""),
                            List.of("2", "Bo Tran", "1", "85.50", "85.50", "–", ""));
        }
    }

    @Test
    void givenMalformedStudentAndGrade_whenListed_thenOthersAreShown() throws Exception {
        var malformed =
                "[{\"ID\":\"x\",\"Grades\":[]},17,{\"ID\":1,\"FirstName\":\"Ada\",\"LastName\":\"Vance\",\"Grades\":["
                        + "{\"Title\":\"Q\",\"Score\":\"85\"},{\"Title\":\"R\",\"Score\":90},{\"Title\":[],\"Score\":1e99999}]},"
                        + "{\"FirstName\":\"No\",\"LastName\":\"Number\"}]";
        try (var portal = PortalTestbed.withGrading(grading.serving(
                malformed,
                malformed.substring(malformed.indexOf("{\"ID\":1,"), malformed.indexOf(",{\"FirstName\":\"No\""))))) {
            var page = portal.get("/students");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.rows()).hasSize(2).contains(List.of("1", "Ada Vance", "1", "90.00", "90.00", "–", ""));
            assertThat(portal.get("/students/1").status()).isEqualTo(200);
            assertThat(portal.get("/gradebook").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"a\u0001b\"", "\"a\u007f\"", "\"\u00fc\"", "unquoted", "\"a b\"", "w/\"a\"", "\"", "\"a\"b\""})
    void givenInvalidEntityTag_whenReadAgain_thenItIsNotSentBack(String tag) throws Exception {
        try (var service = FaultyServer.playing(new Fault.Answer(200, Map.of("ETag", tag), "[]"));
                var portal = PortalTestbed.alone()) {
            portal.notifyOf(ServiceName.GRADING, service.url());

            assertThat(portal.get("/students").status()).isEqualTo(200);
            assertThat(portal.get("/students").status()).isEqualTo(200);

            assertThat(service.requests())
                    .hasSize(2)
                    .allSatisfy(request ->
                            assertThat(request.header("If-None-Match")).isEmpty());
        }
    }

    @Test
    void givenTwoProvidersWithSameTag_whenReadInTurn_thenEachSendsItsOwn() throws Exception {
        try (var portal = PortalTestbed.withGrading(tagged("Ada"))) {
            portal.start(ServiceName.GRADING, tagged("Bo"));
            var shown = new ArrayList<String>();

            for (var i = 0; i < 6; i++) {
                shown.add(portal.get("/students").text().contains("Ada") ? "Ada" : "Bo");
            }

            assertThat(shown.subList(0, 2)).containsExactlyInAnyOrder("Ada", "Bo");
            assertThat(shown.subList(2, 4)).isEqualTo(shown.subList(0, 2));
            assertThat(shown.subList(4, 6)).isEqualTo(shown.subList(0, 2));
        }
    }

    /** Returns the routes of one student, always with the same entity tag. */
    private static Routes tagged(String name) {
        return Routes.NONE.get(
                "/students",
                request -> request.header("If-None-Match")
                        .map(tag -> Response.empty(304))
                        .orElseGet(() -> Response.json(200, List.of(Map.of("ID", 1, "FirstName", name))))
                        .with("ETag", "\"1\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[ ]"})
    void givenNoStudents_whenListed_thenNote(String none) throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.serving(none, "{}"))) {
            assertThat(portal.get("/students").text()).contains("There are no students yet");
        }
    }

    @Test
    void givenStudent_whenShown_thenGradesAverageAndForm() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page = portal.get("/students/1");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.heading()).isEqualTo("Averill Simen");
            assertThat(page.title()).isEqualTo("Averill Simen · Rollcall");
            assertThat(page.rows())
                    .contains(List.of("Quiz 1", "Quiz", "85"), List.of("Week 1 Homework", "Homework", "94"));
            assertThat(page.text()).contains("Average so far 89.00", "rounded to 2 decimals only for display");
            assertThat(page.html()).contains("<form method=\"post\" action=\"/students/1/grades\"");
            assertThat(page.field("Title")).isEmpty();
            assertThat(page.field("Score")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/students/2", "/students/x", "/students/-1", "/students/99999999999999999999"})
    void givenUnknownStudent_whenShown_thenNotFoundPage(String path) throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page = portal.get(path);

            assertThat(page.status()).isEqualTo(404);
            assertThat(page.heading()).isEqualTo("No such student");
            assertThat(page.links()).contains("/students");
        }
    }

    @Test
    void givenMarkupAndControlCharacters_whenShown_thenTheyAreText() throws Exception {
        var name = "</title><script>alert(1)</script>";
        var title = "\\\"'><img src=x onerror=alert(1)>\\u202e\\u200f😀\\u0000&amp;";
        var one = "{\"ID\":1,\"FirstName\":\"" + name + "\",\"Grades\":[{\"Title\":\"" + title
                + "\",\"Type\":\"<b>\",\"Score\":1}]}";
        try (var portal = PortalTestbed.withGrading(grading.serving("[" + one + "]", one))) {
            var student = portal.get("/students/1");
            var all = portal.get("/students");
            var again = portal.post(
                    GRADES, Map.of("Title", "\"><script>alert(2)</script>", "Type", "<i>", "Score", "\"'<u>"));

            assertThat(student.heading()).isEqualTo(name);
            assertThat(student.rows())
                    .contains(List.of("\"'><img src=x onerror=alert(1)>\u202e\u200f😀␀&amp;", "<b>", "1"));
            assertThat(all.rows()).contains(List.of("1", name, "1", "1.00", "1.00", "–", ""));
            assertThat(again.field("Title")).isEqualTo("\"><script>alert(2)</script>");
            assertThat(again.field("Score")).isEqualTo("\"'<u>");
            assertThat(List.of(student, all, again))
                    .allSatisfy(
                            page -> assertThat(page.html()).doesNotContain("<script>", "<img", "<b>", "<i>", "<u>"));
        }
    }

    @Test
    void givenValidGrade_whenPosted_thenSentAsJsonAndRedirected() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page = portal.post(GRADES, GRADE);

            assertThat(page.status()).isEqualTo(303);
            assertThat(page.headers().firstValue("Location")).contains("/students/1");
            assertThat(grading.posted()).containsExactly("{\"Title\":\"T1\",\"Type\":\"Homework\",\"Score\":85.5}");
        }
    }

    @Test
    void givenInvalidGrade_whenPosted_thenFormWithInputAndNothingIsSent() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page = portal.post(GRADES, Map.of("Title", "T1", "Type", "Exam", "Score", "85,5"));

            assertThat(page.status()).isEqualTo(400);
            assertThat(page.heading()).isEqualTo("Averill Simen");
            assertThat(page.title()).startsWith("Not added");
            assertThat(page.text()).contains("The grade was not added", "with a point before decimals");
            assertThat(page.field("Title")).isEqualTo("T1");
            assertThat(page.option()).isEqualTo("Exam");
            assertThat(page.field("Score")).isEqualTo("85,5");
            assertThat(page.html())
                    .contains("autofocus aria-invalid=\"true\" aria-describedby=\"score-mistake\"")
                    .containsOnlyOnce("autofocus");
            assertThat(grading.posted()).isEmpty();
        }
    }

    @Test
    void givenGradingServiceThatReportsErrors_whenPosted_thenFormWithErrors() throws Exception {
        var errors = List.of(new FieldError("Title", "is taken"), new FieldError("Mood", "is bad"));
        var problem = new Problem("Invalid fields", 400, "Title is taken; Mood is bad", errors, "");
        try (var portal = PortalTestbed.withGrading(grading.acceptingGrades(request -> Response.problem(problem)))) {
            var page = portal.post(GRADES, GRADE);

            assertThat(page.status()).isEqualTo(400);
            assertThat(page.text()).contains("Title is taken.").doesNotContain("Mood");
            assertThat(page.field("Title")).isEqualTo("T1");
        }
    }

    @ParameterizedTest
    @CsvSource({"400, text/plain, score <out> of range", "422, application/json, {broken", "400, text/html, ''"})
    void givenPlainGradingServiceThatRejects_whenPosted_thenFormWithItsWords(
            int status, String contentType, String words) throws Exception {
        var refusal = Response.text(status, contentType, words);
        try (var portal = PortalTestbed.withGrading(grading.acceptingGrades(request -> refusal))) {
            var page = portal.post(GRADES, GRADE);

            assertThat(page.status()).isEqualTo(400);
            assertThat(page.text()).contains("It answered " + status, words);
            assertThat(page.field("Score")).isEqualTo("85.5");
        }
    }

    @Test
    void givenUnknownStudent_whenGradeIsPosted_thenNotFoundPage() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.acceptingGrades(request -> Response.empty(404)))) {
            assertThat(portal.post("/students/2/grades", GRADE).status()).isEqualTo(404);
            assertThat(portal.post("/students/x/grades", GRADE).status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Origin, http://evil.example", "Origin, null"
    })
    void givenFormOfAnotherSite_whenPosted_thenRejectedAndNothingIsSent(String header, String value) throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page = portal.send(portal.form(GRADES, GRADE).header(header, value));

            assertThat(page.status()).isEqualTo(403);
            assertThat(page.text()).contains("another site");
            assertThat(grading.posted()).isEmpty();
        }
    }

    @Test
    void givenOwnForm_whenPostedByBrowser_thenAccepted() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page =
                    portal.submit(GRADES, with(GRADE, portal.get("/students/1").token()));

            assertThat(page.status()).isEqualTo(303);
            assertThat(grading.posted()).hasSize(1);
        }
    }

    @Test
    void givenFormSentTwice_whenPosted_thenOneGradeAndSameResponse() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var fields = with(GRADE, portal.get("/students/1").token());

            var first = portal.submit(GRADES, fields);
            var second = portal.submit(GRADES, fields);

            assertThat(List.of(first.status(), second.status())).containsOnly(303);
            assertThat(grading.posted()).hasSize(1);
        }
    }

    @Test
    void givenSameTokenAndAnotherGrade_whenPosted_thenBothAreSent() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var token = portal.get("/students/1").token();

            portal.submit(GRADES, with(GRADE, token));
            portal.submit(GRADES, with(Map.of("Title", "T2", "Type", "Quiz", "Score", "1"), token));

            assertThat(grading.posted()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcdef0123456789abcdef.00000000000000000000000000000000", "x"})
    void givenForeignToken_whenPostedByBrowser_thenNothingIsSentUntilResent(String token) throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page = portal.submit(GRADES, with(GRADE, token));

            assertThat(page.status()).isEqualTo(403);
            assertThat(page.heading()).isEqualTo("Please send it once more");
            assertThat(grading.posted()).isEmpty();

            var again = portal.submit(
                    GRADES,
                    with(
                            Map.of(
                                    "Title",
                                    page.field("Title"),
                                    "Type",
                                    page.field("Type"),
                                    "Score",
                                    page.field("Score")),
                            page.token()));

            assertThat(again.status()).isEqualTo(303);
            assertThat(grading.posted()).containsExactly("{\"Title\":\"T1\",\"Type\":\"Homework\",\"Score\":85.5}");
        }
    }

    @Test
    void givenRejectedForm_whenCorrectedAndSent_thenAccepted() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var token = portal.get("/students/1").token();
            var wrong = portal.submit(GRADES, with(Map.of("Title", "T1", "Type", "Quiz", "Score", "x"), token));
            var right = portal.submit(GRADES, with(GRADE, wrong.token()));

            assertThat(wrong.status()).isEqualTo(400);
            assertThat(right.status()).isEqualTo(303);
            assertThat(grading.posted()).hasSize(1);
        }
    }

    @Test
    void givenStoppedGradingService_whenReadAgain_thenLastResponseWithNote() throws Exception {
        try (var portal = PortalTestbed.alone()) {
            var service = portal.start(ServiceName.GRADING, grading.wellBehaved());
            portal.get("/students");
            service.close();

            var page = portal.get("/students");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.isReloading()).isTrue();
            assertThat(page.text()).contains("The grading service doesn't answer. This page shows the last known data");
            assertThat(page.rows()).contains(List.of("1", "Averill Simen", "3", "89.00", "89.00", "–", ""));
        }
    }

    private static Map<String, String> with(Map<String, String> fields, String token) {
        var all = new LinkedHashMap<>(fields);
        all.put("token", token);
        return all;
    }

    @Test
    void givenUrlOfThePost_whenReloaded_thenRedirectToStudentAndNothingIsSent() throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            var page = portal.get(GRADES);

            assertThat(page.status()).isEqualTo(303);
            assertThat(page.headers().firstValue("Location")).contains("/students/1");
            assertThat(grading.posted()).isEmpty();
        }
    }

    @Test
    void givenNoGradingService_whenRead_thenPageReloadsUntilOneRegisters() throws Exception {
        try (var portal = PortalTestbed.alone()) {
            var without = portal.get("/students");
            portal.start(ServiceName.GRADING, grading.wellBehaved());
            var with = portal.get("/students");

            assertThat(without.status()).isEqualTo(503);
            assertThat(without.heading()).isEqualTo("No grading service");
            assertThat(without.isReloading()).isTrue();
            assertThat(without.headers().firstValue("Retry-After")).isPresent();
            assertThat(with.status()).isEqualTo(200);
            assertThat(with.isReloading()).isFalse();
        }
    }

    @Test
    void givenStoppedGradingService_whenRead_thenPageReloads() throws Exception {
        try (var portal = PortalTestbed.alone()) {
            portal.start(ServiceName.GRADING, grading.wellBehaved()).close();

            var page = portal.get("/students/1");

            assertThat(page.status()).isEqualTo(503);
            assertThat(page.heading()).isEqualTo("The grading service does not answer");
            assertThat(page.isReloading()).isTrue();
        }
    }

    @Test
    void givenStoppedGradingService_whenGradeIsPosted_thenNotStoredAndInputKept() throws Exception {
        try (var portal = PortalTestbed.alone()) {
            portal.start(ServiceName.GRADING, grading.wellBehaved()).close();

            var page = portal.post(GRADES, GRADE);

            assertThat(page.status()).isEqualTo(503);
            assertThat(page.heading()).isEqualTo("The grade was not added");
            assertThat(page.field("Title")).isEqualTo("T1");
            assertThat(page.isReloading()).isFalse();
        }
    }

    @Test
    void givenNoGradingService_whenGradeIsPosted_thenInputIsKeptWithErrors() throws Exception {
        try (var portal = PortalTestbed.alone()) {
            var right = portal.post(GRADES, GRADE);
            var wrong = portal.post(GRADES, Map.of("Title", "T1", "Type", "Quiz", "Score", "x"));

            assertThat(right.status()).isEqualTo(503);
            assertThat(right.text()).contains("There is no grading service at the moment");
            assertThat(right.option()).isEqualTo("Homework");
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.text()).contains("Write a number");
            assertThat(wrong.field("Score")).isEqualTo("x");
        }
    }

    @Test
    void givenNoGradingService_whenGradeIsChanged_thenInputIsKeptWithoutReload() throws Exception {
        try (var portal = PortalTestbed.alone()) {
            var page = portal.post("/students/1/grades/7", Map.of("Version", "1", "Score", "90"));

            assertThat(page.status()).isEqualTo(503);
            assertThat(page.heading()).isEqualTo("Not done yet");
            assertThat(page.field("Score")).isEqualTo("90");
            assertThat(page.isReloading()).isFalse();
        }
    }

    @Test
    void givenFailingGradingService_whenReadOrPosted_thenPagesExplainTheFailure() throws Exception {
        var failure = Response.text(500, "text/plain", "disk <full>");
        try (var portal = PortalTestbed.withGrading(FakeGrading.answering(request -> failure))) {
            var read = portal.get("/students");
            var posted = portal.post(GRADES, GRADE);

            assertThat(read.status()).isEqualTo(502);
            assertThat(read.text()).contains("It answered 500: disk <full>");
            assertThat(posted.status()).isEqualTo(503);
            assertThat(posted.heading()).isEqualTo("The grade may not have been added");
            assertThat(posted.links()).contains("/students/1");
            assertThat(posted.field("Title")).isEqualTo("T1");
        }
    }

    @Test
    void givenBusyGradingService_whenReadOrPosted_thenPageReloadsAndGradeIsNotStored() throws Exception {
        var busy = Response.problem(Problem.of(503, "Stopping", "this instance is stopping"));
        try (var portal = PortalTestbed.withGrading(FakeGrading.answering(request -> busy))) {
            var read = portal.get("/students");
            var posted = portal.post(GRADES, GRADE);

            assertThat(read.status()).isEqualTo(503);
            assertThat(read.isReloading()).isTrue();
            assertThat(read.text()).contains("It answered 503: this instance is stopping");
            assertThat(posted.heading()).isEqualTo("The grade was not added");
        }
    }

    @Test
    void givenSlowGradingService_whenReadOrPosted_thenPagesWithinLimit() throws Exception {
        var release = new CountDownLatch(1);
        try (var portal = PortalTestbed.withStallingGrading(FakeGrading.stalling(release))) {
            var read = portal.get("/students");
            var posted = portal.post(GRADES, GRADE);

            assertThat(read.status()).isEqualTo(503);
            assertThat(read.isReloading()).isTrue();
            assertThat(posted.status()).isEqualTo(503);
            assertThat(posted.heading()).isEqualTo("The grade may not have been added");
        } finally {
            release.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "<html>", "{\"ID\":1}", "[7]", "[null", "null", "[{\"FirstName\":\"x\"}]"})
    void givenGradingServiceSendingGarbage_whenRead_thenPageExplainsIt(String garbage) throws Exception {
        try (var portal = PortalTestbed.withGrading(grading.serving(garbage, garbage))) {
            var page = portal.get("/students");

            assertThat(page.status()).isEqualTo(502);
            assertThat(page.heading()).isEqualTo("The grading service's answer can't be read");
        }
    }

    @Test
    void givenTraceOfRequest_whenRead_thenGradingServiceReceivesIt() throws Exception {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (var portal = PortalTestbed.withGrading(grading.wellBehaved())) {
            portal.send(portal.request("/students").header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));

            assertThat(grading.traces()).singleElement().asString().startsWith("00-" + trace + "-");
        }
    }
}
