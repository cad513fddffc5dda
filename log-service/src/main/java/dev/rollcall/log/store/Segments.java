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

    /** The oldest one that isn't compressed yet, and can be. */
    synchronized Optional<ClosedSegment> oldestRaw() {
        return closed.stream()
                .filter(segment -> segment.form() == SegmentForm.RAW && !corruption.isGone(segment.number()))
                .findFirst();
    }

    /** When a segment was closed last, or will have been; empty if none was. */
    synchronized Optional<Instant> lastClosed() {
        return closed.stream().map(ClosedSegment::closed).max(Comparator.naturalOrder());
    }

    /** What there is now, for reading. */
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

    /** The active one is closed, and another one active. */
    synchronized void roll(ClosedSegment former, ActiveSegment next) {
        closed.add(former);
        active = next;
    }

    /** A segment's file has another form now. */
    synchronized void replace(ClosedSegment sealed) {
        closed.replaceAll(segment -> segment.number() == sealed.number() ? sealed : segment);
    }

    synchronized void remove(ClosedSegment segment) {
        closed.removeIf(each -> each.number() == segment.number());
        corruption.forget(segment.number());
    }

    /** What of them was found damaged. */
    Corruption corruption() {
        return corruption;
    }

    /** How much is on disk, with the indexes. */
    synchronized long fileBytes() {
        return active.length()
                + closed.stream()
                        .mapToLong(segment -> segment.fileLength() + segment.indexLength())
                        .sum();
    }
}
