package dev.rollcall.portal.logs;

import dev.rollcall.http.Request;
import dev.rollcall.portal.page.QueryUrl;
import dev.rollcall.wire.Severity;
import dev.rollcall.wire.WholeNumber;
import java.util.List;

/**
 * A query for log records, as typed; an empty field means all.
 *
 * @param service the service that logged
 * @param level that level and above
 * @param since the start, as a time or an age
 * @param until the end, as a time or an age
 * @param contains a text in the record
 * @param trace the trace id of a request
 * @param limit the most records
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

    public static LogSearch latest(String service, int limit) {
        return new LogSearch(service, "", "", "", "", "", limit);
    }

    boolean isUnfiltered() {
        return (service + level + since + until + contains + trace).isEmpty();
    }

    /** Returns the URL of the records, at the log service or here: both take the same parameters. */
    QueryUrl at(String path) {
        return QueryUrl.of(path)
                .with("service", service)
                .with("level", level)
                .with("since", since)
                .with("until", until)
                .with("contains", contains)
                .with("trace", trace);
    }

    /** Maps names of other systems to a level of the selection. */
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
