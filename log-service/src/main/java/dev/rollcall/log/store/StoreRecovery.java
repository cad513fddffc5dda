package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.disk.RecordFile;
import dev.rollcall.log.line.Times;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines the state of a store's directory after any crash, and cleans up what was left incomplete. Reads only the
 * indexes and the newest segment unless something is missing.
 */
final class StoreRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(StoreRecovery.class);

    private final RecordDirectory directory;
    private final StoreSettings settings;
    private final Instant now;

    StoreRecovery(RecordDirectory directory, StoreSettings settings, Instant now) {
        this.directory = directory;
        this.settings = settings;
        this.now = now;
    }

    /** The recovered segments and producers' accounts. */
    record Opened(Segments segments, SequenceLedger ledger) {}

    Opened open() throws IOException {
        adoptFirstLayout();
        deleteUnfinished();
        var raw = numbers(name -> FileNames.segment(name, SegmentForm.RAW));
        var sealed = numbers(name -> FileNames.segment(name, SegmentForm.SEALED));
        deleteUnfinishedSealings(raw, sealed);
        var isRawLast = !raw.isEmpty() && (sealed.isEmpty() || raw.last() > sealed.last());
        var active = isRawLast ? raw.last() : Long.valueOf(next(sealed));
        raw.remove(active);
        // the index was written, but the next segment never begun
        directory.delete(FileNames.index(active));
        var closed = closed(raw, sealed);
        deleteOrphans(closed, active);
        var ledger = ledger(closed, active);
        return new Opened(new Segments(directory, closed, activate(active, closed, ledger)), ledger);
    }

    /** Turns a store from before there were segments into the first segment. */
    private void adoptFirstLayout() throws IOException {
        if (!directory.names().contains(FileNames.FIRST_LAYOUT)) {
            return;
        }
        var known = numbers(name -> FileNames.segment(name, SegmentForm.RAW));
        known.addAll(numbers(name -> FileNames.segment(name, SegmentForm.SEALED)));
        directory.rename(FileNames.FIRST_LAYOUT, SegmentForm.RAW.file(next(known)));
        directory.sync();
    }

    private static long next(SortedSet<Long> known) {
        return known.isEmpty() ? 1 : known.last() + 1;
    }

    private void deleteUnfinished() throws IOException {
        for (var name : directory.names()) {
            if (name.endsWith(FileNames.UNFINISHED)) {
                directory.delete(name);
            }
        }
    }

    /** Deletes sealed files whose raw file exists, since sealing may not have finished. */
    private void deleteUnfinishedSealings(Set<Long> raw, Set<Long> sealed) throws IOException {
        for (var number : raw) {
            if (sealed.remove(number)) {
                directory.delete(SegmentForm.SEALED.file(number));
            }
        }
    }

    private List<ClosedSegment> closed(Set<Long> raw, Set<Long> sealed) throws IOException {
        var all = new TreeSet<>(raw);
        all.addAll(sealed);
        var segments = new ArrayList<ClosedSegment>();
        var base = 0L;
        for (var number : all) {
            var form = raw.contains(number) ? SegmentForm.RAW : SegmentForm.SEALED;
            var index = index(number, form);
            var indexLength = directory.length(FileNames.index(number));
            segments.add(ClosedSegment.of(number, base, index, indexLength, new AtomicInteger()));
            base += index.length();
        }
        return segments;
    }

    /** Returns the index of a closed segment, rebuilt if it is missing or does not match. */
    private SegmentIndex index(long number, SegmentForm form) throws IOException {
        var found = SegmentIndex.read(directory, number, form);
        if (found.isEmpty()) {
            // a segment closed long ago is kept longer than necessary
            return IndexRepair.repair(directory, number, form, now);
        }
        var index = found.get();
        if (directory.length(form.file(number)) == index.fileLength()) {
            return index;
        }
        var blocks = IndexRepair.blocks(directory, number, form);
        var readable = new SegmentIndex(form, index.closed(), blocks);
        LOG.atError()
                .addKeyValue("segment", number)
                .addKeyValue("bytes", index.fileLength() - directory.length(form.file(number)))
                .addKeyValue("records", index.records() - readable.records())
                .log(
                        "a segment's file has the wrong length; missing records are skipped; restore the file from a backup");
        return form == SegmentForm.SEALED && index.hasAll(blocks)
                ? index
                : IndexRepair.repair(directory, number, form, index.closed());
    }

    /** Deletes indexes without a segment, and checkpoints that are too old or too new. */
    private void deleteOrphans(List<ClosedSegment> closed, long active) throws IOException {
        var known = new TreeSet<Long>();
        closed.forEach(segment -> known.add(segment.number()));
        for (var number : numbers(FileNames::indexed)) {
            if (!known.contains(number)) {
                directory.delete(FileNames.index(number));
            }
        }
        for (var number : numbers(FileNames::checkpointed)) {
            if (number > active || number < active - 1) {
                directory.delete(FileNames.producers(number));
            }
        }
        directory.sync();
    }

    /** Returns the producers' accounts at the start of the active segment. */
    private SequenceLedger ledger(List<ClosedSegment> closed, long active) throws IOException {
        var checkpoint = Checkpoint.read(directory, active).filter(each -> isCurrent(each, closed, active));
        if (checkpoint.isPresent() || closed.isEmpty()) {
            return ledger(checkpoint);
        }
        LOG.atWarn()
                .addKeyValue("segment", active)
                .log("the producers' checkpoint is missing or stale; it is rebuilt from the segments");
        var former = Checkpoint.read(directory, active - 1);
        var ledger = ledger(former);
        for (var segment : closed) {
            if (former.isEmpty() || segment.number() >= active - 1) {
                replay(segment, ledger);
            }
        }
        return ledger;
    }

    private SequenceLedger ledger(Optional<Checkpoint> checkpoint) {
        return new SequenceLedger(checkpoint.map(Checkpoint::accounts).orElse(List.of()), settings.producersMax());
    }

    /** Returns whether the former segment has the same length still; it grew if the next one could not be begun. */
    private static boolean isCurrent(Checkpoint checkpoint, List<ClosedSegment> closed, long active) {
        return closed.stream()
                .filter(segment -> segment.number() == active - 1)
                .allMatch(segment -> segment.length() == checkpoint.formerLength());
    }

    private void replay(ClosedSegment segment, SequenceLedger ledger) throws IOException {
        var index = SegmentIndex.read(directory, segment.number(), segment.form());
        var blocks = index.isPresent() ? index.get().blocks() : segment.blocks();
        var recovery = new ActiveRecovery(ledger);
        try (var reader = new BlockReader(directory)) {
            for (var block : blocks) {
                replay(segment, block, reader, recovery);
            }
        }
    }

    private static void replay(ClosedSegment segment, Block block, BlockReader reader, ActiveRecovery recovery)
            throws IOException {
        try {
            var bytes = reader.read(segment.number(), segment.form(), block, 0);
            recovery.read(bytes, block.length(), Long.MAX_VALUE);
        } catch (CorruptBlockException e) {
            // starting without these records is better than not starting
            recovery.addMissing(Math.max(1, block.stats().records()));
            LOG.atError()
                    .addKeyValue("segment", segment.number())
                    .addKeyValue("offset", block.start())
                    .setCause(e)
                    .log("a block is corrupt; its producers may announce its records as dropped");
        }
    }

    private ActiveSegment activate(long number, List<ClosedSegment> closed, SequenceLedger ledger) throws IOException {
        var file = directory.open(SegmentForm.RAW.file(number));
        try {
            var recovery = recover(number, file, ledger);
            var base = closed.stream().mapToLong(ClosedSegment::length).sum();
            return new ActiveSegment(number, base, begun(recovery.blocks()), file, recovery.blocks());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private ActiveRecovery recover(long number, RecordFile file, SequenceLedger ledger) throws IOException {
        var name = SegmentForm.RAW.file(number);
        var recovery = new ActiveRecovery(ledger);
        try (var in = directory.read(name).orElseThrow(() -> new NoSuchFileException(name))) {
            // twice, since each request may grow when it is written
            recovery.read(in, file.length() - 2 * settings.pendingBytesMax());
        }
        if (recovery.corruptLines() > 0) {
            LOG.atError()
                    .addKeyValue("segment", number)
                    .addKeyValue("lines", recovery.corruptLines())
                    .log("corrupt records are skipped");
        }
        var torn = file.length() - recovery.length();
        if (torn > 0) {
            LOG.atWarn().addKeyValue("bytes", torn).log("the end of the newest segment was torn and was cut off");
            file.truncate(recovery.length());
        }
        // what was written last may be only in the page cache, and counts as stored from now on
        file.sync();
        return recovery;
    }

    /** Returns the time of the earliest record, but not later than now. */
    private Instant begun(List<Block> blocks) {
        var first = blocks.isEmpty() ? now : Times.instant(blocks.get(0).stats().minNanos());
        return Collections.min(List.of(first, now));
    }

    private SortedSet<Long> numbers(Function<String, OptionalLong> reader) throws IOException {
        var numbers = new TreeSet<Long>();
        for (var name : directory.names()) {
            reader.apply(name).ifPresent(numbers::add);
        }
        return numbers;
    }
}
