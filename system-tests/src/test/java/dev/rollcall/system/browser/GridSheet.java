package dev.rollcall.system.browser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.system.testkit.Http;
import java.io.IOException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Four students of one test, each with 50 for the first item and blank for the second, as stored by the grading
 * service.
 */
final class GridSheet {
    private static final String NONE = "–";

    private final String grading;
    private final String query;
    private final JsonNode atFirst;

    private GridSheet(String grading, String query) throws IOException, InterruptedException {
        this.grading = grading;
        this.query = query;
        this.atFirst = grid();
    }

    static GridSheet withFourStudents(String grading) throws IOException, InterruptedException {
        var first = Http.get(grading + "/items").json().get(0);
        var name = "T"
                + Http.get(grading + "/gradebook?size=1").json().get("Total").asLong();
        var csv = new StringBuilder("ID,FirstName,LastName,"
                + first.get("Title").asText() + " (" + first.get("Type").asText() + ")\r\n");
        for (var last : new String[] {"Ada", "Dia", "Eve", "Fay"}) {
            csv.append(',').append(name).append(',').append(last).append(",50\r\n");
        }
        var reply = Http.post(grading + "/students.csv", "text/csv", csv.toString());
        if (reply.status() != 200) {
            throw new IOException(reply.toString());
        }
        return new GridSheet(grading, "q=" + name + "&sort=id");
    }

    /** Returns the portal's page with these students alone. */
    String path() {
        return "/gradebook?" + query;
    }

    /** Returns the page's id of a cell; available while the service is away, too. */
    String id(int row, int column) {
        return "c-" + atFirst.get("Students").get(row).get("ID") + "-"
                + atFirst.get("Items").get(column).get("ID");
    }

    String css(int row, int column) {
        return "#grid tbody tr:nth-child(" + (row + 1) + ") td:nth-of-type(" + (column + 1) + ")";
    }

    /** Returns a column's scores from the first student to the last. */
    String scores(int column) throws IOException, InterruptedException {
        return column(column, cell -> cell.get("Score").asText());
    }

    /** Returns how often each was changed, plus 1. */
    String versions(int column) throws IOException, InterruptedException {
        return column(column, cell -> cell.get("Version").asText());
    }

    /** Changes the first column's score in a row as a second writer. */
    void writeBySomebodyElse(int row, int score) throws IOException, InterruptedException {
        var student = grid().get("Students").get(row);
        var cell = student.get("Cells").get(0);
        var reply = Http.put(
                grading + "/students/" + student.get("ID") + "/grades/" + cell.get("Grade"),
                cell.get("Version").asLong(),
                "{\"Score\":" + score + "}");
        if (reply.status() != 200) {
            throw new IOException(reply.toString());
        }
    }

    private String column(int column, Function<JsonNode, String> text) throws IOException, InterruptedException {
        return StreamSupport.stream(grid().get("Students").spliterator(), false)
                .map(student -> student.get("Cells").path(column))
                .map(cell -> cell.isObject() ? text.apply(cell) : NONE)
                .collect(Collectors.joining(" "));
    }

    private JsonNode grid() throws IOException, InterruptedException {
        return Http.get(grading + "/gradebook?" + query).json();
    }
}
