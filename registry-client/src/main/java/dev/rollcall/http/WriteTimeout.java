package dev.rollcall.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One writer, as {@link WriteTimeouts} sees it. The thread is interrupted only between {@link #enter} and
 * {@link #leave}, and the interruption is cleared on leaving. Thread-safe.
 */
final class WriteTimeout implements AutoCloseable {
    private final Consumer<WriteTimeout> onClose;
    private @Nullable Thread writer;
    private long sinceNanos;
    private boolean cut;

    WriteTimeout(Consumer<WriteTimeout> onClose, long now) {
        this.onClose = onClose;
        this.sinceNanos = now;
    }

    /** Notes that the calling thread starts to write; throws if the writer was cut. */
    synchronized void enter() throws IOException {
        if (cut) {
            throw new IOException("the client did not read in time");
        }
        writer = Thread.currentThread();
    }

    /** Like {@link #enter}, and restarts the limit. */
    synchronized void restart() throws IOException {
        sinceNanos = System.nanoTime();
        enter();
    }

    /** Notes that the calling thread has written. */
    synchronized void leave() {
        if (writer != null && cut) {
            Thread.interrupted();
        }
        writer = null;
    }

    /** Whether a write is in progress that exceeds the limit. */
    synchronized boolean isOlder(long limitNanos, long now) {
        return writer != null && now - sinceNanos > limitNanos;
    }

    /** Ends the write in progress, if any, and refuses later ones. */
    synchronized void cut() {
        cut = true;
        if (writer != null) {
            writer.interrupt();
        }
    }

    synchronized boolean isCut() {
        return cut;
    }

    /** Returns a stream whose writes are timed one by one; between them its user is not interrupted. */
    OutputStream wrap(OutputStream out) {
        return new TimedOutput(this, out);
    }

    @Override
    public void close() {
        leave();
        onClose.accept(this);
    }
}
