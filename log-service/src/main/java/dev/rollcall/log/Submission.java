package dev.rollcall.log;

import java.util.List;
import java.util.Optional;

/** Records that are to be stored together, as the lines they will be; with one line for each number, if numbered. */
final class Submission {
    private final Optional<Numbering> numbering;
    private final List<byte[]> lines;
    private final long bytes;

    Submission(Optional<Numbering> numbering, List<byte[]> lines) {
        if (numbering.isPresent() && numbering.get().count() != lines.size()) {
            throw new IllegalArgumentException("a numbered submission has one line for each number");
        }
        this.numbering = numbering;
        this.lines = List.copyOf(lines);
        this.bytes = lines.stream().mapToLong(line -> line.length).sum();
    }

    Optional<Numbering> numbering() {
        return numbering;
    }

    List<byte[]> lines() {
        return lines;
    }

    /** How large the lines are together. */
    long bytes() {
        return bytes;
    }
}
