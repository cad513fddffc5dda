package dev.rollcall.shipping;

import dev.rollcall.wire.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * What has been logged and not yet been acknowledged, oldest first, bounded by bytes. Not thread-safe.
 *
 * <p>A record gets its sequence when it enters, so that what is dropped at the door leaves no hole. As soon as there is
 * room again, a notice takes the place of what was dropped. This is where a spill file will go: behind {@link #offer},
 * {@link #head} and {@link #acknowledge}.
 */
final class Backlog {
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final long bytesMax;
    private final LongFunction<LogRecord> notices;
    private long bytes;
    private long lastSequence;
    private long produced;
    private long acknowledged;
    private long dropped;
    private long unannounced;

    /**
     * An empty backlog.
     *
     * @param notices makes the record that announces so many dropped ones
     */
    Backlog(long bytesMax, LongFunction<LogRecord> notices) {
        this.bytesMax = bytesMax;
        this.notices = notices;
    }

    void offer(LogRecord record, long nowNanos) {
        produced++;
        announce(nowNanos);
        if (unannounced == 0 && enter(record, nowNanos, false)) {
            return;
        }
        dropped++;
        unannounced++;
    }

    /** The oldest records: at least one unless it is empty, and no more than the bounds allow. */
    List<Held> head(long bytesMax, int recordsMax) {
        var records = new ArrayList<Held>();
        var size = 0L;
        for (var next : held) {
            size += next.bytes();
            if (!records.isEmpty() && (size > bytesMax || records.size() >= recordsMax)) {
                break;
            }
            records.add(next);
        }
        return records;
    }

    /** Lets go of all records up to a sequence, since the log service has them. */
    void acknowledge(long sequence, long nowNanos) {
        while (!held.isEmpty() && held.peekFirst().sequence() <= sequence) {
            bytes -= held.removeFirst().bytes();
            acknowledged++;
        }
        announce(nowNanos);
    }

    /** Gives up the oldest record, which the log service doesn't take; a notice stands in its place, unless it was one. */
    void refuse(LogRecord notice, long nowNanos) {
        var refused = held.removeFirst();
        bytes -= refused.bytes();
        dropped++;
        if (!refused.isNotice()) {
            produced++;
            var replacement = Held.of(notice, refused.sequence(), nowNanos, true);
            bytes += replacement.bytes();
            held.addFirst(replacement);
        }
    }

    /** Gives up everything, at the end; says how much that was. */
    int abandon() {
        var count = held.size();
        dropped += count;
        held.clear();
        bytes = 0;
        return count;
    }

    /** When the oldest record came; empty if there is none. */
    OptionalLong oldestNanos() {
        return held.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(held.peekFirst().sinceNanos());
    }

    long bytes() {
        return bytes;
    }

    /** The sequence of the oldest record, or of the next one to come. */
    long firstSequence() {
        return held.isEmpty() ? lastSequence + 1 : held.peekFirst().sequence();
    }

    ShippingStats stats() {
        return new ShippingStats(produced, acknowledged, dropped, held.size(), bytes);
    }

    private void announce(long nowNanos) {
        if (unannounced > 0 && enter(notices.apply(unannounced), nowNanos, true)) {
            produced++;
            unannounced = 0;
        }
    }

    private boolean enter(LogRecord record, long nowNanos, boolean isNotice) {
        var entry = Held.of(record, lastSequence + 1, nowNanos, isNotice);
        if (bytes + entry.bytes() > bytesMax) {
            return false;
        }
        lastSequence++;
        bytes += entry.bytes();
        held.addLast(entry);
        return true;
    }
}
