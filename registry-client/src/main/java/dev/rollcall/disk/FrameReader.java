package dev.rollcall.disk;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The payloads of a file of {@link Frame}s, up to its end or to the first frame that is torn or corrupt. Holds one
 * payload at a time. Not thread-safe.
 */
public final class FrameReader implements Closeable {
    private static final int BUFFER_BYTES = 256 << 10;

    private final InputStream file;
    private long goodLength;
    private boolean isEnded;

    /** Reads a file from its beginning, and closes it when it is closed itself. */
    public FrameReader(InputStream file) {
        this.file = new BufferedInputStream(file, BUFFER_BYTES);
    }

    /**
     * The next payload; empty from the first frame on that isn't whole.
     *
     * @throws IOException if the file can't be read; it says nothing about the frame
     */
    public Optional<byte[]> next() throws IOException {
        var payload = isEnded ? Optional.<byte[]>empty() : read();
        isEnded = payload.isEmpty();
        payload.ifPresent(bytes -> goodLength += Frame.HEADER_BYTES + bytes.length);
        return payload;
    }

    /** The length of the frames that were returned, from the file's beginning: where to cut it. */
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
