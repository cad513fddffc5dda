package dev.rollcall.log.query;

import dev.rollcall.log.store.Position;
import java.io.IOException;
import java.io.OutputStream;

/** Writes matching records in one format, up to a limit. Not thread-safe. */
final class RecordWriter implements LineSink {
    private final LogFormat format;
    private final OutputStream out;
    private final long limit;
    private final ServedLine line = new ServedLine();
    private long count;
    private boolean isFirst = true;

    RecordWriter(LogFormat format, OutputStream out, long limit) {
        this.format = format;
        this.out = out;
        this.limit = limit;
    }

    /** Writes the matches between two positions; returns their number. */
    long write(Search search, Position from, Position end) throws IOException {
        format.writeStart(out);
        if (limit > 0) {
            search.scan(from, end, this);
        }
        format.end(out);
        return count;
    }

    @Override
    public boolean accept(long segment, long offset, byte[] bytes, int from, int to) throws IOException {
        format.write(line.set(segment, offset, bytes, from, to), isFirst, out);
        isFirst = false;
        count++;
        return count < limit;
    }

    @Override
    public void unreadable(UnreadableRecords lines) throws IOException {
        format.write(lines, isFirst, out);
        isFirst = false;
    }
}
