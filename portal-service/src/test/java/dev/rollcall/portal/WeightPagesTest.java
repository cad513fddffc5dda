package dev.rollcall.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the weights and letters over a grading service that stores them. */
final class WeightPagesTest {
    private static final String QUIZ = "{\"Name\":\"Quiz\",\"Weight\":20,\"DropLowest\":1,\"Version\":4}";
    private static final String TYPES =
            "[" + QUIZ + ",{\"Name\":\"Exam\",\"Weight\":40,\"DropLowest\":0,\"Version\":1}]";
    private static final String LETTERS = "[{\"Letter\":\"A\",\"From\":90},{\"Letter\":\"<b>\",\"From\":0}]";

    private final List<String> changes = new CopyOnWriteArrayList<>();
    private PortalTestbed portal;

    @BeforeEach
    void start() throws Exception {
        portal = PortalTestbed.withGrading(Routes.NONE
                .get("/types", request -> json(200, TYPES, "\"7\""))
                .get("/letters", request -> json(200, LETTERS, "\"abc\""))
                .with("PUT", "/types/{name}", request -> change(request, "\"4\"", QUIZ))
                .with("PUT", "/letters", request -> change(request, "\"abc\"", LETTERS)));
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    @Test
    void givenWeightsAndLetters_whenShown_thenWithTheirShares() throws Exception {
        var page = portal.get("/weights");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Quiz 33.3 % of the whole", "Exam 66.7 % of the whole");
        assertThat(page.html())
                .contains("name=\"Letter0\" value=\"A\"", "name=\"From0\" value=\"90\"")
                .contains("value=\"&lt;b>\"", "name=\"Letter3\" value=\"\"")
                .doesNotContain("Letter4", "<b>");
    }

    @Test
    void givenType_whenChanged_thenSentWithShownVersion() throws Exception {
        var page = send("/weights/types/Quiz", "Weight", "25.5", "DropLowest", "2", "Version", "4");

        assertThat(page.status()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location")).contains("/weights");
        assertThat(changes).containsExactly("/types/Quiz {\"Weight\":25.5,\"DropLowest\":2}");
    }

    @Test
    void givenTypeChangedByAnotherUser_whenChanged_thenConflictWithBothValues() throws Exception {
        var page = send("/weights/types/Quiz", "Weight", "30", "DropLowest", "0", "Version", "3");

        assertThat(page.status()).isEqualTo(409);
        assertThat(page.rows()).contains(List.of("Weight", "20", "30"), List.of("Lowest dropped", "1", "0"));
        assertThat(page.field("Version")).isEqualTo("4");
        assertThat(changes).isEmpty();
        var again = send("/weights/types/Quiz", "Weight", "30", "DropLowest", "0", "Version", page.field("Version"));
        assertThat(again.status()).isEqualTo(303);
        assertThat(changes).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "-1, 0", "1e3, 0", "NaN, 0", "20, -1", "20, 1.5", "20, 1001", "1000001, 0"})
    void givenInvalidNumbers_whenSent_thenFormComesBackAsTyped(String weight, String drop) throws Exception {
        var page = send("/weights/types/Quiz", "Weight", weight, "DropLowest", drop, "Version", "4");

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("Nothing was stored.");
        assertThat(page.html())
                .contains("name=\"Weight\" value=\"" + weight + "\"", "aria-invalid=\"true\"")
                .contains("name=\"Weight\" value=\"40\"");
        assertThat(changes).isEmpty();
    }

    @Test
    void givenLettersInAnyOrder_whenSent_thenStoredHighestFirst() throws Exception {
        var page = send(
                "/weights/letters",
                "Seen",
                "\"abc\"",
                "Letter0",
                "F",
                "From0",
                "0",
                "Letter1",
                "",
                "From1",
                "5",
                "Letter7",
                "A+",
                "From7",
                "97.5");

        assertThat(page.status()).isEqualTo(303);
        assertThat(changes)
                .containsExactly("/letters [{\"Letter\":\"A+\",\"From\":97.5},{\"Letter\":\"F\",\"From\":0}]");
    }

    @ParameterizedTest
    @CsvSource({
        "A, 90, B, 80, Let one letter begin at 0",
        "A, 90, A, 0, Use each letter once",
        "A, 0, B, 0.0, Another letter begins at the same average",
        "A, ninety, B, 0, Write a number",
        "ABCDEFGHIJK, 9, B, 0, at most 10 characters",
    })
    void givenInvalidLetters_whenSent_thenFormComesBackAsTyped(
            String one, String from, String other, String otherFrom, String complaint) throws Exception {
        var page = send(
                "/weights/letters",
                "Seen",
                "\"abc\"",
                "Letter0",
                one,
                "From0",
                from,
                "Letter1",
                other,
                "From1",
                otherFrom);

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("Nothing was stored.", complaint);
        assertThat(page.field("Letter0")).isEqualTo(one);
        assertThat(changes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'\"old\"'", "''", "'*'", "'\"abc\"\r\nX: y'"})
    void givenLettersChangedByAnotherUser_whenSent_thenConflictWithBoth(String seen) throws Exception {
        var page = send("/weights/letters", "Seen", seen, "Letter0", "P", "From0", "0");

        assertThat(page.status()).isEqualTo(409);
        assertThat(page.rows()).contains(List.of("Letters", "A from 90, <b> from 0", "P from 0"));
        assertThat(page.html()).contains("name=\"Seen\" value=\"&#34;abc&#34;\"");
        assertThat(changes).isEmpty();
    }

    private ParsedPage send(String path, String... fields) throws Exception {
        var all = new LinkedHashMap<String, String>();
        all.put("token", portal.get("/weights").token());
        for (var i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return portal.submit(path, all);
    }

    private Response change(Request request, String tag, String now) throws IOException {
        if (!request.header("If-Match").equals(Optional.of(tag))) {
            return json(412, now, tag);
        }
        changes.add(request.path() + " " + request.text());
        return Response.json(200, Map.of());
    }

    private static Response json(int status, String text, String tag) {
        return Response.bytes(status, "application/json", text.getBytes(StandardCharsets.UTF_8))
                .with("ETag", tag);
    }
}
