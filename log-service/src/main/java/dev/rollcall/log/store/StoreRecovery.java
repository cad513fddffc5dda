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
 * Finds out what is in a store's directory, after whatever happened, and tidies up what was left half-done. Reads the
 * indexes and the newest segment only, unless something is missing.
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

    /** What was found: the segments, and what is known of the producers. */
    record Opened(Segments segments, SequenceLedger ledger) {}

    Opened open() throws IOException {
        adoptFirstLayout();
        deleteUnfinished();
        var raw = numbers(name -> FileNames.segment(name, SegmentForm.RAW));
        var sealed = numbers(name -> FileNames.segment(name, SegmentForm.SEALED));
        forgetUnfinishedSealings(raw, sealed);
        var isRawLast = !raw.isEmpty() && (sealed.isEmpty() || raw.last() > sealed.last());
        var active = isRawLast ? raw.last() : Long.valueOf(next(sealed));
        raw.remove(active);
        // it may have been closed already, but for the one that was to follow
        directory.delete(FileNames.index(active));
        var closed = closed(raw, sealed);
        deleteOrphans(closed, active);
        var sequenceLedger = ledger(closed, active);
        return new Opened(new Segments(directory, closed, activate(active, closed, sequenceLedger)), sequenceLedger);
    }

    /** A store of before there were segments becomes the first one. */
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

    /** As long as the lines are there, they go before: whoever sealed them may not have come to the end. */
    private void forgetUnfinishedSealings(Set<Long> raw, Set<Long> sealed) throws IOException {
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
            var segmentForm = raw.contains(number) ? SegmentForm.RAW : SegmentForm.SEALED;
            var index = index(number, segmentForm);
            var indexLength = directory.length(FileNames.index(number));
            segments.add(ClosedSegment.of(number, base, index, indexLength, new AtomicInteger()));
            base += index.length();
        }
        return segments;
    }

    /** The index of a closed segment; made again if it is missing or doesn't fit. */
    private SegmentIndex index(long number, SegmentForm segmentForm) throws IOException {
        var found = SegmentIndex.read(directory, number, segmentForm);
        if (found.isEmpty()) {
            // if it was closed long ago, it is kept for longer than it need be
            return IndexRepair.repair(directory, number, segmentForm, now);
        }
        var index = found.get();
        if (directory.length(segmentForm.file(number)) == index.fileLength()) {
            return index;
        }
        var blocks = IndexRepair.blocks(directory, number, segmentForm);
        var readable = new SegmentIndex(segmentForm, index.closed(), blocks);
        LOG.atError()
                .addKeyValue("segment", number)
                .addKeyValue("bytes", index.fileLength() - directory.length(segmentForm.file(number)))
                .addKeyValue("records", index.records() - readable.records())
                .log("a segment isn't as long as it was; the records that are missing are left out");
        return segmentForm == SegmentForm.SEALED && index.hasAll(blocks)
                ? index
                : IndexRepair.repair(directory, number, segmentForm, index.closed());
    }

    /** Indexes without a segment, and checkpoints that are too old or too new. */
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

    /** What was known of the producers when the active segment was begun. */
    private SequenceLedger ledger(List<ClosedSegment> closed, long active) throws IOException {
        var checkpoint = Checkpoint.read(directory, active).filter(each -> isTrue(each, closed, active));
        if (checkpoint.isPresent() || closed.isEmpty()) {
            return ledger(checkpoint);
        }
        LOG.atWarn()
                .addKeyValue("segment", active)
                .log("what was known of the producers is lost, and is read from the segments again");
        var former = Checkpoint.read(directory, active - 1);
        var sequenceLedger = ledger(former);
        for (var segment : closed) {
            if (former.isEmpty() || segment.number() >= active - 1) {
                replay(segment, sequenceLedger);
            }
        }
        return sequenceLedger;
    }

    private SequenceLedger ledger(Optional<Checkpoint> checkpoint) {
        return new SequenceLedger(checkpoint.map(Checkpoint::accounts).orElse(List.of()), settings.producersMax());
    }

    /** If the next segment couldn't be begun after all, the former one went on. */
    private static boolean isTrue(Checkpoint checkpoint, List<ClosedSegment> closed, long active) {
        return closed.stream()
                .filter(segment -> segment.number() == active - 1)
                .allMatch(segment -> segment.length() == checkpoint.formerLength());
    }

    private void replay(ClosedSegment segment, SequenceLedger sequenceLedger) throws IOException {
        var index = SegmentIndex.read(directory, segment.number(), segment.form());
        var blocks = index.isPresent() ? index.get().blocks() : segment.blocks();
        var recovery = new ActiveRecovery(sequenceLedger);
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
            // to start without what was in it is better than not to start
            recovery.addMissing(Math.max(1, block.stats().records()));
            LOG.atError()
                    .addKeyValue("segment", segment.number())
                    .addKeyValue("offset", block.start())
                    .setCause(e)
                    .log("records can't be read; their producers may announce them as dropped");
        }
    }

    private ActiveSegment activate(long number, List<ClosedSegment> closed, SequenceLedger sequenceLedger)
            throws IOException {
        var file = directory.open(SegmentForm.RAW.file(number));
        try {
            var recovery = recover(number, file, sequenceLedger);
            var base = closed.stream().mapToLong(ClosedSegment::length).sum();
            return new ActiveSegment(number, base, begun(recovery.blocks()), file, recovery.blocks());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private ActiveRecovery recover(long number, RecordFile file, SequenceLedger sequenceLedger) throws IOException {
        var name = SegmentForm.RAW.file(number);
        var recovery = new ActiveRecovery(sequenceLedger);
        try (var in = directory.read(name).orElseThrow(() -> new NoSuchFileException(name))) {
            // twice, since each submission may get longer on its way
            recovery.read(in, file.length() - 2 * settings.pendingBytesMax());
        }
        if (recovery.corruptLines() > 0) {
            LOG.atError()
                    .addKeyValue("segment", number)
                    .addKeyValue("lines", recovery.corruptLines())
                    .log("records can't be read and are left out");
        }
        var torn = file.length() - recovery.length();
        if (torn > 0) {
            LOG.atWarn().addKeyValue("bytes", torn).log("what was written last is broken and was cut off");
            file.truncate(recovery.length());
        }
        // what was written last may be in the system's memory only, and counts as stored from now on
        file.sync();
        return recovery;
    }

    /** As early as its first records, but not later than now. */
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
