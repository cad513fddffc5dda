package dev.rollcall.http;

import java.util.Map;

/**
 * Counts since a server's start.
 *
 * @param inFlight requests in flight, parked ones included
 * @param responses the number of responses by status
 * @param responseNanos the total time of all responses, from the handler's start to the last byte written
 */
public record HttpStats(int inFlight, Map<Integer, Long> responses, long responseNanos) {
    /** Copies the map. */
    public HttpStats {
        responses = Map.copyOf(responses);
    }
}
