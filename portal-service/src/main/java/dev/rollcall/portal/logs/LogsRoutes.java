package dev.rollcall.portal.logs;

import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.Pages;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The pages of the log: a search, one record with its neighbours, and live lines. */
public final class LogsRoutes {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z:._-]{1,100}");
    private static final int AROUND = 50;
    private static final long QUEUE_BYTES_MAX = 1 << 20;

    private final LogClient log;
    private final PageTails pageTails;

    public LogsRoutes(LogClient log, PageTails pageTails) {
        this.log = log;
        this.pageTails = pageTails;
    }

    public Routes routes() {
        return Routes.NONE
                .get("/logs", this::search)
                .get("/logs/live", this::live)
                .get("/logs/{id}", this::around);
    }

    private Response search(Request request) {
        var search = LogSearch.of(request);
        var cursor = id(request.query("cursor")).orElse("");
        var searchResult = log.lines(search, cursor, request.trace());
        var histogram = log.histogram(search, request.trace());
        var page = new LogsPage(search, searchResult.lines(), searchResult.cursor(), cursor, histogram);
        return Pages.response(request, 200, "logs/logs", page);
    }

    private Response around(Request request) {
        var id = id(Optional.of(request.pathValue("id")))
                .orElseThrow(() -> ProblemException.notFound("no record has such an id"));
        var searchResult = log.around(id, AROUND, request.trace());
        var page = new AroundPage(
                id, searchResult.lines().rows(), searchResult.lines().note());
        return Pages.response(request, page.isFound() ? 200 : 404, "logs/around", page);
    }

    private Response live(Request request) {
        if (pageTails.isFull()) {
            throw ProblemException.unavailable("too many pages follow the log");
        }
        var search = LogSearch.of(request);
        var last = id(request.header("Last-Event-ID").filter(text -> !text.isEmpty()))
                .or(() -> id(request.query("last")))
                .orElse("");
        return Response.live("text/event-stream", QUEUE_BYTES_MAX, stream -> pageTails.add(stream, search, last))
                .with("Cache-Control", "no-store")
                .with("X-Accel-Buffering", "no");
    }

    private static Optional<String> id(Optional<String> text) {
        return text.filter(id -> ID.matcher(id).matches());
    }

    /** A record with those before and after it. */
    record AroundPage(String id, List<LogLine> lines, String note) {
        AroundPage {
            lines = List.copyOf(lines);
        }

        boolean isFound() {
            return lines.stream().anyMatch(line -> line.id().equals(id));
        }
    }
}
