package dev.rollcall.log;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a file from its end to its beginning, read in blocks. Has a channel of its own, since an interrupted
 * reader closes the one that it reads from. Not thread-safe.
 */
final class Lines implements Closeable {
    private static final int BLOCK_BYTES = 64 << 10;

    private final FileChannel channel;
    private final long length;
    private long end;
    private long blockStart;
    private byte[] block = new byte[0];

    private Lines(FileChannel channel, long length) {
        this.channel = channel;
        this.length = length;
        this.end = length;
    }

    /** The lines in the first so many bytes of a file, of which the last is a line's end. */
    static Lines of(Path path, long length) throws IOException {
        return new Lines(FileChannel.open(path, StandardOpenOption.READ), length);
    }

    /** The line before the one returned last; empty at the beginning. */
    Optional<Extent> previous() throws IOException {
        if (end == 0) {
            return Optional.empty();
        }
        var stop = end - 1;
        var start = stop;
        while (start > 0 && byteAt(start - 1) != '\n') {
            start--;
        }
        end = start;
        return Optional.of(new Extent(start, (int) (stop - start)));
    }

    /** What a line says. */
    byte[] read(Extent line) throws IOException {
        if (!isInBlock(line.start(), line.length())) {
            if (line.length() > BLOCK_BYTES) {
                return load(line.start(), line.length());
            }
            // readers go forward, so what follows is wanted next
            block = load(line.start(), (int) Math.min(BLOCK_BYTES, length - line.start()));
            blockStart = line.start();
        }
        var from = (int) (line.start() - blockStart);
        return Arrays.copyOfRange(block, from, from + line.length());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private byte byteAt(long position) throws IOException {
        if (!isInBlock(position, 1)) {
            blockStart = Math.max(0, position + 1 - BLOCK_BYTES);
            block = load(blockStart, (int) (position + 1 - blockStart));
        }
        return block[(int) (position - blockStart)];
    }

    private boolean isInBlock(long start, int count) {
        return start >= blockStart && start + count <= blockStart + block.length;
    }

    private byte[] load(long start, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException("the file ends before what was stored");
            }
        }
        return bytes.array();
    }
}
