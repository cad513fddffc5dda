package dev.rollcall.shipping;

import dev.rollcall.wire.HttpUrl;
import java.util.List;

/**
 * One request to the log service.
 *
 * @param to the log service's address
 * @param form how the records are to be written
 * @param producer who numbered them
 * @param records at least one, in the order of their sequences, without holes
 */
record Parcel(HttpUrl to, Form form, String producer, List<Held> records) {
    Parcel {
        records = List.copyOf(records);
        if (records.isEmpty()) {
            throw new IllegalArgumentException("a parcel holds at least one record");
        }
    }

    long first() {
        return records.get(0).sequence();
    }

    long last() {
        return records.get(records.size() - 1).sequence();
    }
}
