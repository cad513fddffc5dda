package dev.rollcall.discovery;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** What comes on a connection, read ahead; knows how much of the answer has come. Not thread-safe. */
final class ResponseInput extends InputStream {
    private static final int BUFFER_BYTES = 8_192;

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private boolean touched;

    ResponseInput(InputStream source) {
        this.source = source;
    }

    /** From now on another answer is awaited. */
    void begin() {
        touched = at < end;
    }

    /** Whether anything came since {@link #begin}. */
    boolean isTouched() {
        return touched;
    }

    /** Whether more came than was read. */
    boolean hasMore() {
        return at < end;
    }

    /**
     * Returns a line without its line feed.
     *
     * @throws IOException if it is longer than {@code max}, or the connection ends within it
     */
    String line(int max) throws IOException {
        var line = new StringBuilder();
        for (var c = read(); c != '\n'; c = read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed before the answer was whole");
            }
            if (line.length() == max) {
                throw new IOException("its head is too large");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public int read() throws IOException {
        return isFilled() ? buffer[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!isFilled()) {
            return -1;
        }
        var count = Math.min(length, end - at);
        System.arraycopy(buffer, at, into, from, count);
        at += count;
        return count;
    }

    private boolean isFilled() throws IOException {
        if (at == end) {
            at = 0;
            end = 0;
            end = Math.max(0, source.read(buffer));
            touched |= end > 0;
        }
        return at < end;
    }
}
