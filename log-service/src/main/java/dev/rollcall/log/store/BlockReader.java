package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Reads blocks, one at a time, into reused memory. Not thread-safe. */
final class BlockReader implements Closeable {
    private final RecordDirectory directory;
    private @Nullable GzipUnpacker unpacker;
    private byte[] bytes = new byte[0];
    private byte[] packed = new byte[0];

    BlockReader(RecordDirectory directory) {
        this.directory = directory;
    }

    /**
     * Returns the block's lines; only those from an offset on are filled in. Valid until the next call.
     *
     * @throws NoSuchFileException if the segment was deleted
     * @throws CorruptBlockException if the block is not what was stored
     */
    byte[] read(long segment, SegmentForm form, Block block, int from) throws IOException {
        bytes = roomFor(bytes, block.length());
        if (form == SegmentForm.RAW) {
            load(segment, form, block.fileStart() + from, bytes, from, block.length() - from);
        } else {
            packed = roomFor(packed, block.fileLength());
            load(segment, form, block.fileStart(), packed, 0, block.fileLength());
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

    private void load(long segment, SegmentForm form, long position, byte[] into, int from, int length)
            throws IOException {
        var name = form.file(segment);
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
        // one byte more than needed, or the inflater would not reach the end of its input
        return bytes.length > length ? bytes : new byte[Math.max(length + 1, Block.BYTES + Block.BYTES / 8)];
    }
}
