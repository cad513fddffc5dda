package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Suite;
import dev.rollcall.wire.Json;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The portal's forms accept what the grading service accepts, and nothing else. */
@Timeout(120)
class LimitsIT {
    private static final List<String> NUMBERS = List.of(
            "0",
            "0.000001",
            "0.0000001",
            "85.12345",
            "85.123456",
            "85.1234567",
            "85.5000000",
            "999999.999999",
            "1000000",
            "1000000.0",
            "1000000.000001",
            "1000001",
            "-1",
            "-0.000001");

    @RegisterExtension
    static final Suite SUITE = Suite.ofTheClass();

    private static String portal = "";
    private static String grading = "";
    private int count;

    @BeforeAll
    static void start() throws Exception {
        SUITE.startRegistry();
        grading = SUITE.start(Program.GRADING).url();
        portal = SUITE.start(Program.PORTAL).url();
        Await.atMost(
                Duration.ofSeconds(60),
                () -> assertThat(Http.get(portal + "/students").status()).isEqualTo(200));
    }

    @Test
    void givenNumberAtTheBounds_whenTyped_thenTakenIfTheServiceTakesIt() throws Exception {
        var softly = new SoftAssertions();

        for (var number : NUMBERS) {
            assertAgreed(softly, "/students/1/grades", "Score", number, new BigDecimal(number), "Title", "Type");
            assertAgreed(softly, "/items", "Points", number, new BigDecimal(number), "Title", "Type");
        }

        softly.assertAll();
    }

    @Test
    void givenTextAtTheBounds_whenTyped_thenTakenIfTheServiceTakesIt() throws Exception {
        var softly = new SoftAssertions();

        for (var length : List.of(99, 100, 101, 199, 200, 201, 999, 1_000, 1_001)) {
            for (var letter : List.of("é", "😀")) {
                // the count makes the title unique
                var text = letter.repeat(length - 4) + (1_000 + count);
                assertAgreed(softly, "/students/1/grades", "Title", text, text, "Type", "Score");
                assertAgreed(softly, "/students/1/grades", "Comment", text, text, "Title", "Type", "Score");
                assertAgreed(softly, "/students", "FirstName", text, text, "LastName");
                assertAgreed(softly, "/students", "LastName", text, text, "FirstName");
                assertAgreed(softly, "/items", "Title", text, text, "Type", "Points");
            }
        }

        softly.assertAll();
    }

    private void assertAgreed(
            SoftAssertions softly, String path, String field, String typed, Object sent, String... others)
            throws Exception {
        // an item exists once, so the service is tested with one type and the portal with the other
        var json = fields("Quiz", others);
        json.put(field, sent);
        var form = fields("Exam", others);
        form.put(field, typed);

        var service = Http.post(grading + path, "application/json", Json.text(json));
        var page = Http.post(portal + path, "application/x-www-form-urlencoded", encoded(form));

        softly.assertThat(page.status() == 303)
                .as(
                        "%s %s %s…, %d characters: portal %d, service %d",
                        path,
                        field,
                        typed.substring(0, Math.min(20, typed.length())),
                        typed.codePointCount(0, typed.length()),
                        page.status(),
                        service.status())
                .isEqualTo(service.status() == 201);
        softly.assertThat(page.status()).isIn(303, 400);
    }

    private Map<String, Object> fields(String type, String... names) {
        var fields = new LinkedHashMap<String, Object>();
        for (var name : names) {
            fields.put(
                    name,
                    switch (name) {
                        case "Type" -> type;
                        case "Score", "Points" -> 5;
                        default -> name + ++count;
                    });
        }
        return fields;
    }

    private static String encoded(Map<String, Object> form) {
        return form.entrySet().stream()
                .map(each ->
                        each.getKey() + "=" + URLEncoder.encode(each.getValue().toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
