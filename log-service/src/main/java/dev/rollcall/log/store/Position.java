package dev.rollcall.log.store;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a record begins: its id. Stays the same when the segment is compressed, and is never reused.
 *
 * @param segment the segment's number
 * @param offset the record's offset in the segment, uncompressed
 */
public record Position(long segment, long offset) implements Comparable<Position> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /** Parses {@code 12-48213}; empty if malformed. */
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

    /** Returns {@code 12-48213}. */
    @Override
    public String toString() {
        return segment + "-" + offset;
    }
}
