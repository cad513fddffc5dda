package dev.rollcall.portal;

import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests every number that reaches the portal, from other services and from users, with extreme and malformed values.
 */
@Timeout(120)
final class NumbersTest {
    private static final List<String> NONSENSE = List.of(
            "1e99999999999",
            "-1e-99999999999",
            "1e999999999",
            "-1e999999999",
            "1e-999999999",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "1.5",
            "9".repeat(999),
            "9".repeat(10_000),
            "\"NaN\"");

    private static final String STANDING = "{\"SoFar\":%1$s,\"WithBlanksAsZero\":%1$s}";
    private static final String ITEM =
            "{\"ID\":%2$s,\"Title\":\"Q\",\"Type\":\"Quiz\",\"Points\":%3$s,\"Version\":%2$s}";
    private static final String GRADE = "{\"Title\":\"Q\",\"Type\":\"Quiz\",\"Score\":%3$s,\"ID\":%2$s,\"Item\":%2$s,"
            + "\"Points\":%3$s,\"Version\":%2$s}";
    private static final String STUDENT = "{\"ID\":%2$s,\"FirstName\":\"Ada\",\"LastName\":\"Abel\",\"Version\":%2$s,"
            + "\"Grades\":[" + GRADE + "],\"Average\":" + STANDING + "}";
    private static final String STATISTICS = "{\"Item\":" + ITEM + ",\"Count\":%4$s,\"Missing\":%4$s,\"Mean\":%1$s,"
            + "\"Median\":%1$s,\"Min\":%1$s,\"Max\":%1$s,\"Histogram\":[{\"From\":%1$s,\"To\":%1$s,\"Count\":%4$s}]}";
    private static final String GRID =
            "{\"Items\":[" + ITEM + "],\"Students\":[{\"ID\":%2$s,\"FirstName\":\"Ada\"," + "\"Average\":" + STANDING
                    + ",\"Cells\":[{\"Grade\":%2$s,\"Score\":%3$s,\"Version\":%2$s}]}],\"Total\":%4$s}";
    private static final String HISTORY =
            "[{\"ID\":%2$s,\"What\":\"x\",\"From\":{\"Score\":%1$s},\"To\":{\"Score\":1,\"Comment\":%1$s}}]";
    private static final String TRIAL = "{\"Changes\":[{\"Line\":%1$s,\"Student\":%1$s,\"Item\":\"Q\",\"From\":%1$s,"
            + "\"To\":%1$s}],\"Errors\":[],\"Token\":\"t\"}";
    private static final String WEIGHTS = "[{\"Name\":\"Quiz\",\"Weight\":%3$s,\"DropLowest\":%2$s,\"Version\":%2$s}]";
    private static final String LETTERS = "[{\"Letter\":\"A\",\"From\":%3$s},{\"Letter\":\"F\",\"From\":0}]";
    private static final String COUNTS = "{\"since\":\"2026-11-22T09:15:00Z\",\"until\":\"2026-11-22T09:16:00Z\","
            + "\"buckets\":[{\"since\":\"2026-11-22T09:15:00Z\",\"ERROR\":%1$s,\"WARN\":%1$s,\"INFO\":%1$s}]}";
    private static final String INSTANCE =
            "[{\"ServiceName\":\"A\",\"ServiceURL\":\"http://a:1\",\"Health\":\"passing\","
                    + "\"Metadata\":{\"pid\":%1$s,\"body-max\":\"99999999999999999999MiB\"},\"Revision\":%1$s}]";

    private static final List<String> PAGES = List.of(
            "/students",
            "/students/1",
            "/students/1/grades/1",
            "/students/1/name",
            "/gradebook",
            "/items",
            "/items/1",
            "/weights",
            "/gradebook/cell?student=1&item=1&grade=1",
            "/logs",
            "/system",
            "/");

    private PortalTestbed portal;

    @AfterEach
    void close() {
        portal.close();
    }

    /** Malformed averages and other derived numbers are left out of the page. */
    @Test
    void givenNonsenseInAverages_whenPagesAreShown_thenAveragesAreEmpty() throws Exception {
        var nonsense = List.of("1e99999999999", "1e999999999", "-1e999999999", "1e-999999999", "-1e-99999999999");
        var softly = new SoftAssertions();

        for (var number : nonsense) {
            serve(number, "1", "5", "1");
            for (var path : PAGES) {
                var page = portal.get(path);
                softly.assertThat(page.status()).as(path + " " + number).isEqualTo(200);
                softly.assertThat(page.html().length()).as(path + " " + number).isLessThan(100_000);
            }
            softly.assertThat(portal.get("/students").text()).contains("none yet");
            softly.assertThat(portal.get("/items").text()).contains("–");
            var trial = portal.post("/import", Map.of("Sheet", "ID\n1\n"));
            softly.assertThat(trial.status()).as("/import " + number).isEqualTo(200);
            portal.close();
        }

        softly.assertAll();
        portal = PortalTestbed.alone();
    }

    /** Other malformed numbers result in the page, or one that names the service whose response can't be read. */
    @Test
    void givenServicesWithNonsense_whenPagesAreShown_thenNoneFails() throws Exception {
        var softly = new SoftAssertions();

        for (var number : NONSENSE) {
            for (var args : List.of(
                    new String[] {number, number, number, number},
                    new String[] {"1", number, "5", "1"},
                    new String[] {"1", "1", number, "1"},
                    new String[] {"1", "1", "5", number})) {
                serve(args[0], args[1], args[2], args[3]);
                for (var path : PAGES) {
                    var page = portal.get(path);
                    var what = path + " " + (number.length() > 30 ? number.length() + " digits" : number);
                    softly.assertThat(page.status()).as(what).isIn(200, 404, 502);
                    softly.assertThat(page.html().length()).as(what).isLessThan(200_000);
                }
                portal.close();
            }
        }

        softly.assertAll();
        portal = PortalTestbed.alone();
    }

    @Test
    void givenNonsenseInForms_whenSent_thenFormComesBack() throws Exception {
        serve("1", "1", "5", "1");
        var softly = new SoftAssertions();

        var numbers = new ArrayList<>(NONSENSE);
        numbers.addAll(List.of("٣", "+5", "0x10", "NaN", "Infinity", "1E5", "1 000", "5,5", "1".repeat(1_000_000)));
        for (var number : numbers) {
            var what = number.length() > 30 ? number.length() + " digits" : number;
            for (var form : List.of(
                    new Form("/students/1/grades", "Score", "Title", "T", "Type", "Quiz"),
                    new Form("/students/1/grades/1", "Score", "Version", "1"),
                    new Form("/gradebook/cell", "Score", "Student", "1", "Item", "1", "Grade", "1", "Version", "1"),
                    new Form("/items", "Points", "Title", "T", "Type", "Quiz"),
                    new Form("/weights/types/Quiz", "Weight", "DropLowest", "0", "Version", "1"),
                    new Form("/weights/types/Quiz", "DropLowest", "Weight", "1", "Version", "1"),
                    new Form("/weights/letters", "From0", "Letter0", "A", "Letter1", "F", "From1", "0"))) {
                if (number.equals("1.5") && !form.field().equals("DropLowest")) {
                    continue;
                }
                softly.assertThat(form.send(portal, number).status())
                        .as(form.path() + " " + form.field() + " " + what)
                        .isEqualTo(400);
            }
            for (var version : List.of("Version", "Student", "Item", "Grade")) {
                var cell = new Form("/gradebook/cell", version, "Score", "5");
                softly.assertThat(cell.send(portal, number).status())
                        .as(version + " " + what)
                        .isLessThan(500);
            }
        }

        softly.assertAll();
    }

    @Test
    void givenNonsenseInUrls_whenRequested_thenFirstPageOrNotFound() throws Exception {
        serve("1", "1", "5", "1");
        var softly = new SoftAssertions();

        for (var number :
                List.of("1e99999999999", "-1", "%2B5", "%D9%A3", "1.5", "NaN", "9".repeat(5_000), "0", "2147483648")) {
            for (var path : List.of(
                    "/students?page=", "/students?size=", "/gradebook?page=", "/gradebook?size=", "/logs?limit=")) {
                softly.assertThat(portal.get(path + number).status())
                        .as(path + number)
                        .isEqualTo(200);
            }
            for (var path : List.of("/students/", "/items/", "/students/1/grades/")) {
                softly.assertThat(portal.get(path + number).status())
                        .as(path + number)
                        .isIn(200, 404);
            }
        }

        softly.assertAll();
    }

    private void serve(String derived, String whole, String decimal, String count) throws IOException {
        portal = PortalTestbed.withRegistry(Routes.NONE
                .post("/services", request -> Response.empty(200))
                .get(
                        "/services",
                        request -> json(INSTANCE.formatted(derived))
                                .with("Registry-Revision", derived)
                                .with("Registry-Epoch", "e"))
                .get("/events", request -> json("[{\"Kind\":\"registered\",\"Revision\":" + derived + "}]")));
        portal.start(
                ServiceName.LOG,
                Routes.NONE
                        .get("/log/counts", request -> json(COUNTS.formatted(derived)))
                        .get("/log", request -> json("[{\"message\":\"m\",\"sequence\":" + derived + "}]")));
        var arguments = new Object[] {derived, whole, decimal, count};
        portal.start(
                ServiceName.GRADING,
                Routes.NONE
                        .get(
                                "/students",
                                request -> json("[" + STUDENT.formatted(arguments) + "]")
                                        .with("Total-Count", count))
                        .get("/students/{id}", request -> json(STUDENT.formatted(arguments)))
                        .with("PUT", "/students/{id}", NumbersTest::bad)
                        .get("/students/{id}/history", request -> json(HISTORY.formatted(arguments)))
                        .get("/students/{id}/grades/{grade}", request -> json(GRADE.formatted(arguments)))
                        .get("/gradebook", request -> json(GRID.formatted(arguments)))
                        .get("/items", request -> json("[" + ITEM.formatted(arguments) + "]"))
                        .get("/statistics", request -> json("[" + STATISTICS.formatted(arguments) + "]"))
                        .get("/items/{id}/statistics", request -> json(STATISTICS.formatted(arguments)))
                        .get("/types", request -> json(WEIGHTS.formatted(arguments)))
                        .get("/letters", request -> json(LETTERS.formatted(arguments)))
                        .post("/students.csv", request -> json(TRIAL.formatted(arguments))));
    }

    private static Response bad(Request request) {
        return Response.empty(400);
    }

    private static Response json(String body) {
        return Response.bytes(200, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private record Form(String path, String field, String... others) {
        ParsedPage send(PortalTestbed portal, String number) throws Exception {
            var fields = new LinkedHashMap<String, String>();
            for (var i = 0; i < others.length; i += 2) {
                fields.put(others[i], others[i + 1]);
            }
            fields.put(field, number);
            return portal.post(path, fields);
        }
    }
}
