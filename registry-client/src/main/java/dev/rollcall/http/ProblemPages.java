package dev.rollcall.http;

import dev.rollcall.wire.Problem;
import java.util.Optional;

/** Makes pages for people of the problems that programs are told as JSON. Called by many threads at once. */
@FunctionalInterface
public interface ProblemPages {
    /** A page that says what is wrong and what to do, with the problem's own status. */
    Response page(Problem problem, TraceContext trace);

    /** The page for whoever prefers pages, that is, browsers; empty for all others. */
    static Optional<Response> page(Optional<ProblemPages> pages, Problem problem, TraceContext trace, String accept) {
        return pages.filter(p -> accept.contains("text/html")).map(p -> p.page(problem, trace));
    }
}
