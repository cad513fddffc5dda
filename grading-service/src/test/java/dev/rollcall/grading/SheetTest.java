package dev.rollcall.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.grading.csv.Csv;
import dev.rollcall.grading.store.Database;
import dev.rollcall.wire.Json;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports and imports of the sheet. */
final class SheetTest {
    private static final List<String> NAMES =
            List.of("=1+1", "'=x", "-O'Neil", "Ann, \"A\"", "Zoë", "\tTab x", "@b", "C\nD", " e ");
    private static final List<String> TYPES = List.of("Test", "Quiz", "Homework", "Exam");

    @TempDir
    Path directory;

    private RunningGradebook book;

    @BeforeEach
    void open() {
        book = RunningGradebook.on(Database.SQLITE, Database.SQLITE.newLocation(directory));
    }

    @AfterEach
    void close() {
        book.close();
    }

    @Test
    void givenSamples_whenExported_thenTheSheet() throws Exception {
        var sheet = book.get("/students.csv");

        assertThat(sheet.header("Content-Type")).startsWith("text/csv; charset=utf-8");
        assertThat(sheet.body())
                .startsWith(
                        "ID,FirstName,LastName,Quiz 1 (Quiz),Week 1 Homework (Homework),Quiz 2 (Quiz),Midterm (Test),"
                                + "Average so far,Average with blanks as zero\r\n1,Averill,Simen,85,94,88,,90.25,60.17\r\n");
    }

    @Test
    void givenSheet_whenRunDry_thenAllChangesAreListedAndNoneApplied() throws Exception {
        var before = book.get("/students?sort=id").body();

        var plan = book.post(
                        "/students.csv?dry-run=true",
                        "ID,FirstName,LastName,Quiz 1 (Quiz),New (Exam)\r\n1,Averill,Symen,90,\r\n2,,,,EX\r\n,Neu,Neumann,,7\r\n")
                .json();

        assertThat(plan.get("Errors")).isEmpty();
        assertThat(plan.get("Changes")).hasSize(4);
        assertThat(plan.get("Changes").get(0).toString())
                .isEqualTo("{\"Line\":2,\"Student\":1,\"Item\":\"LastName\",\"From\":\"Simen\",\"To\":\"Symen\"}");
        assertThat(plan.get("Changes").get(1).toString())
                .isEqualTo("{\"Line\":2,\"Student\":1,\"Item\":\"Quiz 1\",\"Type\":\"Quiz\",\"From\":85,\"To\":90}");
        assertThat(plan.get("NewStudents")).hasSize(1);
        assertThat(plan.get("NewItems")).hasSize(1);
        assertThat(book.get("/students?sort=id").body()).isEqualTo(before);
    }

    @Test
    void givenLargeSheet_whenRunDry_thenAllChangesAreStreamed() throws Exception {
        var sheet = new StringBuilder("ID,FirstName,LastName");
        for (var item = 0; item < 40; item++) {
            sheet.append(",Item ").append(item).append(" (Exam)");
        }
        for (var student = 0; student < 300; student++) {
            sheet.append("\r\n,First,Last").append(student).append(",7.5".repeat(40));
        }

        var plan = book.post("/students.csv?dry-run=true", sheet.toString());

        assertThat(plan.status()).isEqualTo(200);
        assertThat(plan.json().get("Changes")).hasSize(12_000);
        assertThat(plan.header("ETag")).isEqualTo('"' + plan.json().get("Token").textValue() + '"');
    }

    @Test
    void givenSheet_whenApplied_thenAllOfItWithHistory() throws Exception {
        var done = book.post(
                "/students.csv",
                "ID,FirstName,LastName,Quiz 1 (Quiz),New (Exam)\n1,Averill,Symen,90,\n2,,,,EX\n,Neu,Neumann,,7\n",
                "Rollcall-User",
                "importer");

        assertThat(done.status()).isEqualTo(200);
        assertThat(book.get("/students.csv").body())
                .contains("1,Averill,Symen,90,94,88,,,", "2,Maren,Holt,100,100,81,,EX,", "6,Neu,Neumann,,,,,7,7,");
        assertThat(book.get("/history?limit=6").json())
                .hasSize(6)
                .allMatch(entry -> entry.get("Who").textValue().equals("importer"));
    }

    @Test
    void givenSheetWithMistakes_whenApplied_thenNothingIsAppliedAndEachHasItsLine() throws Exception {
        var before = book.get("/students?sort=id").body();

        var done = book.post(
                "/students.csv",
                "ID,FirstName,LastName,Quiz 1 (Quiz)\n1,,,90\n77,,,1\n2,,,x\n2,,,5\n,Only,,\nx,,,1\n3,,,1,1,1\n");

        assertThat(done.status()).isEqualTo(422);
        assertThat(done.json().get("Errors"))
                .extracting(mistake -> mistake.get("Line").intValue())
                .containsExactly(3, 4, 5, 6, 7, 8);
        assertThat(book.get("/students?sort=id").body()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ID,FirstName|must be there",
                "ID,FirstName,LastName,Essay|none of ID",
                "ID,FirstName,LastName,Essay (Poem)|none of ID",
                "ID,FirstName,LastName,ID|twice",
                "ID,FirstName,LastName,\"x|never closed",
                "id,FirstName,LastName,ID|twice",
                "ID,FirstName,LastName,Essay (Quiz),Essay (Quiz)|twice",
                "ID,FirstName,LastName,Essay (Quiz), essay (quiz)|twice",
                "ID,FirstName,LastName,Quiz 1 (Quiz),QUIZ 1 (quiz)|twice"
            })
    void givenWrongHeader_whenRunDry_thenReported(String header, String problem) throws Exception {
        var plan =
                book.post("/students.csv?dry-run=true", header + "\n1,a,b,c\n").json();

        assertThat(plan.get("Errors").toString()).contains(problem);
    }

    @Test
    void givenNewColumns_whenApplied_thenAllAreMadeInTheOrderOfTheHeader() throws Exception {
        var sheet = "ID,FirstName,LastName,C (Quiz),Empty (Exam),A (Test),B (Quiz)\n1,,,,,,1\n2,,,,,2,\n3,,,3,,,\n";

        var plan = book.post("/students.csv?dry-run=true", sheet).json();
        book.post("/students.csv", sheet);

        assertThat(plan.get("NewItems"))
                .extracting(item -> item.get("Title").textValue())
                .containsExactly("C", "Empty", "A", "B");
        assertThat(book.get("/students.csv").body())
                .startsWith(
                        "ID,FirstName,LastName,Quiz 1 (Quiz),Week 1 Homework (Homework),Quiz 2 (Quiz),Midterm (Test),"
                                + "C (Quiz),Empty (Exam),A (Test),B (Quiz),Average so far,");
    }

    @Test
    void givenExport_whenImportedIntoAnEmptyGradebook_thenTheSameItemsInTheSameOrder() throws Exception {
        book.post("/items", "{\"Title\":\"Nobody has it yet\",\"Type\":\"Quiz\"}");
        var sheet = book.get("/students.csv").body().replaceAll("(?m)^\\d+,", ",");

        var folder = Files.createDirectory(directory.resolve("other"));
        try (var other = RunningGradebook.on(
                Database.SQLITE, Database.SQLITE.newLocation(folder), false, InstantSource.system())) {
            assertThat(other.post("/students.csv", sheet).status()).isEqualTo(200);
            assertThat(header(other)).isEqualTo(header(book));
        }
    }

    private static String header(RunningGradebook of) throws Exception {
        return of.get("/students.csv").body().lines().findFirst().orElseThrow();
    }

    @Test
    void givenSheetWithoutIds_whenSentTwice_thenExistingNamesAreReportedAndNothingApplied() throws Exception {
        var sheet = "ID,FirstName,LastName,Quiz 1 (Quiz)\n,Zoë,Öz,7\n,Bo,Berg,8\n";
        assertThat(book.post("/students.csv", sheet).status()).isEqualTo(200);
        var before = book.get("/students?sort=id").body();

        // written otherwise: another case, blanks around, letters and accents apart
        var again =
                "ID,FirstName,LastName,Quiz 1 (Quiz)\n, zOE\u0308 ,O\u0308Z ,7\n,Cy,Cole,9\n,Bo,Berg,8\n,CY,cole,1\n";
        var plan = book.post("/students.csv?dry-run=true", again).json();
        var done = book.post("/students.csv", again);

        assertThat(plan.get("NewStudents").toString())
                .isEqualTo("[{\"Line\":2,\"FirstName\":\"zOE\u0308\",\"LastName\":\"O\u0308Z\",\"SameAsStudent\":6},"
                        + "{\"Line\":3,\"FirstName\":\"Cy\",\"LastName\":\"Cole\"},"
                        + "{\"Line\":4,\"FirstName\":\"Bo\",\"LastName\":\"Berg\",\"SameAsStudent\":7},"
                        + "{\"Line\":5,\"FirstName\":\"CY\",\"LastName\":\"cole\",\"SameAsLine\":3}]");
        assertThat(plan.get("Errors"))
                .extracting(mistake -> mistake.get("Line").intValue())
                .containsExactly(2, 4, 5);
        assertThat(plan.get("Errors").get(1).get("Problem").textValue()).contains("Bo Berg", "student 7");
        assertThat(done.status()).isEqualTo(422);
        assertThat(book.get("/students?sort=id").body()).isEqualTo(before);
    }

    @Test
    void givenNamesakes_whenTheyMayBeAdded_thenListedAndAdded() throws Exception {
        var sheet = "ID,FirstName,LastName\n,Averill,Simen\n,Averill,Simen\n,Zoe,Öz\n";

        var plan = book.post("/students.csv?dry-run=true&namesakes=add", sheet).json();
        var done = book.post("/students.csv?namesakes=add", sheet);

        assertThat(plan.get("Errors")).isEmpty();
        assertThat(plan.get("NewStudents").get(0).get("SameAsStudent").intValue())
                .isEqualTo(1);
        assertThat(done.status()).isEqualTo(200);
        assertThat(book.get("/students?size=100&q=averill").json()).hasSize(3);
        assertThat(book.post("/students.csv?namesakes=perhaps", sheet).status()).isEqualTo(400);
    }

    @Test
    void givenHeadingsInAnotherCase_whenApplied_thenTheSameColumns() throws Exception {
        var plan = book.post(
                        "/students.csv?dry-run=true",
                        "id,FIRSTNAME,lastname, quiz 1 (QUIZ),average SO far\n1,Averill,Simen,90,1\n")
                .json();

        assertThat(plan.get("Errors")).isEmpty();
        assertThat(plan.get("NewItems")).isEmpty();
        assertThat(plan.get("Changes").toString())
                .contains("\"Item\":\"Quiz 1\",\"Type\":\"Quiz\",\"From\":85,\"To\":90");
    }

    @Test
    void givenCellsWithoutHeading_whenRunDry_thenReportedUnlessBlank() throws Exception {
        var sheet = "ID,FirstName,LastName,,Quiz 1 (Quiz),\n1,,, ,90,,,\n2,,,5,90\n3,,,,90,,,7\n";

        var plan = book.post("/students.csv?dry-run=true", sheet).json();

        assertThat(plan.get("Errors"))
                .extracting(mistake -> mistake.get("Line").intValue())
                .containsExactly(3, 4);
        assertThat(plan.get("Changes")).hasSize(1);
    }

    @Test
    void givenToken_whenTheGradebookHasChangedSince_thenRefused() throws Exception {
        var sheet = "ID,FirstName,LastName,Quiz 1 (Quiz)\n1,,,90\n";
        var plan = book.post("/students.csv?dry-run=true", sheet);
        book.put("/students/1/grades/1", "{\"Score\":80}", "If-Match", "\"1\"");

        assertThat(book.post("/students.csv", sheet, "If-Match", plan.tag()).status())
                .isEqualTo(412);
        var again = book.post("/students.csv?dry-run=true", sheet);
        assertThat(again.json().get("Changes").get(0).get("From").intValue()).isEqualTo(80);
        assertThat(book.post("/students.csv", sheet, "If-Match", again.tag()).status())
                .isEqualTo(200);
    }

    @Test
    void givenAnotherMediaType_whenPosted_thenRefused() throws Exception {
        var response = book.post("/students.csv", "ID\n1\n", "Content-Type", "application/json");

        assertThat(response.status()).isEqualTo(415);
    }

    @Test
    void givenAnyGradebook_whenExportedAndImported_thenUnchangedAndAllViewsAgree() throws Exception {
        for (var seed = 0; seed < 5; seed++) {
            fill(new Random(seed));

            var sheet = book.get("/students.csv").body();
            var plan = book.post("/students.csv?dry-run=true", sheet).json();

            assertThat(plan.get("Errors")).as("seed " + seed).isEmpty();
            assertThat(plan.get("Changes")).as("seed " + seed).isEmpty();
            assertThat(plan.get("NewStudents")).isEmpty();
            assertAgree(sheet);
        }
    }

    private void assertAgree(String sheet) throws Exception {
        var fromApi = averages("/students?size=500", "");
        var fromGrid = averages("/gradebook?size=500", "Students");
        var records = Csv.read(sheet);
        var fromSheet = new HashMap<Integer, String>();
        for (var record : records.subList(1, records.size())) {
            var cells = record.cells();
            fromSheet.put(
                    Integer.parseInt(cells.get(0)), cells.get(cells.size() - 2) + "/" + cells.get(cells.size() - 1));
        }

        assertThat(fromApi).isEqualTo(fromGrid).isEqualTo(fromSheet);
    }

    private Map<Integer, String> averages(String path, String field) throws Exception {
        var averages = new HashMap<Integer, String>();
        var json = book.get(path).json();
        for (var student : field.isEmpty() ? json : json.get(field)) {
            var average = student.get("Average");
            averages.put(
                    student.get("ID").intValue(),
                    text(average.get("SoFar")) + "/" + text(average.get("WithBlanksAsZero")));
        }
        return averages;
    }

    private static String text(JsonNode number) {
        return number.isNull() ? "" : number.decimalValue().toPlainString();
    }

    private void fill(Random random) throws Exception {
        var name = NAMES.get(random.nextInt(NAMES.size()));
        var created =
                book.post("/students", Json.text(Map.of("FirstName", name, "LastName", name + random.nextInt(9))));
        var path = created.header("Location");
        for (var i = 0; i < 12; i++) {
            var grade = Map.of(
                    "Title",
                    NAMES.get(random.nextInt(NAMES.size())) + random.nextInt(3),
                    "Type",
                    TYPES.get(random.nextInt(TYPES.size())),
                    "Score",
                    BigDecimal.valueOf(random.nextInt(100_000_000), 2 + random.nextInt(5)));
            var added = book.post(path + "/grades", Json.text(grade));
            assertThat(added.status()).as(added.body()).isEqualTo(201);
            if (random.nextInt(4) == 0) {
                book.post(added.header("Location") + "/excuse", "{\"Excused\":true}", "If-Match", added.tag());
            }
        }
        var type = TYPES.get(random.nextInt(TYPES.size()));
        book.put("/types/" + type, "{\"Weight\":" + random.nextInt(50) + ",\"DropLowest\":1}", "If-Match", "*");
    }
}
