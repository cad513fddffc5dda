package dev.rollcall.portal.gradebook;

import dev.rollcall.http.Request;
import dev.rollcall.portal.page.Paging;
import dev.rollcall.portal.page.QueryUrl;
import dev.rollcall.wire.WholeNumber;
import java.util.List;

/**
 * A query for students; invalid parameters are ignored.
 *
 * @param q the beginnings of names
 * @param sort name, id or average; descending with a leading minus
 * @param filter active, withdrawn or all
 * @param page from 1
 * @param size rows per page
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

    /** Returns the URL at our grading service. */
    String at(String path) {
        return QueryUrl.of(path)
                .with("page", Integer.toString(page))
                .with("size", Integer.toString(size))
                .with("sort", sort)
                .with("q", q)
                .with("filter", filter.equals("active") ? "" : filter)
                .toString();
    }

    /** Returns the URL of a portal page for this query. */
    QueryUrl here(String path) {
        return QueryUrl.of(path)
                .with("q", q)
                .with("sort", sort.equals("id") ? "" : sort)
                .with("filter", filter.equals("active") ? "" : filter)
                .with("size", size == Paging.SIZE ? "" : Integer.toString(size));
    }

    /** Returns the sort that a click on a column's header selects. */
    String sortBy(String column) {
        return sort.equals(column) ? "-" + column : column;
    }

    /** Returns a column's order as {@code aria-sort} value. */
    String order(String column) {
        return sort.equals(column) ? "ascending" : sort.equals("-" + column) ? "descending" : "none";
    }

    private static int number(Request request, String name, int otherwise, int max) {
        var number = WholeNumber.parse(request.query(name).orElse(""));
        return number.isEmpty() ? otherwise : (int) Math.max(1, Math.min(max, number.getAsLong()));
    }
}
