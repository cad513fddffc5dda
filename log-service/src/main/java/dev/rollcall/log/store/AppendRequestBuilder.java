package dev.rollcall.log.store;

import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineScanner;
import java.util.Optional;

/**
 * Puts a submission together. As long as its lines follow one another in the body as they came, nothing is copied. Not
 * thread-safe.
 */
public final class AppendRequestBuilder {
    private final byte[] body;
    private final BlockStats blockStats = new BlockStats();
    private byte[] bytes;
    private int length;
    private boolean isCopied;
    private boolean hasGaps;
    private String service = "";
    private String instance = "";

    AppendRequestBuilder(byte[] body) {
        this.body = body;
        this.bytes = body;
    }

    /** Adds a line of the body, whose end is excluded, as it came. The scanner has just found its fields. */
    public AppendRequestBuilder keep(int from, int to, LineScanner line) {
        note(line, body);
        if (!isCopied && from == length && to < body.length && body[to] == '\n') {
            length = to + 1;
        } else {
            copy(body, from, to);
        }
        return this;
    }

    /** Adds a line that doesn't stand in the body, without an end. The scanner has just found its fields. */
    public AppendRequestBuilder add(byte[] text, LineScanner line) {
        note(line, text);
        copy(text, 0, text.length);
        return this;
    }

    /** What was added. */
    public AppendRequest build(Optional<Numbering> numbering) {
        return new AppendRequest(numbering, bytes, length, hasGaps, service, instance, blockStats);
    }

    private void note(LineScanner line, byte[] text) {
        if (blockStats.records() == 0) {
            service = line.text(Field.SERVICE);
            instance = line.text(Field.INSTANCE);
        }
        hasGaps |= line.firstDropped() > 0;
        blockStats.add(line, text);
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
