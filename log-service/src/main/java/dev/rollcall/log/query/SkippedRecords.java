package dev.rollcall.log.query;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.log.store.Position;
import dev.rollcall.wire.Json;

/**
 * What a follower is not told, since he takes what he is told too slowly.
 *
 * @param missed how many records that he asked for
 * @param from the first position that was passed over; what is older may be asked for with {@code since}
 * @param to where he goes on
 */
@JsonPropertyOrder({"missed", "from", "to"})
record SkippedRecords(long missed, String from, String to) {
    static SkippedRecords of(long missed, Position from, Position to) {
        return new SkippedRecords(missed, from.toString(), to.toString());
    }

    String text() {
        return missed + (missed == 1 ? " record is" : " records are")
                + " left out here: they came faster than they were" + " taken";
    }

    String json() {
        return Json.text(this);
    }
}
