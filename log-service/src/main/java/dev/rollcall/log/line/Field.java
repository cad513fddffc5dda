package dev.rollcall.log.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a record, under the names that they have on the wire. */
public enum Field {
    TIME(0),
    SERVICE(1),
    INSTANCE(2),
    LEVEL(3),
    LOGGER(4),
    THREAD(5),
    MESSAGE(6),
    ERROR(7),
    TRACE(8),
    SPAN(9),
    KEYS(10),
    DROPPED(11),
    SEQUENCE(12),
    /** Not on the wire: the store adds it. */
    PRODUCER(13);

    /** How many there are. */
    static final int COUNT = 14;

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

    private static final byte[][] NAMES = Stream.of(values())
            .map(field -> field.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private final int place;

    Field(int place) {
        this.place = place;
    }

    /** The field whose name stands there, exactly so. */
    static @Nullable Field at(byte[] bytes, int from, int to) {
        if (to - from >= BY_LENGTH.length) {
            return null;
        }
        for (var field : BY_LENGTH[to - from]) {
            var name = NAMES[field.place];
            if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
                return field;
            }
        }
        return null;
    }

    int bit() {
        return 1 << place;
    }

    /** Its place among them, from 0. */
    int place() {
        return place;
    }
}
