package dev.rollcall.grading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.grading.store.Database;
import dev.rollcall.http.HttpHost;
import dev.rollcall.testkit.RawConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sends malformed and extreme numbers to every numeric field. */
@Timeout(120)
final class NumbersTest {
    private static final String LONG = "9".repeat(10_000);
    /** Valid JSON, but neither scores nor whole numbers. */
    private static final List<String> NONSENSE = List.of(
            "1e99999999999",
            "-1e99999999999",
            "1e-99999999999",
            "0e99999999999",
            "1e999999999",
            "1e-999999999",
            "1e2147483647",
            "1e400",
            "1e-400",
            "0.00000000001",
            "9".repeat(999),
            "9223372036854775808",
            "-1",
            "\"1e99999999999\"",
            "\"5\"",
            "[1e99999999999]");
    /** Rejected as JSON. */
    private static final List<String> UNREADABLE =
            List.of(LONG, "0." + LONG, "1".repeat(1_000_000), "NaN", "Infinity", "٣", "+5", "05", ".5", "5.", "0x10");

    private static final List<NumericField> FIELDS = List.of(
            new NumericField("POST", "/students/1/grades", "Score", "{\"Title\":\"T\",\"Type\":\"Quiz\",\"Score\":%s}"),
            new NumericField("PUT", "/students/1/grades/1", "Score", "{\"Score\":%s}"),
            new NumericField("PUT", "/students/1/items/1", "Score", "{\"Score\":%s}"),
            new NumericField("POST", "/items", "Points", "{\"Title\":\"N\",\"Type\":\"Quiz\",\"Points\":%s}"),
            new NumericField("PUT", "/items/1", "Points", "{\"Title\":\"N\",\"Type\":\"Quiz\",\"Points\":%s}"),
            new NumericField("PUT", "/types/Quiz", "Weight", "{\"Weight\":%s}"),
            new NumericField("PUT", "/types/Quiz", "DropLowest", "{\"Weight\":1,\"DropLowest\":%s}"),
            new NumericField(
                    "PUT", "/letters", "From", "[{\"Letter\":\"A\",\"From\":%s},{\"Letter\":\"F\",\"From\":0}]"));

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
    void givenNonsense_whenSent_then400NamesTheFieldAndWhatIsAllowed() throws Exception {
        var before = book.get("/students.csv").body();
        var softly = new SoftAssertions();

        for (var field : FIELDS) {
            for (var number : NONSENSE) {
                var result = field.send(book, number);

                softly.assertThat(result.status()).as(field.with(number)).isEqualTo(400);
                softly.assertThat(result.body())
                        .as(field.with(number))
                        .contains("\"" + field.field() + "\"")
                        .containsAnyOf("must be a number", "must be a whole number");
            }
        }

        softly.assertAll();
        assertThat(book.get("/students.csv").body()).isEqualTo(before);
    }

    @Test
    void givenWhatJsonDoesNotHave_whenSent_then400NamesTheField() throws Exception {
        var softly = new SoftAssertions();

        for (var field : FIELDS) {
            for (var number : UNREADABLE) {
                var result = field.send(book, number);

                softly.assertThat(result.status()).as(field.with(number)).isEqualTo(400);
                softly.assertThat(result.body())
                        .as(field.with(number))
                        .contains(field.field() + ":")
                        .doesNotContain("StreamRead", "JsonRead");
            }
        }

        softly.assertAll();
    }

    @Test
    void givenUnknownField_whenItIsNonsense_thenIgnored() throws Exception {
        var result = book.post("/students", "{\"FirstName\":\"Ada\",\"LastName\":\"Abel\",\"Age\":1e99999999999}");

        assertThat(result.status()).as(result.body()).isEqualTo(201);
    }

    @Test
    void givenWholeNumbersInOtherNotations_whenSent_thenAccepted() throws Exception {
        for (var one : List.of("1", "1.0", "1E0", "10e-1")) {
            var drop = book.put("/types/Quiz", "{\"Weight\":1,\"DropLowest\":" + one + "}", "If-Match", "*");
            assertThat(drop.json().get("DropLowest").intValue()).as(one).isEqualTo(1);
        }
        for (var zero : List.of("0", "-0", "0.0", "-0.0e5", "0e999999999", "0e-999999999")) {
            var score = book.put("/students/1/grades/1", "{\"Score\":" + zero + "}", "If-Match", "*");
            assertThat(score.body()).as(zero).contains("\"Score\":0,");
        }
        var large = book.put("/students/1/grades/1", "{\"Score\":1E5}", "If-Match", "*");
        assertThat(large.body()).contains("\"Score\":100000,");
    }

    @Test
    void givenNonsense_whenRequested_then400Or404() throws Exception {
        var softly = new SoftAssertions();

        for (var number :
                List.of("1e99999999999", "-1", "%2B5", "%D9%A3", "1.0", "NaN", "0x1", LONG, "2147483648", "")) {
            for (var parameter : List.of("/students?page=", "/students?size=", "/history?limit=", "/history?before=")) {
                var result = book.get(parameter + number);
                softly.assertThat(result.status()).as(parameter + number).isEqualTo(400);
            }
            for (var path : List.of("/students/", "/students/1/grades/", "/items/")) {
                var result = book.get(path + number);
                softly.assertThat(result.status()).as(path + number).isIn(404, number.isEmpty() ? 200 : 404);
            }
        }
        for (var tag : List.of(
                "\"1e99999999999\"", "\"99999999999999999999\"", "\"-1\"", "\"" + LONG.substring(1_000 * 8) + "\"")) {
            var result = book.put("/students/1/grades/1", "{\"Score\":1}", "If-Match", tag);
            softly.assertThat(result.status()).as(tag).isEqualTo(412);
        }

        softly.assertAll();
    }

    @Test
    void givenNonsenseInCells_whenTheSheetIsTried_thenEachIsReportedWithItsLine() throws Exception {
        var sheet = new StringBuilder("ID,FirstName,LastName,Quiz 1 (Quiz)\n");
        var cells = new ArrayList<>(NONSENSE.subList(0, 13));
        cells.addAll(List.of(LONG, "NaN", "Infinity", "٣", "+5", "0x10", "1E2", "1".repeat(1_000_000)));
        cells.forEach(cell -> sheet.append("1,,,").append(cell).append('\n'));
        sheet.append("1e99999999999,,,5\n").append(LONG).append(",,,5\n");

        var result = book.post("/students.csv?dry-run=true", sheet.toString());

        assertThat(result.status()).isEqualTo(200);
        // the first row is reported as no number, the others as duplicates of its student
        assertThat(result.json().get("Errors")).hasSize(cells.size() + 2);
    }

    @Test
    void givenNonsenseLength_whenSent_then400AndTheConnectionEnds() throws Exception {
        try (var host = HttpHost.onFreePort(GradingRoutes.over(book.gradebook(), new RunningGradebook.Clock()))) {
            for (var length : List.of("1e9", "-5", "+5", "٣", LONG.substring(0, 100), "5, 5")) {
                try (var connection = RawConnection.to(host.port(), Duration.ofSeconds(10))) {
                    connection.send("POST /students HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n{}");
                    assertThat(connection.readHead()).as(length).startsWith("HTTP/1.1 400");
                }
            }
        }
    }

    private record NumericField(String method, String path, String field, String body) {
        RunningGradebook.Result send(RunningGradebook book, String number) throws Exception {
            var json = body.formatted(number);
            return method.equals("POST") ? book.post(path, json) : book.put(path, json, "If-Match", "*");
        }

        String with(String number) {
            return method + " " + path + " " + field + " "
                    + (number.length() > 30 ? number.length() + " characters" : number);
        }
    }
}
