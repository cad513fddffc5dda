package dev.rollcall.disk;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the payloads of a file of {@link Frame}s, up to its end or to the first frame that is torn or corrupt. Holds
 * one payload in memory. Not thread-safe.
 */
public final class FrameReader implements Closeable {
    private static final int BUFFER_BYTES = 256 << 10;

    private final InputStream file;
    private long goodLength;
    private boolean isEnded;

    /** Reads a file from its beginning, and closes it on {@link #close}. */
    public FrameReader(InputStream file) {
        this.file = new BufferedInputStream(file, BUFFER_BYTES);
    }

    /**
     * Returns the next payload; empty from the first incomplete frame on.
     *
     * @throws IOException if the file can't be read, which says nothing about the frame
     */
    public Optional<byte[]> next() throws IOException {
        var payload = isEnded ? Optional.<byte[]>empty() : read();
        isEnded = payload.isEmpty();
        payload.ifPresent(bytes -> goodLength += Frame.HEADER_BYTES + bytes.length);
        return payload;
    }

    /** Returns the length of the returned frames, from the file's beginning: where to truncate it. */
    public long goodLength() {
        return goodLength;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private Optional<byte[]> read() throws IOException {
        var head = file.readNBytes(Frame.HEADER_BYTES);
        if (head.length < Frame.HEADER_BYTES) {
            return Optional.empty();
        }
        var header = ByteBuffer.wrap(head);
        var length = header.getInt();
        var checksum = header.getInt();
        if (!Frame.isLength(length)) {
            return Optional.empty();
        }
        var payload = file.readNBytes(length);
        var isWhole = payload.length == length && Frame.checksum(payload) == checksum;
        return isWhole ? Optional.of(payload) : Optional.empty();
    }
}
