package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** All segments, the oldest first. Thread-safe. */
final class Segments {
    private final RecordDirectory directory;
    private final List<ClosedSegment> closed;
    private final Corruption corruption = new Corruption();
    private ActiveSegment active;

    Segments(RecordDirectory directory, List<ClosedSegment> closed, ActiveSegment active) {
        this.directory = directory;
        this.closed = new ArrayList<>(closed);
        this.active = active;
    }

    synchronized ActiveSegment active() {
        return active;
    }

    synchronized List<ClosedSegment> closed() {
        return List.copyOf(closed);
    }

    /** Returns the oldest segment that is not compressed and whose file is in place. */
    synchronized Optional<ClosedSegment> oldestRaw() {
        return closed.stream()
                .filter(segment -> segment.form() == SegmentForm.RAW && !corruption.isGone(segment.number()))
                .findFirst();
    }

    /** Returns the latest close time, which may be in the future; empty if no segment is closed. */
    synchronized Optional<Instant> lastClosed() {
        return closed.stream().map(ClosedSegment::closed).max(Comparator.naturalOrder());
    }

    /** Returns the current state for reading. */
    synchronized StoreView view() {
        var views = new ArrayList<SegmentView>();
        var pins = new ArrayList<AtomicInteger>();
        for (var segment : closed) {
            views.add(SegmentView.of(directory, segment));
            pins.add(segment.readers());
        }
        views.add(SegmentView.of(directory, active));
        pins.add(active.readers());
        pins.forEach(AtomicInteger::incrementAndGet);
        return new StoreView(directory, views, pins, corruption);
    }

    /** Closes the active segment and activates the next. */
    synchronized void roll(ClosedSegment former, ActiveSegment next) {
        closed.add(former);
        active = next;
    }

    /** Replaces a segment by its sealed form. */
    synchronized void replace(ClosedSegment sealed) {
        closed.replaceAll(segment -> segment.number() == sealed.number() ? sealed : segment);
    }

    synchronized void remove(ClosedSegment segment) {
        closed.removeIf(each -> each.number() == segment.number());
        corruption.forget(segment.number());
    }

    Corruption corruption() {
        return corruption;
    }

    /** Returns the bytes on disk, indexes included. */
    synchronized long fileBytes() {
        return active.length()
                + closed.stream()
                        .mapToLong(segment -> segment.fileLength() + segment.indexLength())
                        .sum();
    }
}
