package dev.rollcall.log.store;

import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineScanner;
import java.util.Optional;

/**
 * Records to be stored together, as the lines that will be written. If the request is numbered, each record has its
 * sequence, in order and without a gap. Immutable.
 */
public final class AppendRequest {
    private final Optional<Numbering> numbering;
    private final byte[] bytes;
    private final int length;
    private final boolean hasGaps;
    private final String service;
    private final String instance;
    private final BlockStats stats;

    private AppendRequest(Builder builder, Optional<Numbering> numbering) {
        this.numbering = numbering;
        this.bytes = builder.bytes;
        this.length = builder.length;
        this.hasGaps = builder.hasGaps;
        this.service = builder.service;
        this.instance = builder.instance;
        this.stats = builder.stats;
    }

    /** Returns a builder for lines of a request body. */
    public static Builder from(byte[] body) {
        return new Builder(body);
    }

    Optional<Numbering> numbering() {
        return numbering;
    }

    /** Returns the lines, each with its line end; valid up to {@link #length}. Must not be changed. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Returns whether one of the records announces dropped records. */
    boolean hasGaps() {
        return hasGaps;
    }

    /** Returns the service that the first record names. */
    String service() {
        return service;
    }

    /** Returns the instance that the first record names. */
    String instance() {
        return instance;
    }

    BlockStats stats() {
        return stats;
    }

    /** Collects a request's lines. Copies nothing while each line directly follows the one before. Not thread-safe. */
    public static final class Builder {
        private final byte[] body;
        private final BlockStats stats = new BlockStats();
        private byte[] bytes;
        private int length;
        private boolean isCopied;
        private boolean hasGaps;
        private String service = "";
        private String instance = "";

        private Builder(byte[] body) {
            this.body = body;
            this.bytes = body;
        }

        /** Adds a line of the body as received, without its line end. The scanner holds its fields. */
        public Builder keep(int from, int to, LineScanner line) {
            count(line, body);
            if (!isCopied && from == length && to < body.length && body[to] == '\n') {
                length = to + 1;
            } else {
                copy(body, from, to);
            }
            return this;
        }

        /** Adds a line that is not part of the body, without a line end. The scanner holds its fields. */
        public Builder add(byte[] text, LineScanner line) {
            count(line, text);
            copy(text, 0, text.length);
            return this;
        }

        /** Returns the request. The builder must not be used afterwards. */
        public AppendRequest build(Optional<Numbering> numbering) {
            return new AppendRequest(this, numbering);
        }

        private void count(LineScanner line, byte[] text) {
            if (stats.records() == 0) {
                service = line.text(Field.SERVICE);
                instance = line.text(Field.INSTANCE);
            }
            hasGaps |= line.firstDropped() > 0;
            stats.add(line, text);
        }

        private void copy(byte[] text, int from, int to) {
            var needed = length + to - from + 1;
            if (!isCopied || needed > bytes.length) {
                var larger = new byte[Math.max(needed, 2 * length)];
                System.arraycopy(bytes, 0, larger, 0, length);
                bytes = larger;
                isCopied = true;
            }
            System.arraycopy(text, from, bytes, length, to - from);
            bytes[needed - 1] = '\n';
            length = needed;
        }
    }
}
