package dev.rollcall.log.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields of a record, under the names that they have on the wire. */
public enum Field {
    TIME,
    SERVICE,
    INSTANCE,
    LEVEL,
    LOGGER,
    THREAD,
    MESSAGE,
    ERROR,
    TRACE,
    SPAN,
    KEYS,
    DROPPED,
    SEQUENCE,
    /** Not on the wire: the store adds it. */
    PRODUCER;

    private static final Field[][] BY_LENGTH = {
        {},
        {},
        {},
        {},
        {TIME, SPAN, KEYS},
        {LEVEL, ERROR, TRACE},
        {LOGGER, THREAD},
        {MESSAGE, SERVICE, DROPPED},
        {SEQUENCE, INSTANCE, PRODUCER},
    };

    private final byte[] name = name().toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.US_ASCII);

    /** The field whose name stands there, exactly so. */
    static @Nullable Field at(byte[] bytes, int from, int to) {
        if (to - from >= BY_LENGTH.length) {
            return null;
        }
        for (var field : BY_LENGTH[to - from]) {
            if (Arrays.equals(field.name, 0, field.name.length, bytes, from, to)) {
                return field;
            }
        }
        return null;
    }

    int bit() {
        return 1 << ordinal();
    }
}
