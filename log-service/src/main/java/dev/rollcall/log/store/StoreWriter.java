package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.log.line.LineScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends a group of requests to the active segment and syncs once for all of them. Used by one thread; the counters may
 * be read by any.
 *
 * <p>The first record of each numbered request gets the producer as its last field; the numbered records after it are of
 * the same producer. So the sequences are stored with the records, and recovered with them.
 */
final class StoreWriter {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);
    private static final int RECORD_END = "}\n".length();

    private final RecordDirectory directory;
    private final StoreSettings settings;
    private final Segments segments;
    private final SequenceLedger ledger;
    private final LineScanner scanner = new LineScanner();
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder groups = new LongAdder();
    private boolean canRoll = true;

    StoreWriter(RecordDirectory directory, StoreSettings settings, Segments segments, SequenceLedger ledger) {
        this.directory = directory;
        this.settings = settings;
        this.segments = segments;
        this.ledger = ledger;
    }

    /**
     * Stores requests and returns one result for each, in their order.
     *
     * @throws IOException if none of them is stored
     */
    List<AppendResult> write(List<AppendRequest> group, Instant now) throws IOException {
        verify();
        var active = segments.active();
        active.rollBack();
        try {
            var transaction = ledger.begin();
            var results = new ArrayList<AppendResult>(group.size());
            for (var request : group) {
                var decision = transaction.admit(request, now);
                append(active, request, decision.from());
                results.add(decision.result());
            }
            active.sync();
            records.add(active.stagedRecords());
            bytes.add(active.stagedBytes());
            groups.increment();
            active.commit();
            transaction.commit();
            return results;
        } catch (IOException e) {
            tryRollBack(active);
            throw e;
        }
    }

    /** Appends a request's lines from an offset on: nothing if that is its end. */
    private void append(ActiveSegment active, AppendRequest request, int from) throws IOException {
        if (from == request.length()) {
            return;
        }
        var rest = from;
        if (request.numbering().isPresent()) {
            rest = lineEnd(request.bytes(), from);
            var stamp = ",\"producer\":\"" + request.numbering().get().producer() + "\"}\n";
            active.append(request.bytes(), from, rest - RECORD_END);
            active.append(stamp.getBytes(StandardCharsets.US_ASCII), 0, stamp.length());
        }
        active.append(request.bytes(), rest, request.length());
        active.stage(from == 0 ? request.stats() : statsFrom(request, from));
    }

    private BlockStats statsFrom(AppendRequest request, int from) {
        var stats = new BlockStats();
        var start = from;
        while (start < request.length()) {
            var end = lineEnd(request.bytes(), start);
            if (scanner.scan(request.bytes(), start, end - 1)) {
                stats.add(scanner, request.bytes());
            }
            start = end;
        }
        return stats;
    }

    private static int lineEnd(byte[] bytes, int from) {
        var end = from;
        while (bytes[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    private static void tryRollBack(ActiveSegment active) {
        try {
            active.rollBack();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the file can't be truncated; the next group tries again first");
        }
    }

    /**
     * Checks, at most once in a while, that the directory and its files are still in place.
     *
     * @throws IOException if the next start would not find what is stored
     */
    void verify() throws IOException {
        directory.verifyIfDue();
    }

    /** Closes the active segment and begins the next if it is due; returns whether it did. */
    boolean rollIfDue(Instant now) {
        var active = segments.active();
        var isOld = active.length() > 0 && !now.isBefore(active.begunBy(now).plus(settings.segmentAge()));
        if (active.length() < settings.segmentBytes() && !isOld) {
            return false;
        }
        try {
            roll(active, now);
            canRoll = true;
            return true;
        } catch (IOException e) {
            if (canRoll) {
                LOG.atWarn()
                        .setCause(e)
                        .log("no new segment can be created; the old one stays in use; check the data directory");
            }
            canRoll = false;
            return false;
        }
    }

    private void roll(ActiveSegment active, Instant now) throws IOException {
        active.rollBack();
        // without a sync, the truncated bytes would be back after a power loss
        active.sync();
        // not before an older segment: once the clock is right again, this one must not count as too old
        var end = segments.lastClosed().filter(last -> last.isAfter(now)).orElse(now);
        var index = new SegmentIndex(SegmentForm.RAW, end, active.blocks());
        var indexLength = index.write(directory, active.number(), List.of());
        var number = active.number() + 1;
        new Checkpoint(index.length(), ledger.accounts()).write(directory, number);
        var file = directory.open(SegmentForm.RAW.file(number));
        var closed = ClosedSegment.of(active.number(), active.base(), index, indexLength, active.readers());
        segments.roll(closed, new ActiveSegment(number, active.base() + index.length(), now, file, List.of()));
        active.close();
    }

    /** Returns the number of records stored since the start. */
    long records() {
        return records.sum();
    }

    /** Returns the number of bytes of lines stored since the start. */
    long bytes() {
        return bytes.sum();
    }

    /** Returns the number of groups stored since the start. */
    long groups() {
        return groups.sum();
    }
}
