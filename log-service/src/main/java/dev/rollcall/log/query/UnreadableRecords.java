package dev.rollcall.log.query;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.log.store.Block;
import dev.rollcall.log.store.Position;
import dev.rollcall.wire.Json;

/**
 * The notice that stored records are corrupt.
 *
 * @param unreadable how many, of any kind: whether they match is unknown
 * @param from the position of the first one
 * @param to the position after the last one
 */
@JsonPropertyOrder({"unreadable", "from", "to"})
record UnreadableRecords(long unreadable, String from, String to) {
    static UnreadableRecords of(long segment, Block block) {
        return new UnreadableRecords(
                block.stats().records(),
                new Position(segment, block.start()).toString(),
                new Position(segment, block.end()).toString());
    }

    String text() {
        return unreadable + (unreadable == 1 ? " record" : " records") + " here can't be read, from " + from + " to "
                + to;
    }

    String json() {
        return Json.text(this);
    }
}
