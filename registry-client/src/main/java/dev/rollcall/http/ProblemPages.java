package dev.rollcall.http;

import dev.rollcall.wire.Problem;
import java.util.Optional;

/** Renders problems as pages for people, where programs get JSON. Called by many threads at once. */
@FunctionalInterface
public interface ProblemPages {
    /** Returns a page that says what is wrong and what to do, with the problem's status. */
    Response page(Problem problem, TraceContext trace);

    /** Returns the page for clients that accept HTML, that is, browsers; empty for all others. */
    static Optional<Response> page(Optional<ProblemPages> pages, Problem problem, TraceContext trace, String accept) {
        return pages.filter(p -> accept.contains("text/html")).map(p -> p.page(problem, trace));
    }
}
