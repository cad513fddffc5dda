package dev.rollcall.shipping;

import dev.rollcall.wire.HttpUrl;
import java.util.List;

/**
 * One request to the log service.
 *
 * @param to the log service's address
 * @param form the form in which the records are written
 * @param origin the producer that numbered them
 * @param entries at least one, in the order of their sequences, without gaps
 */
record LogRequest(HttpUrl to, RecordForm form, ProducerOrigin origin, List<SpillEntry> entries) {
    LogRequest {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a log request has at least one entry");
        }
    }

    long first() {
        return entries.get(0).first();
    }

    long last() {
        return entries.get(entries.size() - 1).last();
    }

    /** Returns the value of {@code Log-Sequence}. */
    String sequences() {
        return first() + "-" + last();
    }
}
