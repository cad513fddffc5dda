package dev.rollcall.log.store;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a record begins: its id. It stays the same when its segment is compressed, and is given to no other record.
 *
 * @param segment the number of its segment
 * @param offset how many bytes of the segment, not compressed, are before it
 */
public record Position(long segment, long offset) implements Comparable<Position> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /** Reads {@code 12-48213}; empty if it is none. */
    public static Optional<Position> of(String text) {
        var match = TEXT.matcher(text);
        return match.matches()
                ? Optional.of(new Position(Long.parseLong(match.group(1)), Long.parseLong(match.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Position other) {
        var order = Long.compare(segment, other.segment);
        return order != 0 ? order : Long.compare(offset, other.offset);
    }

    /** {@code 12-48213}. */
    @Override
    public String toString() {
        return segment + "-" + offset;
    }
}
