package dev.rollcall.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A {@link RecordFile} on disk that only its owner can read.
 *
 * <p>Its thread must never be interrupted, because that would close the channel.
 */
final class DiskFile implements RecordFile {
    private static final int BUFFER_BYTES = 256 << 10;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Runnable onClose;
    private long written;

    private DiskFile(FileChannel channel, long length, Runnable onClose) {
        this.channel = channel;
        this.onClose = onClose;
        this.written = length;
    }

    /** Opens a file at its end, or creates it (0600). */
    static DiskFile open(Path path, Runnable onClose) throws IOException {
        var channel = OwnerOnly.open(path);
        try {
            return new DiskFile(channel, channel.position(channel.size()).position(), onClose);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void append(byte[] record) throws IOException {
        append(record, 0, record.length);
    }

    @Override
    public void append(byte[] bytes, int from, int to) throws IOException {
        var done = from;
        while (done < to) {
            var part = Math.min(to - done, buffer.remaining());
            buffer.put(bytes, done, part);
            done += part;
            if (!buffer.hasRemaining()) {
                write();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        write();
    }

    @Override
    public void sync() throws IOException {
        write();
        channel.force(false);
    }

    @Override
    public long length() {
        return written + buffer.position();
    }

    @Override
    public void truncate(long length) throws IOException {
        if (length > written) {
            buffer.position(Math.min(buffer.position(), (int) (length - written)));
            return;
        }
        buffer.clear();
        channel.truncate(length);
        channel.position(length);
        written = length;
    }

    @Override
    public void close() throws IOException {
        onClose.run();
        channel.close();
    }

    private void write() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                written += channel.write(buffer);
            }
        } finally {
            buffer.clear();
        }
    }
}
