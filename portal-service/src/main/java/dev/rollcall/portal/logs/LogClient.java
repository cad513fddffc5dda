package dev.rollcall.portal.logs;

import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.discovery.ClientResponse;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.TraceContext;
import dev.rollcall.portal.page.ProblemReader;
import dev.rollcall.portal.page.QueryUrl;
import dev.rollcall.portal.page.Section;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.ServiceName;
import java.util.Optional;

/** Queries the log service. A failure is a note in the result, not an exception. */
public final class LogClient {
    private static final String LINES = "application/x-ndjson";
    private static final int BUCKETS = 60;

    private final ServiceCaller caller;

    public LogClient(ServiceCaller caller) {
        this.caller = caller;
    }

    public Section<LogLine> latest(LogSearch search, TraceContext trace) {
        return lines(search, "", trace).lines();
    }

    /** Returns the newest matching lines, or those before a cursor. */
    SearchResult lines(LogSearch search, String cursor, TraceContext trace) {
        return query(
                search.at("/log")
                        .with("limit", Integer.toString(search.limit()))
                        .with("cursor", cursor),
                trace);
    }

    SearchResult around(String id, int limit, TraceContext trace) {
        return query(QueryUrl.of("/log").with("around", id).with("limit", Integer.toString(limit)), trace);
    }

    /** Returns the counts over time; empty if the log service doesn't have them. */
    Optional<Histogram> histogram(LogSearch search, TraceContext trace) {
        var url = search.at("/log/counts").with("buckets", Integer.toString(BUCKETS));
        try {
            var response = caller.call(
                    ServiceName.LOG, ClientRequest.get(url.toString()).with(TraceContext.HEADER, trace.header()));
            return response.status() == 200
                    ? Optional.of(Json.read(response.body(), Histogram.class))
                    : Optional.empty();
        } catch (NoProviderException | CallFailedException | MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private SearchResult query(QueryUrl url, TraceContext trace) {
        var request = ClientRequest.get(url.toString()).with("Accept", LINES).with(TraceContext.HEADER, trace.header());
        try {
            var response = caller.call(ServiceName.LOG, request);
            return response.status() == 200
                    ? new SearchResult(
                            LogLines.read(response.text()),
                            response.header("Log-Cursor").orElse(""))
                    : SearchResult.without(refusal(response));
        } catch (NoProviderException e) {
            return SearchResult.without("There is no log service at the moment. Start one: java -jar log-service.jar.");
        } catch (CallFailedException e) {
            return SearchResult.without("The log service does not answer. Its lines are shown again when it is back.");
        }
    }

    private static String refusal(ClientResponse response) {
        if (response.status() == 405 || (response.status() == 404 && !ProblemReader.isProblem(response))) {
            return "This log service takes records and doesn't give them out (it answered " + response.status()
                    + "): it speaks the plain protocol only. Its file has the lines.";
        }
        return "The log service can't give its lines. " + ProblemReader.reason(response);
    }

    /**
     * The result of a query.
     *
     * @param lines newest last
     * @param cursor queries the older ones; empty if there are none
     */
    record SearchResult(Section<LogLine> lines, String cursor) {
        static SearchResult without(String reason) {
            return new SearchResult(Section.without(reason), "");
        }
    }
}
