package dev.rollcall.http;

import java.util.Map;

/**
 * What a server has done since its start.
 *
 * @param inFlight requests under way now, parked ones included
 * @param answers how many answers there were by status
 * @param answerNanos the time that all answers together took, from the handler's start to the last byte written
 */
public record HttpStats(int inFlight, Map<Integer, Long> answers, long answerNanos) {
    /** Copies. */
    public HttpStats {
        answers = Map.copyOf(answers);
    }
}
