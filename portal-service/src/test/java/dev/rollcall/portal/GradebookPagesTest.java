package dev.rollcall.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.wire.Json;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the teachers' pages over a grading service with the extended interface. */
final class GradebookPagesTest {
    private final ExtendedGrading grading = new ExtendedGrading();
    private PortalTestbed portal;

    @BeforeEach
    void start() throws Exception {
        portal = PortalTestbed.withGrading(grading.routes());
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    @Test
    void givenThousandsOfStudents_whenListed_thenOnePageOfThem() throws Exception {
        var page = portal.get("/students?sort=-average&q=z");

        assertThat(page.rows()).contains(List.of("1", "Zoë <script> O'Neil", "0", "88.25", "71.30", "B", ""));
        assertThat(page.text()).contains("1–50 of 10000 students", "Next", "Last", "Add a student");
        assertThat(page.links()).contains("/students?q=z&amp;sort=-average&amp;page=2");
        assertThat(page.html()).contains("aria-sort=\"descending\"");
    }

    @Test
    void givenNoChange_whenReadAgain_thenQueriedAndSamePageReturned() throws Exception {
        portal.get("/students");
        portal.get("/students");
        portal.get("/students");

        assertThat(grading.queried()).containsExactly(3, 2);
    }

    @Test
    void givenGrade_whenChangedByForm_thenSentWithShownVersion() throws Exception {
        grading.put(7, "85");
        var form = portal.get("/students/1/grades/7");

        var page = portal.submit("/students/1/grades/7", fields(form.token(), "Version", "1", "Score", "90"));

        assertThat(form.field("Score")).isEqualTo("85");
        assertThat(page.status()).isEqualTo(303);
        assertThat(grading.changes())
                .containsExactly("PUT /students/1/grades/7 \"1.99\" {\"Score\":90,\"Comment\":\"\",\"Excused\":false}");
    }

    @Test
    void givenScoreBeyondFormBounds_whenCommentIsChanged_thenScoreIsNotSent() throws Exception {
        grading.put(7, "1234567.1234567");
        var form = portal.get("/students/1/grades/7");

        var page = portal.submit(
                "/students/1/grades/7",
                fields(
                        form.token(),
                        "Version",
                        "1",
                        "Shown",
                        form.field("Shown"),
                        "Score",
                        form.field("Score"),
                        "Comment",
                        "late"));

        assertThat(page.status()).isEqualTo(303);
        assertThat(grading.changes())
                .containsExactly("PUT /students/1/grades/7 \"1.99\" {\"Comment\":\"late\",\"Excused\":false}");
    }

    @Test
    void givenScoreOfSixDecimals_whenStoredAgain_thenAccepted() throws Exception {
        grading.put(7, "85.12345");
        var token = portal.get("/students/1/grades/7").token();

        var form = portal.submit("/students/1/grades/7", fields(token, "Version", "1", "Score", "85.123456"));
        var cell = portal.post(
                "/gradebook/cell",
                Map.of("Student", "1", "Item", "3", "Grade", "7", "Version", "2", "Score", "85.12345"));

        assertThat(form.status()).isEqualTo(303);
        assertThat(cell.status()).isEqualTo(303);
        assertThat(grading.changes()).hasSize(2).last().asString().contains("{\"Score\":85.12345}");
    }

    @Test
    void givenSheetInWindows1252_whenUploaded_thenPageNamesTheEncoding() throws Exception {
        var sheet = "ID,FirstName,LastName\r\n,Jürgen,Groß\r\n";

        var guessed = upload(sheet.getBytes(Charset.forName("windows-1252")));
        var known = upload(("\ufeff" + sheet).getBytes(StandardCharsets.UTF_16LE));
        var workbook = upload(new byte[] {'P', 'K', 3, 4, 0, (byte) 0x81});

        assertThat(guessed.status()).isEqualTo(200);
        assertThat(guessed.text()).contains("The file is not in UTF-8; it was read as Windows-1252.");
        assertThat(guessed.html()).contains(",Jürgen,Groß");
        assertThat(known.text()).doesNotContain("not in UTF-8");
        assertThat(known.html()).contains(",Jürgen,Groß");
        assertThat(workbook.status()).isEqualTo(400);
        assertThat(workbook.text()).contains("saved as CSV");
    }

    private ParsedPage upload(byte[] file) throws Exception {
        var body = new ByteArrayOutputStream();
        body.writeBytes("--b\r\nContent-Disposition: form-data; name=\"File\"; filename=\"g.csv\"\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        return portal.send(portal.request("/import")
                .header("Accept", "text/html")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    @Test
    void givenNamesakes_whenTried_thenAddedOnlyOnRequest() throws Exception {
        var sheet = "namesake";

        var trial = portal.post("/import", Map.of("Sheet", sheet));
        var again = portal.post("/import", Map.of("Sheet", sheet, "Namesakes", "add"));
        var stored = portal.post("/import", Map.of("Sheet", sheet, "Namesakes", "add", "Seen", "t1"));

        assertThat(trial.text())
                .contains("Ada Abel (a name that is there already, as student 7)", "let them be added")
                .doesNotContain("Store these changes");
        assertThat(again.text()).contains("as student 7", "Store these changes").doesNotContain("let them be added");
        assertThat(again.field("Namesakes")).isEqualTo("add");
        assertThat(stored.status()).isEqualTo(303);
        assertThat(grading.changes()).containsExactly("sheet \"t1\" namesake");
    }

    @Test
    void givenGradeChangedByAnotherUser_whenChanged_thenConflictWithBothValues() throws Exception {
        grading.put(7, "85");
        var token = portal.get("/students/1/grades/7").token();
        grading.put(7, "70");

        var conflict = portal.submit("/students/1/grades/7", fields(token, "Version", "1", "Score", "90"));
        var mine = portal.submit(
                "/students/1/grades/7",
                fields(conflict.token(), "Version", conflict.field("Version"), "Score", conflict.field("Score")));

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.rows()).contains(List.of("Score", "70", "90"));
        assertThat(conflict.links()).contains("/students/1");
        assertThat(mine.status()).isEqualTo(303);
        assertThat(grading.changes()).singleElement().asString().contains("\"2.99\" {\"Score\":90");
    }

    @Test
    void givenCell_whenTypedInto_thenSavedWithItsVersionAndTheAverages() throws Exception {
        var token = gridToken();

        var added = type(token, "0", "0", "85");
        var changed = type(added.path("token").asText(), "7", "1", "9.5");
        var next = changed.path("token").asText();
        grading.put(7, "60");
        var conflict = type(next, "7", "2", "1");
        var wrong = type(next, "7", "3", "x");
        var cleared = type(next, "7", "3", "");

        assertThat(added.path("status").asText()).isEqualTo("saved");
        assertThat(added.path("grade").asInt()).isEqualTo(7);
        assertThat(added.path("soFar").asText()).isEqualTo("88.25");
        assertThat(changed.path("score").asText()).isEqualTo("9.5");
        assertThat(conflict.path("status").asText()).isEqualTo("conflict");
        assertThat(conflict.path("score").asText()).isEqualTo("60");
        assertThat(wrong.path("status").asText()).isEqualTo("refused");
        assertThat(cleared.path("score").asText()).isEmpty();
        assertThat(grading.changes())
                .containsExactly(
                        "PUT /students/1/items/3 {\"Score\":85}",
                        "PUT /students/1/grades/7 \"1.99\" {\"Score\":9.5}",
                        "DELETE /students/1/grades/7 \"3.99\" ");
    }

    @Test
    void givenLostResponse_whenTheScriptSendsACellAgain_thenSavedAndNotAConflict() throws Exception {
        var token = gridToken();

        var added = type(token, "0", "0", "85");
        var addedAgain = type(token, "0", "0", "85.0");
        var cleared = type(token, "7", "1", "");
        var clearedAgain = type(token, "7", "1", "");

        assertThat(added.path("status").asText()).isEqualTo("saved");
        assertThat(addedAgain.path("status").asText()).isEqualTo("saved");
        assertThat(addedAgain.path("version").asLong())
                .isEqualTo(added.path("version").asLong());
        assertThat(cleared.path("status").asText()).isEqualTo("saved");
        assertThat(clearedAgain.path("status").asText()).isEqualTo("saved");
        assertThat(grading.changes()).hasSize(2);
    }

    @Test
    void givenNoScripts_whenCellIsChanged_thenPageAndRedirectToGrid() throws Exception {
        var cell = portal.get("/gradebook/cell?student=1&item=3");

        var page = portal.submit(
                "/gradebook/cell",
                fields(cell.token(), "Student", "1", "Item", "3", "Grade", "0", "Version", "0", "Score", "85"));

        assertThat(cell.heading()).isEqualTo("Quiz <b>1 of Zoë <script> O'Neil");
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location")).contains("/gradebook#c-1-3");
    }

    @Test
    void givenSheet_whenSent_thenPreviewAndThenExactlyThat() throws Exception {
        var form = portal.get("/import");
        var trial = portal.submit("/import", fields(form.token(), "Sheet", "ID,Quiz\r\n1,90\r\n"));

        var done = portal.submit(
                "/import", fields(trial.token(), "Seen", trial.field("Seen"), "Sheet", "ID,Quiz\r\n1,90\r\n"));

        assertThat(trial.rows()).contains(List.of("2", "1", "Quiz <b>1", "85", "90"));
        assertThat(done.status()).isEqualTo(303);
        assertThat(grading.changes()).containsExactly("sheet \"t1\" ID,Quiz\r\n1,90\r\n");
    }

    @Test
    void givenItems_whenShown_thenStatisticsAndHistogram() throws Exception {
        var all = portal.get("/items");
        var one = portal.get("/items/3");

        assertThat(all.rows()).contains(List.of("Quiz <b>1", "Quiz", "100", "28", "2", "81.5", "84", "40", "100"));
        assertThat(one.rows()).contains(List.of("0 to 50", "8"), List.of("50 to 100", "20"));
        assertThat(one.html()).contains("<svg class=\"chart\"");
        assertThat(one.option()).isEmpty();
    }

    @Test
    void givenStudentWithHistory_whenShown_thenChangesAndLinksToLogLines() throws Exception {
        grading.put(7, "85");
        grading.put(8, "95");

        var page = portal.get("/students/1");

        assertThat(page.text()).contains("Score: 80 → 85", "Comment: – → <i>late</i>", "\"<u>\" \u202e 😀", "Essay");
        assertThat(page.links()).contains("/logs?trace=4bf92f3577b34da6a3ce929d0e0e4736", "/students/1/grades/7");
        assertThat(page.html()).contains("<polyline").doesNotContain("<i>", "<u>", "<b>");
    }

    @Test
    void givenNewStudent_whenPosted_thenRedirectToStudent() throws Exception {
        var form = portal.get("/students/new");

        var page = portal.submit("/students", fields(form.token(), "FirstName", "Zoë", "LastName", "Bell"));

        assertThat(page.status()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location")).contains("/students/1");
        assertThat(grading.changes())
                .singleElement()
                .asString()
                .startsWith("POST /students true ")
                .contains("\"FirstName\":\"Zoë\"");
    }

    @Test
    void givenStudent_whenRenamedOrWithdrawn_thenSentWithShownVersion() throws Exception {
        var token = portal.get("/students/1/name").token();

        var renamed = portal.submit("/students/1/name", fields(token, "Version", "1", "LastName", "Bell"));
        var late = portal.submit("/students/1/name", fields(token, "Version", "0", "LastName", "Late"));
        var withdrawn = portal.submit("/students/1/withdraw", fields(token, "Version", "1"));

        assertThat(renamed.status()).isEqualTo(303);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.heading()).isEqualTo("Changed meanwhile");
        assertThat(withdrawn.status()).isEqualTo(303);
        assertThat(grading.changes()).hasSize(2);
    }

    @Test
    void givenHistoryEntry_whenUndone_thenDoneOrExplained() throws Exception {
        var token = portal.get("/students/1").token();

        var undone = portal.submit("/students/1/history/41/undo", fields(token));
        var late = portal.submit("/students/1/history/40/undo", fields(token));

        assertThat(undone.status()).isEqualTo(303);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.heading()).isEqualTo("Not undone");
    }

    @Test
    void givenItem_whenAddedChangedOrDeleted_thenDoneOrExplained() throws Exception {
        var token = portal.get("/items").token();

        var added = portal.submit("/items", fields(token, "Title", "T", "Type", "Essay", "Points", "12.5"));
        var wrong = portal.submit("/items", fields(token, "Title", "", "Type", "Essay", "Points", "0"));
        var late = portal.submit("/items/3", fields(token, "Title", "T", "Points", "10", "Version", "1"));
        var kept = portal.submit("/items/3/delete", fields(token, "Version", "1"));

        assertThat(added.status()).isEqualTo(303);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("Give it a title", "Write a number above 0");
        assertThat(late.status()).isEqualTo(409);
        assertThat(kept.heading()).isEqualTo("Not deleted");
    }

    @Test
    void givenSheetWithErrors_whenTried_thenListedAndNothingStored() throws Exception {
        var form = portal.get("/import");

        var trial = portal.submit("/import", fields(form.token(), "Sheet", "wrong"));
        var empty = portal.submit("/import", fields(form.token(), "Sheet", " "));

        assertThat(trial.rows()).contains(List.of("3", "<i>no</i> number"));
        assertThat(trial.text()).contains("<b>Bo").doesNotContain("Store these changes");
        assertThat(empty.status()).isEqualTo(400);
        assertThat(grading.changes()).isEmpty();
    }

    private String gridToken() throws Exception {
        return portal.get("/gradebook").html().replaceAll("(?s).*data-token=\"([^\"]+)\".*", "$1");
    }

    /** Sends a typed cell as the script does: the grade of item 3 of student 1. */
    private JsonNode type(String token, String grade, String version, String score) throws Exception {
        var fields = fields(token, "Student", "1", "Item", "3", "Grade", grade, "Version", version, "Score", score);
        HttpRequest.Builder form = portal.form("/gradebook/cell", fields)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Accept", "application/json");
        return Json.read(portal.send(form).html(), JsonNode.class);
    }

    private static Map<String, String> fields(String token, String... pairs) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("token", token);
        for (var i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return fields;
    }
}
