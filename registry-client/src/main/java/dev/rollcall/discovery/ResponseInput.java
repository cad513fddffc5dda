package dev.rollcall.discovery;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Buffered input of a connection that records whether the current response has begun. Not thread-safe. */
final class ResponseInput extends InputStream {
    private static final int BUFFER_BYTES = 8_192;

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int end;
    private boolean hasReceived;

    ResponseInput(InputStream source) {
        this.source = source;
    }

    /** Starts waiting for another response. */
    void startResponse() {
        hasReceived = position < end;
    }

    /** Whether anything was received since {@link #startResponse}. */
    boolean hasReceived() {
        return hasReceived;
    }

    /** Whether unread bytes are buffered. */
    boolean hasMore() {
        return position < end;
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
        return isFilled() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!isFilled()) {
            return -1;
        }
        var count = Math.min(length, end - position);
        System.arraycopy(buffer, position, into, from, count);
        position += count;
        return count;
    }

    private boolean isFilled() throws IOException {
        if (position == end) {
            position = 0;
            end = 0;
            end = Math.max(0, source.read(buffer));
            hasReceived |= end > 0;
        }
        return position < end;
    }
}
