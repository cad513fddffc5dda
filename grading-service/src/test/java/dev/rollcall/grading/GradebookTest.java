package dev.rollcall.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.grading.RunningGradebook.Result;
import dev.rollcall.grading.store.Database;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The endpoints beyond the plain layer, on both engines. */
@ParameterizedClass
@EnumSource(Database.class)
final class GradebookTest {
    private static final String GRADE = "{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":85.5}";
    private static final String NAME = "{\"FirstName\":\"Zoë\",\"LastName\":\"Ångström\"}";

    @Parameter
    Database database;

    @TempDir
    Path directory;

    private final RunningGradebook.Clock clock = new RunningGradebook.Clock();
    private String location;
    private RunningGradebook book;

    @BeforeEach
    void open() {
        location = database.newLocation(directory);
        book = RunningGradebook.on(database, location, true, clock);
    }

    @AfterEach
    void close() {
        book.close();
    }

    @Test
    void givenGrade_whenPosted_thenCreatedWithALocationThatHasIt() throws Exception {
        var created = book.post(
                "/students/1/grades", "{\"title\":\"T1\",\"type\":\"Test\",\"score\":85.50,\"comment\":\"late\"}");

        assertThat(created.status()).isEqualTo(201);
        var at = book.get(created.header("Location"));
        assertThat(at.body()).isEqualTo(created.body());
        assertThat(at.tag()).isEqualTo(created.tag());
        assertThat(at.json().get("Comment").textValue()).isEqualTo("late");
        assertThat(book.get(created.header("Location"), "If-None-Match", at.tag())
                        .status())
                .isEqualTo(304);
    }

    @Test
    void givenTwoEditors_whenBothChangeAGrade_thenTheSecondGetsTheFirstsValue() throws Exception {
        var seen = book.get("/students/1/grades/1");

        var first = book.put("/students/1/grades/1", "{\"Score\":90}", "If-Match", seen.tag());
        var second = book.put("/students/1/grades/1", "{\"Score\":10}", "If-Match", seen.tag());

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.json().get("Score").intValue()).isEqualTo(90);
        assertThat(second.json().get("Version").intValue()).isEqualTo(2);
        assertThat(book.put("/students/1/grades/1", "{\"Score\":10}", "If-Match", second.tag())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void givenChange_whenSentWithoutCondition_thenPreconditionRequired() throws Exception {
        for (var response : List.of(
                book.put("/students/1", NAME),
                book.delete("/students/1"),
                book.post("/students/1/restore", ""),
                book.put("/students/1/grades/1", "{\"Score\":1}"),
                book.delete("/students/1/grades/1"),
                book.post("/students/1/grades/1/excuse", "{\"Excused\":true}"),
                book.put("/students/1/items/1", "{\"Score\":1}"),
                book.put("/items/1", "{\"Title\":\"T\",\"Type\":\"Quiz\"}"),
                book.delete("/items/1"),
                book.put("/types/Quiz", "{\"Weight\":1}"),
                book.put("/letters", "[{\"Letter\":\"A\",\"From\":0}]"))) {
            assertThat(response.status())
                    .as(response.response().uri().toString())
                    .isEqualTo(428);
            assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        }
        assertThat(book.get("/history?limit=1").json().get(0).get("Who").textValue())
                .isEqualTo("grading-service");
    }

    @Test
    void givenWeakTag_whenUsedForAChange_thenItDoesNotMatch() throws Exception {
        assertThat(book.put("/students/1/grades/1", "{\"Score\":90}", "If-Match", "W/\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(book.put("/students/1/grades/1", "{\"Score\":90}", "If-Match", "\"7\", \"1\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void givenKey_whenPostedAgain_thenTheFirstResponseAndAppliedOnce() throws Exception {
        var first = book.post("/students/1/grades", GRADE, "Idempotency-Key", "k");
        var again = book.post("/students/1/grades", GRADE, "Idempotency-Key", "k");
        var other = book.post("/students/2/grades", GRADE, "Idempotency-Key", "k");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.tag()).isEqualTo(first.tag());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(grades(1)).hasSize(4);
        assertThat(grades(2)).hasSize(3);

        clock.advance(Duration.ofHours(23));
        assertThat(book.post("/students/1/grades", GRADE, "Idempotency-Key", "k")
                        .body())
                .isEqualTo(first.body());
        clock.advance(Duration.ofHours(2));
        assertThat(book.post("/students/1/grades", GRADE, "Idempotency-Key", "k")
                        .body())
                .isNotEqualTo(first.body());
        assertThat(grades(1)).hasSize(5);
    }

    @Test
    void givenPostThatFails_whenSentAgainWithTheSameKey_thenApplied() throws Exception {
        assertThat(book.post("/students/6/grades", GRADE, "Idempotency-Key", "k")
                        .status())
                .isEqualTo(404);
        book.post("/students", NAME);

        assertThat(book.post("/students/6/grades", GRADE, "Idempotency-Key", "k")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void givenStudent_whenAddedRenamedWithdrawnAndRestored_thenEachStateIsReturned() throws Exception {
        var created = book.post("/students", NAME, "Idempotency-Key", "s");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/students/6");
        assertThat(book.get("/students/6").body()).isEqualTo(created.body());

        var renamed =
                book.put("/students/6", "{\"FirstName\":\"Zoe\",\"LastName\":\"Angstrom\"}", "If-Match", created.tag());
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.json().get("Version").intValue()).isEqualTo(2);

        assertThat(book.delete("/students/6", "If-Match", created.tag()).status())
                .isEqualTo(412);
        var withdrawn = book.delete("/students/6", "If-Match", renamed.tag());
        assertThat(withdrawn.json().get("Withdrawn").booleanValue()).isTrue();
        assertThat(book.get("/students").json()).hasSize(5);
        assertThat(book.get("/students?filter=withdrawn").json()).hasSize(1);
        assertThat(book.get("/students?filter=all").header("Total-Count")).isEqualTo("6");

        var restored = book.post("/students/6/restore", "", "If-Match", "\"3\"");
        assertThat(restored.json().get("Withdrawn").booleanValue()).isFalse();
        assertThat(book.get("/students").json()).hasSize(6);
    }

    @Test
    void givenExcusedGrade_whenPlainClientsRequestIt_thenOmittedAndNotCounted() throws Exception {
        var excused = book.post("/students/3/grades/8/excuse", "{\"Excused\":true}", "If-Match", "\"1\"");

        assertThat(excused.json().get("Excused").booleanValue()).isTrue();
        assertThat(excused.json().get("Score").intValue()).isZero();
        assertThat(book.get("/students").json().get(2).get("Grades")).hasSize(2);
        assertThat(grades(3)).hasSize(3);
        // Quiz 67, Test 75.5, no Homework
        assertThat(average(3)).isEqualByComparingTo("71.25");
    }

    @Test
    void givenCell_whenFilled_thenMadeOnceAndChangedOnlyWithItsVersion() throws Exception {
        var created = book.put("/students/3/items/3", "{\"Score\":50}", "If-None-Match", "*");
        var twice = book.put("/students/3/items/3", "{\"Score\":60}", "If-None-Match", "*");
        var changed = book.put("/students/3/items/3", "{\"Score\":60}", "If-Match", created.tag());
        var absent = book.put("/students/4/items/3", "{\"Score\":60}", "If-Match", "\"1\"");
        var noItem = book.put("/students/4/items/99", "{\"Score\":60}", "If-None-Match", "*");

        assertThat(created.status()).isEqualTo(201);
        assertThat(twice.status()).isEqualTo(412);
        assertThat(twice.json().get("Score").intValue()).isEqualTo(50);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("Version").intValue()).isEqualTo(2);
        assertThat(absent.status()).isEqualTo(412);
        assertThat(noItem.status()).isEqualTo(404);
        var cell = book.get("/gradebook?sort=id")
                .json()
                .get("Students")
                .get(2)
                .get("Cells")
                .get(2);
        assertThat(cell.get("Score").intValue()).isEqualTo(60);
        assertThat(cell.get("Grade")).isEqualTo(created.json().get("ID"));
    }

    @Test
    void givenSameValues_whenChanged_thenNothingIsRecorded() throws Exception {
        var before = book.get("/history?limit=1").body();

        var same = book.put("/students/1/grades/1", "{\"Score\":85.0}", "If-Match", "\"1\"");

        assertThat(same.status()).isEqualTo(200);
        assertThat(same.json().get("Version").intValue()).isEqualTo(1);
        assertThat(book.get("/history?limit=1").body()).isEqualTo(before);
    }

    @Test
    void givenChange_whenMade_thenTheHistoryHasWhoWhatWhyAndTheTrace() throws Exception {
        book.put(
                "/students/1/grades/1",
                "{\"Score\":90}",
                "If-Match",
                "\"1\"",
                "Rollcall-User",
                "Ms Weiss",
                "Rollcall-Reason",
                "regraded",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var entry = book.get("/students/1/history?limit=1").json().get(0);
        assertThat(entry.get("Who").textValue()).isEqualTo("Ms Weiss");
        assertThat(entry.get("What").textValue()).isEqualTo("grade changed");
        assertThat(entry.get("Why").textValue()).isEqualTo("regraded");
        assertThat(entry.get("Trace").textValue()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(entry.get("From").get("Score").intValue()).isEqualTo(85);
        assertThat(entry.get("To").get("Score").intValue()).isEqualTo(90);
        assertThat(entry.get("Time").textValue()).isEqualTo(clock.instant().toString());
    }

    @Test
    void givenChanges_whenUndone_thenAsBeforeByNewEntriesWithNewVersions() throws Exception {
        book.put("/students/1/grades/1", "{\"Score\":90,\"Comment\":\"c\"}", "If-Match", "\"1\"");
        var undone = undoLast(1);
        assertThat(undone.json().get("Grades").get(0).get("Score").intValue()).isEqualTo(85);
        assertThat(undone.json().get("Grades").get(0).get("Comment").textValue())
                .isEmpty();
        assertThat(undone.json().get("Grades").get(0).get("Version").intValue()).isEqualTo(3);

        book.delete("/students/1/grades/2", "If-Match", "\"1\"");
        assertThat(grades(1)).hasSize(2);
        undoLast(1);
        assertThat(grades(1)).extracting(grade -> grade.get("ID").intValue()).containsExactly(1, 2, 3);
        assertThat(grades(1).get(1).get("Version").intValue()).isEqualTo(2);

        book.post("/students/1/grades", GRADE);
        undoLast(1);
        assertThat(grades(1)).hasSize(3);
        undoLast(1);
        assertThat(grades(1)).hasSize(4);

        book.put("/students/1", NAME, "If-Match", "\"1\"");
        assertThat(undoLast(1).json().get("FirstName").textValue()).isEqualTo("Averill");
        book.delete("/students/1", "If-Match", "\"3\"");
        assertThat(undoLast(1).json().get("Withdrawn").booleanValue()).isFalse();
    }

    @Test
    void givenChange_whenChangedSince_thenUndoIsRefused() throws Exception {
        book.put("/students/1/grades/1", "{\"Score\":90}", "If-Match", "\"1\"");
        var entry =
                book.get("/students/1/history?limit=1").json().get(0).get("ID").intValue();
        book.put("/students/1/grades/1", "{\"Score\":95}", "If-Match", "\"2\"");

        var undone = book.post("/students/1/history/" + entry + "/undo", "");

        assertThat(undone.status()).isEqualTo(409);
        assertThat(book.get("/students/1/grades/1").json().get("Score").intValue())
                .isEqualTo(95);
        assertThat(book.post("/students/2/history/" + entry + "/undo", "").status())
                .isEqualTo(404);
    }

    @Test
    void givenSeveralChanges_whenUndoneLastFirst_thenAsAtFirst() throws Exception {
        book.put("/students/1/grades/1", "{\"Score\":90}", "If-Match", "\"1\"");
        var first = newestEntry(1);
        book.put("/students/1/grades/1", "{\"Score\":95}", "If-Match", "\"2\"");
        var item = book.get("/students/1/grades/1").json().get("Item").intValue();
        book.put("/items/" + item, "{\"Title\":\"Renamed\",\"Type\":\"Quiz\"}", "If-Match", "\"1\"");
        undoLast(1);

        var undone = book.post("/students/1/history/" + first + "/undo", "");

        assertThat(undone.status()).as(undone.body()).isEqualTo(200);
        assertThat(grades(1).get(0).get("Score").intValue()).isEqualTo(85);
        assertThat(book.post("/students/1/history/" + first + "/undo", "").status())
                .as("twice")
                .isEqualTo(409);
    }

    @Test
    void givenRenamedAndWithdrawn_whenUndoneLastFirst_thenAsAtFirst() throws Exception {
        book.put("/students/1", NAME, "If-Match", "\"1\"");
        var renaming = newestEntry(1);
        book.delete("/students/1", "If-Match", "\"2\"");
        assertThat(book.post("/students/1/history/" + renaming + "/undo", "").status())
                .isEqualTo(409);
        undoLast(1);

        var undone = book.post("/students/1/history/" + renaming + "/undo", "");

        assertThat(undone.status()).as(undone.body()).isEqualTo(200);
        assertThat(undone.json().get("FirstName").textValue()).isEqualTo("Averill");
        assertThat(undone.json().get("Withdrawn").booleanValue()).isFalse();
    }

    @Test
    void givenGradeRemovedTwice_whenFirstRemovalUndone_thenRefusedAsVersionIsUsed() throws Exception {
        book.delete("/students/1/grades/2", "If-Match", "\"1\"");
        var first = newestEntry(1);
        undoLast(1);
        book.put("/students/1/grades/2", "{\"Score\":50}", "If-Match", "\"2\"");
        book.delete("/students/1/grades/2", "If-Match", "\"3\"");

        var undone = book.post("/students/1/history/" + first + "/undo", "");

        assertThat(undone.status()).isEqualTo(409);
        assertThat(grades(1)).hasSize(2);
        undoLast(1);
        assertThat(grades(1).get(1).get("Score").intValue()).isEqualTo(50);
        assertThat(grades(1).get(1).get("Version").intValue()).isEqualTo(4);
    }

    @Test
    void givenManyStudents_whenPagedSortedAndSearched_thenEachOnce() throws Exception {
        for (var i = 0; i < 20; i++) {
            book.post("/students", "{\"FirstName\":\"F" + i + "\",\"LastName\":\"Müller-" + (char) ('A' + i) + "\"}");
        }
        var ids = new ArrayList<Integer>();
        var path = "/students?size=7&sort=-name";
        while (!path.isEmpty()) {
            var page = book.get(path);
            page.json().forEach(student -> ids.add(student.get("ID").intValue()));
            path = next(page);
        }

        assertThat(ids).hasSize(25).doesNotHaveDuplicates();
        assertThat(ids.get(0)).isEqualTo(1);
        assertThat(book.get("/students?q=MULLER").header("Total-Count")).isEqualTo("20");
        assertThat(book.get("/students?q=mul%20f3").json()).hasSize(1);
        assertThat(book.get("/students?q=uller").json()).isEmpty();
        assertThat(book.get("/students?q=aver").json()).hasSize(1);
        assertThat(book.get("/students?sort=-average&size=2").json())
                .extracting(student -> student.get("ID").intValue())
                .containsExactly(4, 5);
        assertThat(book.get("/students?sort=average&size=1")
                        .json()
                        .get(0)
                        .get("ID")
                        .intValue())
                .isEqualTo(3);
        assertThat(book.get("/students?page=4&size=10").json()).isEmpty();
        for (var wrong : List.of("page=0", "size=501", "size=x", "sort=age", "filter=some")) {
            assertThat(book.get("/students?" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void givenItems_whenAddedChangedAndRemoved_thenOnlyAsFarAsGradesAllow() throws Exception {
        var created = book.post("/items", "{\"Title\":\"Essay\",\"Type\":\"Homework\",\"Points\":20}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(book.get(created.header("Location")).body()).isEqualTo(created.body());
        assertThat(book.post("/items", "{\"Title\":\"Essay\",\"Type\":\"Homework\",\"Points\":30}")
                        .status())
                .isEqualTo(409);
        assertThat(book.post("/items", "{\"Title\":\"Zero\",\"Type\":\"Homework\",\"Points\":0}")
                        .status())
                .isEqualTo(400);

        var changed = book.put(
                created.header("Location"),
                "{\"Title\":\"Essay\",\"Type\":\"Test\",\"Points\":10}",
                "If-Match",
                created.tag());
        assertThat(changed.status()).isEqualTo(200);
        assertThat(book.put(
                                created.header("Location"),
                                "{\"Title\":\"X\",\"Type\":\"Test\",\"Points\":10}",
                                "If-Match",
                                created.tag())
                        .body())
                .isEqualTo(changed.body());
        assertThat(book.delete("/items/1", "If-Match", "\"1\"").status()).isEqualTo(409);
        assertThat(book.delete(created.header("Location"), "If-Match", changed.tag())
                        .status())
                .isEqualTo(200);
        assertThat(book.get(created.header("Location")).status()).isEqualTo(404);
        assertThat(book.get("/items").json()).hasSize(4);
    }

    @Test
    void givenTypesAndLetters_whenChanged_thenAveragesFollow() throws Exception {
        // student 1: quizzes 85 and 88, homework 94
        assertThat(average(1)).isEqualByComparingTo("90.25");

        var type = book.put("/types/Quiz", "{\"Weight\":75,\"DropLowest\":1}", "If-Match", "\"1\"");
        assertThat(type.status()).isEqualTo(200);
        assertThat(average(1)).isEqualByComparingTo("89.5");
        assertThat(book.get("/students/1").json().get("Average").get("Letter").textValue())
                .isEqualTo("B");

        var seen = book.get("/letters");
        var letters = book.put(
                "/letters",
                "[{\"Letter\":\"pass\",\"From\":50},{\"Letter\":\"fail\",\"From\":0}]",
                "If-Match",
                seen.tag());
        assertThat(letters.status()).isEqualTo(200);
        assertThat(book.get("/students/1").json().get("Average").get("Letter").textValue())
                .isEqualTo("pass");
        assertThat(book.put("/letters", "[{\"Letter\":\"A\",\"From\":0}]", "If-Match", seen.tag())
                        .status())
                .isEqualTo(412);
        assertThat(book.put("/letters", "[{\"Letter\":\"A\",\"From\":10}]", "If-Match", letters.tag())
                        .status())
                .isEqualTo(400);
        assertThat(book.put("/types/Essay", "{\"Weight\":1}", "If-Match", "*").status())
                .isEqualTo(404);
    }

    @Test
    void givenClass_whenStatisticsAreRequested_thenWithoutWithdrawnStudents() throws Exception {
        book.delete("/students/3", "If-Match", "\"1\"");

        var quiz2 = book.get("/items/3/statistics").json();

        assertThat(quiz2.get("Count").intValue()).isEqualTo(3);
        assertThat(quiz2.get("Missing").intValue()).isEqualTo(1);
        assertThat(quiz2.get("Median").intValue()).isEqualTo(88);
        assertThat(quiz2.get("Mean").decimalValue()).isEqualByComparingTo("88.5");
        assertThat(quiz2.get("Histogram")).hasSize(10);
        assertThat(book.get("/statistics").json()).hasSize(4).contains(quiz2);
    }

    @Test
    void givenTwoInstances_whenOneChanges_thenTheOtherShowsItAtOnceIfTheyShareADatabase() throws Exception {
        assumeThat(database).as("SQLite has one instance").isEqualTo(Database.POSTGRESQL);
        try (var other = RunningGradebook.on(database, location, true, clock)) {
            assertThat(other.get("/students/1").json().get("Grades")).hasSize(3);

            book.post("/students/1/grades", GRADE, "Idempotency-Key", "k");
            var again = other.post("/students/1/grades", GRADE, "Idempotency-Key", "k");

            assertThat(again.status()).isEqualTo(201);
            assertThat(other.get("/students/1").body())
                    .isEqualTo(book.get("/students/1").body());
            assertThat(other.get("/students").body())
                    .isEqualTo(book.get("/students").body());
            assertThat(grades(1)).hasSize(4);
        }
    }

    @Test
    void givenTwoInstances_whenManyWriteAtBoth_thenEveryGradeIsThereOnce() throws Exception {
        try (var other = database == Database.SQLITE ? book : RunningGradebook.on(database, location, true, clock)) {
            var threads = Executors.newFixedThreadPool(8);
            var writers = new ArrayList<Future<List<Integer>>>();
            for (var i = 0; i < 8; i++) {
                var at = i % 2 == 0 ? book : other;
                writers.add(threads.submit(() -> postMany(at)));
            }
            var ids = new ArrayList<Integer>();
            for (var writer : writers) {
                ids.addAll(writer.get());
            }
            threads.shutdownNow();

            assertThat(ids).hasSize(8 * 20).doesNotHaveDuplicates();
            var present = new HashSet<Integer>();
            for (var grade : grades(1)) {
                present.add(grade.get("ID").intValue());
            }
            assertThat(present).containsAll(ids).hasSize(3 + ids.size());
            var recorded = new ArrayList<Integer>();
            book.get("/students/1/history?limit=1000")
                    .json()
                    .forEach(entry -> recorded.add(entry.path("Grade").asInt()));
            assertThat(recorded).containsAll(ids);
        }
    }

    private static List<Integer> postMany(RunningGradebook at) throws Exception {
        var ids = new ArrayList<Integer>();
        for (var i = 0; i < 20; i++) {
            ids.add(at.post("/students/1/grades", GRADE).json().get("ID").intValue());
        }
        return ids;
    }

    @Test
    void givenGradebook_whenBackedUp_thenMadeOrExplained() throws Exception {
        var backup = book.post("/backup", "");

        if (database == Database.SQLITE) {
            assertThat(backup.status()).isEqualTo(201);
            assertThat(Path.of(backup.json().get("File").textValue()))
                    .hasSize(backup.json().get("Bytes").longValue());
        } else {
            assertThat(backup.status()).isEqualTo(501);
            assertThat(backup.json().get("detail").textValue()).contains("pg_dump");
        }
    }

    @Test
    void givenReopenedGradebook_whenRequested_thenUnchanged() throws Exception {
        book.post("/students/1/grades", "{\"Title\":\"a\\u0000b\",\"Type\":\"Exam\",\"Score\":0.000001}");
        var before = book.get("/students?sort=id").body();
        book.close();

        book = RunningGradebook.on(database, location, true, clock);

        assertThat(book.get("/students?sort=id").body()).isEqualTo(before).contains("a\\u0000b", "0.000001");
    }

    private int newestEntry(int student) throws Exception {
        return book.get("/students/" + student + "/history?limit=1")
                .json()
                .get(0)
                .get("ID")
                .intValue();
    }

    private Result undoLast(int student) throws Exception {
        var undone = book.post("/students/" + student + "/history/" + newestEntry(student) + "/undo", "");
        assertThat(undone.status()).as(undone.body()).isEqualTo(200);
        return undone;
    }

    private List<JsonNode> grades(int student) throws Exception {
        var grades = new ArrayList<JsonNode>();
        book.get("/students/" + student).json().get("Grades").forEach(grades::add);
        return grades;
    }

    private BigDecimal average(int student) throws Exception {
        return book.get("/students/" + student)
                .json()
                .get("Average")
                .get("SoFar")
                .decimalValue();
    }

    private static String next(Result page) {
        for (var link : page.header("Link").split(", ", -1)) {
            if (link.endsWith("rel=\"next\"")) {
                return link.substring(1, link.indexOf('>'));
            }
        }
        return "";
    }
}
