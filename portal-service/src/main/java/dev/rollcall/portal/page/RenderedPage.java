package dev.rollcall.portal.page;

import dev.rollcall.http.Response;
import dev.rollcall.http.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A rendered page that can be sent for any request. Only the link to the request's own log lines differs; its offset is
 * known. Immutable.
 */
public final class RenderedPage {
    /** The placeholder for the request's trace id in templates. */
    public static final String TRACE_PLACE = "{the-trace-of-the-request-is-32}";

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final byte[] PLACE = TRACE_PLACE.getBytes(StandardCharsets.US_ASCII);

    private final byte[] html;
    private final int tracePlace;

    RenderedPage(byte[] html) {
        this.html = html;
        this.tracePlace = lastIndexOf(html);
    }

    public int length() {
        return html.length;
    }

    /** Returns the page as the response to one request. */
    public Response response(int status, TraceContext trace) {
        var own = html.clone();
        if (tracePlace >= 0) {
            System.arraycopy(trace.trace().getBytes(StandardCharsets.US_ASCII), 0, own, tracePlace, PLACE.length);
        }
        return Response.bytes(status, "text/html; charset=utf-8", own)
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                // not no-referrer: with that, browsers send "Origin: null" with our own forms (Fetch, 3.2)
                .with("Referrer-Policy", "same-origin")
                .with("Cache-Control", "no-store");
    }

    /** Finds the last one, which is the template's own; shown texts may contain others before it. */
    private static int lastIndexOf(byte[] html) {
        for (var at = html.length - PLACE.length; at >= 0; at--) {
            if (Arrays.equals(html, at, at + PLACE.length, PLACE, 0, PLACE.length)) {
                return at;
            }
        }
        return -1;
    }
}
