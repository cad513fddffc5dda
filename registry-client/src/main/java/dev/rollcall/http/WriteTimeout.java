package dev.rollcall.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One writer, as the {@link WriteTimeouts} sees it. The thread is interrupted only between {@link #enter} and {@link #leave},
 * and leaves without its interruption. Thread-safe.
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

    /** The calling thread is about to write; throws if it may no more. */
    synchronized void enter() throws IOException {
        if (cut) {
            throw new IOException("what was written before was not taken in time");
        }
        writer = Thread.currentThread();
    }

    /** Like {@link #enter}, with the whole limit from now on. */
    synchronized void enterAnew() throws IOException {
        sinceNanos = System.nanoTime();
        enter();
    }

    /** The calling thread has written. */
    synchronized void leave() {
        if (writer != null && cut) {
            Thread.interrupted();
        }
        writer = null;
    }

    /** Whether a write is under way whose limit, of so many nanoseconds, is over. */
    synchronized boolean isOlder(long limitNanos, long now) {
        return writer != null && now - sinceNanos > limitNanos;
    }

    /** Ends the write under way, if there is one, and refuses later ones. */
    synchronized void cut() {
        cut = true;
        if (writer != null) {
            writer.interrupt();
        }
    }

    synchronized boolean isCut() {
        return cut;
    }

    /** A stream whose writes are watched one by one; between them its user may do what must not be interrupted. */
    OutputStream over(OutputStream out) {
        return new TimedOutput(this, out);
    }

    @Override
    public void close() {
        leave();
        onClose.accept(this);
    }
}
