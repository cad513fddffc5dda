package dev.rollcall.http;

import dev.rollcall.http.LiveStream.End;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The queue of a live response: its pending chunks, whether a writer is at work, and its end. Thread-safe.
 *
 * <pre>
 * parked ──offer, end──▶ writing ──nothing queued──▶ parked, or over if it has an end
 *                           └── cut ──▶ over
 * </pre>
 */
final class LiveQueue {
    private final long bytesMax;
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private long bytes;
    private boolean writing;
    private boolean cut;
    private @Nullable End end;

    LiveQueue(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Appends a chunk, unless there is an end. If it doesn't fit, cuts the queue and ends with {@link End#SLOW}. */
    synchronized Offer offer(byte[] chunk) {
        if (end != null) {
            return Offer.REFUSED;
        }
        if (!chunks.isEmpty() && bytes + chunk.length > bytesMax) {
            cut(End.SLOW);
            return Offer.OVERFLOW;
        }
        chunks.add(chunk);
        bytes += chunk.length;
        return startsWriting() ? Offer.ACCEPTED_FIRST : Offer.ACCEPTED;
    }

    /** Returns the size of the pending chunks. */
    synchronized long pendingBytes() {
        return bytes;
    }

    /** Ends the response after its pending chunks; the first reason stands. Returns whether to start a writer. */
    synchronized boolean end(End why) {
        if (end != null) {
            return false;
        }
        end = why;
        return startsWriting();
    }

    /** Ends the response at once; the first reason stands. */
    synchronized void cut(End why) {
        if (end == null) {
            end = why;
        }
        cut = true;
        chunks.clear();
        bytes = 0;
    }

    /** Removes and returns the pending chunks, for the writer. */
    synchronized List<byte[]> drain() {
        var drained = List.copyOf(chunks);
        chunks.clear();
        bytes = 0;
        return drained;
    }

    /** Returns the writer's next step after it has written what it drained. */
    synchronized Next next() {
        if (cut) {
            return Next.CUT;
        }
        if (!chunks.isEmpty()) {
            return Next.WRITE;
        }
        if (end != null) {
            return Next.END;
        }
        writing = false;
        return Next.PARK;
    }

    /** Returns the first reason given for the end. */
    synchronized Optional<End> ending() {
        return Optional.ofNullable(end);
    }

    private boolean startsWriting() {
        var starts = !writing;
        writing = true;
        return starts;
    }

    enum Offer {
        /** A writer is at work and will find it. */
        ACCEPTED,
        /** A writer is to be started. */
        ACCEPTED_FIRST,
        REFUSED,
        /** The writer at work is to be stopped. */
        OVERFLOW
    }

    enum Next {
        WRITE,
        PARK,
        END,
        CUT
    }
}
