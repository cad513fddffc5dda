package dev.rollcall.log.query;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.log.store.Position;
import dev.rollcall.wire.Json;

/**
 * The notice for a follower that reads too slowly.
 *
 * @param missed how many matching records were skipped
 * @param from the first skipped position
 * @param to where the follower continues
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
