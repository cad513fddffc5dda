package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Reads blocks, one at a time, into memory that it uses again and again. Not thread-safe. */
final class BlockReader implements Closeable {
    private final RecordDirectory directory;
    private @Nullable GzipUnpacker unpacker;
    private byte[] bytes = new byte[0];
    private byte[] packed = new byte[0];

    BlockReader(RecordDirectory directory) {
        this.directory = directory;
    }

    /**
     * The block's lines, from an offset in it on; valid until the next call.
     *
     * @throws NoSuchFileException if the segment isn't there any more
     * @throws CorruptBlockException if the block isn't what was stored
     */
    byte[] read(long segment, SegmentForm segmentForm, Block block, int from) throws IOException {
        bytes = roomFor(bytes, block.length());
        if (segmentForm == SegmentForm.RAW) {
            load(segment, segmentForm, block.fileStart() + from, bytes, from, block.length() - from);
        } else {
            packed = roomFor(packed, block.fileLength());
            load(segment, segmentForm, block.fileStart(), packed, 0, block.fileLength());
            unpacker().unpack(packed, block.fileLength(), bytes, block.length());
        }
        return bytes;
    }

    @Override
    public void close() {
        if (unpacker != null) {
            unpacker.close();
        }
    }

    private GzipUnpacker unpacker() {
        if (unpacker == null) {
            unpacker = new GzipUnpacker();
        }
        return unpacker;
    }

    private void load(long segment, SegmentForm segmentForm, long position, byte[] into, int from, int length)
            throws IOException {
        var name = segmentForm.file(segment);
        try (var file = open(name)) {
            if (!skip(file, position) || file.readNBytes(into, from, length) < length) {
                throw new CorruptBlockException(name + " ends before what was stored");
            }
        }
    }

    private static boolean skip(InputStream file, long bytes) throws IOException {
        try {
            file.skipNBytes(bytes);
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    private InputStream open(String name) throws IOException {
        return directory.read(name).orElseThrow(() -> new NoSuchFileException(name));
    }

    private static byte[] roomFor(byte[] bytes, int length) {
        // one more than is needed, or the inflater could not come to its end
        return bytes.length > length ? bytes : new byte[Math.max(length + 1, Block.BYTES + Block.BYTES / 8)];
    }
}
