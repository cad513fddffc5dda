package dev.rollcall.portal.gradebook;

import dev.rollcall.http.Request;
import dev.rollcall.portal.page.Paging;
import dev.rollcall.portal.page.QueryUrl;
import dev.rollcall.wire.WholeNumber;
import java.util.List;

/**
 * Which students are asked for; what makes no sense is as if it weren't there.
 *
 * @param q what names begin with
 * @param sort name, id or average, with a minus before it the other way round
 * @param filter active, withdrawn or all
 * @param page from 1
 * @param size rows a page
 */
record StudentsQuery(String q, String sort, String filter, int page, int size) {
    static final List<String> FILTERS = List.of("active", "withdrawn", "all");

    private static final List<String> SORTS = List.of("id", "-id", "name", "-name", "average", "-average");
    private static final int Q_LENGTH_MAX = 100;
    private static final int PAGES_MAX = 1_000_000;

    static StudentsQuery of(Request request) {
        var q = request.query("q").orElse("").strip();
        var sort = request.query("sort").filter(SORTS::contains).orElse("id");
        var filter = request.query("filter").filter(FILTERS::contains).orElse("active");
        return new StudentsQuery(
                q.length() > Q_LENGTH_MAX ? q.substring(0, Q_LENGTH_MAX) : q,
                sort,
                filter,
                number(request, "page", 1, PAGES_MAX),
                number(request, "size", Paging.SIZE, Paging.SIZE_MAX));
    }

    /** The address at our grading service. */
    String at(String path) {
        return QueryUrl.of(path)
                .with("page", Integer.toString(page))
                .with("size", Integer.toString(size))
                .with("sort", sort)
                .with("q", q)
                .with("filter", filter.equals("active") ? "" : filter)
                .toString();
    }

    /** The address of a page of ours that shows it. */
    QueryUrl here(String path) {
        return QueryUrl.of(path)
                .with("q", q)
                .with("sort", sort.equals("id") ? "" : sort)
                .with("filter", filter.equals("active") ? "" : filter)
                .with("size", size == Paging.SIZE ? "" : Integer.toString(size));
    }

    /** The sort that a click on a column's head asks for. */
    String sortBy(String column) {
        return sort.equals(column) ? "-" + column : column;
    }

    /** How a column is sorted, as {@code aria-sort} has it. */
    String order(String column) {
        return sort.equals(column) ? "ascending" : sort.equals("-" + column) ? "descending" : "none";
    }

    private static int number(Request request, String name, int otherwise, int max) {
        var number = WholeNumber.parse(request.query(name).orElse(""));
        return number.isEmpty() ? otherwise : (int) Math.max(1, Math.min(max, number.getAsLong()));
    }
}
