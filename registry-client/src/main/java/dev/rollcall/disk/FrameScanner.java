package dev.rollcall.disk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the payloads of all whole {@link Frame}s of a file. Unlike {@link FrameReader}, it searches beyond torn or
 * corrupt bytes for the next whole frame. The file may grow meanwhile. Holds one frame in memory. Not thread-safe.
 */
public final class FrameScanner implements Closeable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream file;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private long offset;
    private long skipped;

    /** Reads a file from its beginning, and closes it on {@link #close}. */
    public FrameScanner(InputStream file) {
        this.file = file;
    }

    /**
     * Returns the next whole payload up to a length of the file; empty if there is none. Later calls continue from
     * there.
     *
     * @param limit how much of the file may be read, in bytes from its beginning
     * @throws IOException if the file can't be read
     */
    public Optional<byte[]> next(long limit) throws IOException {
        while (has(Frame.HEADER_BYTES, limit)) {
            var header = ByteBuffer.wrap(buffer, start, Frame.HEADER_BYTES);
            var length = header.getInt();
            var checksum = header.getInt();
            if (Frame.isLength(length) && has(Frame.HEADER_BYTES + length, limit)) {
                var from = start + Frame.HEADER_BYTES;
                var payload = Arrays.copyOfRange(buffer, from, from + length);
                if (Frame.checksum(payload) == checksum) {
                    advance(Frame.HEADER_BYTES + length);
                    return Optional.of(payload);
                }
            }
            advance(1);
            skipped++;
        }
        var rest = (int) Math.min(end - start, limit - offset);
        advance(rest);
        skipped += rest;
        return Optional.empty();
    }

    /** Returns the number of bytes skipped because they belong to no whole frame. */
    public long skippedBytes() {
        return skipped;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void advance(int bytes) {
        start += bytes;
        offset += bytes;
    }

    private boolean has(int bytes, long limit) throws IOException {
        if (bytes > limit - offset) {
            return false;
        }
        while (end - start < bytes) {
            makeRoom();
            var count = file.read(buffer, end, (int) Math.min(buffer.length - end, limit - offset - (end - start)));
            if (count < 0) {
                return false;
            }
            end += count;
        }
        return true;
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }
}
