package dev.rollcall.http;

import dev.rollcall.http.LiveStream.End;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a live answer has still to say, whether somebody is writing it, and whether it goes on. Thread-safe.
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

    /** Takes a chunk, unless there is an end; where there is no room for it the end is {@link End#SLOW}, by a cut. */
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
        return startsWriting() ? Offer.TAKEN_FIRST : Offer.TAKEN;
    }

    /** How much is queued. */
    synchronized long waitingBytes() {
        return bytes;
    }

    /** Has it end after what is queued; the first reason given stands. Whether a writer is to be started. */
    synchronized boolean end(End why) {
        if (end != null) {
            return false;
        }
        end = why;
        return startsWriting();
    }

    /** Has it end at once; the first reason given stands. */
    synchronized void cut(End why) {
        if (end == null) {
            end = why;
        }
        cut = true;
        chunks.clear();
        bytes = 0;
    }

    /** What is queued, for the writer. */
    synchronized List<byte[]> drain() {
        var taken = List.copyOf(chunks);
        chunks.clear();
        bytes = 0;
        return taken;
    }

    /** What the writer is to do, now that it has written what it took. */
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

    synchronized boolean isCut() {
        return cut;
    }

    /** The first reason given for its end. */
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
        TAKEN,
        /** A writer is to be started. */
        TAKEN_FIRST,
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
