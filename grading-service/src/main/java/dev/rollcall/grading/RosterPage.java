package dev.rollcall.grading;

import dev.rollcall.grading.book.StudentQuery;
import dev.rollcall.grading.book.StudentQuery.Filter;
import dev.rollcall.grading.book.StudentQuery.Order;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A requested page of students.
 *
 * @param page from 1
 * @param size students per page
 */
record RosterPage(StudentQuery query, int page, int size) {
    private static final List<String> PARAMETERS = List.of("page", "size", "sort", "q", "filter");
    private static final int SIZE = 50;
    private static final int SIZE_MAX = 500;
    private static final int PAGE_MAX = 10_000_000;
    private static final int SEARCH_LENGTH_MAX = 200;

    /** Returns whether a request has any paging parameter. */
    static boolean isRequested(Request request) {
        // the hottest path of all: no stream
        for (var name : PARAMETERS) {
            if (request.query(name).isPresent()) {
                return true;
            }
        }
        return false;
    }

    static RosterPage of(Request request) {
        var sort = request.query("sort").orElse("name");
        var descending = sort.startsWith("-");
        var order = Order.of(descending ? sort.substring(1) : sort)
                .orElseThrow(
                        () -> ProblemException.badRequest("sort is one of name, -name, id, -id, average, -average"));
        var filter = Filter.of(request.query("filter").orElse("active"))
                .orElseThrow(() -> ProblemException.badRequest("filter is one of active, withdrawn, all"));
        var search = request.query("q").orElse("");
        if (search.length() > SEARCH_LENGTH_MAX) {
            throw ProblemException.badRequest("q has at most " + SEARCH_LENGTH_MAX + " characters");
        }
        return new RosterPage(
                new StudentQuery(filter, order, descending, search),
                request.queryNumber("page", 1, 1, PAGE_MAX),
                request.queryNumber("size", SIZE, 1, SIZE_MAX));
    }

    /** Returns the index of the first student on the page. */
    int from() {
        return (int) Math.min(Integer.MAX_VALUE, (page - 1L) * size);
    }

    /** Adds the links to the other pages (RFC 8288) and the total count to a response. */
    Response withLinks(Response response, Request request, int total) {
        var last = Math.max(1, (total + size - 1) / size);
        var links = new ArrayList<String>();
        links.add(link(request, 1, "first"));
        if (page > 1) {
            links.add(link(request, Math.min(page - 1, last), "prev"));
        }
        if (page < last) {
            links.add(link(request, page + 1, "next"));
        }
        links.add(link(request, last, "last"));
        return response.with("Link", String.join(", ", links)).with("Total-Count", Integer.toString(total));
    }

    private String link(Request request, int to, String relation) {
        var parameters = new ArrayList<String>();
        Map.of("page", to, "size", size).forEach((name, value) -> parameters.add(name + "=" + value));
        parameters.sort(null);
        for (var name : List.of("sort", "q", "filter")) {
            request.query(name)
                    .ifPresent(value -> parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        }
        return "<" + request.path() + "?" + String.join("&", parameters) + ">; rel=\"" + relation + '"';
    }
}
