package dev.rollcall.portal.logs;

import dev.rollcall.http.Request;
import dev.rollcall.portal.page.QueryUrl;
import dev.rollcall.wire.Severity;
import dev.rollcall.wire.WholeNumber;
import java.util.List;

/**
 * Which records are asked for, as typed; empty means all.
 *
 * @param service of whom
 * @param level that level and above
 * @param since from when, a time or how long ago
 * @param until up to when
 * @param contains words in it
 * @param trace of which request
 * @param limit how many at most
 */
public record LogSearch(
        String service, String level, String since, String until, String contains, String trace, int limit) {
    static final List<String> LEVELS = Severity.ALL.stream().map(Severity::name).toList();

    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 500;
    private static final int LENGTH_MAX = 200;

    static LogSearch of(Request request) {
        return new LogSearch(
                text(request, "service"),
                level(text(request, "level")),
                text(request, "since"),
                text(request, "until"),
                text(request, "contains"),
                text(request, "trace"),
                limit(text(request, "limit")));
    }

    /** The latest of one service. */
    public static LogSearch latest(String service, int limit) {
        return new LogSearch(service, "", "", "", "", "", limit);
    }

    boolean isOfAll() {
        return (service + level + since + until + contains + trace).isEmpty();
    }

    /** The records' address at a log service or here, where they have the same parameters. */
    QueryUrl at(String path) {
        return QueryUrl.of(path)
                .with("service", service)
                .with("level", level)
                .with("since", since)
                .with("until", until)
                .with("contains", contains)
                .with("trace", trace);
    }

    /** The level that the choice shows, also of one typed as another system calls it. */
    private static String level(String text) {
        return Severity.named(text.replace(' ', '+')).map(Severity::name).orElse(text);
    }

    private static int limit(String text) {
        return (int) Math.max(1, Math.min(LIMIT_MAX, WholeNumber.parse(text).orElse(LIMIT)));
    }

    private static String text(Request request, String name) {
        var text = request.query(name).orElse("").strip();
        return text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) : text;
    }
}
