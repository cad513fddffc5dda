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
 * The way to disk: what many submit is appended to the active segment, then synced once for all. One thread.
 *
 * <p>The first record of each submission bears its producer as its last field; those behind it that are numbered are of
 * the same producer. So the sequences are stored with the records, and are read back with them.
 */
final class StoreWriter {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);
    private static final int RECORD_END = "}\n".length();

    private final RecordDirectory directory;
    private final StoreSettings settings;
    private final Segments segments;
    private final SequenceLedger sequenceLedger;
    private final LineScanner scanner = new LineScanner();
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder groups = new LongAdder();
    private boolean canRoll = true;

    StoreWriter(RecordDirectory directory, StoreSettings settings, Segments segments, SequenceLedger sequenceLedger) {
        this.directory = directory;
        this.settings = settings;
        this.segments = segments;
        this.sequenceLedger = sequenceLedger;
    }

    /**
     * Stores submissions and tells what became of each, in their order.
     *
     * @throws IOException if none of them is stored
     */
    List<AppendResult> write(List<AppendRequest> group, Instant now) throws IOException {
        verify();
        var active = segments.active();
        active.repair();
        try {
            var entry = sequenceLedger.begin();
            var receipts = new ArrayList<AppendResult>(group.size());
            for (var appendRequest : group) {
                receipts.add(write(active, appendRequest, entry, now));
            }
            active.sync();
            note(active);
            active.commit();
            entry.commit();
            return receipts;
        } catch (IOException e) {
            repairLater(active);
            throw e;
        }
    }

    /**
     * Checks, now and then, that what is stored is where the next start looks for it.
     *
     * @throws IOException if it isn't
     */
    void verify() throws IOException {
        directory.verifyIfDue();
    }

    /** How many records were stored since the start. */
    long records() {
        return records.sum();
    }

    /** How many bytes of lines were stored since the start. */
    long bytes() {
        return bytes.sum();
    }

    /** How many groups were stored since the start. */
    long groups() {
        return groups.sum();
    }

    /** Closes the active segment and begins the next, if it is time for that; whether it did. */
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
                LOG.atWarn().setCause(e).log("no new segment can be begun; the old one is used on");
            }
            canRoll = false;
            return false;
        }
    }

    private void roll(ActiveSegment active, Instant now) throws IOException {
        active.repair();
        // what was taken back would be there again after a power loss
        active.sync();
        // not before an older one: who finds the clock right again must not take it for old
        var end = segments.lastClosed().filter(last -> last.isAfter(now)).orElse(now);
        var index = new SegmentIndex(SegmentForm.RAW, end, active.blocks());
        var indexLength = index.write(directory, active.number(), List.of());
        var number = active.number() + 1;
        new Checkpoint(index.length(), sequenceLedger.accounts()).write(directory, number);
        var file = directory.open(SegmentForm.RAW.file(number));
        var closed = ClosedSegment.of(active.number(), active.base(), index, indexLength, active.readers());
        segments.roll(closed, new ActiveSegment(number, active.base() + index.length(), now, file, List.of()));
        active.close();
    }

    private AppendResult write(
            ActiveSegment active, AppendRequest appendRequest, SequenceLedger.Entry entry, Instant now)
            throws IOException {
        var decision = entry.admit(appendRequest, now);
        var from = decision.from();
        if (from == appendRequest.length()) {
            return decision.receipt();
        }
        if (appendRequest.numbering().isPresent()) {
            var end = lineEnd(appendRequest.bytes(), from);
            var stamp = ",\"producer\":\"" + appendRequest.numbering().get().producer() + "\"}\n";
            active.append(appendRequest.bytes(), from, end - RECORD_END);
            active.append(stamp.getBytes(StandardCharsets.US_ASCII), 0, stamp.length());
            active.append(appendRequest.bytes(), end, appendRequest.length());
        } else {
            active.append(appendRequest.bytes(), from, appendRequest.length());
        }
        active.stage(from == 0 ? appendRequest.tally() : tally(appendRequest, from));
        return decision.receipt();
    }

    private BlockStats tally(AppendRequest appendRequest, int from) {
        var blockStats = new BlockStats();
        var start = from;
        while (start < appendRequest.length()) {
            var end = lineEnd(appendRequest.bytes(), start);
            if (scanner.scan(appendRequest.bytes(), start, end - 1)) {
                blockStats.add(scanner, appendRequest.bytes());
            }
            start = end;
        }
        return blockStats;
    }

    private void note(ActiveSegment active) {
        records.add(active.stagedRecords());
        bytes.add(active.stagedBytes());
        groups.increment();
    }

    private static int lineEnd(byte[] bytes, int from) {
        var end = from;
        while (bytes[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    private static void repairLater(ActiveSegment active) {
        try {
            active.repair();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the file can't be cut now; it is tried again before the next group");
        }
    }
}
