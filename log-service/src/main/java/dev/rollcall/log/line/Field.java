package dev.rollcall.log.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a record, by their names on the wire. */
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
    /** Not on the wire: added by the store. */
    PRODUCER(13);

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

    /** Returns the field with exactly this name, or null. */
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

    /** Returns the field's ordinal, from 0. */
    int place() {
        return place;
    }
}
