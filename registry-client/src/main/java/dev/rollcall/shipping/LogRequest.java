package dev.rollcall.shipping;

import dev.rollcall.wire.HttpUrl;
import java.util.List;

/**
 * One request to the log service.
 *
 * @param to the log service's address
 * @param form how the records are to be written
 * @param origin who numbered them
 * @param entries at least one, in the order of their sequences, without holes
 */
record LogRequest(HttpUrl to, RecordForm form, ProducerOrigin origin, List<SpillEntry> entries) {
    LogRequest {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a parcel holds at least one entry");
        }
    }

    long first() {
        return entries.get(0).first();
    }

    long last() {
        return entries.get(entries.size() - 1).last();
    }

    /** The sequences that the request names. */
    String sequences() {
        return first() + "-" + last();
    }
}
